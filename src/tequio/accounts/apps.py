"""Registers the room with Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, organizations, public bodies and jurisdictions, each with its dates."""

    name = "tequio.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
