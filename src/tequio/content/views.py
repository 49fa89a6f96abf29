"""The public face of Wagtail, its pages from memory and its pictures, and the policy of the editors' desk."""

from __future__ import annotations

from functools import wraps
from mimetypes import guess_type
from typing import TYPE_CHECKING, Any, Final

from csp.constants import HEADER
from csp.decorators import csp_replace
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.documents.views.serve import serve as serve_document
from wagtail.views import serve

from tequio.kernel.access import public
from tequio.kernel.pagecache import cached_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

AT_DESK: Final = "wagtailadmin.access_admin"
# As strict as Wagtail's desk works with, and only there (docs/operating.md, "Content security policy").
DESK_POLICY: Final[dict[str, Any]] = {
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "blob:"],
    "frame-src": ["'self'"],
    "frame-ancestors": ["'self'"],
}
PICTURE: Final = {"Cache-Control": "public, max-age=31536000, immutable", HEADER: "default-src 'none'"}


def at_the_desk(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Close a view of Wagtail to all but editors, and give it the desk's policy.

    The desk has no door of its own: who did not enter goes to the only one and comes back. What a script asks for is
    refused instead, for it cannot go there. A preview, made as a public page is, comes with the public policy.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(AT_DESK):
            if request.user.is_authenticated or request.headers.get("x-requested-with") == "XMLHttpRequest":
                raise PermissionDenied
            return redirect_to_login(request.get_full_path())
        response = view(request, *args, **kwargs)
        response.headers.pop(HEADER, None)
        return response

    desk: Callable[..., HttpResponseBase] = csp_replace(DESK_POLICY)(answer)
    return desk


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


@public
@require_safe
def document(request: HttpRequest, number: str, name: str) -> HttpResponseBase:
    """Serve an editors' document, unless its collection is private; Wagtail asks who may read it."""
    response: HttpResponseBase = serve_document(request, number, name)
    return response


@public
@never_cache
@require_safe
def old_door(request: HttpRequest) -> HttpResponseBase:
    """Lead whoever asks for the desk's former door to the desk, whose only door is everybody's."""
    asked = request.GET.get("next", "")
    at_home = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return redirect(asked if at_home else "wagtailadmin_home")


@public
@require_safe
def reserved(request: HttpRequest) -> HttpResponseBase:
    """Lead a visitor to the door and back, and refuse others; Wagtail sends here who may not read something private."""
    if request.user.is_authenticated:
        raise PermissionDenied
    return redirect_to_login(request.GET.get("next", "/"))
