"""Reads of plans: the dossier of a whole plan, compiled from its rows or read from its published edition."""

from tequio.plans.queries.compiling import compile_dossier
from tequio.plans.queries.dossier import Dossier
from tequio.plans.queries.reading import published_dossier

__all__ = ["Dossier", "compile_dossier", "published_dossier"]
