"""Every address says who may open it; a test fails on one that does not (architecture, house rule 5).

A view is marked `@public` or `@requires("room.verb_object")`. A library's addresses, which it guards itself,
are marked where they are included: `declared(path("x/", include(urls)), "wagtailadmin.access_admin")`.

A form that anybody may fill in is no public page: it is never kept, and its cookie guards it from other sites.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Final, TypeVar

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.views.decorators.cache import never_cache

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    Guarded = Callable[..., HttpResponseBase]

PUBLIC: Final = "public"
OPEN_FORM: Final = "open form"
SIGNED_IN: Final = "signed in"
Declarable = TypeVar("Declarable")
View = TypeVar("View", bound="Callable[..., HttpResponseBase]")


def declared(address: Declarable, access: str) -> Declarable:
    """Note on a view, or on included addresses, who may open them: PUBLIC or a permission."""
    vars(address)["access"] = access
    return address


def public(view: Declarable) -> Declarable:
    """Mark a view that anybody may open."""
    return declared(view, PUBLIC)


def open_form(view: View) -> View:
    """Mark the page of a form that anybody may fill in; nobody keeps a copy of it."""
    return declared(never_cache(view), OPEN_FORM)


def signed_in(view: View) -> View:
    """Mark a page of the person who signed in; others are led to the door and back."""
    return declared(never_cache(login_required(view)), SIGNED_IN)


def requires(permission: str) -> Callable[[Guarded], Guarded]:
    """Mark a view that needs a permission and refuse who lacks it; the verb checks again, on the object.

    Whoever did not enter is led to the door and back.
    """

    def mark(view: Guarded) -> Guarded:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.has_perm(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return declared(never_cache(login_required(guarded)), permission)

    return mark
