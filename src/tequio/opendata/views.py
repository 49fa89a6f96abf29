"""The pages of the data, their files and their descriptions for machines."""

from __future__ import annotations

import json
from base64 import b64encode
from typing import TYPE_CHECKING, Any, Final

from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe

from tequio.kernel.access import public
from tequio.kernel.components import Link
from tequio.kernel.datasets import datasets
from tequio.kernel.pagecache import cached_page
from tequio.opendata.models import EVERYTHING
from tequio.opendata.queries import reading
from tequio.opendata.queries.descriptions import data_json, schema_org
from tequio.opendata.queries.filtering import MOST_ROWS
from tequio.opendata.queries.licence import FORMATS, LICENCE_ADDRESS, LICENCE_NAME

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

GRAPHS: Final = {
    "jsonld": ("json-ld", "application/ld+json"),
    "ttl": ("turtle", "text/turtle; charset=utf-8"),
    "rdf": ("pretty-xml", "application/rdf+xml"),
}
MEDIA_TYPES: Final = {name: media_type for name, (media_type, _) in FORMATS.items()} | {
    "csv": "text/csv; charset=utf-8; header=present",
    "json": "application/json",
    "csv-metadata.json": "application/csvm+json",
    "md": "text/markdown; charset=utf-8",
    "zip": "application/zip",
}
FOR_EVER: Final = "public, max-age=31536000, immutable"
DATA: Final = Link("Datos", "/datos/")
HOME: Final = Link("Inicio", "/")


@public
@require_safe
@cached_page()
def catalogue_page(request: HttpRequest) -> HttpResponseBase:
    """Show every dataset with its files, and all of them in one."""
    entries, everything = reading.catalogue_entries()
    context = {
        "entries": entries,
        "everything": everything,
        "licence": (LICENCE_NAME, LICENCE_ADDRESS),
        "trail": [HOME, Link("Datos")],
    }
    return render(request, "opendata/catalogue.html", context)


@public
@require_safe
@cached_page()
def dataset_page(request: HttpRequest, key: str) -> HttpResponseBase:
    """Show a dataset: its files, dictionary, versions, how to cite it and how to open it."""
    card = reading.card(key)
    if card is None:
        raise Http404
    trail = [HOME, DATA, Link(card.dataset.title)]
    context = {"card": card, "licence": (LICENCE_NAME, LICENCE_ADDRESS), "trail": trail}
    return render(request, "opendata/dataset.html", context)


@public
@require_safe
@cached_page()
def dataset_description(_request: HttpRequest, key: str) -> HttpResponseBase:
    """Return a dataset as schema.org has it."""
    card = reading.card(key)
    if card is None or card.release is None:
        raise Http404
    return _open(_json(schema_org(card.dataset, card.release), "application/ld+json"))


@public
@require_safe
@cached_page()
def catalogue_graph(_request: HttpRequest, extension: str, key: str | None = None) -> HttpResponseBase:
    """Return the catalogue, or a dataset of it, as linked data."""
    if extension not in GRAPHS or (key is not None and key not in datasets()):
        raise Http404
    form, media_type = GRAPHS[extension]
    options: dict[str, Any] = {"auto_compact": True, "sort_keys": True} if extension == "jsonld" else {}
    catalogue = import_string("tequio.opendata.queries.catalogue.catalogue")  # with a library of 3 MB
    return _open(HttpResponse(catalogue(key).serialize(format=form, **options), content_type=media_type))


@public
@require_safe
@cached_page()
def data_json_file(_request: HttpRequest) -> HttpResponseBase:
    """Return data.json."""
    return _open(_json(data_json(), "application/json"))


@public
@require_safe
def released_file(request: HttpRequest, key: str, version: str, name: str) -> HttpResponseBase:
    """Send a file of a version; it never changes, so it is kept for ever by whoever asked."""
    file = reading.released_file(key, version, name)
    if file is None:
        raise Http404
    etag = f'"{file.sha256}"'
    known = get_conditional_response(request, etag=etag)
    response: HttpResponseBase = known or FileResponse(file.open(), filename=file.name, as_attachment=True)
    if known is None:
        response["Content-Type"] = MEDIA_TYPES.get(file.format, "text/plain; charset=utf-8")
    response["ETag"] = etag
    response["Cache-Control"] = FOR_EVER
    response["Repr-Digest"] = f"sha-256=:{b64encode(bytes.fromhex(file.sha256)).decode()}:"  # RFC 9530
    return _open(response)


@public
@require_safe
def everything_file(request: HttpRequest, version: str) -> HttpResponseBase:
    """Send the zip of all datasets of a version."""
    return released_file(request, EVERYTHING, version, f"{EVERYTHING}.zip")


@public
@require_safe
def newest_file(_request: HttpRequest, key: str, name: str) -> HttpResponseBase:
    """Send on to the file of the current version."""
    version = reading.newest_version(key)
    if version is None or reading.released_file(key, version, name) is None:
        raise Http404
    response = HttpResponseRedirect(reverse("opendata:file", args=[key, version, name]), status=307)
    response["Cache-Control"] = "no-cache"
    return _open(response)


@public
@require_safe
@cached_page()
def api_page(request: HttpRequest) -> HttpResponseBase:
    """Tell people how to ask the API."""
    context = {"datasets": datasets().values(), "most_rows": MOST_ROWS, "trail": [HOME, DATA, Link("API")]}
    return render(request, "opendata/api.html", context)


def _json(value: object, media_type: str) -> HttpResponse:
    """Return JSON with its accents."""
    return HttpResponse(json.dumps(value, ensure_ascii=False, indent=1), content_type=media_type)


def _open(response: HttpResponseBase) -> HttpResponseBase:
    """Let pages of any origin read a file."""
    response["Access-Control-Allow-Origin"] = "*"
    return response
