"""Reads a queryset whose SQL is composed once: composing it is most of what a short reading costs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import EmptyResultSet
from django.db import connections

if TYPE_CHECKING:
    from django.db.models import QuerySet

GIVEN: Final = "\ue000given\ue000"
"""Stands in a filter for the text that each reading gives."""


class Prepared:
    """The reading of a `values_list`; the database is asked again each time. A form may stand around its SQL."""

    def __init__(self, query: QuerySet[Any, tuple[Any, ...]], form: str = "{}") -> None:
        self.alias = query.db
        compiler = query.query.get_compiler(self.alias)
        try:
            self.sql, parameters = compiler.as_sql()
        except EmptyResultSet:  # a filter that nothing can pass
            self.sql, parameters = "", ()
        self.sql, self.parameters = self.sql and form.format(self.sql), tuple(parameters)
        selected = [expression for expression, _, _ in compiler.select or ()]
        self.converters = compiler.get_converters(selected)

    def read(self, given: str = "") -> list[tuple[Any, ...]]:
        """Return the rows, with a text where the filter says GIVEN."""
        if not self.sql:
            return []
        connection = connections[self.alias]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [given if value == GIVEN else value for value in self.parameters])
            found: list[tuple[Any, ...]] = cursor.fetchall()
        if not self.converters:
            return found
        rows = [list(row) for row in found]
        for place, (convert, expression) in self.converters.items():
            for row in rows:
                for converter in convert:
                    row[place] = converter(row[place], expression, connection)
        return [tuple(row) for row in rows]
