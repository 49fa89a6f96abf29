"""The public pages of a table's kit: what to read, its files, who got it and what they say of it."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from allauth.core.ratelimit import consume, respond_429
from csp.constants import HEADER
from django.conf import settings
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tequio.accounts.views.answers import found
from tequio.cocreation.forms.kits import FeedbackForm
from tequio.cocreation.queries.kits import (
    SHEET,
    WHOLE,
    kit_of,
    published_kit,
    receipt_mark,
    table_with_kit,
    timing,
    versions_of,
)
from tequio.cocreation.workflows import acknowledge_kit, send_feedback
from tequio.governance.views.answers import trail
from tequio.kernel.access import open_form, public
from tequio.kernel.attachments import SANDBOX
from tequio.kernel.clock import next_midnight, today
from tequio.kernel.components import Branch, Fact, Link
from tequio.kernel.figures.problem_tree import problem_tree
from tequio.kernel.pagecache import cached_page
from tequio.kernel.refusal import Refused
from tequio.kernel.spoken import moment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from django.http import HttpRequest, HttpResponse

    from tequio.cocreation.models import Table
    from tequio.kernel.models import Edition


def table_of_page(slug: str, key: str) -> Table:
    """Return a table that anybody may see, or answer that there is none."""
    return found(table_with_kit(None, slug, key))


def kit_of_page(slug: str, key: str) -> tuple[Table, Edition]:
    """Return a table and the edition of its kit in force, or answer that there is none."""
    table = table_of_page(slug, key)
    return table, found(published_kit(table))


@public
@require_safe
@cached_page(fresh_until=next_midnight)
def kit(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show the kit of a table: what to read and how long it takes; until it is published, when it has to be."""
    table = table_of_page(slug, key)
    versions = versions_of(table)
    edition = versions[0] if versions else None
    told: dict[str, Any] = {
        "table": table,
        "event": table.event,
        "edition": edition,
        "versions": versions,
        "timing": timing(kit_of(table), today()),
        "page_address": settings.SITE_ADDRESS + request.path,
        "trail": [*trail(table.exercise), Link(table.event.name, table.get_absolute_url()), Link("Kit")],
    }
    if edition:
        content = edition.content
        told |= {
            "kit": content,
            "facts": list(facts(table, edition)),
            "trees": [(tree, *drawn(tree)) for tree in content["trees"]],
            "files": {file.name.removeprefix("kit."): file for file in edition.files.filter(name__in=(SHEET, WHOLE))},
        }
    return render(request, "cocreation/kits/kit.html", told)


def facts(table: Table, edition: Edition) -> Iterator[Fact]:
    """Yield what one wants to know of a kit before reading it."""
    content = edition.content
    yield Fact("Mesa", table.event.name, table.get_absolute_url())
    if table.event.starts_at:
        yield Fact("Empieza", moment(table.event.starts_at))
    yield Fact("Tiempo de lectura", f"{content['minutes']} minutos; esta página, {content['own_minutes']}")
    count = len(content["documents"])
    yield Fact("Documentos", f"{count} documento{'' if count == 1 else 's'}")
    yield Fact("Versión", f"{edition.number}, {moment(edition.published_at)}")


def drawn(tree: dict[str, Any]) -> tuple[str, Branch]:
    """Return the drawing and the outline of a tree."""
    effects = Branch("Efectos", children=tuple(Branch(text) for text in tree["effects"]))
    causes = Branch("Causas", children=tuple(Branch(text) for text in tree["causes"]))
    drawing = problem_tree(tree["title"], tree["problem"], causes=tree["causes"], effects=tree["effects"])
    return drawing, Branch(tree["problem"], "Problemática central", children=(effects, causes))


@public
@require_safe
def kit_file(_request: HttpRequest, slug: str, key: str, name: str) -> FileResponse:
    """Give a file of the kit in force; nothing in it can act as a page of the site."""
    _, edition = kit_of_page(slug, key)
    file = get_object_or_404(edition.files, name=name)
    try:
        answer = FileResponse(file.open(), content_type=file.media_type, as_attachment=True, filename=file.name)
    except FileNotFoundError:
        raise Http404("El archivo no está disponible por ahora.") from None
    answer[HEADER] = SANDBOX
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "public, max-age=300"
    return answer


@open_form
@require_http_methods(["GET", "HEAD", "POST"])
def kit_receipt(request: HttpRequest, slug: str, key: str, token: str) -> HttpResponse:
    """Count, by their personal link, that somebody who registered got the kit; nobody sees who."""
    table, _ = kit_of_page(slug, key)
    told: dict[str, Any] = {"table": table, "event": table.event}
    if request.method == "POST":
        told["is_known"] = told["is_counted"] = acknowledge_kit(table, token, at=timezone.now())
    else:
        told["is_known"] = bool(receipt_mark(table, token))
    status = HTTPStatus.OK if told["is_known"] else HTTPStatus.NOT_FOUND
    return render(request, "cocreation/kits/receipt.html", told, status=status)


@open_form
@require_http_methods(["GET", "HEAD", "POST"])
def kit_feedback(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Take what anybody says of a kit; its address leads to nobody, so that neither does what is said."""
    table, _ = kit_of_page(slug, key)
    form = FeedbackForm(request.POST or None)
    told = {"table": table, "event": table.event, "form": form}
    if request.method == "POST" and form.is_valid():
        if not consume(request, action="kit_feedback"):
            refused: HttpResponse = respond_429(request)
            return refused
        try:
            send_feedback(table, form.cleaned_data["text"], at=timezone.now())
        except Refused as why:
            form.add_error(None, str(why))
        else:
            return render(request, "cocreation/kits/thanks.html", told)
    told["back"] = reverse("cocreation:kit", args=[slug, key])
    return render(request, "cocreation/kits/feedback.html", told)
