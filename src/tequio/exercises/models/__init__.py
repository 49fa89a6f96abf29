"""An open-government exercise and what happened in it."""

from tequio.exercises.models.acts import Call, Registration
from tequio.exercises.models.documents import SourceDocument, Statement
from tequio.exercises.models.events import Attendee, Event, EventPhoto
from tequio.exercises.models.exercise import Exercise, GuarantorTerm, Phase

__all__ = [
    "Attendee",
    "Call",
    "Event",
    "EventPhoto",
    "Exercise",
    "GuarantorTerm",
    "Phase",
    "Registration",
    "SourceDocument",
    "Statement",
]
