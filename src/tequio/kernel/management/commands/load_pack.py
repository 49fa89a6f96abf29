"""`load_pack FOLDER [--check]`: brings a data pack into the database, or only says what is wrong in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tequio.kernel.packs import PackFaulty, check_pack, load_pack
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """Load a data pack, all or nothing."""

    help = "Carga un paquete de datos completo, o nada si tiene alguna falla."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the folder and the check-only option."""
        parser.add_argument("carpeta", type=Path, help="carpeta con paquete.yaml")
        parser.add_argument("--check", action="store_true", help="sólo revisa, sin cargar")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Read, check and, unless asked only to check, load."""
        folder: Path = options["carpeta"]
        try:
            if options["check"]:
                pack = check_pack(folder)
                counts = [f"{name}: {len(found)} registros" for name, found in pack.records.items()]
                self.stdout.write("\n".join(["El paquete no tiene fallas.", *counts]))
            else:
                tallies = load_pack(folder, by=None, at=timezone.now())
                counts = [f"{file}, {tally}" for file, found in tallies.items() for tally in found]
                self.stdout.write("\n".join(["El paquete quedó cargado.", *counts]))
        except (PackFaulty, Refused) as refused:
            raise CommandError(str(refused)) from refused
