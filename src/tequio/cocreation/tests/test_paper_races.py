"""Papers and telephones at once, on PostgreSQL: a paper is added whole or refused whole, and nobody loses a word."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from tests.cast import again

from tequio.cocreation.enums import EntryKind
from tequio.cocreation.models import SmallTable
from tequio.cocreation.tests.gatherings import begun_table
from tequio.cocreation.workflows import add_entry, add_papers, foretell_papers
from tequio.cocreation.workflows.paper import Line
from tequio.exercises.tests.happenings import START
from tequio.exercises.tests.test_event_races import at_once

if TYPE_CHECKING:
    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True), pytest.mark.req("CO-06")]


def test_papers_and_telephones_lose_nothing_of_each_other(exercise: Exercise, liaison: User) -> None:
    table = begun_table(exercise, liaison)
    lines = [Line(f"Renglón {n}", n % 2 + 1, 0, f"Papel {n}") for n in range(6)]
    seal = foretell_papers(table, lines, at=START).seal
    small = table.small_tables.get(number=1)
    papers = partial(add_papers, table, lines, seal=seal, by=again(liaison), at=START)
    phones = [partial(add_entry, small, EntryKind.ANSWER, f"Teléfono {n}", question=0, at=START) for n in range(2)]
    told = at_once(papers, *phones, papers)
    kept = [
        one["t"] for row in SmallTable.objects.filter(table=table) for one in row.sheet.get("answers", {}).get("0", ())
    ]
    assert {text for text in kept if text.startswith("Teléfono")} == {"Teléfono 0", "Teléfono 1"}
    assert len(kept) == len(set(kept))
    added = [text for text in kept if text.startswith("Papel")]
    assert len(added) in {0, 6}
    assert (len(added) == 6) == ("6" in told)
