"""The kit of a table on paper: a tagged PDF (PDF/UA-1, PDF/A-2a), which its verb refuses beyond 1 MB."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any, Final

from tequio.kernel.canonical import digest
from tequio.kernel.figures.qr import qr
from tequio.kernel.letters import FONTS, drawable
from tequio.kernel.press import printed

TEMPLATE: Final = Path(__file__).with_name("kit.typ")


def pdf(content: dict[str, Any], day: dt.date) -> bytes:
    """Return what an edition of a kit says as PDF, letter size, dated this day, with a code that opens its page.

    Files are named with their hash, not drawn: the paper stays light, and whoever prints it knows what else there is.
    """
    told = {**content, "qr": str(qr(content["address"])), "sha256": digest(content)}
    dated = dt.datetime.combine(day, dt.time(), dt.UTC)
    return printed(TEMPLATE, "".join(map(drawable, json.dumps(told, ensure_ascii=False))), FONTS, dated)
