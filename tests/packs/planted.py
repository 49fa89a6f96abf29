"""The ten contradictions planted in the invented state plan: where each stands and how it is mended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "planes/tonalli-2023-2025"


@dataclass(frozen=True)
class Planted:
    """One planted contradiction; everything from `old` up to `until` (or `old` alone) gives way to `new`."""

    number: int
    what: str
    file: str
    path: str
    old: str
    new: str
    until: str = ""

    def __str__(self) -> str:
        return f"{self.number}: {self.what}"

    def mend(self, pack: Path) -> None:
        """Mend it in a copy of the pack."""
        file = pack / FOLDER / self.file
        before, found, after = file.read_text(encoding="utf-8").partition(self.old)
        if not found:
            raise LookupError(f"{self.file} has no {self.old!r}")
        if self.until:
            after = self.until + after.partition(self.until)[2]
        file.write_text(before + self.new + after, encoding="utf-8")


PLANTED = (
    Planted(
        1,
        "addends that do not sum to the stated number",
        "ejercicio.yaml",
        "afirmaciones[1]",
        'sumandos: ["7", "4"]',
        'sumandos: ["7", "5"]',
    ),
    Planted(
        2,
        "two dates for one installation in one document",
        "ejercicio.yaml",
        "afirmaciones[3].valor",
        'valor: "2022-12-15"',
        'valor: "2022-12-14"',
    ),
    Planted(
        3,
        "members stated and members listed",
        "ejercicio.yaml",
        "afirmaciones[4].valor",
        'valor: "15"',
        'valor: "14"',
    ),
    Planted(
        4,
        "key action dated otherwise than the activity of the same text",
        "compromiso-2.yaml",
        "acciones_clave[3].fechas",
        '"Del 4 de septiembre al 30 de noviembre de 2023", inicio: "2023-09-04"',
        '"Del 2 de octubre al 30 de noviembre de 2023", inicio: "2023-10-02"',
    ),
    Planted(
        5,
        "activity that ends after its commitment",
        "compromiso-1.yaml",
        "actividades[4].fin",
        '{dice: "28 de noviembre de 2025", dia: "2025-11-28"}',
        '{dice: "31 de octubre de 2025", dia: "2025-10-31"}',
    ),
    Planted(
        6,
        "commitment that ends before it starts",
        "compromiso-4.yaml",
        "ficha.fin",
        '{dice: "31 de mayo de 2023", dia: "2023-05-31"}',
        '{dice: "31 de mayo de 2024", dia: "2024-05-31"}',
    ),
    Planted(
        7,
        "responsible with another institution's mail",
        "compromiso-3.yaml",
        "actividades[2].responsables[1].correo",
        "jesus.pinon@occt.tonalli.example",
        "jesus.pinon@dicoe.tonalli.example",
    ),
    Planted(
        8,
        "placeholder in a required field",
        "compromiso-3.yaml",
        "ficha.poblacion",
        '"Por definir"',
        '"La niñez que come en las 316 cocinas escolares y las personas que cocinan en ellas."',
    ),
    Planted(
        9,
        "approved theme without commitment and without reason",
        "ejercicio.yaml",
        "tematicas[5]",
        '    fechas: "28 de febrero de 2023"\n',
        '    fechas: "28 de febrero de 2023"\n    sin_compromiso_porque: "La mesa no reunió a dos sectores."\n',
    ),
    Planted(
        10,
        "line activities without dates or responsibles",
        "compromiso-1.yaml",
        "lineas",
        "titulo_lineas:",
        "",
        until="alineaciones:",
    ),
)
