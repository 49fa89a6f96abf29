"""Collegiate bodies, their seats, who held them when, and their sessions."""

from tequio.governance.models.bodies import Body, Seat, SeatTerm
from tequio.governance.models.elections import Candidate, Election, RollEntry, Turnout, Urn
from tequio.governance.models.sessions import Session

__all__ = ["Body", "Candidate", "Election", "RollEntry", "Seat", "SeatTerm", "Session", "Turnout", "Urn"]
