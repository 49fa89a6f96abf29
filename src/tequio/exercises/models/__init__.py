"""An open-government exercise and what happened in it."""

from tequio.exercises.models.acts import Call, Event, Registration
from tequio.exercises.models.documents import SourceDocument, Statement
from tequio.exercises.models.exercise import Exercise, GuarantorTerm, Phase

__all__ = [
    "Call",
    "Event",
    "Exercise",
    "GuarantorTerm",
    "Phase",
    "Registration",
    "SourceDocument",
    "Statement",
]
