"""What became of the commitments that tables wrote: anybody reads it, and who runs the exercise defines them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tequio.cocreation.queries.origins import origin_of
from tequio.cocreation.queries.viability import path_of
from tequio.cocreation.views.answers import answered, exercise_at_work, table_at_work, work_trail
from tequio.cocreation.views.public import trail
from tequio.exercises.models import Exercise
from tequio.kernel.access import public, requires
from tequio.kernel.components import Link
from tequio.kernel.pagecache import cached_page
from tequio.plans.enums import DEFINE_COMMITMENT
from tequio.plans.forms.defining import DefinitionForm, begun
from tequio.plans.queries.preliminary import defined_in, preliminary_of
from tequio.plans.workflows import define_commitment

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@public
@require_safe
@cached_page()
def preliminary(request: HttpRequest, slug: str) -> HttpResponse:
    """List the commitments that the tables of an exercise wrote, with their verdicts and what they became."""
    exercise = get_object_or_404(Exercise.objects.visible_to(None).select_related("jurisdiction"), slug=slug)
    found, without = preliminary_of(None, exercise)
    told = {
        "exercise": exercise,
        "found": found,
        "without": without,
        "page_address": settings.SITE_ADDRESS + request.path,
        "trail": trail(exercise, Link("Compromisos preliminares")),
    }
    return render(request, "plans/preliminary.html", told)


@requires(DEFINE_COMMITMENT)
@require_safe
def work(request: HttpRequest, slug: str) -> HttpResponse:
    """List the commitments of an exercise's tables for who takes them into the plan."""
    exercise, viewer = exercise_at_work(request, slug, DEFINE_COMMITMENT)
    found, without = preliminary_of(viewer, exercise)
    told = {"exercise": exercise, "found": found, "without": without}
    return render(request, "plans/work.html", told | {"trail": work_trail(exercise)})


@requires(DEFINE_COMMITMENT)
@require_http_methods(["GET", "HEAD", "POST"])
def define(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Write the final definition of a table's commitment, beside its text, its verdicts and where it comes from."""
    table, by = table_at_work(request, slug, key, DEFINE_COMMITMENT, "closed_texts", "viability__verdicts")
    path = path_of(table)
    form = DefinitionForm(request.POST or None, initial=begun(path), exercise=table.exercise)
    return answered(
        request,
        form,
        lambda: define_commitment(table, form.definition, by=by, at=timezone.now()),
        reverse("plans:work", args=[slug]),
        "plans/define.html",
        table=table,
        path=path,
        commitment=defined_in([table]).get(table.pk),
        origin=origin_of(table, path.text) if path.text else None,
        trail=work_trail(table.exercise, table, "Definición"),
    )
