"""Registers the room with Django."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class CocreationConfig(AppConfig):
    """Themes, the consultation of public problems, problem trees and co-creation tables."""

    name = "tequio.cocreation"
    label = "cocreation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Keep what people write here from going when a pack is loaded again."""
        import_module("tequio.cocreation.workflows.consulting").keep_what_was_proposed()
        import_module("tequio.cocreation.workflows").keep_what_was_drawn()
