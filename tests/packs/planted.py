"""The ten contradictions planted in the invented state plan: where each stands and how it is mended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "planes/tonalli-2023-2025"


@dataclass(frozen=True)
class Swap:
    """A change to a file: everything from `old` up to `until` (or `old` alone) gives way to `new`."""

    file: str
    old: str
    new: str = ""
    until: str = ""

    def make(self, pack: Path) -> None:
        """Make it in a copy of the pack."""
        file = pack / FOLDER / self.file
        before, found, after = file.read_text(encoding="utf-8").partition(self.old)
        if not found:
            raise LookupError(f"{self.file} has no {self.old!r}")
        if self.until:
            after = self.until + after.partition(self.until)[2]
        file.write_text(before + self.new + after, encoding="utf-8")


@dataclass(frozen=True)
class Planted:
    """One planted contradiction: the path of its field in the file of its first swap, and the swaps that mend it."""

    number: int
    what: str
    path: str
    swaps: tuple[Swap, ...]

    def __str__(self) -> str:
        return f"{self.number}: {self.what}"

    def mend(self, pack: Path) -> None:
        """Mend it in a copy of the pack."""
        for swap in self.swaps:
            swap.make(pack)


PLANTED = (
    Planted(
        1,
        "addends that do not sum to the stated number",
        "afirmaciones[1]",
        (Swap("ejercicio.yaml", 'sumandos: ["7", "4"]', 'sumandos: ["7", "5"]'),),
    ),
    Planted(
        2,
        "two dates for one installation in one document",
        "afirmaciones[3].valor",
        (Swap("ejercicio.yaml", 'valor: "2022-12-15"', 'valor: "2022-12-14"'),),
    ),
    Planted(
        3,
        "members stated and members listed",
        "afirmaciones[4].valor",
        (Swap("ejercicio.yaml", 'valor: "15"', 'valor: "14"'),),
    ),
    Planted(
        4,
        "key action dated otherwise than the activity of the same text",
        "acciones_clave[3].fechas",
        (
            Swap(
                "compromiso-2.yaml",
                'Del 4 de septiembre al 30 de noviembre de 2023\n    inicio: "2023-09-04"',
                'Del 2 de octubre al 30 de noviembre de 2023\n    inicio: "2023-10-02"',
            ),
        ),
    ),
    Planted(
        5,
        "activity that ends after its commitment",
        "actividades[4].fin",
        (
            Swap(
                "compromiso-1.yaml",
                '28 de noviembre de 2025\n    dia: "2025-11-28"',
                '31 de octubre de 2025\n    dia: "2025-10-31"',
            ),
        ),
    ),
    Planted(
        6,
        "commitment that ends before it starts",
        "ficha.fin",
        (
            Swap(
                "compromiso-4.yaml",
                '{dice: "31 de mayo de 2023", dia: "2023-05-31"}',
                '{dice: "31 de mayo de 2024", dia: "2024-05-31"}',
            ),
        ),
    ),
    Planted(
        7,
        "responsible with another institution's mail",
        "actividades[2].responsables[1].correo",
        (Swap("compromiso-3.yaml", "jesus.pinon@occt.tonalli.example", "jesus.pinon@dicoe.tonalli.example"),),
    ),
    Planted(
        8,
        "placeholder in a required field",
        "ficha.poblacion",
        (
            Swap(
                "compromiso-3.yaml",
                '"Por definir"',
                '"La niñez que come en las 316 cocinas escolares y las personas que cocinan en ellas."',
            ),
        ),
    ),
    Planted(
        9,
        "approved theme without commitment and without reason",
        "tematicas[5]",
        (
            Swap(
                "diagnostico.yaml",
                '    fechas: "28 de febrero de 2023"\n',
                '    fechas: "28 de febrero de 2023"\n    sin_compromiso_porque: "La mesa no reunió a dos sectores."\n',
            ),
        ),
    ),
    Planted(
        10,
        "line activities without dates or responsibles",
        "lineas",
        (
            Swap("compromiso-1.yaml", "titulo_lineas:", until="alineaciones:"),
            Swap("seguimiento.yaml", "- codigo: TON1-01-L1-1\n", until="- codigo: TON1-02-A1\n"),
        ),
    ),
)
