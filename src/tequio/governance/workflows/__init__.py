"""The verbs of collegiate bodies."""

from tequio.governance.workflows.loading import load_bodies

__all__ = ["load_bodies"]
