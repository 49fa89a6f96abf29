"""`manage rebuild_search`: makes the search index say what the rooms say now."""

from __future__ import annotations

from django.core.management.base import BaseCommand
from django.utils import timezone

from tequio.kernel.searchindex import rebuild


class Command(BaseCommand):
    """Rebuilds the search index, writing only what changed."""

    help = "Actualiza el buscador con lo que está publicado ahora."

    def handle(self, **_options: object) -> None:
        """Rebuild and say what changed."""
        done = rebuild(at=timezone.now())
        self.stdout.write(
            f"Buscador al día: {done.written} entradas escritas,"
            f" {done.unchanged} sin cambios, {done.removed} retiradas."
        )
