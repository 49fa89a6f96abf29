"""Finds what a plan's document leaves empty, contradicts or calls by another name; it runs on any plan.

Each rule reads the frozen dossier and yields what it finds, with the place in the document. A rule names no
institution, person or place: mending the document (its pack) makes the line vanish.
"""

from tequio.plans.consistency import dates, forms, names, statements, structure
from tequio.plans.consistency.engine import Found, Rule, check, registered

__all__ = ["Found", "Rule", "check", "dates", "forms", "names", "registered", "statements", "structure"]
