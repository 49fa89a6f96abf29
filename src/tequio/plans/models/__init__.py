"""An action plan as published: its chapters, commitments, lines of action and activities."""

from tequio.plans.models.activities import ActionLine, Activity, KeyAction, Responsible
from tequio.plans.models.commitments import Alignment, Annex, Commitment, OtherActor
from tequio.plans.models.findings import Finding
from tequio.plans.models.plan import ActionPlan, Chapter

__all__ = [
    "ActionLine",
    "ActionPlan",
    "Activity",
    "Alignment",
    "Annex",
    "Chapter",
    "Commitment",
    "Finding",
    "KeyAction",
    "OtherActor",
    "Responsible",
]
