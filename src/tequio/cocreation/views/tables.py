"""The working pages of tables: convening, stages, the plenary's text, what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tequio.cocreation.enums import CONDUCT_TABLE, PREPARE_TABLE, DraftStage
from tequio.cocreation.forms.tables import DraftForm, OutcomeForm, StageFormSet, TableForm, written_table
from tequio.cocreation.models import Table, Theme
from tequio.cocreation.queries.differences import differences
from tequio.cocreation.queries.institutions import MAP, mapped, warnings_of
from tequio.cocreation.queries.openings import is_opening, lacks_opening, opening_of
from tequio.cocreation.queries.reports import report_of, sheets_of
from tequio.cocreation.queries.tables import clock_of, tables_of
from tequio.cocreation.queries.tree_timing import tree_warning
from tequio.cocreation.views.answers import answered, exercise_at_work, table_at_work, work_trail
from tequio.cocreation.views.room import talk_in
from tequio.cocreation.workflows import (
    add_minutes,
    change_table,
    close_table,
    close_text,
    convene_table,
    drafted,
    merge_proposals,
    next_stage,
    publish_table_report,
    write_draft,
    write_stages,
)
from tequio.exercises.queries.events import attendance
from tequio.exercises.workflows import discard_event, publish_event
from tequio.exercises.workflows.events import EVENTS
from tequio.kernel.access import requires
from tequio.kernel.clock import today
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from tequio.accounts.models import User

FORM = ["GET", "HEAD", "POST"]


@requires(PREPARE_TABLE)
@require_safe
def run_tables(request: HttpRequest, slug: str) -> HttpResponse:
    """List the tables of an exercise, with who is registered and what came of each."""
    exercise, _ = exercise_at_work(request, slug, PREPARE_TABLE)
    told = {
        "exercise": exercise,
        "tables": tables_of(exercise),
        "has_themes": Theme.objects.approved().filter(exercise=exercise).exists(),
    }
    return render(request, "cocreation/tables/list.html", told | {"trail": work_trail(exercise, None, "")[:-1]})


@requires(PREPARE_TABLE)
@require_http_methods(FORM)
def new_table(request: HttpRequest, slug: str) -> HttpResponse:
    """Convene a table."""
    exercise, by = exercise_at_work(request, slug, PREPARE_TABLE)
    form = TableForm(request.POST or None, exercise=exercise)
    if request.method == "POST" and form.is_valid():
        try:
            table = convene_table(exercise, form.plan, form.details, by=by, at=timezone.now())
        except Refused as why:
            form.add_error(None, str(why))
        else:
            return redirect("cocreation:run_table", slug, table.event.slug)
    told = {"form": form, "exercise": exercise, "trail": work_trail(exercise, None, "Preparar una mesa")}
    return render(request, "cocreation/tables/form.html", told)


@requires(CONDUCT_TABLE)
@require_http_methods(FORM)
def run_table(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show a table to who prepares or conducts it: where it stands and what can be done; a button makes a move."""
    table, by = table_at_work(request, slug, key, CONDUCT_TABLE, "stages", "closed_texts", *MAP)
    why = ""
    if request.method == "POST":
        try:
            return moved(request, table, by)
        except Refused as refused:
            why = str(refused)
    told = {
        "table": table,
        "event": table.event,
        "clock": clock_of(table),
        "figures": attendance(table.event),
        "offers": {offer.move.name: offer for offer in EVENTS.offers(table.event, by, at=timezone.now())},
        "prepares": by.has_perm(PREPARE_TABLE, table),
        "texts": table.closed_texts.all(),
        "warnings": warnings_of(mapped(table.institutions.all())),
        "lacks_opening": lacks_opening(table),
        "keeps_places": table.event.keeps_places(timezone.now()),
        "tree_warning": tree_warning(table, today()) if not table.closed_at else "",
        "has_begun": any(stage.started_at for stage in table.stages.all()),
        "why": why,
        "trail": work_trail(table.exercise, table),
    }
    return render(request, "cocreation/tables/run.html", told, status=409 if why else 200)


def moved(request: HttpRequest, table: Table, by: User) -> HttpResponse:
    """Announce or throw away the table's event, as the button says, or publish its report."""
    move, at = request.POST.get("move", ""), timezone.now()
    if move == "publish":
        publish_event(table.event, by=by, at=at)
    elif move == "discard":
        discard_event(table.event, by=by, at=at)
        return redirect("cocreation:run_tables", table.exercise.slug)
    elif move == "report":
        publish_table_report(table, by=by, at=at)
    else:
        raise Refused("Esa acción no existe. Usa los botones de la página.")
    return redirect("cocreation:run_table", table.exercise.slug, table.event.slug)


