"""The pages of who reviews the answers to a call."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tequio.accounts.views.answers import found
from tequio.exercises.enums import REVIEW_APPLICATION, RUN_EXERCISE, ApplicationState, CallState
from tequio.exercises.forms.applications import ReviewForm
from tequio.exercises.models import Application
from tequio.exercises.queries.calls import application_by, applications_of, likenesses
from tequio.exercises.views.answers import run_call, sheet_of
from tequio.exercises.views.running import standing, trail
from tequio.exercises.workflows import accept_application, decline_application, return_application
from tequio.kernel.access import requires
from tequio.kernel.attachments import answer_with
from tequio.kernel.cells import as_text, guarded
from tequio.kernel.clock import database_now
from tequio.kernel.components import Choice, Filter, Link
from tequio.kernel.exports import BOM
from tequio.kernel.filtering import SHEET, Asked, explains_bad_addresses
from tequio.kernel.refusal import when_sent

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import FileResponse, HttpRequest

    from tequio.exercises.models import Call

SHOWN: Final = {value: str(label) for value, label in ApplicationState.choices if value != ApplicationState.WITHDRAWN}
COLUMNS: Final = (
    *("folio", "estado", "sector", "organizacion", "persona", "cargo", "texto", "correo"),
    *("enviada", "corregida", "decidida", "motivo"),
)


@requires(RUN_EXERCISE)
@require_safe
@explains_bad_addresses
def work_call(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show a call to who runs it: how it stands, what can be done with it, and its answers by state."""
    call = run_call(request, slug, key)
    asked = Asked(request, {"estado": "estado", SHEET: "hoja"})
    state, sheet = asked.one_of("estado", SHOWN), asked.sheet()
    asked.settle()
    shown = applications_of(call, request.user, state=state, sheet=sheet)
    asked.hold_sheet(sheet, shown.last_sheet)
    at = timezone.now()
    told = {
        "call": call,
        "exercise": call.exercise,
        "standing": standing(call, at),
        "may_extend": call.state == CallState.PUBLISHED and call.closes_at is not None and at < call.closes_at,
        "may_close": call.state == CallState.PUBLISHED and call.opens_at is not None and at >= call.opens_at,
        "shown": shown,
        "waiting": shown.counts.get(ApplicationState.SUBMITTED, 0),
        "filters": [
            Filter(
                "estado", "Estado", tuple(Choice(v, name, shown.counts.get(v, 0)) for v, name in SHOWN.items()), state
            )
        ],
        "active": asked.active({"estado": SHOWN.get(state, "")}),
        "sheet": sheet_of(asked, sheet, shown.last_sheet, shown.total, "solicitudes"),
        "trail": trail(call.exercise, Link(call.title)),
    }
    return render(request, "exercises/work/call.html", told)


@requires(REVIEW_APPLICATION)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, slug: str, key: str, folio: str) -> HttpResponse:
    """Show an answer to a call, and decide on it."""
    call = run_call(request, slug, key)
    application = found(application_by(folio, call, request.user))
    form = ReviewForm(request.POST or None)

    def send() -> Application:
        return decide(application, form, request, at=database_now())

    if when_sent(request, form, send):
        return redirect("exercises:work_call", slug, key)
    told = {
        "call": call,
        "exercise": call.exercise,
        "application": application,
        "form": form,
        "is_own": application.account_id == request.user.pk,
        "is_decidable": application.state in {ApplicationState.SUBMITTED, ApplicationState.RETURNED},
        "likenesses": list(likenesses(application)[:5]),
        "trail": trail(
            call.exercise, Link(call.title, reverse("exercises:work_call", args=[slug, key])), Link(application.folio)
        ),
    }
    return render(request, "exercises/work/review.html", told)


def decide(application: Application, form: ReviewForm, request: HttpRequest, *, at: datetime) -> Application:
    """Run the verb of the decision that was chosen."""
    decision, reason = form.cleaned_data["decision"], form.cleaned_data["reason"]
    if decision == ApplicationState.ACCEPTED:
        return accept_application(application, by=request.user, at=at)
    if decision == ApplicationState.DECLINED:
        return decline_application(application, reason=reason, by=request.user, at=at)
    return return_application(application, reason=reason, mend_by=form.mend_by or at, by=request.user, at=at)


@requires(RUN_EXERCISE)
@require_safe
def reviewed_picture(request: HttpRequest, slug: str, key: str, folio: str) -> FileResponse:
    """Send the picture of an answer to who reviews it."""
    application = found(application_by(folio, run_call(request, slug, key), request.user))
    return answer_with(found(application.picture), shown=True)


@requires(RUN_EXERCISE)
@require_safe
def applications_file(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Give the answers to a call as CSV, to who runs the exercise and to nobody else."""
    call = run_call(request, slug, key)
    response = HttpResponse(table(call, request), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="solicitudes-{slug}-{key}.csv"'
    return response


def table(call: Call, request: HttpRequest) -> bytes:
    """Return the answers to a call as CSV that a spreadsheet opens well and runs nothing of."""
    rows = Application.objects.visible_to(request.user).filter(call=call).exclude(state=ApplicationState.WITHDRAWN)
    written = io.StringIO()
    out = csv.writer(written)
    out.writerow(COLUMNS)
    for row in rows.select_related("account").order_by("submitted_at", "pk").iterator():
        texts = (row.folio, row.get_state_display(), row.get_sector_display(), row.name, row.person_name, row.post)
        instants = (row.submitted_at, row.amended_at, row.decided_at)
        out.writerow(
            [
                *(guarded(str(text)) for text in (*texts, row.words, row.account.email)),
                *(as_text(instant) if instant else "" for instant in instants),
                guarded(row.reason),
            ]
        )
    return BOM + written.getvalue().encode()
