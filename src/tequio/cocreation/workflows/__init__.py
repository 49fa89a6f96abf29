"""The verbs of diagnosis and co-creation."""

from tequio.cocreation.workflows.loading import load_diagnosis

__all__ = ["load_diagnosis"]
