"""The paper bridge of a table: sheets to print, and what they say typed, read once more and added."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tequio.accounts.views.answers import found
from tequio.cocreation.documents.paper import template
from tequio.cocreation.enums import CONDUCT_TABLE
from tequio.cocreation.forms.paper import ROWS, AlternativeFormSet, AnswersForm, PaperListForm, ProposalForm
from tequio.cocreation.views.answers import table_at_work, work_trail
from tequio.cocreation.views.room import even
from tequio.cocreation.workflows import add_papers, foretell_papers
from tequio.cocreation.workflows.capturing import PRIORITIES, is_written
from tequio.cocreation.workflows.paper import ALTERNATIVE, PROPOSAL, TITLE, cause_labels
from tequio.cocreation.workflows.paper_lists import COLUMNS, read_papers, rows_of, written_rows
from tequio.kernel.access import requires
from tequio.kernel.components import Link
from tequio.kernel.figures.qr import qr
from tequio.kernel.refusal import Refused
from tequio.kernel.sheets import csv_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

    from tequio.accounts.models import User
    from tequio.cocreation.models import SmallTable, Table
    from tequio.cocreation.workflows.paper import Foretold, Line

FORM: Final = ["GET", "HEAD", "POST"]
ANSWER_ROWS: Final = 5
PROPOSAL_ROWS: Final = 8
MOST_FAULTS: Final = 20
HEADINGS: Final = {
    ALTERNATIVE: "Alternativas de solución",
    "causas": "Causas que atienden",
    "prioridades": "Prioridades",
    TITLE: "Nombre del compromiso",
    PROPOSAL: "Redacción",
}


@requires(CONDUCT_TABLE)
@require_safe
def papers(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show the sheets to print, one for each small table and one without number, and lead to typing them."""
    table, _ = table_at_work(request, slug, key, CONDUCT_TABLE, "small_tables", "stages", "closed_texts")
    small_tables = list(table.small_tables.all())
    told = {
        "table": table,
        "small_tables": small_tables,
        "is_written": is_written(table, at=timezone.now()),
        "sheets": [*(printed(table, small) for small in small_tables), printed(table, None)],
        "causes": [(label, cause.text) for label, cause in cause_labels(table).items()],
        "answer_rows": range(ANSWER_ROWS),
        "alternative_rows": range(1, ROWS + 1),
        "proposal_rows": range(PROPOSAL_ROWS),
        "priorities": PRIORITIES,
        "trail": work_trail(table.exercise, table, "Hojas de papel"),
    }
    return render(request, "cocreation/paper/papers.html", told)


def printed(table: Table, small: SmallTable | None) -> dict[str, Any]:
    """Return what a blank sheet says of itself: its number, and the code that opens the same sheet on a telephone."""
    room = reverse("cocreation:room", args=[table.room_code])
    path = reverse("cocreation:sheet", args=[table.room_code, small.key]) if small else room
    address = settings.SITE_ADDRESS + path
    return {"number": small.number if small else None, "address": address, "code": qr(address)}


