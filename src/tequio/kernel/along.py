"""Rows read along with what hangs from them, in one query: what `prefetch_related` asks in one more for each relation.

The lookups are those of `prefetch_related`, also a `Prefetch` with its own rows. The database gathers what hangs from
each row as JSON, and here it becomes the same instances, in the same places.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeVar

from django.db import connections
from django.db.models import F, Func, JSONField, OuterRef, Prefetch, Subquery

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.db.models import Field, Model, QuerySet

    Kind = type[Model]

Row = TypeVar("Row", bound="Model")
FAITHFUL: Final = {
    *("AutoField", "BigAutoField", "BigIntegerField", "IntegerField", "SmallIntegerField"),
    *("PositiveIntegerField", "PositiveSmallIntegerField", "PositiveBigIntegerField"),
    *("CharField", "EmailField", "SlugField", "TextField", "URLField", "UUIDField", "FileField"),
    *("BooleanField", "DateField", "DateTimeField", "TimeField", "JSONField"),
}
"""The kinds of column that come back from JSON as they were; money, floats and bytes would not."""


@dataclass(slots=True)
class Hung:
    """What is asked of one relation: which of its rows, under which name, and what hangs from them in turn."""

    rows: QuerySet[Any] | None = None
    to_attr: str = ""
    added: dict[str, Any] = field(default_factory=dict)
    below: dict[str, Hung] = field(default_factory=dict)


class Cells(Func):
    """The columns of a row, as a JSON list."""

    function = "JSON_ARRAY"
    output_field = JSONField()

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> tuple[str, Sequence[Any]]:
        """Call it by its name there."""
        return self.as_sql(compiler, connection, function="JSONB_BUILD_ARRAY", **more)


class Whole(Cells):
    """Every column of the table of its first expression, then the others: names take long to resolve."""

    def __init__(self, anchor: Any, *others: Any, model: Kind) -> None:
        super().__init__(anchor, *others)
        self.model = model

    def as_sql(
        self, compiler: Any, connection: Any, function: str | None = None, *_templates: Any, **more: Any
    ) -> tuple[str, Any]:
        """Write the columns under the alias by which the query has their table."""
        anchor, *others = self.get_source_expressions()
        alias, name = compiler.quote_name_unless_alias(anchor.alias), connection.ops.quote_name
        columns = ", ".join(f"{alias}.{name(column.column)}" for column in columns_of(self.model))
        template = f"%(function)s({columns}, %(expressions)s)" if others else f"%(function)s({columns})"
        return Cells(*others).as_sql(compiler, connection, function, template, **more)


class Gathered(Subquery):
    """The rows of a query, as a JSON list in their order."""

    template = '(SELECT JSON_GROUP_ARRAY(JSON("along"."cells")) FROM (%(subquery)s) "along")'
    output_field = JSONField()

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> tuple[str, Sequence[Any]]:
        """Gather them as it does there."""
        template = '(SELECT JSONB_AGG("along"."cells") FROM (%(subquery)s) "along")'
        return self.as_sql(compiler, connection, template, **more)


def read_along(rows: QuerySet[Row], *lookups: str | Prefetch[Any]) -> list[Row]:
    """Return the rows of a query, each with what hangs from it."""
    tree = _step(Hung(), lookups).below
    holders = list(_holders(rows.model, tree))
    asked = {f"along_{number}": _gathered(*holder) for number, holder in enumerate(holders)}
    joined = [path.removesuffix("__") for path in _joined(rows.model, tree)]
    found = list((rows.select_related(*joined) if joined else rows).annotate(**asked))
    for row in found:
        for name, (model, path, relation, hung) in zip(asked, holders, strict=True):
            told = vars(row).pop(name)
            holder: Any = row
            for step in filter(None, path.split("__")):
                holder = getattr(holder, step, None)
            if holder is not None:
                _hang(holder, model, relation, hung, told, rows.db)
    return found


def read_together(asker: Model, **asked: QuerySet[Any]) -> dict[str, list[Any]]:
    """Return the rows of several lists that nothing relates, by their names, in one query.

    They are read beside the row of whoever asks: one who has none is told nothing.
    """
    lists = {name: Hung(rows) for name, rows in asked.items()}
    gathered = {f"along_{name}": Gathered(_told(rows, lists[name])) for name, rows in asked.items()}
    told = asker._meta.model._base_manager.filter(pk=asker.pk).values(**gathered).first() or {}
    return {
        name: _instances(rows.model, lists[name], told.get(f"along_{name}"), rows.db) for name, rows in asked.items()
    }


def _step(root: Hung, lookups: Sequence[str | Prefetch[Any]]) -> Hung:
    """Hang lookups by their common steps."""
    for lookup in lookups:
        here = root
        for step in (lookup if isinstance(lookup, str) else lookup.prefetch_through).split("__"):
            here = here.below.setdefault(step, Hung())
        if isinstance(lookup, Prefetch):
            here.rows, here.to_attr = lookup.queryset, lookup.to_attr or ""
    return root


def _joined(model: Kind, tree: dict[str, Hung], path: str = "") -> Iterator[str]:
    """Yield the paths of one row each from the root: they are joined, not gathered."""
    for name, hung in tree.items():
        relation: Any = model._meta.get_field(name)
        if not relation.one_to_many:
            yield f"{path}{name}__"
            yield from _joined(relation.related_model, hung.below, f"{path}{name}__")


def _holders(model: Kind, tree: dict[str, Hung], path: str = "") -> Iterator[tuple[Kind, str, str, Hung]]:
    """Yield each relation of many rows that hangs from the root or from what is joined to it."""
    for name, hung in tree.items():
        relation: Any = model._meta.get_field(name)
        if relation.one_to_many:
            yield model, path, name, hung
        else:
            yield from _holders(relation.related_model, hung.below, f"{path}{name}__")


def _gathered(model: Kind, path: str, name: str, hung: Hung) -> Gathered:
    """Return the rows of a relation, in the order that they have within it."""
    relation: Any = model._meta.get_field(name)
    parent, related = relation.field.name, relation.related_model
    rows = related._base_manager.all() if hung.rows is None else hung.rows
    if not rows.query.order_by:
        rows = rows.order_by(*(each for each in related._meta.ordering if each != parent))
    return Gathered(_told(rows.filter(**{parent: OuterRef(f"{path}pk")}), hung))


def _told(rows: QuerySet[Any], hung: Hung) -> QuerySet[Any, dict[str, Any]]:
    """Return the rows as lists of cells: columns, what the query adds to them, and what hangs from each."""
    hung.added = {name: added.output_field for name, added in rows.query.annotation_select.items()}
    _join(hung, rows.query.select_related)
    _step(hung, vars(rows)["_prefetch_related_lookups"])
    return rows.values(cells=_cells(rows.model, hung))


def _join(hung: Hung, related: Any) -> None:
    """Hang what the query joins, if it says what."""
    for name, below in related.items() if isinstance(related, dict) else ():
        _join(hung.below.setdefault(name, Hung()), below)


def _cells(model: Kind, hung: Hung, path: str = "") -> Cells:
    """Return the columns of a row, what its query adds, and what hangs from it."""
    below = []
    for name, each in hung.below.items():
        relation: Any = model._meta.get_field(name)
        is_many = relation.one_to_many
        below.append(
            _gathered(model, path, name, each) if is_many else _cells(relation.related_model, each, f"{path}{name}__")
        )
    anchor = next(column for column in columns_of(model) if not column.primary_key)
    return Whole(F(f"{path}{anchor.attname}"), *map(F, hung.added), *below, model=model)


@cache
def columns_of(model: Kind) -> tuple[Field[Any, Any], ...]:
    """Return the columns of a model, all of which must come back as they were."""
    found = tuple(model._meta.concrete_fields)
    told = (column for column in found if not column.is_relation)
    lossy = [column.name for column in told if column.get_internal_type() not in FAITHFUL]
    if lossy:
        raise ValueError(f"{model.__name__} cannot be read along: {', '.join(lossy)}")
    return found


def _instances(model: Kind, hung: Hung, told: Any, using: str) -> list[Any]:
    """Return the instances that a gathered list tells."""
    return [_instance(model, hung, cells, using) for cells in _read(told) or ()]


def _instance(model: Kind, hung: Hung, cells: list[Any], using: str) -> Any:
    """Return the instance whose columns these are, or nothing if a join found none."""
    columns, rest = columns_of(model), iter(cells)
    told = [(column, next(rest)) for column in columns]
    if any(column.primary_key and cell is None for column, cell in told):
        return None
    values = [_value(column, cell, using) for column, cell in told]
    row = model.from_db(using, [column.attname for column in columns], values)
    for name, kind in hung.added.items():
        setattr(row, name, _value(kind, next(rest), using))
    for name, each in hung.below.items():
        _hang(row, model, name, each, next(rest), using)
    return row


def _read(told: Any) -> Any:
    """Return a list that the database told, which SQLite tells as text within another."""
    return json.loads(told) if isinstance(told, str) else told


def _value(column: Any, cell: Any, using: str) -> Any:
    """Return a cell as its column has it; SQLite keeps instants without their zone, and JSON as text."""
    if column.get_internal_type() == "JSONField":
        return json.loads(cell) if connections[using].vendor == "sqlite" and cell is not None else cell
    value = column.to_python(cell)
    return value.replace(tzinfo=dt.UTC) if isinstance(value, dt.datetime) and value.tzinfo is None else value


def _hang(row: Any, model: Kind, name: str, hung: Hung, told: Any, using: str) -> None:
    """Put what was read where `prefetch_related` and `select_related` put it."""
    relation: Any = model._meta.get_field(name)
    if not relation.one_to_many:
        one = _instance(relation.related_model, hung, _read(told), using)
        relation.set_cached_value(row, one)
        if one is not None and relation.one_to_one:
            relation.remote_field.set_cached_value(one, row)
        return
    many = _instances(relation.related_model, hung, told, using)
    for each in many:
        relation.field.set_cached_value(each, row)
    if hung.to_attr:
        setattr(row, hung.to_attr, many)
        return
    shown = getattr(row, relation.get_accessor_name()).get_queryset()
    vars(shown)["_result_cache"] = many
    vars(row).setdefault("_prefetched_objects_cache", {})[relation.get_accessor_name()] = shown
