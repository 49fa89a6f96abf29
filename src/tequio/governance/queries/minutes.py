"""The minutes of a session, told by what was noted in it: the same facts, drafted and then frozen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from tequio.governance.models import Session
from tequio.governance.queries.quorum import rules_of, turns
from tequio.kernel.along import read_along
from tequio.kernel.clock import day_of
from tequio.kernel.spoken import long_date, moment

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import Prefetch

    from tequio.governance.models import Agreement, Mechanism, Presence, Proposal

KIND: Final = "governance.minutes"
"""The kind of edition that approved minutes are."""
NOTED: Final = (
    *("body__exercise__jurisdiction", "body__seats", "body__mechanisms", "presences__term__seat"),
    *("proposals__owner", "proposals__agreement__body__exercise"),
    *("proposals__positions__seat", "proposals__positions__term"),
)
"""What is noted of a session while it goes on."""


def whole_session(session: Session, *more: str | Prefetch[Any, Any, Any]) -> Session:
    """Return a session with what was noted in it, as it stands now, in one query."""
    return read_along(Session.objects.filter(pk=session.pk), *NOTED, *more)[0]


def compile_minutes(session: Session, *, approved_by: Agreement | None = None) -> dict[str, Any]:
    """Return everything that the minutes of a session say, ready to be frozen or shown."""
    session = whole_session(session, "changes", "items", "presences__term__organization", "record__remarks__term__seat")
    rules, presences = rules_of(session.body), list(session.presences.all())
    return {
        "exercise": session.exercise.name,
        "place": session.exercise.jurisdiction.name,
        "body": session.body.name,
        "session": session.name,
        "number": session.number,
        "mode": session.get_mode_display(),
        "where": session.place,
        "convened": moment(session.convened_at) if session.convened_at else "",
        "called_for": moment(session.starts_at) if session.starts_at else "",
        "opened": moment(session.opened_at) if session.opened_at else "",
        "closed": moment(session.closed_at) if session.closed_at else "",
        "changes": [
            {"hour": moment(change.changed_at), "before": change.before, "after": change.after, "reason": change.reason}
            for change in session.changes.all()
        ],
        "agenda": [
            {"order": item.order, "text": item.text, "hour": f"{item.starts_at:%H:%M} h" if item.starts_at else ""}
            for item in session.items.all()
        ],
        "rules": rules_sentence(rules),
        "attendance": attendance(session, presences),
        "quorum": quorum_told(session, rules, presences),
        "decisions": [decision(proposal) for proposal in session.proposals.all()],
        "notes": session.notes,
        "remarks": remarks(session),
        "recording": session.recording_url,
        "approved_by": str(approved_by) if approved_by else "",
        "approved_on": long_date(day_of(approved_by.adopted_at)) if approved_by else "",
    }


def hour(instant: datetime | None) -> str:
    """Return «18:05 h», or nothing."""
    return f"{timezone.localtime(instant):%H:%M} h" if instant else ""


def rules_sentence(rules: Mechanism) -> str:
    """Return in words the quorum rule that was applied, and where it comes from."""
    number = f" ({rules.quorum_number})" if rules.quorum_number else ""
    sectors = ", con al menos uno de cada sector" if rules.every_sector else ""
    source = f"{rules}" if rules.pk else "reglas provisionales, mientras el órgano adopta su mecanismo de gobernanza"
    return f"Quórum: {rules.get_quorum_display().lower()}{number}{sectors}. Según: {source}."


def attendance(session: Session, presences: list[Presence]) -> list[dict[str, Any]]:
    """Return who was there, by seat, with each stretch."""
    rows: dict[int, dict[str, Any]] = {}
    for presence in sorted(presences, key=lambda each: (each.term.seat.order, each.arrived_at)):
        row = rows.setdefault(
            presence.term_id,
            {
                "seat": str(presence.term.seat),
                "name": presence.term.published_name,
                "post": presence.term.post,
                "organization": presence.term.organization.name if presence.term.organization else "",
                "stretches": [],
            },
        )
        row["stretches"].append(stretch(presence, session))
    return list(rows.values())


def stretch(presence: Presence, session: Session) -> dict[str, Any]:
    """Return when somebody came and went; whoever was there at the end did not leave before it."""
    stayed = presence.left_at is None or presence.left_at == session.closed_at
    return {
        "arrived": hour(presence.arrived_at),
        "left": "" if stayed else hour(presence.left_at),
        "how": "a distancia" if presence.is_remote else "en persona",
    }


def quorum_told(session: Session, rules: Mechanism, presences: list[Presence]) -> list[dict[str, Any]]:
    """Return the quorum after each arrival and departure."""
    return [
        {
            "hour": hour(turn.at),
            "what": turn.what,
            "present": turn.quorum.present,
            "seats": turn.quorum.seats,
            "needed": turn.quorum.needed,
            "holds": turn.quorum.holds,
            "sentence": turn.quorum.sentence,
        }
        for turn in turns(session, rules, presences)
    ]


def decision(proposal: Proposal) -> dict[str, Any]:
    """Return what was put to a decision and what became of it, with the position of each seat."""
    agreement = getattr(proposal, "agreement", None)
    return {
        "order": proposal.order,
        "text": proposal.text,
        "way": proposal.get_way_display(),
        "outcome": proposal.get_outcome_display(),
        "reason": proposal.reason,
        "hour": hour(proposal.decided_at),
        "present": proposal.present,
        "seats": proposal.seats,
        "needed": proposal.needed,
        "agreement": str(agreement) if agreement else "",
        "code": agreement.code if agreement else "",
        "owner": str(proposal.owner) if proposal.owner else "",
        "due": long_date(proposal.due_on) if proposal.due_on else "",
        "positions": [
            {
                "seat": str(position.seat),
                "name": position.term.published_name,
                "choice": position.get_choice_display(),
                "reason": position.reason,
                "spoken": position.is_spoken,
            }
            for position in sorted(proposal.positions.all(), key=lambda each: each.seat.order)
        ],
    }


def remarks(session: Session) -> list[dict[str, str]]:
    """Return what those who attended said of the draft, with the answers."""
    said = session.record.remarks.all() if hasattr(session, "record") else ()
    return [{"seat": str(each.term.seat), "text": each.text, "answer": each.answer} for each in said]
