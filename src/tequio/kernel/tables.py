"""Declares a dataset over a queryset: each column says which field or expression it is read from."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Case, CharField, F, Value, When
from django.db.models.functions import Cast, Concat, LPad

from tequio.kernel.datasets import Column, ColumnType, Dataset
from tequio.kernel.models.periods import DatePrecision
from tequio.kernel.prepared import Prepared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from django.db.models import Choices, QuerySet
    from django.db.models.expressions import Combinable

    Source = str | Combinable


PREFIX: Final = "column_"
ABOUT: Final = {
    "theme": "GOVE",  # the European vocabulary of data themes: government and public sector
    "periodicity": "irregular",  # a new version whenever something is published
    "temporal": "Desde el primer ejercicio publicado",
    "spatial": "La entidad federativa y sus municipios",
}
"""What a dataset says of itself unless its declaration says otherwise."""


@dataclass(frozen=True, kw_only=True)
class Read(Column):
    """A column with where it is read: a field's path, or an expression of the database; a code comes with its words."""

    of: Source
    words: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Rows:
    """A table's rows, read from the database when they are iterated; filters name published columns.

    Inside the query each column has a prefix, so that it may have the name of a field and mean another thing.
    """

    query: QuerySet[Any, tuple[Any, ...]]
    names: tuple[str, ...]
    words: Mapping[str, Mapping[str, str]]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return self.named(self.query.iterator(chunk_size=2_000))

    def named(self, found: Iterable[tuple[Any, ...]]) -> Iterator[dict[str, Any]]:
        """Yield what the database found by the names of the columns, its codes in words."""
        coded = [(name, self.words[name]) for name in self.names if name in self.words]
        for values in found:
            row = dict(zip(self.names, values, strict=True))
            for name, words in coded:
                row[name] = words.get(row[name])
            yield row

    def where(self, **lookups: Any) -> Rows:
        """Keep the rows that pass, by column and Django's lookup (`fecha__gte`); a code is named by its words."""
        codes = {name: {word: code for code, word in words.items()} for name, words in self.words.items()}
        found = {PREFIX + name: codes[name][value] if name in codes else value for name, value in lookups.items()}
        return replace(self, query=self.query.filter(**found))

    def only(self, names: Iterable[str]) -> Rows:
        """Read only some columns."""
        kept = tuple(names)
        return replace(self, query=self.query.values_list(*(PREFIX + name for name in kept)), names=kept)

    def first(self, most: int) -> Callable[[str], list[dict[str, Any]]]:
        """Return the reading of the first rows, at most so many, composed once; it takes the text for GIVEN."""
        prepared = Prepared(self.query[:most])
        return lambda given: list(self.named(prepared.read(given)))

    def counted(self) -> Callable[[], int]:
        """Return the counting of the rows in the database, composed once."""
        prepared = Prepared(self.query.order_by().values_list("pk"), "SELECT COUNT(*) FROM ({}) AS kept")
        return lambda: sum(count for (count,) in prepared.read())

    def count(self) -> int:
        """Count the rows in the database."""
        return self.counted()()


def table(*, of: Callable[[Any], QuerySet[Any]], columns: tuple[Read, ...], **about: Any) -> Dataset:
    """Return a dataset whose rows are read from a queryset, ordered by its key, which is the first column.

    `of(viewer)` begins at `visible_to`.
    """
    names = tuple(column.name for column in columns)
    sources = {PREFIX + c.name: F(c.of) if isinstance(c.of, str) else c.of for c in columns}

    words = {column.name: column.words for column in columns if column.words}

    def read(viewer: Any) -> Rows:
        ordered = of(viewer).order_by().annotate(**sources).order_by(PREFIX + names[0])
        return Rows(ordered.values_list(*sources), names, words)

    @cache
    def public() -> Rows:  # what everybody sees is composed once; each reading asks the database again
        return read(None)

    def rows(viewer: Any) -> Rows:
        return public() if viewer is None else read(viewer)

    return Dataset(columns=columns, rows=rows, primary_key=names[:1], **(ABOUT | about))


def rows_of(dataset: Dataset, viewer: Any) -> Rows:
    """Return the rows of a dataset as a table, which can be filtered; every published dataset is one."""
    rows = dataset.rows(viewer)
    if not isinstance(rows, Rows):
        raise TypeError(f"{dataset.key} is not declared with tables.table.")
    return rows


def text(name: str, of: Source, description: str, **more: Any) -> Read:
    """Return a column of text."""
    return Read(name=name, type=ColumnType.TEXT, of=of, description=description, **more)


def link(name: str, of: Source, description: str, **more: Any) -> Read:
    """Return a column of web addresses."""
    return Read(name=name, type=ColumnType.URL, of=of, description=description, **more)


def number(name: str, of: Source, description: str, *, additive: bool, **more: Any) -> Read:
    """Return a column of whole numbers, which may be added up or not."""
    return Read(name=name, type=ColumnType.INTEGER, of=of, description=description, additive=additive, **more)


def flag(name: str, of: Source, description: str, **more: Any) -> Read:
    """Return a column of yes or no."""
    return Read(name=name, type=ColumnType.BOOLEAN, of=of, description=description, **more)


def day(name: str, of: Source, description: str, **more: Any) -> Read:
    """Return a column of dates."""
    return Read(name=name, type=ColumnType.DATE, of=of, description=description, **more)


def instant(name: str, of: Source, description: str, **more: Any) -> Read:
    """Return a column of instants."""
    return Read(name=name, type=ColumnType.DATETIME, of=of, description=description, **more)


def choice(name: str, of: str, choices: type[Choices], description: str, **more: Any) -> Read:
    """Return a column that says, in the words of the pages, which of a closed list it is."""
    words = {str(code): str(label) for code, label in choices.choices}
    return text(name, of, description, values=tuple(words.values()), words=words, **more)


def period() -> tuple[Read, ...]:
    """Return the columns of a period as a document states it: never more exact than its words."""
    return (
        day("inicio", "starts_on", "Día en que inicia; si el documento dice mes o año, el primero de ellos."),
        choice("inicio_precision", "starts_precision", DatePrecision, "Con qué exactitud dice el documento el inicio."),
        text("inicio_texto", "starts_text", "Inicio, como dice el documento."),
        day("fin", "ends_on", "Día en que termina; si el documento dice mes o año, el último de ellos."),
        choice("fin_precision", "ends_precision", DatePrecision, "Con qué exactitud dice el documento el fin."),
        text("fin_texto", "ends_text", "Fin, como dice el documento."),
    )


def joined(*parts: Source) -> Concat:
    """Return a key made of several fields with a hyphen between."""
    pieces = [F(part) if isinstance(part, str) else part for part in parts]
    separated = [piece for part in pieces for piece in (Value("-"), part)][1:]
    return Concat(*separated, output_field=CharField())


def padded(of: str, digits: int = 3) -> LPad:
    """Return a number as text of equal length, so that keys sort as numbers do."""
    return LPad(Cast(of, CharField()), digits, Value("0"))


def if_any(path: str, then: Combinable) -> Case:
    """Return an expression only for the rows that have something at a path."""
    return Case(When(**{f"{path}__isnull": False}, then=then))
