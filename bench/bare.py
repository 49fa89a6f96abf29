"""Settings of the least that Django can do with the product's rows: the limit that a page is held to.

No middleware, no serializer, no pages: one query, one JSON body, over connections that stay open.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.db import connection
from django.http import HttpResponse, JsonResponse
from django.urls import path

from tequio.project import environment as env

if TYPE_CHECKING:
    from django.http import HttpRequest

DATA: Final = Path(env.text("TEQUIO_DATA"))
SECRET_KEY: Final = "only-for-measuring" * 3
ALLOWED_HOSTS: Final = ["127.0.0.1"]
ROOT_URLCONF: Final = "bench.bare"
DATABASES: Final = {"default": env.database(DATA)}
if "sqlite3" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["CONN_MAX_AGE"] = None
DEFAULT_AUTO_FIELD: Final = "django.db.models.BigAutoField"

PAGE: Final = (
    "SELECT id, code, number, kind, name, promise, starts_on, ends_on, ends_text, theme_id, responsible_id"
    " FROM plans_commitment ORDER BY id LIMIT 100"
)
ROW: Final = (
    "SELECT id, code, number, kind, name, promise, starts_on, ends_on, ends_text, theme_id, responsible_id"
    " FROM plans_commitment WHERE code = %s"
)
CONSTANT: Final = b"x" * 1_000


def constant(_request: HttpRequest) -> HttpResponse:
    """Answer always the same."""
    return HttpResponse(CONSTANT)


def page(_request: HttpRequest) -> JsonResponse:
    """Answer 100 commitments."""
    return JsonResponse({"items": rows(PAGE)})


def row(_request: HttpRequest, code: str) -> JsonResponse:
    """Answer one commitment."""
    return JsonResponse(rows(ROW, code)[0])


def rows(query: str, *parameters: str) -> list[dict[str, Any]]:
    """Return a query's rows by the names of their columns."""
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]


urlpatterns = [path("", constant), path("salud", constant), path("rows", page), path("rows/<str:code>", row)]
