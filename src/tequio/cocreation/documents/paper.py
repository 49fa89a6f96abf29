"""The table to type papers into: a row for each thing that a small table may have written."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from tequio.cocreation.workflows.paper import ALTERNATIVE, PROPOSAL, TITLE
from tequio.cocreation.workflows.paper_lists import COLUMNS
from tequio.kernel.cells import guarded

if TYPE_CHECKING:
    from tequio.cocreation.models import Table

BOM: Final = b"\xef\xbb\xbf"
ROWS: Final = 3
"""Empty rows for each question and for the alternatives; whoever needs more copies one."""


def template(table: Table) -> bytes:
    """Return the template of a table as CSV, with its own questions and the numbers of its small tables."""
    numbers = list(table.small_tables.values_list("number", flat=True)) or [1]
    parts = [*(part for part in (*table.questions, ALTERNATIVE) for _ in range(ROWS)), TITLE, PROPOSAL]
    file = io.StringIO()
    out = csv.writer(file)
    out.writerow(COLUMNS)
    out.writerows([number, guarded(part), "", "", ""] for number in numbers for part in parts)
    return BOM + file.getvalue().encode()
