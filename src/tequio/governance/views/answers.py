"""What the pages of bodies answer alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import render

from tequio.accounts.views.answers import found, person
from tequio.governance.queries.pages import exercise_seen, session_seen
from tequio.kernel.components import Link

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise
    from tequio.governance.models import Session


def allowed(request: HttpRequest, permission: str, thing: Any) -> User:
    """Return who asks, if they may do this to the thing; the verb asks again."""
    viewer = person(request)
    if not viewer.has_perm(permission, thing):
        raise PermissionDenied
    return viewer


def exercise_of_page(request: HttpRequest, slug: str) -> Exercise:
    """Return the exercise of an address, as the viewer may see it."""
    return found(exercise_seen(slug, request.user))


def session_of_page(request: HttpRequest, slug: str, number: int) -> Session:
    """Return the session of an address, as the viewer may see it."""
    return found(session_seen(slug, number, request.user))


def trail(exercise: Exercise, *names: str, **addresses: str) -> list[Link]:
    """Return where a page stands: its exercise, then each name with its address if it has one."""
    links = [Link("Ejercicios", "/ejercicios/"), Link(exercise.name, exercise.get_absolute_url())]
    return [*links, *(Link(name, addresses.get(name, "")) for name in names)]


def form_page(
    request: HttpRequest,
    form: Form,
    exercise: Exercise,
    *,
    template: str = "governance/form.html",
    status: int = 200,
    **words: Any,
) -> HttpResponse:
    """Show a form under its title: `title`, `lede`, `button`, `back`, and `above`, the name of where that leads."""
    return render(request, template, {"form": form, "exercise": exercise, **words}, status=status)
