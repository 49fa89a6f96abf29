"""What the room does when it hears of others; the kernel reads this module when it starts."""

from __future__ import annotations

from tequio.accounts.enums import NoticeKey
from tequio.accounts.workflows import CONSENT_WITHDRAWN
from tequio.cocreation.workflows import forget_credits
from tequio.kernel.facts import subscribe


def take_names_off(*, key: str, account: int | None = None, **_told: object) -> None:
    """Stop naming who reviewed a tree once they take their consent back."""
    if key == NoticeKey.CONSULTATION and account is not None:
        forget_credits(account)


subscribe(CONSENT_WITHDRAWN, take_names_off)
