"""What tests of the review of a commitment stand on: a table that closed with one, and its three verdicts."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.cast import NOW, again

from tequio.cocreation.enums import Aspect, DraftStage, Judgement, TableOutcome
from tequio.cocreation.models import Table
from tequio.cocreation.queries.viability import token_of
from tequio.cocreation.tests.gatherings import THAT_DAY, begun_table
from tequio.cocreation.workflows import (
    Asked,
    DraftText,
    add_entry,
    ask_verdict,
    close_table,
    close_text,
    give_verdict,
    write_draft,
)
from tequio.kernel.clock import day_of

if TYPE_CHECKING:
    from tequio.accounts.models import User
    from tequio.cocreation.models import ViabilityReview
    from tequio.exercises.models import Exercise

REASONS = "Tiene facultades por su reglamento interior, y el trabajo ya lo hacen tres personas."
TEXT = DraftText(title="Basura a la vista", text="Publicar cada mes cuánta basura se recoge.", sources=(1,))


def closed_table(exercise: Exercise, by: User, **other: object) -> Table:
    """Hold a table that wrote alternatives and closed with a preliminary commitment."""
    table = begun_table(exercise, by, **other)
    at = table.event.starts_at if "starts_at" in other else THAT_DAY
    assert at
    add_entry(table.small_tables.get(number=1), "alternative", "Un calendario a la vista", at=at)
    who = {"by": again(by), "at": at}
    write_draft(table, TEXT, seen=0, **who)
    close_text(table, DraftStage.PRELIMINARY, seen=1, **who)
    close_table(table, TableOutcome.COMMITMENT, lessons="Avisar antes.", **who)
    return Table.objects.get(pk=table.pk)


def asked(table: Table, aspect: Aspect, by: User, **other: object) -> ViabilityReview:
    """Ask an office for a verdict as the next request would."""
    plain = {"aspect": aspect, "office": f"Dirección {aspect}", "email": f"{aspect}@example.mx"}
    told = Asked(**{**plain, "due_on": day_of(NOW) + timedelta(days=10), **other})
    return ask_verdict(Table.objects.get(pk=table.pk), told, by=again(by), at=NOW)


def judged(table: Table, by: User, **said: Judgement) -> None:
    """Ask for the three verdicts and give each, viable unless it is said otherwise."""
    for aspect in Aspect:
        token = token_of(asked(table, aspect, by))
        give_verdict(token, said.get(aspect.value, Judgement.VIABLE), REASONS, at=NOW)
