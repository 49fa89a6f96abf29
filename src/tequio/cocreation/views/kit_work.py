"""The working pages of a table's kit: its texts, its documents in order, its publication and what people say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tequio.cocreation.documents.kit import pdf
from tequio.cocreation.enums import PREPARE_TABLE
from tequio.cocreation.forms.kits import KitDocumentForm, KitTextsForm, PublishKitForm, written
from tequio.cocreation.queries.institutions import MAP, mapped, warnings_of
from tequio.cocreation.queries.kits import documents_of, has_changes, kit_content, kit_of, lacks, timing, versions_of
from tequio.cocreation.queries.openings import lacks_opening
from tequio.cocreation.views.answers import answered, table_at_work, work_trail
from tequio.cocreation.workflows import (
    add_document,
    change_document,
    move_document_up,
    publish_kit,
    remove_document,
    write_kit,
)
from tequio.kernel.access import requires
from tequio.kernel.attachments import answer_with
from tequio.kernel.clock import today
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from typing import Any, Final

    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

    from tequio.accounts.models import User
    from tequio.cocreation.models import KitDocument, Table

FORM: Final = ["GET", "HEAD", "POST"]


def kit_address(table: Table) -> str:
    """Return the working page of a table's kit."""
    return reverse("cocreation:run_kit", args=[table.exercise.slug, table.event.slug])


def document_at_work(request: HttpRequest, slug: str, key: str, number: int) -> tuple[KitDocument, User]:
    """Return a document of a kit by its number, and who works on it."""
    table, by = table_at_work(request, slug, key, PREPARE_TABLE)
    document = get_object_or_404(kit_of(table).documents.select_related("file"), pk=number)
    document.kit.table = table
    return document, by


@requires(PREPARE_TABLE)
@require_http_methods(FORM)
def run_kit(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show a kit to who prepares it: what it lacks, whether it is on time, what people say; the button publishes it."""
    table, by = table_at_work(request, slug, key, PREPARE_TABLE, "stages", *MAP)
    versions = versions_of(table)
    form = PublishKitForm(request.POST or None) if versions else None
    why = ""
    if request.method == "POST" and (form is None or form.is_valid()):
        note = form.cleaned_data["note"] if form else ""
        try:
            publish_kit(table, lambda content: pdf(content, today()), note=note, by=by, at=timezone.now())
        except Refused as refused:
            why = str(refused)
        else:
            return redirect(kit_address(table))
    kit = kit_of(table)
    content = kit_content(kit)
    told = {
        "table": table,
        "event": table.event,
        "kit": kit,
        "documents": documents_of(kit),
        "content": content,
        "lacks": lacks(content),
        "has_changes": has_changes(content, versions[0] if versions else None),
        "versions": versions,
        "timing": timing(kit, today()),
        "warnings": warnings_of(mapped(table.institutions.all())),
        "lacks_opening": lacks_opening(table),
        "form": form,
        "why": why,
        "trail": work_trail(table.exercise, table, "Kit"),
    }
    return render(request, "cocreation/kits/run.html", told, status=409 if why else 200)


def form_page(table: Table, *names: str, **words: Any) -> dict[str, Any]:
    """Return what the page of a form of a kit shows around it."""
    return {
        "table": table,
        "event": table.event,
        "back": kit_address(table),
        "trail": work_trail(table.exercise, table, *names),
        **words,
    }


@requires(PREPARE_TABLE)
@require_http_methods(FORM)
def texts(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Write the context, the words and the rules of a kit."""
    table, by = table_at_work(request, slug, key, PREPARE_TABLE)
    kit = kit_of(table)
    shown = {name: getattr(kit, name) for name in KitTextsForm.base_fields}
    form = KitTextsForm(request.POST or None, initial=shown)
    return answered(
        request,
        form,
        lambda: write_kit(table, form.texts, by=by, at=timezone.now()),
        kit_address(table),
        "cocreation/kits/form.html",
        **form_page(table, "Textos del kit", title="Textos del kit", button="Guardar"),
    )


@requires(PREPARE_TABLE)
@require_http_methods(FORM)
def new_document(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Add a document to a kit."""
    table, by = table_at_work(request, slug, key, PREPARE_TABLE)
    form = KitDocumentForm(request.POST or None, request.FILES or None)
    return answered(
        request,
        form,
        lambda: add_document(table, form.details, form.cleaned_data["document"], by=by, at=timezone.now()),
        kit_address(table),
        "cocreation/kits/form.html",
        **form_page(table, "Agregar un documento", title="Agregar un documento", button="Agregar"),
    )


@requires(PREPARE_TABLE)
@require_http_methods(FORM)
def edit_document(request: HttpRequest, slug: str, key: str, number: int) -> HttpResponse:
    """Correct what is said of a document, or put another file in its place."""
    document, by = document_at_work(request, slug, key, number)
    form = KitDocumentForm(request.POST or None, request.FILES or None, initial=written(document))
    table = document.kit.table
    return answered(
        request,
        form,
        lambda: change_document(document, form.details, form.cleaned_data["document"], by=by, at=timezone.now()),
        kit_address(table),
        "cocreation/kits/form.html",
        **form_page(table, document.title, title="Corregir el documento", button="Guardar", document=document),
    )


@requires(PREPARE_TABLE)
@require_safe
def document_file(request: HttpRequest, slug: str, key: str, number: int) -> HttpResponseBase:
    """Give the file of a document to who prepares the kit."""
    document, _ = document_at_work(request, slug, key, number)
    if document.file is None:
        raise Http404
    return answer_with(document.file, shown=True)


@requires(PREPARE_TABLE)
@require_POST
def drop_document(request: HttpRequest, slug: str, key: str, number: int) -> HttpResponse:
    """Take a document out of the draft."""
    document, by = document_at_work(request, slug, key, number)
    return _done(request, document, lambda: remove_document(document, by=by, at=timezone.now()))


@requires(PREPARE_TABLE)
@require_POST
def raise_document(request: HttpRequest, slug: str, key: str, number: int) -> HttpResponse:
    """Put a document before the one above it."""
    document, by = document_at_work(request, slug, key, number)
    return _done(request, document, lambda: move_document_up(document, by=by, at=timezone.now()))


def _done(request: HttpRequest, document: KitDocument, act: Any) -> HttpResponse:
    """Act and go back to the kit; refused, say why."""
    table = document.kit.table
    try:
        act()
    except Refused as why:
        told = form_page(table, document.title, title="No se pudo hacer", why=str(why))
        return render(request, "cocreation/kits/refused.html", told, status=409)
    return redirect(kit_address(table))