@requires(PREPARE_TABLE)
@require_http_methods(FORM)
def edit_table(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Change what a table is about, or when and where."""
    table, by = table_at_work(request, slug, key, PREPARE_TABLE)
    form = TableForm(request.POST or None, initial=written_table(table), exercise=table.exercise, table=table)
    return answered(
        request,
        form,
        lambda: change_table(table, form.plan, form.details, by=by, at=timezone.now()),
        address_of(table),
        "cocreation/tables/form.html",
        exercise=table.exercise,
        table=table,
        told=table.event.attendees.reachable().count(),
        trail=work_trail(table.exercise, table, "Cambiar"),
    )


@requires(PREPARE_TABLE)
@require_http_methods(FORM)
def stages(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Write the stages of a table: order, minutes, who answers, with what; the total is the day's."""
    table, by = table_at_work(request, slug, key, PREPARE_TABLE)
    names = ("minutes", "responsible", "materials", "dynamics", "captures", "shows")
    rows = [{"title": one.name} | {name: getattr(one, name) for name in names} for one in table.stages.all()]
    formset = StageFormSet(request.POST or None, initial=rows, prefix="etapa")
    why = ""
    if request.method == "POST" and formset.is_valid():
        plans = [form.plan for form in in_order(formset)]
        try:
            write_stages(table, [plan for plan in plans if plan], by=by, at=timezone.now())
        except Refused as refused:
            why = str(refused)
        else:
            return redirect(address_of(table))
    told = {"table": table, "formset": formset, "why": why, "clock": clock_of(table)}
    told["trail"] = work_trail(table.exercise, table, "Etapas")
    return render(request, "cocreation/tables/stages.html", told, status=409 if why else 200)


def in_order(formset: Any) -> list[Any]:
    """Return the rows of a formset by the order that was written, those without one at the end."""
    return sorted(
        formset.forms, key=lambda form: (form.cleaned_data.get("ORDER") is None, form.cleaned_data.get("ORDER") or 0)
    )


@requires(CONDUCT_TABLE)
@require_http_methods(FORM)
def conduct(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Conduct a table from a phone: the stage that runs, its clock, five minutes more, the next one."""
    table, by = table_at_work(request, slug, key, CONDUCT_TABLE)
    why = ""
    if request.method == "POST":
        seen = int(sent) if (sent := request.POST.get("seen", "")).isdigit() else None
        try:
            if request.POST.get("move") == "more":
                add_minutes(table, seen=seen, minutes=5, by=by, at=timezone.now())
            else:
                next_stage(table, seen=seen, by=by, at=timezone.now())
            return redirect("cocreation:conduct", slug, key)
        except Refused as refused:
            why = str(refused)
            table = Table.objects.select_related("event__exercise", "theme").get(pk=table.pk)
    clock = clock_of(table)
    told = {
        "table": table,
        "clock": clock,
        "opening": opening_of(table) if is_opening(clock) else None,
        "talk": talk_in(table, clock),
        "prepares": by.has_perm(PREPARE_TABLE, table),
        "why": why,
        "trail": work_trail(table.exercise, table, "Conducción"),
    }
    return render(request, "cocreation/tables/conduct.html", told, status=409 if why else 200)


@requires(CONDUCT_TABLE)
@require_http_methods(FORM)
def plenary(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show the proposals of the small tables side by side, merge them, write the room's text and close it."""
    table, by = table_at_work(request, slug, key, CONDUCT_TABLE)
    now = drafted(table)
    form = DraftForm(request.POST if request.POST.get("move") == "write" else None, initial=shown(table))
    why = ""
    if request.method == "POST":
        try:
            if write_plenary(request, table, form, by):
                return redirect("cocreation:plenary", slug, key)
        except Refused as refused:
            why = str(refused)
            table = Table.objects.select_related("event__exercise", "theme").get(pk=table.pk)
    texts = {text.stage: text for text in table.closed_texts.all()}
    preliminary = texts.get(DraftStage.PRELIMINARY)
    told = {
        "table": table,
        "sheets": sheets_of(table),
        "form": form,
        "now": drafted(table),
        "lost": why and form.is_bound,
        "preliminary": preliminary,
        "definitive": texts.get(DraftStage.DEFINITIVE),
        "changes": differences(preliminary.text, now.text) if preliminary else (),
        "why": why,
        "trail": work_trail(table.exercise, table, "Plenaria"),
    }
    return render(request, "cocreation/tables/plenary.html", told, status=409 if why else 200)


def shown(table: Table) -> dict[str, Any]:
    """Return the room's text as its form shows it."""
    return vars(drafted(table)) | {"seen": table.revision}


def write_plenary(request: HttpRequest, table: Table, form: DraftForm, by: User) -> bool:
    """Do what the button of the plenary asks; say whether it was done, or the form shows what is wrong."""
    move, at = request.POST.get("move", ""), timezone.now()
    seen = int(sent) if (sent := request.POST.get("seen", "")).isdigit() else -1
    if move == "merge":
        numbers = tuple(int(number) for number in request.POST.getlist("tables") if number.isdigit())
        merge_proposals(table, numbers, seen=seen, by=by, at=at)
    elif move in DraftStage.values:
        close_text(table, move, seen=seen, by=by, at=at)
    elif move == "write":
        if not form.is_valid():
            return False
        write_draft(table, form.draft(drafted(table).sources), seen=form.cleaned_data["seen"], by=by, at=at)
    else:
        raise Refused("Esa acción no existe. Usa los botones de la página.")
    return True


@requires(PREPARE_TABLE)
@require_http_methods(FORM)
def outcome(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Close a table with what came of it, after reading its report."""
    table, by = table_at_work(request, slug, key, PREPARE_TABLE)
    form = OutcomeForm(request.POST or None)
    return answered(
        request,
        form,
        lambda: close_table(table, **form.cleaned_data, by=by, at=timezone.now()),
        address_of(table),
        "cocreation/tables/outcome.html",
        table=table,
        report=report_of(table),
        trail=work_trail(table.exercise, table, "Cerrar la mesa"),
    )


def address_of(table: Table) -> str:
    """Return where a table's working page is."""
    return str(work_trail(table.exercise, table, "x")[-2].address)
