"""The verbs of plans."""

from tequio.plans.workflows.loading import load_commitment, load_plan
from tequio.plans.workflows.publishing import publish_plan, recheck

__all__ = ["load_commitment", "load_plan", "publish_plan", "recheck"]
