"""The public API, made from the datasets' declarations: a list, a row and two downloads for each."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from functools import cache, lru_cache, wraps
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect, QueryDict, StreamingHttpResponse
from django.urls import URLPattern, path
from django.utils.cache import get_conditional_response
from django.utils.timezone import localtime
from django.views.decorators.csrf import csrf_exempt

from tequio.kernel.access import public
from tequio.kernel.cells import UNWRITABLE, as_text, cell
from tequio.kernel.datasets import datasets
from tequio.kernel.exports import csv_chunks, jsonl_chunks
from tequio.kernel.pagecache import cached_page
from tequio.kernel.prepared import GIVEN, Prepared
from tequio.kernel.tables import rows_of
from tequio.opendata.models import Release
from tequio.opendata.queries.filtering import WrongParameterError, asked, cursor_after, declared
from tequio.opendata.queries.licence import LICENCE
from tequio.opendata.queries.openapi import described

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from tequio.kernel.datasets import Dataset, Row
    from tequio.opendata.queries.filtering import Asked

    View = Callable[..., HttpResponseBase]

JSON: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=as_text)
METHODS: Final = "GET, HEAD, OPTIONS"
ROOT: Final = "/api/v1/"


def problem(request: HttpRequest, status: HTTPStatus, detail: str, errors: Iterable[Any] = ()) -> HttpResponse:
    """Return an error as RFC 9457 has it, in Spanish."""
    titles = {400: "La consulta no se entiende", 404: "No se encontró", 405: "Método no permitido"}
    body = {
        "type": f"{settings.SITE_ADDRESS}/api/#errores",
        "title": titles[status],
        "status": status,
        "detail": detail,
        "instance": request.path.replace("\0", ""),
        "errores": list(errors),
    }
    return HttpResponse(JSON.encode(body), status=status, content_type="application/problem+json")


def door(view: View) -> View:
    """Let anybody of any origin read: GET, HEAD and OPTIONS, conditional, with every refusal as a problem."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = _answer(view, request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Link"
        return response

    return csrf_exempt(guarded)


def _answer(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    """Return what a view says to a reading, or why there is no reading."""
    if request.method == "OPTIONS":
        allowed = {"Allow": METHODS, "Access-Control-Allow-Methods": METHODS}
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers=allowed)
    if request.method not in {"GET", "HEAD"}:
        response = problem(request, HTTPStatus.METHOD_NOT_ALLOWED, "La API solo se lee.")
        response["Allow"] = METHODS
        return response
    if "\0" in request.path or any("\0" in text for pair in request.GET.items() for text in pair):
        return problem(request, HTTPStatus.BAD_REQUEST, "La dirección lleva un carácter nulo.")
    request.method = "GET"  # the server keeps the body of a HEAD to itself
    try:
        return view(request, *args, **kwargs)
    except WrongParameterError as wrong:
        return problem(request, HTTPStatus.BAD_REQUEST, str(wrong), wrong.errors)


