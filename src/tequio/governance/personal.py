"""What governance holds of people (docs/privacy.md)."""

from __future__ import annotations

from typing import Final

from tequio.accounts.enums import NoticeKey
from tequio.kernel.personal import Declaration, Impersonal, history, published

PERSONAL: Final[tuple[Declaration, ...]] = (
    published(
        "governance.SeatTerm",
        "person published_name post",
        "Quién ocupó un asiento y con qué cargo",
        NoticeKey.PUBLIC_ROLE,
    ),
    history("governance.SeatTerm", "account", "Los asientos que ocupas", NoticeKey.ELECTION, "account"),
    Impersonal("governance.SeatTerm", "starts_text ends_text note source"),
    Impersonal("governance.Body", "name acronym description"),
    Impersonal("governance.Session", "starts_text ends_text name summary source"),
)
