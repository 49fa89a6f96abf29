"""Registers the room with Django."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class ExercisesConfig(AppConfig):
    """An open-government exercise: its phases, calls, registrations, events and source documents."""

    name = "tequio.exercises"
    label = "exercises"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Keep what people plan here from going when a pack is loaded again."""
        import_module("tequio.exercises.workflows.events").keep_what_was_planned()
