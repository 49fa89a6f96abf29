"""The seating of a co-creation table: who sits where, and why (docs/decisions/0040). It knows no database."""

from tequio.cocreation.seating.change import Change, add_late, move
from tequio.cocreation.seating.deal import seat
from tequio.cocreation.seating.horseshoe import at_horseshoe, explain_horseshoe
from tequio.cocreation.seating.plan import Breaches, Person, Plan, Rule, lower_bounds, violations
from tequio.cocreation.seating.telling import Kept, Sentence, excess, explain, foretell, is_private

__all__ = [
    "Breaches",
    "Change",
    "Kept",
    "Person",
    "Plan",
    "Rule",
    "Sentence",
    "add_late",
    "at_horseshoe",
    "excess",
    "explain",
    "explain_horseshoe",
    "foretell",
    "is_private",
    "lower_bounds",
    "move",
    "seat",
    "violations",
]
