"""The text of a file as nodes: everything is text, and each value remembers where it stands."""

from __future__ import annotations

import csv
import io
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import yaml

from tequio.kernel.packs.faults import Fault, Place, quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from tequio.kernel.packs.reading import Reading

DEPTH: Final = 20
LOADER: Final[Any] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class Node(NamedTuple):
    """A value of a file and its place: a text, a section (named nodes) or a list."""

    place: Place
    value: str | dict[str, Node] | list[Node]


def suggestion(name: str, known: Collection[str]) -> str:
    """Say what to do about an unknown name: the nearest known one, or to take it out."""
    near = get_close_matches(name, known, n=1)
    return f"quizá quisiste escribir «{near[0]}»" if near else "quítalo o corrige el nombre"


def read_rows(text: str, file: str, columns: dict[str, bool], reading: Reading) -> Iterator[Node]:
    """Yield a node per row of a CSV file; `columns` says which may stand there and which must."""
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] = []
    number = 0
    try:
        for number, cells in enumerate(rows, start=1):
            if number == 1:
                header = [cell.strip() for cell in cells]
                if not _header_fits(header, Place(file, row=1), columns, reading):
                    return
            elif any(cell.strip() for cell in cells):
                yield from _row(cells, header, Place(file, row=number), reading)
    except csv.Error as error:
        reading.fault(
            Place(file, row=number + 1),
            found=f"un renglón que no es CSV ({error})",
            expected="celdas separadas por comas, con comillas en pares",
            remedy="revisa las comillas y los saltos de línea",
        )


def _header_fits(header: list[str], place: Place, columns: dict[str, bool], reading: Reading) -> bool:
    before = reading.count
    for name in sorted({name for name in header if header.count(name) > 1}):
        reading.fault(
            place,
            found=f"la columna {quoted(name)} más de una vez",
            expected="una sola columna con ese nombre",
            remedy="quita la que sobra",
        )
    for name in dict.fromkeys(header):
        if name not in columns:
            hint = suggestion(name, columns)
            if ";" in name:
                hint = "guarda el archivo separado por comas, no por punto y coma"
            reading.fault(
                place,
                found=f"la columna desconocida {quoted(name)}",
                expected=f"alguna de estas: {', '.join(columns)}",
                remedy=hint,
            )
    for name, required in columns.items():
        if required and name not in header:
            reading.fault(
                place,
                found=f"un encabezado sin la columna «{name}»",
                expected="esa columna",
                remedy="agrégala con sus datos",
            )
    return reading.count == before


def _row(cells: list[str], header: list[str], place: Place, reading: Reading) -> Iterator[Node]:
    if len(cells) != len(header):
        reading.fault(
            place,
            found=f"una fila de {len(cells)} celdas",
            expected=f"{len(header)} celdas, como el encabezado",
            remedy="revisa comas y comillas de la fila",
        )
        return
    yield Node(
        place,
        {name: Node(place.at(name), cell) for name, cell in zip(header, cells, strict=True)},
    )


def read_document(text: str, file: str, reading: Reading) -> Node | None:
    """Read a YAML file into nodes; nothing is inferred, and anchors, aliases and tags are refused."""
    place = Place(file)
    try:
        return _Composer(text, place, reading).document()
    except _Refused as refused:
        reading.faulty(refused.fault)
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        mark = getattr(error, "problem_mark", None)
        reading.fault(
            Place(file, line=mark.line + 1 if mark else None),
            found="un texto que no es YAML",
            expected="claves y valores con sangría pareja",
            remedy="revisa sangría, comillas y dos puntos en ese lugar",
        )
    return None


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


class _Refused(Exception):
    """A document whose structure is not accepted; it ends the reading of that file."""

    def __init__(self, place: Place, found: str, remedy: str) -> None:
        self.fault = Fault(place, found, "un documento sencillo, de claves, textos y listas", remedy)
        super().__init__(found)


class _Composer:
    """Builds nodes from YAML events, so that a hostile document is refused before it grows."""

    def __init__(self, text: str, place: Place, reading: Reading) -> None:
        self.events = yaml.parse(text, Loader=LOADER)
        self.place = place
        self.reading = reading

    def document(self) -> Node:
        """Return the only document of the file."""
        root = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    raise _Refused(self.place, "más de un documento", "deja uno por archivo")
                root = self.node(next(self.events), self.place, 0)
        if root is None:
            raise _Refused(self.place, "un documento sin datos", "llénalo o quítalo del paquete")
        return root

    def node(self, event: Any, place: Place, depth: int) -> Node:
        """Return the node that an event begins."""
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            raise _Refused(place, "un ancla o un alias («&», «*»)", "escribe el valor completo")
        if event.tag:
            raise _Refused(place, "una etiqueta de tipo («!»)", "quita la etiqueta")
        if depth > DEPTH:
            raise _Refused(place, f"más de {DEPTH} niveles", "reduce los niveles")
        if isinstance(event, yaml.ScalarEvent):
            return Node(place, event.value)
        if isinstance(event, yaml.SequenceStartEvent):
            return Node(place, self.items(place, depth))
        return Node(place, self.section(place, depth))

    def items(self, place: Place, depth: int) -> list[Node]:
        """Return the items of the list that has begun."""
        items: list[Node] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            line = _line(event)
            items.append(self.node(event, place.item(len(items) + 1, line), depth + 1))
        return items

    def section(self, place: Place, depth: int) -> dict[str, Node]:
        """Return the keys and values of the section that has begun."""
        section: dict[str, Node] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            line = _line(event)
            if not isinstance(event, yaml.ScalarEvent):
                raise _Refused(place.at("?", line), "una clave que no es texto", "usa una palabra como clave")
            key = self.node(event, place.at("?", line), depth)
            name = str(key.value)
            value = self.node(next(self.events), place.at(name, line), depth + 1)
            if name in section:
                self.reading.fault(
                    value.place,
                    found=f"la clave {quoted(name)} más de una vez",
                    expected="una sola vez cada clave",
                    remedy=f"quita una; la primera está en la línea {section[name].place.line}",
                )
            section.setdefault(name, value)
        return section
