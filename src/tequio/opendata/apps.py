"""Registers the room with Django."""

from django.apps import AppConfig


class OpenDataConfig(AppConfig):
    """The catalogue, released files and public API; renders what the rooms declare."""

    name = "tequio.opendata"
    label = "opendata"
    default_auto_field = "django.db.models.BigAutoField"
