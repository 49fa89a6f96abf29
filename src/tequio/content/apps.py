"""Registers the room with Django."""

from django.apps import AppConfig


class ContentConfig(AppConfig):
    """Editorial pages, news and documents, kept by editors in Wagtail."""

    name = "tequio.content"
    label = "content"
    default_auto_field = "django.db.models.BigAutoField"
