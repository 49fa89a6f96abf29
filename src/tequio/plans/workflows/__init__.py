"""The verbs of plans."""

from tequio.plans.workflows.loading import load_commitments, load_plans
from tequio.plans.workflows.publishing import publish_plan, recheck

__all__ = ["load_commitments", "load_plans", "publish_plan", "recheck"]
