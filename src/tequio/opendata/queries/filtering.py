"""Reads a query string into a dataset's rows: only declared columns, only known operations, everything bounded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from django.core.signing import BadSignature, Signer
from pydantic import AwareDatetime, BaseModel, BeforeValidator, Field, StringConstraints, ValidationError, create_model

from tequio.kernel.datasets import ColumnType, datasets
from tequio.kernel.tables import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import QueryDict

    from tequio.kernel.datasets import Dataset
    from tequio.kernel.tables import Rows

LARGEST: Final = 2**31 - 1
MOST_ROWS: Final = 500
CURSORS: Final = Signer(salt="tequio.opendata.cursor")
DEFAULT_ROWS: Final = 100


class WrongParameterError(ValueError):
    """A query string that cannot be answered; each error is {parametro, detalle}, in Spanish."""

    def __init__(self, errors: list[dict[str, str]]) -> None:
        super().__init__(" ".join(error["detalle"] for error in errors))
        self.errors = errors


@dataclass(frozen=True)
class Asked:
    """What a query string asks of a dataset: its rows, filtered, which columns, and where its page begins."""

    rows: Rows
    names: tuple[str, ...]
    limit: int
    after: str | None


def as_documented(form: str) -> BeforeValidator:
    """Return a validator that takes a value only in its documented form, not in those a parser would guess."""
    pattern = re.compile(form, re.ASCII)

    def check(value: str) -> str:
        if not pattern.fullmatch(value):
            raise ValueError(value)
        return value

    return BeforeValidator(check)


def bounded(pattern: str, longest: int = 200) -> Any:
    """Return the type of a text of a form and length."""
    return Annotated[str, StringConstraints(min_length=1, max_length=longest, pattern=pattern)]


TEXT: Final = bounded(r"^[^\x00]+$")
TEXTS: Final = bounded(r"^[^\x00,]+(,[^\x00,]+)*$", 2_000)
KINDS: Final[dict[ColumnType, tuple[Any, str]]] = {
    ColumnType.TEXT: (TEXT, "Texto de 1 a 200 caracteres."),
    ColumnType.URL: (TEXT, "Texto de 1 a 200 caracteres."),
    ColumnType.INTEGER: (
        Annotated[int, Field(ge=-LARGEST, le=LARGEST), as_documented(r"-?\d{1,10}")],
        "Número entero, por ejemplo 12.",
    ),
    ColumnType.DECIMAL: (
        Annotated[Decimal, as_documented(r"-?\d{1,17}(\.\d{1,2})?")],
        "Número con punto decimal, por ejemplo 12.50.",
    ),
    ColumnType.BOOLEAN: (Literal["true", "false"], "true o false."),
    ColumnType.DATE: (Annotated[date, as_documented(r"\d{4}-\d\d-\d\d")], "Fecha como 2021-07-31."),
    ColumnType.DATETIME: (
        Annotated[AwareDatetime, as_documented(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")],
        "Instante como 2021-07-31T18:00:00-06:00.",
    ),
}
TEXTUAL: Final = {ColumnType.TEXT, ColumnType.URL}


def declared(dataset: Dataset, *, paged: bool) -> dict[str, tuple[Any, str]]:
    """Return the parameters that a dataset's list, or its download, admits: the type of each and what it takes."""
    fields = dict(_filters(dataset))
    names = "|".join(column.name for column in dataset.columns)
    fields["campos"] = (bounded(rf"^({names})(,({names}))*$", 2_000), "Columnas con comas. La clave viene siempre.")
    if paged:
        rows = Annotated[int, Field(ge=1, le=MOST_ROWS), as_documented(r"\d{1,3}")]
        fields["limite"] = (rows, f"Filas por página: número entero de 1 a {MOST_ROWS}.")
        fields["cursor"] = (TEXT, "El de la página siguiente, como lo dio la respuesta anterior.")
    return fields


@cache
def parameters(key: str, *, paged: bool) -> type[BaseModel]:
    """Return the model of those parameters, made when they are first read."""
    fields: dict[str, Any] = {
        name: (kind, Field(default=None, description=text))
        for name, (kind, text) in declared(datasets()[key], paged=paged).items()
    }
    return create_model(f"Filtros {key} {paged}", **fields)


