"""The folder of a pack: finds its files and gives their text, trusting none of them."""

from __future__ import annotations

import os
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tequio.kernel.packs.faults import Place
from tequio.kernel.packs.nodes import suggestion

if TYPE_CHECKING:
    from tequio.kernel.packs.reading import Reading

LARGEST: Final = 5 * 1024 * 1024
MOST_FILES: Final = 2_000
READABLE: Final = {".csv", ".yaml", ".yml"}


class PackFolder:
    """The CSV and YAML files of a folder; links and files of other kinds in their place are refused."""

    def __init__(self, root: Path, reading: Reading) -> None:
        self.root = root
        self.reading = reading
        self.files = self._walk()

    def matching(self, pattern: str) -> list[str]:
        """Return the files of a pattern, in order; `*` stands for part of one name."""
        parts = pattern.split("/")
        return [
            file
            for file in self.files
            if len(names := file.split("/")) == len(parts) and all(map(fnmatchcase, names, parts))
        ]

    def note_strangers(self, patterns: list[str]) -> None:
        """Note the data files that no part of the pack reads: most often a name with a slip."""
        known = {file for pattern in patterns for file in self.matching(pattern)}
        for file in self.files:
            if file not in known:
                self.reading.fault(
                    Place(file),
                    found="un archivo que nadie lee",
                    expected=f"alguno de estos: {', '.join(patterns)}",
                    remedy=suggestion(file, patterns),
                )

    def text(self, file: str) -> str | None:
        """Return the text of a file, or None after noting why it cannot be read."""
        place, path = Place(file), self.root / file
        if not path.is_file() or path.stat().st_size > LARGEST:
            self.reading.fault(
                place,
                found="algo que no es un archivo, o uno muy grande",
                expected="un archivo de a lo más 5 MB",
                remedy="divídelo o quítalo",
            )
            return None
        content = path.read_bytes()
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            self.reading.fault(
                Place(file, line=content.count(b"\n", 0, error.start) + 1),
                found="letras que no están en UTF-8",
                expected="un archivo en UTF-8",
                remedy="guárdalo de nuevo como «CSV UTF-8» o texto UTF-8",
            )
            return None
        if not text.strip():
            self.reading.fault(
                place, found="un archivo vacío", expected="datos", remedy="llénalo o quítalo del paquete"
            )
            return None
        return text

    def _walk(self) -> list[str]:
        found: list[str] = []
        for folder, folders, files in os.walk(self.root, followlinks=False):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in [*folders, *sorted(files)]:
                path = Path(folder, name)
                file = path.relative_to(self.root).as_posix()
                if path.is_symlink():
                    self.reading.fault(
                        Place(file),
                        found="un enlace a otro lugar",
                        expected="los archivos mismos, dentro de la carpeta",
                        remedy="copia el archivo en lugar del enlace",
                    )
                elif path.suffix.lower() in READABLE and name in folders:
                    self.reading.fault(
                        Place(file),
                        found="una carpeta con nombre de archivo",
                        expected="ahí un archivo, o carpetas sin esa terminación",
                        remedy="pon el archivo en su lugar o cambia el nombre de la carpeta",
                    )
                elif path.suffix.lower() in READABLE:
                    found.append(file)
            if len(found) > MOST_FILES:
                self.reading.fault(
                    Place("."),
                    found=f"más de {MOST_FILES} archivos",
                    expected="la carpeta de un paquete",
                    remedy="revisa que sea la carpeta correcta",
                )
                break
        return sorted(found)
