"""Registers the room with Django."""

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    """Collegiate bodies: seats, who held them when, and the sessions they held."""

    name = "tequio.governance"
    label = "governance"
    default_auto_field = "django.db.models.BigAutoField"
