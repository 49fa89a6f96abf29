"""What collegiate bodies ask of people: to vote while they may, to call a second round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from tequio.exercises.models import Exercise
from tequio.governance.enums import ELECTIONS, OPEN_ELECTION, ElectionState
from tequio.governance.models import Election
from tequio.governance.queries.elections import elections_to_vote
from tequio.kernel.duties import Duty, duties

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tequio.accounts.models import User


@duties
def vote_in_elections(person: User, at: datetime) -> Iterator[Duty]:
    """Yield each election in which the person may vote now and has not."""
    for election in elections_to_vote(person, at):
        yield Duty(
            key=f"governance.vote:{election.code}",
            topic=ELECTIONS,
            verb="Vota",
            thing=f"en «{election.question}»",
            why="Estás en el padrón. Tu voto es secreto y después del cierre ya no se puede votar.",
            address=reverse("governance:ballot", args=[election.exercise.slug, election.number]),
            button="Votar",
            where=election.exercise.name,
            due_at=election.closes_at,
        )


@duties
def call_second_rounds(person: User, _at: datetime) -> Iterator[Duty]:
    """Yield each second round that a count asked for and nobody has called."""
    waiting = Election.objects.filter(
        state=ElectionState.DRAFT, previous__isnull=False, exercise__in=Exercise.objects.visible_to(person)
    )
    for election in waiting.select_related("exercise__jurisdiction"):
        if person.has_perm(OPEN_ELECTION, election):
            yield Duty(
                key=f"governance.call_second_round:{election.code}",
                topic=ELECTIONS,
                verb="Convoca",
                thing=f"«{election.question}»",
                why="La cuenta quedó empatada, o nadie tuvo más de la mitad, y el sector espera la fecha.",
                address=reverse("governance:election_work", args=[election.exercise.slug, election.number]),
                button="Revisar y convocar",
                where=election.exercise.name,
                due_at=None,
            )
