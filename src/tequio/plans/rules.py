"""Who may do what with a plan; as in `exercises.rules`, without a thing a predicate answers whether there is any."""

from __future__ import annotations

from rules.permissions import permissions

from tequio.exercises.rules import runs_the_exercise
from tequio.plans.enums import DEFINE_COMMITMENT

permissions[DEFINE_COMMITMENT] = runs_the_exercise
