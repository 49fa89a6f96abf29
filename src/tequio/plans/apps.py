"""Registers the room with Django."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Action plans: chapters, commitments, roadmaps, and what their documents leave out or contradict."""

    name = "tequio.plans"
    label = "plans"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make the documents of what is published."""
        import_module("tequio.plans.tasks").listen()