@requires(CONDUCT_TABLE)
@require_safe
def template_file(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Give the table into which papers are typed, with the questions of this one."""
    table, _ = table_at_work(request, slug, key, CONDUCT_TABLE)
    response = HttpResponse(template(table), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="hojas-{key}.csv"'
    return response


@requires(CONDUCT_TABLE)
@require_http_methods(FORM)
def typing(request: HttpRequest, slug: str, key: str, number: int) -> HttpResponse:
    """Type the paper of a small table, read what would be added to its sheet, and accept it."""
    table, by = table_at_work(request, slug, key, CONDUCT_TABLE)
    small = found(table.small_tables.filter(number=number).first())
    sent = request.POST if request.method == "POST" else None
    answers, proposal = AnswersForm(table.questions, sent), ProposalForm(sent)
    rows = AlternativeFormSet(sent, prefix="alternativa")
    shown = Bridge(request, table, by)
    if sent is not None and all([answers.is_valid(), rows.is_valid(), proposal.is_valid()]):
        offered = [row.line(number, place) for place, row in enumerate(rows.forms, 1)]
        shown.read([*answers.lines(number), *(line for line in offered if line), *proposal.lines(number)])
    if shown.is_done:
        return redirect("cocreation:papers", slug, key)
    told = {"small": small, "answers": answers, "rows": rows, "proposal": proposal}
    told["causes"] = [(label, cause.text) for label, cause in cause_labels(table).items()]
    return shown.page("cocreation/paper/typing.html", told, f"Mesa {number}")


@requires(CONDUCT_TABLE)
@require_http_methods(FORM)
def listed(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Read many papers from a table that a person sends, and add them once what they say was accepted."""
    table, by = table_at_work(request, slug, key, CONDUCT_TABLE)
    form = PaperListForm(request.POST or None, request.FILES or None)
    shown = Bridge(request, table, by)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            rows = rows_of(file) if file else csv_rows(form.cleaned_data["text"])
        except Refused as refused:
            shown.faults = [str(refused)]
        else:
            read = read_papers(rows, table.questions)
            shown.read(read.lines, read.faults)
            form = PaperListForm(request.POST | {"text": written_rows(rows)})
    if shown.is_done:
        return redirect("cocreation:papers", slug, key)
    return shown.page("cocreation/paper/list.html", {"form": form, "columns": COLUMNS}, "Desde una tabla")


class Bridge:
    """What a page of the bridge answers: what would be added, what is wrong, and whether it was accepted."""

    def __init__(self, request: HttpRequest, table: Table, by: User) -> None:
        self.request, self.table, self.by = request, table, by
        self.faults: list[str] = []
        self.foretold: Foretold | None = None
        self.wrong = self.is_done = False

    def read(self, lines: Sequence[Line], faults: Sequence[str] = ()) -> None:
        """Say what some lines would add; if nothing is wrong, they were read before and are accepted, add them."""
        at = timezone.now()
        try:
            if self.request.POST.get("move") == "accept" and not faults:
                seal = self.request.POST.get("seal", "")
                count = add_papers(self.table, lines, seal=seal, by=self.by, at=at)
                messages.success(self.request, f"Se agregaron {count} renglones de papel.")
                self.is_done = True
                return
        except Refused as refused:
            self.faults.append(str(refused))
        try:
            self.foretold = foretell_papers(self.table, lines, at=at)
        except Refused as refused:
            self.faults = [str(refused)]
        else:
            found = [*faults, *self.foretold.faults]
            self.wrong, self.faults = bool(found), found or self.faults
        if not lines and not self.faults:
            self.faults = ["Escribe lo que dice el papel antes de continuar."]

    def page(self, name: str, told: dict[str, Any], here: str) -> HttpResponse:
        """Return the page, padded as sheets are."""
        foretold = self.foretold
        may_accept = bool(foretold and foretold.count and not self.wrong)
        words = {
            "table": self.table,
            "faults": self.faults[:MOST_FAULTS],
            "more": max(len(self.faults) - MOST_FAULTS, 0),
            "additions": self.additions() if foretold and not self.wrong else (),
            "seal": foretold.seal if foretold and may_accept else "",
            "nothing_new": bool(foretold and not foretold.count and not self.faults),
            "trail": [
                *work_trail(self.table.exercise, self.table, "Hojas de papel")[:-1],
                Link("Hojas de papel", reverse("cocreation:papers", args=self.address)),
                Link(here),
            ],
        }
        return even(render(self.request, name, words | told, status=409 if self.faults else 200))

    @property
    def address(self) -> list[str]:
        """The parts of the table's address."""
        return [self.table.exercise.slug, self.table.event.slug]

    def additions(self) -> list[dict[str, Any]]:
        """Return what would be added to each sheet, under the words of its parts."""
        return [
            {
                "number": addition.number,
                "known": addition.known,
                "parts": [(self.heading(part), texts) for part, texts in addition.added.items()],
            }
            for addition in (self.foretold.additions if self.foretold else ())
        ]

    def heading(self, part: int | str) -> str:
        """Return what a part of the sheet is called."""
        return str(self.table.questions[part]) if isinstance(part, int) else HEADINGS[part]
