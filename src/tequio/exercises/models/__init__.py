"""An open-government exercise and what happened in it."""

from tequio.exercises.models.acts import Event, Registration
from tequio.exercises.models.applications import Application
from tequio.exercises.models.calls import Call, CallExtension
from tequio.exercises.models.documents import SourceDocument, Statement
from tequio.exercises.models.exercise import Exercise, GuarantorTerm, Phase

__all__ = [
    "Application",
    "Call",
    "CallExtension",
    "Event",
    "Exercise",
    "GuarantorTerm",
    "Phase",
    "Registration",
    "SourceDocument",
    "Statement",
]
