"""Every address says who may open it; a test fails on one that does not (architecture, house rule 5).

A view is marked `@public` or `@requires("room.verb_object")`. A library's addresses, which it guards itself,
are marked where they are included: `declared(path("x/", include(urls)), "wagtailadmin.access_admin")`.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Final, TypeVar

from django.core.exceptions import PermissionDenied

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

PUBLIC: Final = "public"
Declarable = TypeVar("Declarable")
Answer = TypeVar("Answer")


def declared(address: Declarable, access: str) -> Declarable:
    """Note on a view, or on included addresses, who may open them: PUBLIC or a permission."""
    vars(address)["access"] = access
    return address


def public(view: Declarable) -> Declarable:
    """Mark a view that anybody may open."""
    return declared(view, PUBLIC)


def requires(permission: str) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
    """Mark a view that needs a permission and refuse who lacks it; the verb checks again, on the object."""

    def mark(view: Callable[..., Answer]) -> Callable[..., Answer]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Answer:
            if not request.user.has_perm(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return declared(guarded, permission)

    return mark
