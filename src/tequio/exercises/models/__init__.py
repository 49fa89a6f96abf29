"""An open-government exercise and what happened in it."""

from tequio.exercises.models.acts import Call, Event, Registration
from tequio.exercises.models.declarations import DeclarationText, JointDeclaration, Signatory
from tequio.exercises.models.documents import SourceDocument, Statement
from tequio.exercises.models.exercise import Exercise, GuarantorTerm
from tequio.exercises.models.phases import Method, MethodPhase, Phase, Waiver

__all__ = [
    "Call",
    "DeclarationText",
    "Event",
    "Exercise",
    "GuarantorTerm",
    "JointDeclaration",
    "Method",
    "MethodPhase",
    "Phase",
    "Registration",
    "Signatory",
    "SourceDocument",
    "Statement",
    "Waiver",
]
