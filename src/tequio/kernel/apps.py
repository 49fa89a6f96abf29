"""Registers the room with Django."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class KernelConfig(AppConfig):
    """Machinery without civic words: workflow, ledger, windows, editions, jobs, datasets, search, page cache."""

    name = "tequio.kernel"
    label = "kernel"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load what rooms register: invariants, jobs, what people owe, what phases need, checks of a deployment."""
        autodiscover_modules("invariants", "tasks", "duties", "conformity", "checks")
