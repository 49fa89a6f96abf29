"""Registers the room with Django."""

from django.apps import AppConfig


class ExercisesConfig(AppConfig):
    """An open-government exercise: its phases, calls, registrations, events and source documents."""

    name = "tequio.exercises"
    label = "exercises"
    default_auto_field = "django.db.models.BigAutoField"
