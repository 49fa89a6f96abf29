"""Registers the room with Django."""

from django.apps import AppConfig


class CocreationConfig(AppConfig):
    """Themes and problem trees."""

    name = "tequio.cocreation"
    label = "cocreation"
    default_auto_field = "django.db.models.BigAutoField"
