"""Real calls and answers for the addresses of the matrix: of the first municipality's exercise, by the cast."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tequio.accounts.enums import NoticeKey
from tequio.exercises.tests.answering import CLOSES, ORGANIZATION, applied, drafted, drawing, published, upload
from tequio.exercises.workflows import accept_application
from tests.attack.examples import Example, Scene, example
from tests.cast import NOW, again, begun, read_notice

if TYPE_CHECKING:
    from tequio.exercises.models import Application, Call, Exercise

CALLS = "ejercicios/<slug:slug>/convocatorias/"
ANSWERS = "participa/<slug:slug>/<slug:key>/"


def the_exercise(scene: Scene) -> Exercise:
    """Return the exercise of the land's first municipality, the same each time."""
    return begun(scene.land.town, "Ejercicio de Niebla 1", scene.person("guarantor_staff"))


def a_draft(scene: Scene) -> Call:
    """Return a call that was not published."""
    return drafted(the_exercise(scene), scene.person("liaison"))


def a_call(scene: Scene) -> Call:
    """Return a call that is open, whose notice may be accepted."""
    read_notice(NoticeKey.REGISTRATION)
    return published(the_exercise(scene), scene.person("liaison"))


def an_answer(scene: Scene) -> Application:
    """Return what the stranger answered, with a logo."""
    return applied(a_call(scene), scene.person("stranger"), ORGANIZATION, picture=upload(drawing()))


def of_call(call: Call, **sent: str) -> Example:
    """Return the parts of a call's address."""
    return Example({"slug": call.exercise.slug, "key": call.key}, dict(sent))


def of_answer(application: Application, **sent: str) -> Example:
    """Return the parts of an answer's address."""
    parts = {"slug": application.exercise.slug, "key": application.call.key, "folio": application.folio}
    return Example(parts, dict(sent))


@example(ANSWERS)
def public_call(scene: Scene) -> Example:
    """An open call."""
    return of_call(a_call(scene))


@example(f"{ANSWERS}inscripcion/")
def answering(scene: Scene) -> Example:
    """An open call that nobody answered."""
    return of_call(a_call(scene), sector="civil_society", name="Red de prueba")


@example(f"{ANSWERS}solicitud/")
def own_answer(scene: Scene) -> Example:
    """The stranger's answer."""
    return of_answer(an_answer(scene))


@example(f"{ANSWERS}solicitud/retirar/")
def withdrawing(scene: Scene) -> Example:
    """The stranger's answer."""
    return of_answer(an_answer(scene))


@example(f"{ANSWERS}solicitud/imagen")
def own_picture(scene: Scene) -> Example:
    """The logo in the stranger's answer."""
    return of_answer(an_answer(scene))


@example("participa/imagenes/<int:number>")
def public_picture(scene: Scene) -> Example:
    """The logo of a member."""
    accepted = accept_application(an_answer(scene), by=again(scene.person("liaison")), at=NOW)
    return Example({"number": accepted.picture_id})


@example("participa/imagenes/<int:number>", "private")
def private_picture(scene: Scene) -> Example:
    """The logo in an answer that was not accepted."""
    return Example({"number": an_answer(scene).picture_id})


@example("ejercicios/<slug:slug>/integrantes/")
def members(scene: Scene) -> Example:
    """The first municipality's exercise."""
    return Example({"slug": the_exercise(scene).slug})


@example(CALLS)
def calls(scene: Scene) -> Example:
    """The first municipality's exercise."""
    return Example({"slug": the_exercise(scene).slug})


@example(f"{CALLS}nueva/<slug:word>/")
def new_call(scene: Scene) -> Example:
    """A kind of call, in the first municipality's exercise."""
    return Example({"slug": the_exercise(scene).slug, "word": "participar"})


@example(f"{CALLS}<slug:key>/")
def work_call(scene: Scene) -> Example:
    """An open call."""
    return of_call(a_call(scene))


@example(f"{CALLS}<slug:key>/editar/")
def editing(scene: Scene) -> Example:
    """A draft."""
    return of_call(a_draft(scene))


@example(f"{CALLS}<slug:key>/publicar/")
def publishing(scene: Scene) -> Example:
    """A draft."""
    return of_call(a_draft(scene))


@example(f"{CALLS}<slug:key>/ampliar/")
def extending(scene: Scene) -> Example:
    """An open call, and a later close."""
    return of_call(a_call(scene), closes_at=f"{CLOSES + timedelta(days=3):%Y-%m-%dT%H:%M}")


@example(f"{CALLS}<slug:key>/terminar/")
def closing(scene: Scene) -> Example:
    """An open call."""
    return of_call(a_call(scene))


@example(f"{CALLS}<slug:key>/borrar/")
def discarding(scene: Scene) -> Example:
    """A draft."""
    return of_call(a_draft(scene))


@example(f"{CALLS}<slug:key>/solicitudes.csv")
def answers_file(scene: Scene) -> Example:
    """An open call."""
    return of_call(a_call(scene))


@example(f"{CALLS}<slug:key>/solicitudes/<slug:folio>/")
def reviewing(scene: Scene) -> Example:
    """The stranger's answer, to be accepted."""
    return of_answer(an_answer(scene), decision="accepted")


@example(f"{CALLS}<slug:key>/solicitudes/<slug:folio>/imagen")
def reviewed_picture(scene: Scene) -> Example:
    """The logo in the stranger's answer."""
    return of_answer(an_answer(scene))
