"""An open-government exercise and what happened in it."""

from tequio.exercises.models.accompaniment import (
    Accompaniment,
    CallingRule,
    Contact,
    HelpRequest,
    followed_places,
)
from tequio.exercises.models.acts import Call, Event, Registration
from tequio.exercises.models.documents import SourceDocument, Statement
from tequio.exercises.models.exercise import Exercise, GuarantorTerm, Phase

__all__ = [
    "Accompaniment",
    "Call",
    "CallingRule",
    "Contact",
    "Event",
    "Exercise",
    "GuarantorTerm",
    "HelpRequest",
    "Phase",
    "Registration",
    "SourceDocument",
    "Statement",
    "followed_places",
]
