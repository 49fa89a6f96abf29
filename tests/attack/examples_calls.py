"""Real calls and answers for the addresses of the matrix: of the first municipality's exercise, by the cast."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tequio.accounts.enums import NoticeKey
from tequio.exercises.tests.answering import CLOSES, ORGANIZATION, applied, drafted, drawing, published, upload
from tequio.exercises.workflows import accept_application
from tests.attack.examples import Example, Scene, example, in_exercise, under_way
from tests.cast import NOW, again, read_notice

if TYPE_CHECKING:
    from tequio.exercises.models import Application, Call

CALLS = "ejercicios/<slug:slug>/convocatorias/"
ANSWERS = "participa/<slug:slug>/<slug:key>/"


def a_call(scene: Scene) -> Call:
    """Return a call that is open, whose notice may be accepted."""
    read_notice(NoticeKey.REGISTRATION)
    return published(under_way(scene), scene.person("liaison"))


def an_answer(scene: Scene) -> Application:
    """Return what the stranger answered, with a logo."""
    return applied(a_call(scene), scene.person("stranger"), ORGANIZATION, picture=upload(drawing()))


def of_call(call: Call, sent: dict[str, Any] | None = None, **parts: Any) -> Example:
    """Return the example of a call's address, or of one of its answers."""
    return in_exercise(call.exercise, sent, key=call.key, **parts)


@example(ANSWERS)
@example(f"{CALLS}<slug:key>/")
@example(f"{CALLS}<slug:key>/terminar/")
@example(f"{CALLS}<slug:key>/solicitudes.csv")
def open_call(scene: Scene) -> Example:
    """An open call."""
    return of_call(a_call(scene))


@example(f"{ANSWERS}inscripcion/")
def answering(scene: Scene) -> Example:
    """An open call that nobody answered."""
    return of_call(a_call(scene), {"sector": "civil_society", "name": "Red de prueba"})


@example(f"{CALLS}<slug:key>/ampliar/")
def extending(scene: Scene) -> Example:
    """An open call, and a later close."""
    return of_call(a_call(scene), {"closes_at": f"{CLOSES + timedelta(days=3):%Y-%m-%dT%H:%M}"})


@example(f"{ANSWERS}solicitud/")
@example(f"{ANSWERS}solicitud/retirar/")
@example(f"{ANSWERS}solicitud/imagen")
@example(f"{CALLS}<slug:key>/solicitudes/<slug:folio>/")
@example(f"{CALLS}<slug:key>/solicitudes/<slug:folio>/imagen")
def answer(scene: Scene) -> Example:
    """The stranger's answer, to be accepted."""
    application = an_answer(scene)
    return of_call(application.call, {"decision": "accepted"}, folio=application.folio)


@example("participa/imagenes/<int:number>")
def public_picture(scene: Scene) -> Example:
    """The logo of a member."""
    accepted = accept_application(an_answer(scene), by=again(scene.person("liaison")), at=NOW)
    return Example({"number": accepted.picture_id})


@example("participa/imagenes/<int:number>", "private")
def private_picture(scene: Scene) -> Example:
    """The logo in an answer that was not accepted."""
    return Example({"number": an_answer(scene).picture_id})


@example("ejercicios/<slug:slug>/miembros/")
@example(CALLS)
@example(f"{CALLS}nueva/<slug:word>/")
def calls(scene: Scene) -> Example:
    """The first municipality's exercise, and a kind of call."""
    return in_exercise(under_way(scene), word="participar")


@example(f"{CALLS}<slug:key>/editar/")
@example(f"{CALLS}<slug:key>/publicar/")
@example(f"{CALLS}<slug:key>/borrar/")
def draft(scene: Scene) -> Example:
    """A draft."""
    return of_call(drafted(under_way(scene), scene.person("liaison")))