def tidy(dataset: Dataset, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return rows as every format writes them; only a text that needs it is touched, for this is the hot path."""
    for row in rows:
        for name, value in row.items():
            if value == "":
                row[name] = None
            elif value.__class__ is str and UNWRITABLE.search(value):
                row[name] = cell(dataset.column(name), value)
    return rows


@cache
def newest() -> Prepared:
    """Return the reading of a dataset's newest version and its instant."""
    return Prepared(Release.objects.of(GIVEN).values_list("version", "created_at")[:1])


@lru_cache(maxsize=256)
def composed(key: str, query: str) -> tuple[Asked, Callable[[str], list[dict[str, Any]]], Callable[[], int]]:
    """Return what a query string asks of a list, and how it is read and counted; what is refused is not remembered."""
    dataset = datasets()[key]
    question = asked(dataset, QueryDict(query), viewer=None, paged=True)
    rows = question.rows
    after = rows if question.after is None else rows.where(**{f"{dataset.primary_key[0]}__gt": question.after})
    return question, after.only(question.names).first(question.limit + 1), rows.counted()


@cache
def by_key(key: str) -> Callable[[str], list[dict[str, Any]]]:
    """Return the reading of one row of a dataset by its key."""
    dataset = datasets()[key]
    return rows_of(dataset, None).where(**{dataset.primary_key[0]: GIVEN}).first(1)


def said(request: HttpRequest, dataset: Dataset, body: dict[str, Any]) -> HttpResponse:
    """Return JSON with the version of the data and a strong ETag, or 304 for who has it."""
    version, created = next(iter(newest().read(dataset.key)), (None, None))
    body["meta"] = {
        "version_datos": version,
        "generado": created and localtime(created).isoformat(),
        "licencia": LICENCE,
    }
    data = JSON.encode(body).encode()
    etag = f'"{hashlib.sha256(data).hexdigest()}"'
    response = HttpResponse(data, content_type="application/json", headers={"ETag": etag})
    return get_conditional_response(request, etag=etag, response=response) or response


def page(request: HttpRequest, dataset: Dataset) -> HttpResponse:
    """Return a page of a dataset's rows after the cursor."""
    question, read, count = composed(dataset.key, request.GET.urlencode())
    found = read("")
    shown, following = tidy(dataset, found[: question.limit]), None
    if len(found) > question.limit:
        query = request.GET.copy()
        query["cursor"] = cursor_after(dataset, shown[-1][dataset.primary_key[0]])
        following = f"{settings.SITE_ADDRESS}{request.path}?{query.urlencode()}"
    total = len(found) if question.after is None and following is None else count()
    paging = {"siguiente": following, "limite": question.limit, "total": total}
    response = said(request, dataset, {"datos": shown, "paginacion": paging})
    if following:
        response["Link"] = f'<{following}>; rel="next"'
    return response


def one(request: HttpRequest, dataset: Dataset, key: str) -> HttpResponse:
    """Return one row by its key."""
    if request.GET:
        name = next(iter(request.GET))
        raise WrongParameterError([{"parametro": name, "detalle": f"Aquí no hay parámetros: sobra «{name}»."}])
    found = by_key(dataset.key)(key)
    if not found:
        return problem(request, HTTPStatus.NOT_FOUND, f"No hay «{key[:200]}» en {dataset.title}.")
    return said(request, dataset, {"datos": tidy(dataset, found)[0]})


def download(request: HttpRequest, dataset: Dataset, extension: str) -> StreamingHttpResponse:
    """Stream every row that passes the filter, in constant memory."""
    question = asked(dataset, request.GET, viewer=None, paged=False)
    chunks, kind = DOWNLOADS[extension]
    response = StreamingHttpResponse(chunks(narrowed(dataset, question), question.rows.only(question.names)))
    response["Content-Type"] = kind
    response["Content-Disposition"] = f'attachment; filename="{dataset.key}.{extension}"'
    return response


def narrowed(dataset: Dataset, question: Asked) -> Dataset:
    """Return a dataset with only the columns that were asked for."""
    columns = tuple(column for column in dataset.columns if column.name in question.names)
    return replace(dataset, columns=columns, foreign_keys=(), filters=())


DOWNLOADS: Final[dict[str, tuple[Callable[[Dataset, Iterable[Row]], Iterable[bytes]], str]]] = {
    "csv": (csv_chunks, "text/csv; charset=utf-8; header=present"),
    "jsonl": (jsonl_chunks, "application/jsonl"),
}


def streaming(dataset: Dataset, extension: str) -> View:
    """Return the view of a download."""

    @public
    def stream_rows(request: HttpRequest) -> StreamingHttpResponse:
        return download(request, dataset, extension)

    return stream_rows


def answers(dataset: Dataset) -> dict[str, View]:
    """Return what answers at each address of a dataset, from the root of the API on."""
    key = dataset.key

    @public
    @cached_page(parameters=tuple(declared(dataset, paged=True)))
    def list_rows(request: HttpRequest) -> HttpResponse:
        return page(request, dataset)

    @public
    @cached_page()
    def read_row(request: HttpRequest, clave: str) -> HttpResponse:
        return one(request, dataset, clave)

    downloads = {f"{key}.{extension}": streaming(dataset, extension) for extension in DOWNLOADS}
    return {key: list_rows, **downloads, f"{key}/<clave>": read_row}


@cache
def openapi() -> dict[str, Any]:
    """Return OpenAPI 3.1 of the whole API; made when somebody asks, for its models fill 13 MB."""
    return described(ROOT, {extension: kind for extension, (_, kind) in DOWNLOADS.items()})


@public
@door
@cached_page()
def contract(_request: HttpRequest) -> HttpResponse:
    """Return the description of the API."""
    return HttpResponse(JSON.encode(openapi()), content_type="application/json")


@public
@door
def unknown(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Send an address with a slash to the one without, and say what there is at one that is not there."""
    if not rest:
        return HttpResponseRedirect("/api/")
    if rest.endswith("/"):
        query = request.META.get("QUERY_STRING", "")
        bare = ROOT + rest.strip("/")
        return HttpResponseRedirect(bare + (f"?{query}" if query else ""), status=HTTPStatus.PERMANENT_REDIRECT)
    return problem(request, HTTPStatus.NOT_FOUND, f"No hay esa dirección. Hay: {', '.join(datasets())}.")


def addresses() -> list[URLPattern]:
    """Return the addresses of the API, each behind the same door."""
    found = [answers(dataset) for dataset in datasets().values()]
    patterns = [path(address, door(view)) for each in found for address, view in each.items()]
    return [path("openapi.json", contract), path("", unknown), *patterns, path("<path:rest>", unknown)]
