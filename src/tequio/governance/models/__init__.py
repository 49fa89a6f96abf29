"""Collegiate bodies: their seats and who held them when, their rules, sessions, agreements and minutes."""

from tequio.governance.models.bodies import Body, Seat, SeatTerm
from tequio.governance.models.decisions import Agreement, Position, Proposal
from tequio.governance.models.delegations import Delegation
from tequio.governance.models.elections import Candidate, Election, RollEntry, Turnout, Urn
from tequio.governance.models.mechanism import Mechanism, Programme, ProgrammeItem
from tequio.governance.models.minutes import Minutes, Remark
from tequio.governance.models.sessions import AgendaItem, Confirmation, Presence, Session, SessionChange

__all__ = [
    "AgendaItem",
    "Agreement",
    "Body",
    "Candidate",
    "Confirmation",
    "Delegation",
    "Election",
    "Mechanism",
    "Minutes",
    "Position",
    "Presence",
    "Programme",
    "ProgrammeItem",
    "Proposal",
    "Remark",
    "RollEntry",
    "Seat",
    "SeatTerm",
    "Session",
    "SessionChange",
    "Turnout",
    "Urn",
]
