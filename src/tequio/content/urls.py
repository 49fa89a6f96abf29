"""The addresses of content: the editors' desk, documents, pictures and, after all other rooms, the pages."""

from __future__ import annotations

from typing import Any, Final

from csp.decorators import csp_replace
from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail.admin import urls as desk
from wagtail.documents import urls as documents
from wagtail.utils.urlpatterns import decorate_urlpatterns

from tequio.content.views import page, picture
from tequio.kernel.access import PUBLIC, declared

# Only under /gestion/, as strict as the editors' desk works with (docs/operating.md, "Content security policy").
DESK_POLICY: Final[dict[str, Any]] = {
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "frame-src": ["'self'"],
    "frame-ancestors": ["'self'"],
}

desk_patterns = decorate_urlpatterns(desk.urlpatterns, csp_replace(DESK_POLICY))

urlpatterns: list[URLPattern | URLResolver] = [
    declared(path("gestion/", include(desk_patterns)), "wagtailadmin.access_admin"),
    declared(path("documentos/", include(documents)), PUBLIC),
    path("media/images/<str:name>", picture, name="picture"),
]
last_urlpatterns: list[URLPattern | URLResolver] = [
    re_path(r"^((?:[\w-]+/)*)$", page, name="wagtail_serve"),
]