def _filters(dataset: Dataset) -> Iterator[tuple[str, tuple[Any, str]]]:
    """Yield each filter's name with its type and its explanation."""
    for name in dataset.filters:
        column = dataset.column(name)
        kind, form = KINDS[column.type]
        if column.values:
            kind, form = Literal[column.values], f"Uno de: {', '.join(column.values)}."
        yield name, (kind, f"{column.description} {form}")
        if column.type in TEXTUAL and not column.values:
            yield f"{name}__contiene", (TEXT, f"{column.description} Parte del texto.")
            yield f"{name}__en", (TEXTS, f"{column.description} Varios valores con comas.")
        elif column.type not in {ColumnType.BOOLEAN, *TEXTUAL}:
            yield f"{name}__gte", (kind, f"{column.description} Desde este valor. {form}")
            yield f"{name}__lte", (kind, f"{column.description} Hasta este valor. {form}")


def asked(dataset: Dataset, query: QueryDict, *, viewer: Any, paged: bool) -> Asked:
    """Return what a query string asks; one that names or holds what is not declared is refused, never ignored."""
    model = parameters(dataset.key, paged=paged)
    if wrong := [*_unknown(model, query)]:
        raise WrongParameterError(wrong)
    try:
        given = model.model_validate(query.dict()).model_dump(exclude_unset=True)
    except ValidationError as error:
        named = dict.fromkeys(str(fault["loc"][0]) for fault in error.errors())
        raise WrongParameterError([_refusal(model, name) for name in named]) from error
    rows = rows_of(dataset, viewer)
    names = tuple(column.name for column in dataset.columns)
    if "campos" in given:
        wanted = {*dataset.primary_key, *given.pop("campos").split(",")}
        names = tuple(name for name in names if name in wanted)
    limit, cursor = given.pop("limite", DEFAULT_ROWS), given.pop("cursor", None)
    after = None if cursor is None else position(dataset, cursor)
    lookups = dict(_lookup(dataset, name, value) for name, value in given.items())
    return Asked(rows.where(**lookups), names, limit, after)


def _unknown(model: type[BaseModel], query: QueryDict) -> Iterator[dict[str, str]]:
    """Yield an error for each parameter that does not exist or comes twice."""
    for name in query:
        if name not in model.model_fields:
            near = get_close_matches(name, model.model_fields, n=1, cutoff=0.6)
            hint = f" ¿Quiso decir «{near[0]}»?" if near else f" Hay: {', '.join(model.model_fields)}."
            yield {"parametro": name, "detalle": f"No hay un parámetro «{name}».{hint}"}
        elif len(query.getlist(name)) > 1:
            yield {"parametro": name, "detalle": f"«{name}» viene más de una vez."}


def _refusal(model: type[BaseModel], name: str) -> dict[str, str]:
    """Return the error of a parameter whose value is not what it takes."""
    return {"parametro": name, "detalle": f"«{name}» no admite ese valor. {model.model_fields[name].description}"}


def _lookup(dataset: Dataset, name: str, value: Any) -> tuple[str, Any]:
    """Return a filter as the database reads it."""
    column, _, operation = name.partition("__")
    if operation == "en":
        return f"{column}__in", value.split(",")
    if operation == "contiene":
        return f"{column}__icontains", value
    if dataset.column(column).type is ColumnType.BOOLEAN:
        return column, value == "true"
    return name, value


def cursor_after(dataset: Dataset, key: str) -> str:
    """Return the opaque, signed mark of the page after a row."""
    return CURSORS.sign_object([dataset.key, key])


def position(dataset: Dataset, cursor: str) -> str:
    """Return the key after which a page begins."""
    try:
        key, after = CURSORS.unsign_object(cursor)
    except (BadSignature, ValueError):
        key, after = "", ""
    if key != dataset.key:
        fault = "Ese cursor no lo dio esta lista. Vuelve a empezar sin «cursor»."
        raise WrongParameterError([{"parametro": "cursor", "detalle": fault}])
    return str(after)
