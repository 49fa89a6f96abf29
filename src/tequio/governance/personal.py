"""What governance holds of people (docs/privacy.md)."""

from __future__ import annotations

from typing import Final

from tequio.accounts.enums import NoticeKey
from tequio.kernel.personal import Basis, Declaration, Ending, Impersonal, Personal, Shown, history, published

ELECTION, SEAT = NoticeKey.ELECTION, "term__seat"

PERSONAL: Final[tuple[Declaration, ...]] = (
    published(
        "governance.SeatTerm",
        "person published_name post",
        "Quién ocupó un asiento y con qué cargo",
        NoticeKey.PUBLIC_ROLE,
    ),
    history("governance.SeatTerm", "account", "Los asientos que ocupas", NoticeKey.ELECTION, "account"),
    history("governance.Delegation", "said_by", "Cuándo respondió tu suplente", ELECTION, "said_by", along=SEAT),
    history("governance.Delegation", "ended_by", "Las suplencias que terminaste", ELECTION, "ended_by", along=SEAT),
    Impersonal("governance.SeatTerm", "starts_text ends_text note source"),
    Impersonal("governance.Body", "name acronym description"),
    history("governance.Presence", "noted_by", "La asistencia que anotaste", ELECTION, "noted_by", along=SEAT),
    published("governance.Position", "reason", "Lo que dice un asiento al decidir", NoticeKey.PUBLIC_ROLE),
    published("governance.Remark", "text answer", "La observación de un asiento al acta", NoticeKey.PUBLIC_ROLE),
    Impersonal("governance.Session", "place link not_held_reason recording_url notes"),
    Impersonal("governance.AgendaItem", "text"),
    Impersonal("governance.SessionChange", "before after reason"),
    Impersonal("governance.Proposal", "text reason"),
    Impersonal("governance.Agreement", "how_done proof_url"),
    Impersonal("governance.Mechanism", "text"),
    Impersonal("governance.ProgrammeItem", "text"),
    Impersonal("governance.Minutes", "sha256"),
    Impersonal("governance.Session", "starts_text ends_text name summary source"),
    history("governance.RollEntry", "account", "Las elecciones en que puedes votar", NoticeKey.ELECTION, "account"),
    history("governance.Turnout", "voted", "Si ya votaste, sin la hora y sin el voto", NoticeKey.ELECTION, ""),
    Personal(
        "governance.Candidate",
        "name presentation",
        "La candidatura que aceptaste",
        NoticeKey.ELECTION,
        Basis.CONSENT,
        Ending.STAYS,
        Shown.CONSENT,
    ),
    Impersonal("governance.RollEntry", "code_hash"),
    Impersonal("governance.Urn", "sealed marks receipts"),
    Impersonal("governance.Election", "question explanation seed votes_sha256 receipts_sha256 told annulment"),
)
