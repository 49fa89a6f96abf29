"""The plan as a tagged PDF (PDF/UA-1 and PDF/A-2a), set with typst; the same edition gives the same bytes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tequio.kernel.letters import FONTS, drawable
from tequio.kernel.press import printed
from tequio.plans.documents.outline import Finds, Imprint, outline

if TYPE_CHECKING:
    from typing import Unpack

    from tequio.plans.queries import Dossier

TEMPLATE: Final = Path(__file__).with_name("plan.typ")


def pdf(dossier: Dossier, findings: Finds, **imprint: Unpack[Imprint]) -> bytes:
    """Return the plan's document as PDF, letter size, with its headings, tables and drawings tagged."""
    plan = outline(dossier, findings, imprint).model_dump_json()
    day = dt.datetime.combine(imprint["published_on"], dt.time(), dt.UTC)
    return printed(TEMPLATE, "".join(map(drawable, plan)), FONTS, day)
