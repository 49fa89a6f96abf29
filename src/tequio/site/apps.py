"""Registers the room with Django."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Home, search, agenda and the pages where rooms meet."""

    name = "tequio.site"
    label = "site"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Keep pages and search up to what is published."""
        import_module("tequio.site.tasks").listen()
