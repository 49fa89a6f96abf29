"""The working pages of the map of a table's institutions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from tequio.cocreation.enums import PREPARE_TABLE
from tequio.cocreation.forms.institutions import ApproachForm, InstitutionForm, written
from tequio.cocreation.queries.institutions import map_of, warnings_of
from tequio.cocreation.views.answers import answered, table_at_work, work_trail
from tequio.cocreation.workflows import change_institution, map_institution, record_approach, unmap_institution
from tequio.kernel.access import requires
from tequio.kernel.clock import today
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from typing import Any, Final

    from django.http import HttpRequest, HttpResponse

    from tequio.accounts.models import User
    from tequio.cocreation.models import Table, TableInstitution

FORM: Final = ["GET", "HEAD", "POST"]


def map_address(table: Table) -> str:
    """Return the page of a table's map."""
    return reverse("cocreation:run_institutions", args=[table.exercise.slug, table.event.slug])


def institution_at_work(request: HttpRequest, slug: str, key: str, number: int) -> tuple[TableInstitution, User]:
    """Return an institution of a map, and who works on it."""
    table, by = table_at_work(request, slug, key, PREPARE_TABLE)
    institution = get_object_or_404(table.institutions, pk=number)
    institution.table = table
    return institution, by


def around(table: Table, *names: str, **words: Any) -> dict[str, Any]:
    """Return what a page of the map shows around its form."""
    return {
        "table": table,
        "event": table.event,
        "back": map_address(table),
        "trail": work_trail(table.exercise, table, *names),
        **words,
    }


@requires(PREPARE_TABLE)
@require_http_methods(FORM)
def run_institutions(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show the map of a table with what it warns of, and put one more institution in it."""
    table, by = table_at_work(request, slug, key, PREPARE_TABLE)
    form = InstitutionForm(request.POST or None)
    mapped = map_of(table)
    told = around(table, "Instituciones", mapped=mapped, warnings=warnings_of(mapped))
    return answered(
        request,
        form,
        lambda: map_institution(table, form.details, by=by, at=timezone.now()),
        map_address(table),
        "cocreation/institutions/map.html",
        **told,
    )


@requires(PREPARE_TABLE)
@require_http_methods(FORM)
def edit_institution(request: HttpRequest, slug: str, key: str, number: int) -> HttpResponse:
    """Correct what is said of an institution."""
    institution, by = institution_at_work(request, slug, key, number)
    form = InstitutionForm(request.POST or None, initial=written(institution))
    return answered(
        request,
        form,
        lambda: change_institution(institution, form.details, by=by, at=timezone.now()),
        map_address(institution.table),
        "cocreation/kits/form.html",
        **around(institution.table, institution.name, title="Corregir la institución", button="Guardar"),
    )


@requires(PREPARE_TABLE)
@require_http_methods(FORM)
def approach(request: HttpRequest, slug: str, key: str, number: int) -> HttpResponse:
    """Write that an institution was approached, and what it answered."""
    institution, by = institution_at_work(request, slug, key, number)
    form = ApproachForm(request.POST or None, initial={"held_on": today()})
    words = {"title": "Registrar un acercamiento", "lede": institution.name, "button": "Registrar"}
    return answered(
        request,
        form,
        lambda: record_approach(institution, form.details, by=by, at=timezone.now()),
        map_address(institution.table),
        "cocreation/kits/form.html",
        **around(institution.table, institution.name, **words),
    )


@requires(PREPARE_TABLE)
@require_POST
def drop_institution(request: HttpRequest, slug: str, key: str, number: int) -> HttpResponse:
    """Take an institution out of the map."""
    institution, by = institution_at_work(request, slug, key, number)
    try:
        unmap_institution(institution, by=by, at=timezone.now())
    except Refused as why:
        told = around(institution.table, institution.name, title="No se pudo hacer", why=str(why))
        return render(request, "cocreation/kits/refused.html", told, status=409)
    return redirect(map_address(institution.table))
