"""Real objects for the working pages of themes and of the consultation of public problems."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from tequio.cocreation.queries.problems import token_of
from tequio.cocreation.tests.diagnosis import agreed, opened, proposed, published, sent, support_link
from tests.attack.examples import Example, example, under_way
from tests.cast import NOW

if TYPE_CHECKING:
    from tequio.cocreation.models import Problem
    from tests.attack.examples import Scene

EXERCISE = "ejercicios/<slug:slug>/"
THEMES = f"{EXERCISE}trabajo/tematicas/"
THEME = f"{THEMES}<slug:key>/"
DAYS: Final = {"opens_at": 1, "closes_at": 9}


@example(f"{EXERCISE}tematicas/")
@example(THEMES)
@example(f"{THEMES}nueva/")
def themes(scene: Scene) -> Example:
    """The exercise of the first municipality; targets that no list has would be refused."""
    return Example({"slug": under_way(scene).slug}, {"targets": ""})


@example(THEME)
@example(f"{THEME}retirar/")
def theme(scene: Scene) -> Example:
    """A theme that its liaison proposed."""
    found = proposed(under_way(scene), scene.person("liaison"))
    return Example({"slug": found.exercise.slug, "key": found.key}, {"targets": ""})


@example(f"{THEME}aprobar/")
def approval(scene: Scene) -> Example:
    """The same, and an agreement of the secretariat by which it can be approved."""
    exercise, liaison = under_way(scene), scene.person("liaison")
    _, agreement = agreed(exercise, liaison)
    found = proposed(exercise, liaison)
    return Example({"slug": exercise.slug, "key": found.key}, {"agreement": agreement.code})


PROBLEMS = f"{EXERCISE}problemas/"
WORK_PROBLEMS = f"{EXERCISE}trabajo/problemas/"
SAID = {"title": "Baches", "text": "No se puede pasar.", "email": "nadie@example.mx", "consent": "on"}


def consulted(scene: Scene) -> tuple[Problem, Problem]:
    """Two proposals of a consultation that is open: one confirmed, one not yet."""
    exercise, liaison = under_way(scene), scene.person("liaison")
    consultation = opened(exercise, liaison)
    return published(consultation, "ana", at=NOW), sent(consultation, "beto", at=NOW)


@example(f"{WORK_PROBLEMS}consulta/")
def no_consultation(scene: Scene) -> Example:
    """An exercise that has no consultation yet."""
    sent_dates = {name: f"{NOW + timedelta(days=days):%Y-%m-%dT%H:%M}" for name, days in DAYS.items()}
    return Example({"slug": under_way(scene).slug}, sent_dates)


@example(PROBLEMS)
@example(f"{PROBLEMS}proponer/")
@example(f"{PROBLEMS}<int:number>/")
@example(f"{PROBLEMS}<int:number>/apoyar/")
@example(WORK_PROBLEMS)
@example(f"{WORK_PROBLEMS}cerrar/")
@example(f"{WORK_PROBLEMS}<int:number>/")
def proposal(scene: Scene) -> Example:
    """A proposal that anybody reads."""
    problem, _ = consulted(scene)
    answered = {**SAID, "answer": "no-tomar", "reason": "Es federal.", "theme": "", "into": ""}
    return Example({"slug": problem.exercise.slug, "number": problem.number}, answered)


@example(f"{PROBLEMS}mi-propuesta/<str:token>/")
def own_proposal(scene: Scene) -> Example:
    """The link of who proposed: whoever has it may use it, entered or not."""
    _, problem = consulted(scene)
    return Example({"slug": problem.exercise.slug, "token": token_of(problem)})


@example(f"{PROBLEMS}mi-apoyo/<str:token>/")
def own_support(scene: Scene) -> Example:
    """The link of who supports."""
    problem, _ = consulted(scene)
    return Example({"slug": problem.exercise.slug, "token": support_link(problem, "carla", at=NOW)})
