"""Copies of the invented pack, each broken in one way, with the fault that the loader must report."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

GOOD = Path(__file__).parent / "tonalli"
STATE_PLAN = "planes/tonalli-2023-2025"
TOWN_PLAN = "planes/xochitepetl-2024"
BOMB = 'a: &a ["ja", "ja"]\n' + "".join(
    f"{y}: &{y} [*{x}, *{x}, *{x}, *{x}, *{x}]\n" for x, y in zip("abcdefgh", "bcdefghi", strict=True)
)


@dataclass(frozen=True)
class Expected:
    """Where the fault must stand (items of a list count from 1; row or line where one is known) and words of it."""

    file: str
    row: int | None = None
    line: int | None = None
    path: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Broken:
    """One way to break the pack: `spoil` changes a copy and says which fault must come of it."""

    name: str
    spoil: Callable[[Path], Expected]

    def __str__(self) -> str:
        return self.name

    def copy_to(self, folder: Path) -> tuple[Path, Expected]:
        """Copy the good pack under a folder, break the copy, and return it with the expected fault."""
        pack = folder / "tonalli"
        shutil.copytree(GOOD, pack)
        return pack, self.spoil(pack)


def swapped(
    file: str, old: str, new: str, *, path: str = "", words: tuple[str, ...] = ()
) -> Callable[[Path], Expected]:
    """Return a spoiler that swaps the first `old` of a file; the fault stands on the line where `new` ends."""

    def spoil(pack: Path) -> Expected:
        text = (pack / file).read_text(encoding="utf-8")
        before, found, after = text.partition(old)
        if not found:
            raise LookupError(f"{file} has no {old!r}")
        (pack / file).write_text(before + new + after, encoding="utf-8")
        line = (before + new).count("\n") + 1
        return Expected(
            file, line if file.endswith(".csv") else None, None if file.endswith(".csv") else line, path, words
        )

    return spoil


def without(file: str, *, words: tuple[str, ...], told_in: str = "") -> Callable[[Path], Expected]:
    """Return a spoiler that takes a file away; the fault stands there, or in the file that needs it."""

    def spoil(pack: Path) -> Expected:
        (pack / file).unlink()
        return Expected(told_in or file, words=words)

    return spoil


def in_latin_1(file: str) -> Callable[[Path], Expected]:
    """Return a spoiler that saves a file in the encoding of old spreadsheets."""

    def spoil(pack: Path) -> Expected:
        text = (pack / file).read_text(encoding="utf-8")
        (pack / file).write_text(text, encoding="latin-1")
        line = next(number for number, words in enumerate(text.splitlines(), start=1) if not words.isascii())
        return Expected(file, line=line, words=("UTF-8",))

    return spoil


def rewritten(
    file: str, text: str, *, line: int | None = None, path: str = "", words: tuple[str, ...]
) -> Callable[[Path], Expected]:
    """Return a spoiler that puts another text in a file."""

    def spoil(pack: Path) -> Expected:
        (pack / file).write_text(text, encoding="utf-8")
        return Expected(file, line=line, path=path, words=words)

    return spoil


def linked_outside(file: str) -> Callable[[Path], Expected]:
    """Return a spoiler that puts a link to a file outside the pack in place of one of its files."""

    def spoil(pack: Path) -> Expected:
        outside = pack.parent / "secreto.yaml"
        outside.write_text("contraseña: secreta\n", encoding="utf-8")
        (pack / file).unlink()
        (pack / file).symlink_to(outside)
        return Expected(file, words=("un enlace a otro lugar",))

    return spoil


PARKS = "#2f6b2f,,,,inventado,"
BROKEN = (
    Broken(
        "impossible day",
        swapped(
            f"{STATE_PLAN}/compromiso-1.yaml",
            'dia: "2023-04-03"',
            'dia: "2023-02-30"',
            path="ficha.inicio.dia",
            words=("«2023-02-30»",),
        ),
    ),
    Broken(
        "unknown column",
        swapped("municipios.csv", "renglon", "renglón", words=("columna desconocida «renglón»", "«renglon»")),
    ),
    Broken("missing table", without("estado.csv", words=("el archivo no está",))),
    Broken(
        "missing plan",
        without(f"{TOWN_PLAN}/plan.yaml", told_in=f"{TOWN_PLAN}/compromiso-1.yaml", words=("plan.yaml",)),
    ),
    Broken(
        "key written twice",
        swapped(
            f"{TOWN_PLAN}/ejercicio.yaml",
            '  lugar: "90001"',
            '  lugar: "90001"\n  nombre: "Otro"',
            path="ejercicio.nombre",
            words=("más de una vez",),
        ),
    ),
    Broken(
        "organization key repeated",
        swapped(
            "organizaciones.csv",
            "\nparques-xochitepetl,",
            "\nayto-xochitepetl,",
            path="clave",
            words=("«ayto-xochitepetl»", "sin repetir"),
        ),
    ),
    Broken(
        "unknown organization",
        swapped(
            f"{STATE_PLAN}/compromiso-2.yaml",
            "responsable: semoc",
            "responsable: semok",
            path="compromiso.responsable",
            words=("«semok»", "organizaciones.csv"),
        ),
    ),
    Broken(
        "NUL in a table",
        swapped(
            "organizaciones.csv",
            "Ayuntamiento de Xochitépetl",
            "Ayuntamiento\0 de Xochitépetl",
            path="nombre",
            words=("[U+0000]",),
        ),
    ),
    Broken("latin-1", in_latin_1("personas.csv")),
    Broken("alias bomb", rewritten(f"{STATE_PLAN}/plan.yaml", BOMB, line=1, path="a", words=("ancla", "alias"))),
    Broken(
        "text too long",
        swapped(
            f"{STATE_PLAN}/ejercicio.yaml",
            "Ejercicio Local de",
            "Ejercicio Local " + "ñ" * 5_000 + " de",
            path="ejercicio.nombre",
            words=("caracteres",),
        ),
    ),
    Broken(
        "unknown choice",
        swapped(
            f"{TOWN_PLAN}/compromiso-2.yaml",
            "origen: cocreado",
            "origen: cocreadoo",
            path="compromiso.origen",
            words=("«cocreadoo»", "quizá quisiste escribir"),
        ),
    ),
    Broken(
        "negative number", swapped("municipios.csv", ",126083,", ",-126083,", path="poblacion", words=("«-126083»",))
    ),
    Broken(
        "numbers that do not add up",
        swapped("municipios.csv", ",126083,", ",126084,", path="poblacion", words=("suma",)),
    ),
    Broken(
        "reversed validity",
        swapped(
            "organizaciones.csv",
            PARKS,
            "#2f6b2f,,2024-05-01,2023-05-01,inventado,",
            path="vigente_hasta",
            words=("posterior",),
        ),
    ),
    Broken(
        "municipality code repeated",
        swapped("municipios.csv", "\n90002,", "\n90001,", path="cve_inegi", words=("«90001»",)),
    ),
    Broken("link outside the pack", linked_outside(f"{TOWN_PLAN}/compromiso-2.yaml")),
    Broken(
        "path in a key",
        swapped(
            f"{TOWN_PLAN}/ejercicio.yaml",
            "clave: xochitepetl-2024",
            'clave: "../../etc/tonalli"',
            path="ejercicio.clave",
            words=("«../../etc/tonalli»",),
        ),
    ),
    Broken(
        "unknown field",
        swapped(
            f"{TOWN_PLAN}/compromiso-1.yaml", "  genero:", "  genro:", path="ficha.genro", words=("«genro»", "«genero»")
        ),
    ),
)
