"""The three voices on each activity, and the standing that follows from them."""

from tequio.monitoring.models.standings import ActivityStanding, CommitmentStanding
from tequio.monitoring.models.voices import Evidence, Judgement, ProgressReport

__all__ = ["ActivityStanding", "CommitmentStanding", "Evidence", "Judgement", "ProgressReport"]
