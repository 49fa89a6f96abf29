"""What the pages of co-creation answer alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from tequio.accounts.views.answers import found, person
from tequio.cocreation.models import Table
from tequio.cocreation.queries.tables import table_of_room
from tequio.cocreation.queries.trees import tree_at_work
from tequio.exercises.models import Exercise
from tequio.governance.views.answers import allowed
from tequio.kernel.along import read_along
from tequio.kernel.components import Link
from tequio.kernel.refusal import when_sent

if TYPE_CHECKING:
    from collections.abc import Callable

    from django import forms
    from django.http import HttpRequest, HttpResponse

    from tequio.accounts.models import User
    from tequio.cocreation.models import ProblemTree


def exercise_at_work(request: HttpRequest, slug: str, permission: str) -> tuple[Exercise, User]:
    """Return an exercise and who works on it; others are told that there is no such page, or that it is not theirs."""
    rows = Exercise.objects.visible_to(request.user).select_related("jurisdiction__parent")
    exercise = found(rows.filter(slug=slug).first())
    return exercise, allowed(request, permission, exercise)


def table_at_work(request: HttpRequest, slug: str, key: str, permission: str, *hung: str) -> tuple[Table, User]:
    """Return a table planned here, with what hangs from it that the page names, and who works on it."""
    rows = Table.objects.filter(event__exercise__in=Exercise.objects.visible_to(request.user)).exclude(room_code="")
    near = rows.select_related("event__exercise__jurisdiction", "theme", "template", "follows__event")
    here = near.filter(event__exercise__slug=slug, event__slug=key)
    table = found(next(iter(read_along(here, "event__exercise__guarantor_terms", *hung)), None))
    return table, allowed(request, permission, table)


def room_of(code: str) -> Table:
    """Return the table whose room has a code."""
    return found(table_of_room(code.upper()))


def work_trail(exercise: Exercise, table: Table | None = None, *here: str) -> list[Link]:
    """Return the way to a working page of a table."""
    links = [Link(exercise.name, reverse("site:exercise_work", args=[exercise.slug]))]
    if table or here:
        links.append(Link("Mesas", reverse("cocreation:run_tables", args=[exercise.slug])))
    if table:
        address = reverse("cocreation:run_table", args=[exercise.slug, table.event.slug])
        links.append(Link(table.event.name, address if here else ""))
    return [*links, *(Link(name) for name in here)]


def answered(
    request: HttpRequest, form: forms.Form, act: Callable[[], Any], to: str, page: str, **words: Any
) -> HttpResponse:
    """Do what a form asks and go on, or show it again with what is wrong."""

    def send() -> HttpResponse:
        act()
        return redirect(to)

    shown = {"form": form, **words}
    return when_sent(request, form, send) or render(
        request, page, shown, status=409 if form.non_field_errors() else 200
    )


def tree_of_page(request: HttpRequest, permission: str, slug: str, key: str, *hung: str) -> tuple[ProblemTree, User]:
    """Return the tree of an address and who asks, if they may; to others it is as if it were not."""
    viewer, tree = person(request), tree_at_work(slug, key, *hung)
    if tree is None or not viewer.has_perm(permission, tree):
        raise Http404
    return tree, viewer


def exercise_of_page(request: HttpRequest, permission: str, slug: str) -> tuple[Exercise, User]:
    """Return the exercise of an address and who asks, if they may; to others it is as if it were not."""
    viewer = person(request)
    exercise = Exercise.objects.select_related("jurisdiction").filter(slug=slug).first()
    if exercise is None or not viewer.has_perm(permission, exercise):
        raise Http404
    return exercise, viewer
