"""Registers the room with Django."""

from importlib import import_module

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    """Collegiate bodies: seats, who held them when, and the sessions they held."""

    name = "tequio.governance"
    label = "governance"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Keep the elections of people from going when a pack is loaded again."""
        import_module("tequio.governance.workflows.calling").keep_what_was_voted()
