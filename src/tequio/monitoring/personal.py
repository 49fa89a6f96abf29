"""What monitoring holds of people: nothing, for a report is an institution's (docs/privacy.md)."""

from __future__ import annotations

from typing import Final

from tequio.kernel.personal import Declaration, Impersonal

PERSONAL: Final[tuple[Declaration, ...]] = (
    Impersonal("monitoring.ProgressReport", "account"),
    Impersonal("monitoring.Evidence", "title url sha256 origin licence"),
    Impersonal("monitoring.Judgement", "reason"),
)
