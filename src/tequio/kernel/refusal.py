"""The one expected way for a verb to say no."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

Done = TypeVar("Done")


class Refused(Exception):
    """A verb refuses, in a sentence for the person who asked; anything else that is raised is a bug."""


class Complains(Protocol):
    """The part of a form by which it says what is wrong with it as a whole."""

    def add_error(self, field: str | None, error: str) -> None:
        """Show a sentence over the form."""


class Answered(Complains, Protocol):
    """A form that may have been sent."""

    def is_valid(self) -> bool:
        """Tell whether it was sent and nothing in it is wrong."""


def attempt(form: Complains, act: Callable[[], Done]) -> Done | None:
    """Act, and return what the verb returned; refused, show its sentence over the form and return None."""
    try:
        return act()
    except Refused as refused:
        form.add_error(None, str(refused))
        return None


def when_sent(request: HttpRequest, form: Answered, act: Callable[[], Done]) -> Done | None:
    """Act on a form that was sent and is right; None where it is to be shown, with what is wrong if anything is."""
    return attempt(form, act) if request.method == "POST" and form.is_valid() else None
