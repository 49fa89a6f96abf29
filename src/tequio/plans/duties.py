"""What plans ask of a person: to define the commitments whose verdicts let them enter the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from tequio.cocreation.queries.viability import path_of, tables_to_review
from tequio.kernel.duties import Duty, duties, read_in_one
from tequio.plans.enums import COMMITMENTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from django.db.models import QuerySet

    from tequio.accounts.models import User
    from tequio.cocreation.models import Table


@read_in_one
def asked_of(person: User, at: datetime) -> dict[str, QuerySet[Table]]:
    """Return the rows from which the duties below follow."""
    return {"reviewed": tables_to_review(person, at)}


@duties
def define_commitments(person: User, at: datetime) -> Iterator[Duty]:
    """Yield each commitment of a table that can enter the plan."""
    for table in asked_of(person, at)["reviewed"]:
        if path_of(table).may_be_defined:
            yield Duty(
                key=f"plans.define_commitment:{table.pk}",
                topic=COMMITMENTS,
                verb="Define",
                thing=f"el compromiso de «{table}»",
                why="Sus tres dictámenes dicen que se puede cumplir. Falta decir qué institución responde.",
                address=reverse("plans:define", args=[table.exercise.slug, table.event.slug]),
                button="Definir",
                where=str(table.exercise.jurisdiction),
            )
