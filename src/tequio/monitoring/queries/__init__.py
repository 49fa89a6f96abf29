"""Reads of follow-up: the derivation of states, and what the dashboard shows."""

from tequio.monitoring.queries.derivation import activity_state, completion

__all__ = ["activity_state", "completion"]
