"""The public face of Wagtail: its pages from memory, its pictures, and the editors' own policy."""

from __future__ import annotations

from mimetypes import guess_type
from typing import TYPE_CHECKING, Final

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe
from wagtail.views import serve

from tequio.kernel.access import public
from tequio.kernel.pagecache import cached_page

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

PICTURE: Final = {"Cache-Control": "public, max-age=31536000, immutable", "Content-Security-Policy": "default-src 'none'"}


@public
@require_safe
@cached_page(parameters=("pagina",))
def page(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve a published page; Wagtail finds it by its address."""
    response: HttpResponseBase = serve(request, path)
    return response


@public
@require_safe
def picture(_request: HttpRequest, name: str) -> FileResponse:
    """Serve a picture of a page in one of the sizes it is shown in; its name changes with its bytes."""
    stored = f"images/{name}"
    if not default_storage.exists(stored):
        raise Http404
    kind, _ = guess_type(name)
    return FileResponse(default_storage.open(stored), content_type=kind or "application/octet-stream", headers=PICTURE)
