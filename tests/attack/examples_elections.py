"""Real objects for the pages of elections: the first municipality's civil society, where the representative votes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from tequio.accounts.enums import Sector
from tequio.exercises.models import Registration
from tequio.governance.enums import ElectionKind
from tequio.governance.tests.voters import called, drafted, members, terms, token, vote
from tequio.governance.workflows import add_candidate, close_election, draft_election, open_election
from tests.attack.examples import Example, example, in_exercise, under_way
from tests.cast import again

if TYPE_CHECKING:
    from tequio.exercises.models import Exercise
    from tequio.governance.models import Election
    from tests.attack.examples import Scene

ELECTION = "ejercicios/<slug:slug>/elecciones/<int:number>/"
WORK = "ejercicios/<slug:slug>/trabajo/elecciones/"
NUMBERED = f"{WORK}<int:number>/"


def electorate(scene: Scene) -> Exercise:
    """Return the exercise, with four members of civil society, one of them the cast's representative."""
    found = under_way(scene)
    members(found, 3)
    Registration.objects.create(
        exercise=found,
        order=90,
        sector=Sector.CIVIL_SOCIETY,
        organization=scene.land.group,
        published_name=scene.land.group.name,
        account=scene.person("representative"),
    )
    return found


def live(scene: Scene) -> Election:
    """Return an election that is open."""
    return called(electorate(scene), scene.person("liaison"))


def found_at(election: Election, sent: dict[str, Any] | None = None, **more: Any) -> Example:
    """Return the example of an election's address."""
    return in_exercise(election.exercise, sent, number=election.number, **more)


def everybody_votes(election: Election) -> Election:
    """Let all the roll vote alike."""
    for entry in election.roll.select_related("account"):
        if entry.account:
            vote(election, entry.account, "01")
    return election


@example("ejercicios/<slug:slug>/elecciones/")
@example(ELECTION)
@example(WORK)
@example(f"{NUMBERED}anular/")
def open_to_all(scene: Scene) -> Example:
    """An election that is open, and why it is annulled."""
    return found_at(live(scene), {"reason": "Faltó gente"})


@example(f"{ELECTION}votos.json")
@example(f"{ELECTION}comprobantes.txt")
def counted(scene: Scene) -> Example:
    """An election in which five voted, which is enough to show the votes."""
    exercise = electorate(scene)
    members(exercise, 1, start=50)
    election = everybody_votes(called(exercise, scene.person("liaison")))
    return found_at(close_election(election, by=again(scene.person("liaison")), at=timezone.now()))


@example(f"{ELECTION}votar/")
def ballot(scene: Scene) -> Example:
    """A ballot, cast by whoever is on the roll."""
    return found_at(live(scene), {"voto": "01", "clave": token(), "paso": "depositar"})


@example(f"{ELECTION}papeleta/")
def paper(scene: Scene) -> Example:
    """A poll's ballot, cast with a code, which is anybody's who holds it."""
    liaison = scene.person("liaison")
    asked = terms(kind=ElectionKind.POLL, question="¿Cómo se llama?", sector="", fills="")
    poll = draft_election(electorate(scene), asked, by=again(liaison), at=timezone.now())
    for name in ("Una", "Otra"):
        add_candidate(poll, name, by=again(liaison))
    codes = open_election(poll, codes=3, by=again(liaison), at=timezone.now()).codes
    return found_at(poll, {"voto": "01", "clave": token(), "paso": "depositar", "codigo": codes[0]})


@example(f"{WORK}nueva/<slug:kind>/")
def new(scene: Scene) -> Example:
    """The form that prepares an election of representatives."""
    return in_exercise(electorate(scene), kind="representantes")


@example(NUMBERED)
@example(f"{NUMBERED}reglas/")
@example(f"{NUMBERED}descartar/")
@example(f"{NUMBERED}convocar/")
@example(f"{NUMBERED}candidaturas/<int:candidate>/quitar/")
def draft(scene: Scene) -> Example:
    """A draft, with its candidates, of whom the first."""
    election = drafted(electorate(scene), scene.person("liaison"))
    return found_at(election, {"name": "Nueva", "has_consent": "on"}, candidate=election.candidates.all()[0].pk)


@example(f"{NUMBERED}contar/")
def voted(scene: Scene) -> Example:
    """An election in which everybody voted."""
    return found_at(everybody_votes(live(scene)))
