"""Describes the API for machines: OpenAPI 3.1 from the same models that read the parameters."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from http import HTTPStatus
from types import GenericAlias
from typing import TYPE_CHECKING, Any, Final, Literal

from ninja import NinjaAPI
from pydantic import BaseModel, Field, create_model

from tequio.kernel.datasets import ColumnType, datasets
from tequio.opendata.queries.filtering import parameters

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

    from tequio.kernel.datasets import Column, Dataset

PYTHON_TYPES: Final[dict[ColumnType, Any]] = {
    ColumnType.TEXT: str,
    ColumnType.URL: str,
    ColumnType.INTEGER: int,
    ColumnType.DECIMAL: Decimal,
    ColumnType.BOOLEAN: bool,
    ColumnType.DATE: date,
    ColumnType.DATETIME: datetime,
}


class Fault(BaseModel):
    """What is wrong with one parameter."""

    parametro: str
    detalle: str


class Problem(BaseModel):
    """An error as RFC 9457 has it."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errores: list[Fault]


class Paging(BaseModel):
    """Where the next page is, how many rows a page has and how many pass the filter."""

    siguiente: str | None
    limite: int
    total: int


class Meta(BaseModel):
    """Which version of the data this is, when it was released and under which licence."""

    version_datos: str | None
    generado: datetime | None
    licencia: str


ERRORS: Final = {400: Problem, 404: Problem, 405: Problem}


def envelope(dataset: Dataset) -> dict[str, dict[int, Any]]:
    """Return the models of a dataset's answers: of a list and of one row."""
    name = "".join(part.capitalize() for part in dataset.key.split("-"))
    fields: dict[str, Any] = {column.name: _field(column) for column in dataset.columns}
    row = create_model(f"{name}Fila", **fields)
    whole = create_model(f"{name}Detalle", datos=(row, ...), meta=(Meta, ...))
    rows: Any = GenericAlias(list, (row,))
    page = create_model(f"{name}Lista", datos=(rows, ...), paginacion=(Paging, ...), meta=(Meta, ...))
    return {"list": {200: page, **ERRORS}, "one": {200: whole, **ERRORS}}


def _field(column: Column) -> tuple[Any, Any]:
    """Return a column as a field of a model; `campos` may leave out any, so none is promised but by its type."""
    kind = Literal[column.values] if column.values else PYTHON_TYPES[column.type]
    return (kind if column.required else kind | None, Field(default=None, description=column.description))


def operation(
    dataset: Dataset, verb: str, filters: type[BaseModel] | None = None, media_type: str | None = None
) -> dict[str, Any]:
    """Return what is said of an operation."""
    titles = {"listar": "lista, por páginas", "leer": "una fila, por su clave"}
    extra: dict[str, Any] = {"parameters": _parameters(filters)} if filters else {}
    more: dict[str, Any] = {}
    if media_type:
        content = {media_type.partition(";")[0]: {"schema": {"type": "string"}}}
        extra["responses"] = {200: {"description": "Todas las filas que pasan el filtro.", "content": content}}
        more["response"] = {200: None, **ERRORS}
    return {
        "operation_id": f"{verb}_{dataset.key.replace('-', '_')}",
        "summary": f"{dataset.title}: {titles.get(verb, f'descarga en {verb.upper()}')}",
        "description": dataset.description,
        "tags": [dataset.key],
        "openapi_extra": extra,
        **more,
    }


def _parameters(filters: type[BaseModel]) -> list[dict[str, Any]]:
    """Return a model's fields as parameters of a query."""
    found = []
    for name, schema in filters.model_json_schema()["properties"].items():
        kept = {key: value for key, value in schema.items() if key not in {"default", "title", "description"}}
        found.append(
            {"name": name, "in": "query", "required": False, "description": schema["description"], "schema": kept}
        )
    return found


def described(root: str, downloads: Mapping[str, str]) -> dict[str, Any]:
    """Return the description of each dataset's list, downloads (extension: media type) and row, errors as problems."""
    api = NinjaAPI(
        title="API de datos abiertos",
        version="1.0.0",
        description="Lo mismo que dicen las páginas, para máquinas. Solo se lee, sin clave ni límite de peticiones.",
    )
    for dataset in datasets().values():
        _describe(api, dataset, downloads)
    schema = api.get_openapi_schema(path_prefix=root)
    for path in schema["paths"].values():
        for method in path.values():
            for status, response in method["responses"].items():
                if int(status) >= HTTPStatus.BAD_REQUEST and "content" in response:
                    response["content"] = {"application/problem+json": response["content"].pop("application/json")}
    return dict(schema)


def _describe(api: NinjaAPI, dataset: Dataset, downloads: Mapping[str, str]) -> None:
    """Add a dataset's operations to a description that nobody is answered by."""
    key, responses = dataset.key, envelope(dataset)

    def rows(request: HttpRequest) -> None: ...

    def row(request: HttpRequest, clave: str) -> None: ...

    about = operation(dataset, "listar", parameters(key, paged=True))
    api.get(f"/{key}", response=responses["list"], **about)(rows)
    for extension, kind in downloads.items():
        about = operation(dataset, extension, parameters(key, paged=False), kind)
        api.get(f"/{key}.{extension}", **about)(rows)
    api.get(f"/{key}/{{clave}}", response=responses["one"], **operation(dataset, "leer"))(row)
