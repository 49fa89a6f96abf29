"""The verbs of plans."""

from tequio.plans.workflows.defining import Definition, define_commitment
from tequio.plans.workflows.loading import load_commitments, load_plans
from tequio.plans.workflows.publishing import publish_plan, recheck

__all__ = ["Definition", "define_commitment", "load_commitments", "load_plans", "publish_plan", "recheck"]
