"""load_demo: fills an installation with every pack of the packs folder, and does at once what the worker would do."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tequio.kernel.packs import PackFaulty, load_pack
from tequio.kernel.refusal import Refused
from tequio.site.workflows import seed_demo


class Command(BaseCommand):
    """Load the packs and make what follows from them: search, documents, released data."""

    help = "Carga todos los paquetes de datos y prepara lo que se publica de ellos."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Say what was loaded and how long each step took; a faulty pack loads nothing of it."""
        folders = sorted(manifest.parent for manifest in settings.PACKS.glob("*/paquete.yaml"))
        if not folders:
            raise CommandError(f"No hay paquetes en {settings.PACKS}: cada uno es una carpeta con paquete.yaml.")
        for folder in folders:
            begun = time.monotonic()
            try:
                load_pack(folder, by=None, at=timezone.now())
            except PackFaulty as faulty:
                raise CommandError(str(faulty)) from faulty
            except Refused as refused:  # what people wrote in the demonstration stays, and it starts all the same
                self.stdout.write(f"  paquete {folder.name}: {refused}")
                continue
            self.stdout.write(f"  paquete {folder.name}: {time.monotonic() - begun:.1f} s")
        if settings.DEMO:
            self.seed()
        begun = time.monotonic()
        call_command("work", once=True, verbosity=0)
        self.stdout.write(f"  documentos, datos y búsqueda: {time.monotonic() - begun:.1f} s")

    def seed(self) -> None:
        """Put in it somebody of each part, for who wants to try; a pack with nowhere to try is shown all the same."""
        begun = time.monotonic()
        try:
            seed_demo(at=timezone.now())
        except Refused as refused:
            self.stdout.write(f"  personas de muestra: {refused}")
        else:
            self.stdout.write(f"  personas de muestra: {time.monotonic() - begun:.1f} s")
