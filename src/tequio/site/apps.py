"""Registers the room with Django."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Home, search, agenda and the pages where rooms meet."""

    name = "tequio.site"
    label = "site"
    default_auto_field = "django.db.models.BigAutoField"
