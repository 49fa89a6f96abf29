"""Registers the room with Django."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    """Collegiate bodies: seats, who held them when, and the sessions they held."""

    name = "tequio.governance"
    label = "governance"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Keep what bodies held and what was voted here from going when a pack is loaded again."""
        verbs = import_module("tequio.governance.workflows")
        verbs.keep_what_people_held()
        verbs.keep_what_was_voted()
