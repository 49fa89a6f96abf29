"""An open-government exercise and what happened in it."""

from tequio.exercises.models.accompaniment import (
    Accompaniment,
    CallingRule,
    Contact,
    HelpRequest,
    followed_places,
)
from tequio.exercises.models.acts import Registration
from tequio.exercises.models.applications import Application
from tequio.exercises.models.calls import Call, CallExtension
from tequio.exercises.models.declarations import DeclarationText, JointDeclaration, Signatory
from tequio.exercises.models.documents import SourceDocument, Statement
from tequio.exercises.models.events import Attendee, DoorPost, Event, EventPhoto
from tequio.exercises.models.exercise import Exercise, GuarantorTerm
from tequio.exercises.models.phases import Method, MethodPhase, Phase, Waiver
from tequio.exercises.models.setup import SkippedStep

__all__ = [
    "Accompaniment",
    "Application",
    "Attendee",
    "Call",
    "CallExtension",
    "CallingRule",
    "Contact",
    "DeclarationText",
    "DoorPost",
    "Event",
    "EventPhoto",
    "Exercise",
    "GuarantorTerm",
    "HelpRequest",
    "JointDeclaration",
    "Method",
    "MethodPhase",
    "Phase",
    "Registration",
    "Signatory",
    "SkippedStep",
    "SourceDocument",
    "Statement",
    "Waiver",
    "followed_places",
]
