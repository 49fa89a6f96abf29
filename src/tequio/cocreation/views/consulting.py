"""The working pages of the consultation: opening it, and answering each proposal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods, require_safe

from tequio.accounts.views.answers import found
from tequio.cocreation.enums import RUN_CONSULTATION
from tequio.cocreation.forms.problems import (
    DECLINE,
    GROUP,
    HIDE,
    MERGE,
    AnswerForm,
    ConsultationForm,
    EarlyCloseForm,
    written,
)
from tequio.cocreation.queries.problems import SHEET, answerable, consultation_of, figures_of, problems_at_work
from tequio.cocreation.queries.themes import themes_to_group
from tequio.cocreation.views.themes import within_reach
from tequio.cocreation.workflows import (
    change_consultation,
    close_consultation,
    decline_problem,
    group_problem,
    hide_problem,
    merge_problem,
    open_consultation,
    reopen_problem,
)
from tequio.exercises.views.answers import sheet_of
from tequio.kernel.access import requires
from tequio.kernel.clock import database_now
from tequio.kernel.filtering import SHEET as ASKED_SHEET
from tequio.kernel.filtering import Asked, explains_bad_addresses
from tequio.kernel.refusal import Refused, attempt
from tequio.kernel.windows import WindowState

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser
    from django.http import HttpRequest, HttpResponse

    from tequio.accounts.models import User
    from tequio.cocreation.models import Problem, ProblemConsultation

FORM = ["GET", "HEAD", "POST"]
PARAMETERS: Final = {ASKED_SHEET: "hoja"}


@requires(RUN_CONSULTATION)
@require_safe
@explains_bad_addresses
def work_problems(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who runs an exercise what was proposed in its consultation, what waits first."""
    exercise = within_reach(request, slug, RUN_CONSULTATION)
    asked = Asked(request, PARAMETERS)
    number = asked.sheet()
    consultation = consultation_of(request.user, slug)
    if consultation is None:
        asked.hold_sheet(number, 1)
        return render(request, "cocreation/problems/work.html", {"exercise": exercise})
    figures = figures_of(consultation)
    last = -(-figures.total // SHEET)
    asked.hold_sheet(number, last)
    told = {
        "exercise": exercise,
        "consultation": consultation,
        "stands": consultation.window.state_at(timezone.now()).value,
        "figures": figures,
        "problems": problems_at_work(consultation)[(number - 1) * SHEET : number * SHEET],
        "sheet": sheet_of(asked, number, last, figures.total, "propuestas"),
    }
    return render(request, "cocreation/problems/work.html", told)


@requires(RUN_CONSULTATION)
@require_http_methods(FORM)
def consultation(request: HttpRequest, slug: str) -> HttpResponse:
    """Open the consultation of an exercise, or change it while that can be done."""
    exercise = within_reach(request, slug, RUN_CONSULTATION)
    row = consultation_of(request.user, slug)
    if row and row.window.state_at(timezone.now()) is WindowState.CLOSED:
        return to_work(slug)
    form = ConsultationForm(request.POST or None, initial=shown(row) if row else {})

    def act() -> ProblemConsultation:
        if row:
            return change_consultation(row, form.terms, by=request.user)
        return open_consultation(exercise, form.terms, by=request.user, at=database_now())

    if request.method == "POST" and form.is_valid() and attempt(form, act) is not None:
        return to_work(slug)
    told = {"exercise": exercise, "consultation": row, "form": form, "back": work_address(slug)}
    return render(request, "cocreation/problems/terms.html", told)


def shown(row: ProblemConsultation) -> dict[str, object]:
    """Return a consultation as its form shows it, its hours in those of the place."""
    told = written(row)
    return {**told, **{name: localtime(told[name]) for name in ("opens_at", "closes_at")}}


@requires(RUN_CONSULTATION)
@require_http_methods(FORM)
def close(request: HttpRequest, slug: str) -> HttpResponse:
    """Close the consultation before its time, with the reason."""
    exercise = within_reach(request, slug, RUN_CONSULTATION)
    row = found(consultation_of(request.user, slug))
    if not row.window.contains(timezone.now()):
        return to_work(slug)
    form = EarlyCloseForm(request.POST or None)

    def act() -> ProblemConsultation:
        return close_consultation(row, form.cleaned_data["reason"], by=request.user)

    if request.method == "POST" and form.is_valid() and attempt(form, act) is not None:
        return to_work(slug)
    told = {"exercise": exercise, "consultation": row, "form": form, "back": work_address(slug)}
    return render(request, "cocreation/problems/close.html", told)


@requires(RUN_CONSULTATION)
@require_http_methods(FORM)
def answer(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show a proposal to who answers it, and note the answer."""
    exercise = within_reach(request, slug, RUN_CONSULTATION)
    row = found(problems_at_work(found(consultation_of(request.user, slug))).filter(number=number).first())
    form = AnswerForm(row, themes_to_group(exercise), request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: answered(row, form, by=request.user, at=timezone.now()))
        if done is not None:
            return to_work(slug)
    others = answerable(row)[:SHEET]
    told = {"exercise": exercise, "problem": row, "form": form, "others": others, "back": work_address(slug)}
    return render(request, "cocreation/problems/answer.html", told)


def answered(row: Problem, form: AnswerForm, *, by: User | AnonymousUser, at: datetime) -> Problem:
    """Give a proposal the answer that was chosen."""
    said = form.cleaned_data
    if said["answer"] == GROUP:
        return group_problem(row, form.themes[said["theme"]], by=by, at=at)
    if said["answer"] == MERGE:
        into = answerable(row).filter(number=said["into"]).first()
        if into is None:
            raise Refused("No hay otra propuesta con ese número que se lea y no esté unida a una más.")
        return merge_problem(row, into, by=by, at=at)
    if said["answer"] == DECLINE:
        return decline_problem(row, said["reason"], by=by, at=at)
    if said["answer"] == HIDE:
        return hide_problem(row, said["reason"], by=by, at=at)
    return reopen_problem(row, by=by, at=at)


def work_address(slug: str) -> str:
    """Return where the consultation is worked on."""
    return reverse("cocreation:work_problems", args=[slug])


def to_work(slug: str) -> HttpResponse:
    """Lead to the working list of proposals."""
    return redirect("cocreation:work_problems", slug)
