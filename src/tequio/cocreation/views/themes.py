"""The themes of an exercise: the page of the approved ones, and where they are proposed and approved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tequio.accounts.views.answers import found
from tequio.cocreation.enums import APPROVE_THEME, PROPOSE_THEME, ThemeStatus
from tequio.cocreation.forms.themes import ApprovalForm, ReasonForm, ThemeForm
from tequio.cocreation.models import Theme
from tequio.cocreation.queries.themes import agreements_of, shown_themes, targets_in_force, themes_at_work
from tequio.cocreation.views.answers import answered
from tequio.cocreation.workflows.themes import approve_theme, change_theme, propose_theme, withdraw_theme
from tequio.exercises.models import Exercise
from tequio.exercises.queries import workable_exercise
from tequio.governance.views.answers import trail
from tequio.kernel.access import public, requires
from tequio.kernel.clock import next_midnight, today
from tequio.kernel.pagecache import cached_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from django import forms
    from django.http import HttpRequest, HttpResponse

FORM = ["GET", "HEAD", "POST"]


@public
@require_safe
@cached_page(fresh_until=next_midnight)
def themes(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the approved themes of an exercise, each with its origin, its trees and its tables."""
    exercise = get_object_or_404(Exercise.objects.visible_to(None), slug=slug)
    told = {
        "exercise": exercise,
        "themes": shown_themes(None, exercise),
        "trail": trail(exercise, "Temáticas"),
    }
    return render(request, "cocreation/themes/list.html", told)


@requires(PROPOSE_THEME)
@require_safe
def work_themes(request: HttpRequest, slug: str) -> HttpResponse:
    """List every theme of an exercise to who prepares it."""
    exercise = within_reach(request, slug, PROPOSE_THEME)
    told = {
        "exercise": exercise,
        "themes": themes_at_work(exercise),
        "may_approve": request.user.has_perm(APPROVE_THEME, exercise),
    }
    return render(request, "cocreation/themes/work.html", told)


@requires(PROPOSE_THEME)
@require_http_methods(FORM)
def new_theme(request: HttpRequest, slug: str) -> HttpResponse:
    """Propose a theme."""
    exercise = within_reach(request, slug, PROPOSE_THEME)
    form = ThemeForm(request.POST or None)

    def act() -> Theme:
        return propose_theme(exercise, form.plan, by=request.user, at=timezone.now())

    return sent(request, exercise, form, act, "form.html", targets=targets_in_force(today()))


@requires(PROPOSE_THEME)
@require_http_methods(FORM)
def edit_theme(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Change a theme that is only proposed."""
    theme = proposed(request, slug, key, PROPOSE_THEME)
    if theme.status != ThemeStatus.PROPOSED:
        return to_work(slug)
    names = ThemeForm.base_fields.keys() - {"title", "targets"}
    now = {name: getattr(theme, name) for name in names}
    initial = {**now, "title": theme.name, "targets": ", ".join(theme.targets)}
    form = ThemeForm(request.POST or None, initial=initial)

    def act() -> Theme:
        return change_theme(theme, form.plan, by=request.user, at=timezone.now())

    told = {"theme": theme, "targets": targets_in_force(today())}
    return sent(request, theme.exercise, form, act, "form.html", **told)


@requires(APPROVE_THEME)
@require_http_methods(FORM)
def approve(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Note by which agreement a theme was approved."""
    theme = proposed(request, slug, key, APPROVE_THEME)
    if theme.status != ThemeStatus.PROPOSED:
        return to_work(slug)
    form = ApprovalForm(agreements_of(theme.exercise), request.POST or None)

    def act() -> Theme:
        return approve_theme(theme, form.chosen, by=request.user, at=timezone.now())

    return sent(request, theme.exercise, form, act, "approve.html", theme=theme)


@requires(PROPOSE_THEME)
@require_http_methods(FORM)
def withdraw(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Withdraw a theme that was only proposed, with the reason."""
    theme = proposed(request, slug, key, PROPOSE_THEME)
    if theme.status != ThemeStatus.PROPOSED:
        return to_work(slug)
    form = ReasonForm(request.POST or None)

    def act() -> Theme:
        return withdraw_theme(theme, form.cleaned_data["reason"], by=request.user, at=timezone.now())

    return sent(request, theme.exercise, form, act, "withdraw.html", theme=theme)


def proposed(request: HttpRequest, slug: str, key: str, permission: str) -> Theme:
    """Return a theme of an exercise in which who asks may do this."""
    exercise = within_reach(request, slug, permission)
    return get_object_or_404(Theme.objects.select_related("exercise"), exercise=exercise, key=key)


def within_reach(request: HttpRequest, slug: str, permission: str) -> Exercise:
    """Return an exercise in which who asks may do this; for others there is no such page."""
    return found(workable_exercise(request.user, slug, permission))


def sent(
    request: HttpRequest, exercise: Exercise, form: forms.Form, act: Callable[[], Theme], page: str, **told: Any
) -> HttpResponse:
    """Show a form, or do what it asks and go back to the list."""
    back = reverse("cocreation:work_themes", args=[exercise.slug])
    return answered(request, form, act, back, f"cocreation/themes/{page}", exercise=exercise, back=back, **told)


def to_work(slug: str) -> HttpResponse:
    """Lead to the working list of themes."""
    return redirect("cocreation:work_themes", slug)
