"""The public pages of the consultation: its list, each proposal, and the open forms without an account."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from allauth.core.ratelimit import consume, respond_429
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tequio.accounts.views.answers import found
from tequio.accounts.views.limits import limited
from tequio.cocreation.enums import SHOWN, SUPPORTABLE, ProblemStatus
from tequio.cocreation.forms.problems import ProblemForm, SupportForm
from tequio.cocreation.models import Theme
from tequio.cocreation.queries.problems import (
    RECENT,
    SHEET,
    consultation_of,
    figures_of,
    listed_problems,
    problem_of,
    problem_shown,
    support_of,
    with_supports,
)
from tequio.cocreation.workflows import (
    ask_to_support,
    confirm_problem,
    confirm_support,
    propose_problem,
    withdraw_problem,
    withdraw_support,
)
from tequio.exercises.models import Exercise
from tequio.exercises.views.answers import sheet_of
from tequio.governance.views.answers import trail
from tequio.kernel.access import open_form, public
from tequio.kernel.components import Choice, Filter
from tequio.kernel.filtering import SHEET as ASKED_SHEET
from tequio.kernel.filtering import Asked, explains_bad_addresses
from tequio.kernel.pagecache import cached_page
from tequio.kernel.refusal import Refused
from tequio.kernel.windows import WindowState

if TYPE_CHECKING:
    import datetime as dt

    from django.http import HttpRequest, HttpResponse

    from tequio.cocreation.models import Problem, ProblemConsultation

FORM = ["GET", "HEAD", "POST"]
THEME, STATUS, ORDER = "tematica", "estado", "orden"
PARAMETERS: Final = {THEME: "temática", STATUS: "estado", ORDER: "orden", ASKED_SHEET: "hoja"}
STATUSES: Final = {
    "sin-respuesta": ProblemStatus.PENDING,
    "agrupadas": ProblemStatus.GROUPED,
    "no-tomadas": ProblemStatus.DECLINED,
    "unidas": ProblemStatus.MERGED,
    "ocultas": ProblemStatus.HIDDEN,
}
FRESH: Final = timedelta(minutes=1)
"""How old the counts of a kept page may be: a support drops no page, or each would have all made anew."""


def next_minute(_request: HttpRequest) -> dt.datetime:
    """Return when a page of the consultation is made anew: its counts move, and it opens and closes by itself."""
    return timezone.now() + FRESH


@public
@require_safe
@cached_page(parameters=PARAMETERS, fresh_until=next_minute)
@explains_bad_addresses
def problems(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what people proposed, how many support it and what became of it; or that there is no consultation."""
    asked = Asked(request, PARAMETERS)
    consultation = consultation_of(None, slug)
    if consultation is None:
        asked.settle()
        exercise = get_object_or_404(Exercise.objects.visible_to(None), slug=slug)
        told = {"exercise": exercise, "trail": trail(exercise, "Problemas públicos")}
        return render(request, "cocreation/problems/none.html", told)
    exercise = consultation.exercise
    themes = dict(Theme.objects.visible_to(None).filter(exercise=exercise).values_list("key", "name"))
    theme, status = asked.one_of(THEME, themes), asked.one_of(STATUS, STATUSES)
    order, number = asked.one_of(ORDER, [RECENT]), asked.sheet()
    asked.settle()
    rows = listed_problems(None, consultation, theme=theme, status=STATUSES.get(status, ""))
    figures = figures_of(consultation)
    total = rows.count() if theme or status else figures.total
    last = -(-total // SHEET)
    asked.hold_sheet(number, last)
    told = {
        "exercise": exercise,
        "consultation": consultation,
        "stands": consultation.window.state_at(timezone.now()).value,
        "figures": figures,
        "problems": with_supports(rows, order)[(number - 1) * SHEET : number * SHEET],
        "filters": filters(themes, theme, status, order),
        "active": asked.active({THEME: themes.get(theme, ""), STATUS: named(status)}),
        "sheet": sheet_of(asked, number, last, total, "propuestas"),
        "trail": trail(exercise, "Problemas públicos"),
    }
    return render(request, "cocreation/problems/list.html", told)


def named(status: str) -> str:
    """Return a state in words, or nothing."""
    return str(STATUSES[status].label) if status else ""


def filters(themes: dict[str, str], theme: str, status: str, order: str) -> list[Filter]:
    """Return the filters of the list: by theme, where there is any, by state, and the order."""
    by_theme = [Filter(THEME, "Temática", tuple(Choice(key, name) for key, name in themes.items()), theme)]
    states = tuple(Choice(word, str(state.label)) for word, state in STATUSES.items())
    orders = (Choice(RECENT, "Las más recientes primero"),)
    return [
        *(by_theme if themes else []),
        Filter(STATUS, "Qué pasó con ella", states, status),
        Filter(ORDER, "Orden (si no eliges: las más apoyadas primero)", orders, order),
    ]


@public
@require_safe
@cached_page(fresh_until=next_minute)
def problem(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show a proposal and what became of it."""
    row = found(problem_shown(None, slug, number))
    exercise = row.exercise
    told = {
        "exercise": exercise,
        "problem": row,
        "merged": row.merged.filter(status=ProblemStatus.MERGED).order_by("number"),
        "takes_support": row.status in SUPPORTABLE and row.consultation.window.contains(timezone.now()),
        "trail": trail(
            exercise, "Problemas públicos", row.heading, **{"Problemas públicos": row.consultation.get_absolute_url()}
        ),
    }
    return render(request, "cocreation/problems/problem.html", told)


@open_form
@require_http_methods(FORM)
@limited
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    """Propose a problem; the same answer whoever writes, so that nobody learns what an address proposed."""
    consultation = found(consultation_of(None, slug))
    if not consultation.window.contains(timezone.now()):
        return closed(request, consultation)
    form = ProblemForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            propose_problem(consultation, form.words, form.cleaned_data["email"])
        except Refused as why:
            form.add_error(None, str(why))
        else:
            return sent(request, consultation)
    return render(request, "cocreation/problems/propose.html", {"consultation": consultation, "form": form})


@open_form
@require_http_methods(FORM)
@limited
def support(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Support a problem: a message brings the link that makes it count."""
    row = found(problem_shown(None, slug, number))
    consultation = row.consultation
    if not consultation.window.contains(timezone.now()):
        return closed(request, consultation)
    form = SupportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if not consume(request, action="support_problem", key=f"{consultation.pk}:{email}"):
            refused: HttpResponse = respond_429(request)
            return refused
        try:
            ask_to_support(row, email)
        except Refused as why:
            form.add_error(None, str(why))
        else:
            return sent(request, consultation, row)
    return render(request, "cocreation/problems/support.html", {"problem": row, "form": form})


@open_form
@require_http_methods(FORM)
def own_problem(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Show somebody their proposal by its secret link: they confirm it, follow it and take it back."""
    told: dict[str, Any] = {}
    if request.method == "POST":
        try:
            if "withdraw" in request.POST:
                withdraw_problem(slug, token, at=timezone.now())
                told["is_withdrawn"] = True
            else:
                confirm_problem(slug, token)
        except Refused as why:
            told["why"] = str(why)
    row = problem_of(slug, token)
    return personal(request, slug, "own.html", row, told)


@open_form
@require_http_methods(FORM)
def own_support(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Let the holder of a secret link confirm their support, and take it back."""
    told: dict[str, Any] = {}
    if request.method == "POST":
        try:
            if "withdraw" in request.POST:
                withdraw_support(slug, token)
                told["is_withdrawn"] = True
            else:
                confirm_support(slug, token)
        except Refused as why:
            told["why"] = str(why)
    row, digest = support_of(slug, token) or (None, "")
    told["counts"] = bool(row and row.supports.filter(address_hash=digest).exists())
    return personal(request, slug, "own_support.html", row if row and row.status in SHOWN else None, told)


def personal(request: HttpRequest, slug: str, page: str, row: Problem | None, told: dict[str, Any]) -> HttpResponse:
    """Return a page that only a secret link opens; its status says whether what was asked was done."""
    status = HTTPStatus.OK if row or told.get("is_withdrawn") else HTTPStatus.NOT_FOUND
    if "why" in told and row:
        status = HTTPStatus.CONFLICT
    consultation = found(consultation_of(None, slug))
    told |= {"problem": row, "consultation": consultation, "exercise": consultation.exercise}
    return render(request, f"cocreation/problems/{page}", told, status=status)


def sent(request: HttpRequest, consultation: ProblemConsultation, row: Problem | None = None) -> HttpResponse:
    """Answer that a message was sent, with the same words whatever was done."""
    told = {"consultation": consultation, "problem": row, "exercise": consultation.exercise}
    return render(request, "cocreation/problems/sent.html", told)


def closed(request: HttpRequest, consultation: ProblemConsultation) -> HttpResponse:
    """Answer that a consultation takes nothing now, and why."""
    is_upcoming = consultation.window.state_at(timezone.now()) is WindowState.UPCOMING
    told = {"consultation": consultation, "is_upcoming": is_upcoming, "exercise": consultation.exercise}
    return render(request, "cocreation/problems/closed.html", told, status=HTTPStatus.CONFLICT)
