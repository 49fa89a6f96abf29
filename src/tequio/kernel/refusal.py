"""The one expected way for a verb to say no."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Done = TypeVar("Done")


class Refused(Exception):
    """A verb refuses, in a sentence for the person who asked; anything else that is raised is a bug."""


class Complains(Protocol):
    """The part of a form by which it says what is wrong with it as a whole."""

    def add_error(self, field: str | None, error: str) -> None:
        """Show a sentence over the form."""


def attempt(form: Complains, act: Callable[[], Done]) -> Done | None:
    """Act, and return what the verb returned; refused, show its sentence over the form and return None."""
    try:
        return act()
    except Refused as refused:
        form.add_error(None, str(refused))
        return None
