"""The shape of a pack's files: records of fields, in tables (CSV) and documents (YAML) that nest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import KW_ONLY, dataclass
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from tequio.kernel.packs.faults import Fault, quoted
from tequio.kernel.packs.fields import Field, Span
from tequio.kernel.packs.nodes import Node, read_document, read_rows, suggestion

if TYPE_CHECKING:
    from datetime import date

    from tequio.kernel.packs.faults import Place
    from tequio.kernel.packs.reading import Reading


class Record(Mapping[str, Any]):
    """The typed values of a row or a section, which remember where they stand; it never changes."""

    __slots__ = ("_node", "_values")

    def __init__(self, node: Node, values: dict[str, Any]) -> None:
        self._node = node
        self._values = values

    def __getitem__(self, name: str) -> Any:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"<Record {self._node.place}: {self._values}>"

    @property
    def file(self) -> str:
        """The file it was read from, relative to the pack."""
        return self._node.place.file

    def place(self, name: str = "") -> Place:
        """Return where a field stands, or the record itself."""
        section = self._node.value
        if name and isinstance(section, dict):
            return section[name].place if name in section else self._node.place.at(name)
        return self._node.place

    def fault(self, name: str, *, expected: str, remedy: str) -> Fault:
        """Return a fault about a field of this record, for the checks that a room adds."""
        section = self._node.value
        raw = section[name].value if isinstance(section, dict) and name in section else ""
        found = quoted(raw) if isinstance(raw, str) else "una sección o una lista"
        return Fault(self.place(name), found, expected, remedy)


Check = Callable[[Record], Iterable[Fault]]


def forward(start: str, end: str, *, may_be_equal: bool = True) -> Check:
    """Return a check that a period does not run backwards; validities, half-open, may not be empty either."""

    def check(record: Record) -> Iterator[Fault]:
        first, last = _edge(record[start], 1), _edge(record[end], 2)
        if first and last and (last < first or (last == first and not may_be_equal)):
            yield record.fault(
                end,
                expected=f"una fecha posterior a «{start}» ({first})",
                remedy="revisa cuál de las dos fechas está mal",
            )

    return check


def _edge(value: Span | date | None, edge: int) -> date | None:
    if isinstance(value, Span):
        return value.first if edge == 1 else value.last
    return value


@dataclass(frozen=True)
class Shape:
    """What a record holds: its fields, the checks over several of them."""

    fields: tuple[Field, ...]
    _: KW_ONLY
    checks: tuple[Check, ...] = ()

    def record(self, node: Node, reading: Reading) -> Record:
        """Return the record of a node, noting its faults; checks run on records without any."""
        before = reading.count
        section = node.value if isinstance(node.value, dict) else {}
        if not isinstance(node.value, dict):
            reading.fault(
                node.place,
                found=quoted(node.value) if isinstance(node.value, str) else "una lista",
                expected="una sección con claves",
                remedy=f"escribe debajo sus claves: {', '.join(field.name for field in self.fields)}",
            )
        names = [field.name for field in self.fields]
        for name in (name for name in section if name not in names):
            reading.fault(
                section[name].place,
                found=f"la clave desconocida {quoted(name)}",
                expected=f"alguna de estas: {', '.join(names)}",
                remedy=suggestion(name, names),
            )
        absent = {name: Node(node.place.at(name), "") for name in names if name not in section}
        present = {**section, **absent}
        record = Record(
            node, {name: field.read(present[name], reading) for name, field in zip(names, self.fields, strict=True)}
        )
        if reading.count == before:
            for check in self.checks:
                for fault in check(record):
                    reading.faulty(fault)
        return record


@dataclass(frozen=True)
class Section(Field):
    """A nested section of a document; absent and not required, it reads as None."""

    _: KW_ONLY
    fields: tuple[Field, ...]
    checks: tuple[Check, ...] = ()

    def read(self, node: Node, reading: Reading) -> Record | None:
        """Return the record of the section."""
        if node.value == "" and not self.required:
            return None
        return Shape(self.fields, checks=self.checks).record(node, reading)


Unique = tuple[str | tuple[str, ...], ...]
Value = TypeVar("Value")


@dataclass(frozen=True)
class Listing(Field):
    """A list of a document; absent, it reads as an empty tuple. `unique` names what no two items share."""

    _: KW_ONLY
    of: Field
    unique: Unique = ()
    blank: ClassVar[Any] = ()

    def read(self, node: Node, reading: Reading) -> tuple[Any, ...]:
        """Return the items."""
        items = node.value if isinstance(node.value, list) else []
        if (not items and self.required) or (node.value and not isinstance(node.value, list)):
            reading.fault(
                node.place,
                found=quoted(node.value) if isinstance(node.value, str) else "otra cosa",
                expected="una lista" if not self.required else "una lista con al menos un elemento",
                remedy="escribe cada elemento en su renglón, con un guion delante",
            )
        return tuple(unrepeated((self.of.read(item, reading) for item in items), self.unique, reading))


def unrepeated(values: Iterable[Value], unique: Unique, reading: Reading) -> Iterator[Value]:
    """Pass values on, noting as they come the records that repeat what only one may have; blanks repeat freely."""
    groups = [(name,) if isinstance(name, str) else name for name in unique]
    seen: dict[tuple[Any, ...], Record] = {}
    for value in values:
        if isinstance(value, Record):
            for names in groups:
                _note_repeated(value, names, seen, reading)
        yield value


def _note_repeated(
    record: Record, names: tuple[str, ...], seen: dict[tuple[Any, ...], Record], reading: Reading
) -> None:
    values = tuple(record[name] for name in names)
    if any(value in {"", None} for value in values):
        return
    first = seen.setdefault((names, values), record)
    if first is not record:
        fault = record.fault(
            names[-1],
            expected=f"un valor sin repetir de {' y '.join(names)}",
            remedy=f"ya está en {first.place(names[-1])}: cambia uno",
        )
        reading.faulty(fault)


@dataclass(frozen=True)
class Table(Shape):
    """A CSV file of the pack; `unique` names the columns, or groups of them, that identify a row."""

    _: KW_ONLY
    file: str
    unique: Unique = ()
    required: bool = True

    def read(self, text: str, file: str, reading: Reading) -> Iterator[Record]:
        """Yield the rows of the file."""
        columns = {field.name: field.required for field in self.fields}
        for node in read_rows(text, file, columns, reading):
            yield self.record(node, reading)


@dataclass(frozen=True)
class Document(Shape):
    """A YAML file, or all those that a pattern finds (`planes/*/plan.yaml`), a record each."""

    _: KW_ONLY
    file: str
    unique: Unique = ()
    required: bool = True

    def read(self, text: str, file: str, reading: Reading) -> Iterator[Record]:
        """Yield the only record of the file."""
        if root := read_document(text, file, reading):
            yield self.record(root, reading)


Source = Table | Document


def values_at(record: Record, path: str) -> Iterator[str]:
    """Yield the texts that stand at a path (`compromisos.clave`), through sections and lists."""
    name, _, rest = path.partition(".")
    value = record[name]
    for item in value if isinstance(value, tuple) and not isinstance(value, Span) else (value,):
        if isinstance(item, Record):
            yield from values_at(item, rest)
        elif item is not None:
            yield str(item)
