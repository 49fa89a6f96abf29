"""Registers the room with Django."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Action plans: chapters, commitments, roadmaps, and what their documents leave out or contradict."""

    name = "tequio.plans"
    label = "plans"
    default_auto_field = "django.db.models.BigAutoField"
