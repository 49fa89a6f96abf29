"""Writes the PDF of a plan of twelve commitments that has something in every field."""

from __future__ import annotations

import datetime as dt
from statistics import median

from bench.inside.costs import ROUNDS, peak_mb, seconds
from tequio.plans.documents.typesetting import pdf
from tequio.plans.tests.dossiers import rich


def measure() -> dict[str, float]:
    """Return the seconds of the first document and of the next ones, its bytes and the memory."""
    dossier, made = rich(12), list[bytes]()

    def write() -> None:
        made.append(
            pdf(
                dossier,
                [],
                published_on=dt.date(2026, 11, 20),
                edition_number=1,
                sha256="0" * 64,
                address="http://127.0.0.1/",
            )
        )

    first = seconds(write)
    return {
        "first": first,
        "seconds": median(seconds(write) for _ in range(ROUNDS)),
        "bytes": len(made[0]),
        "peak_mb": peak_mb(),
    }
