"""The review of a table's commitment: the page of who asks for verdicts, and the one that an office's link opens."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tequio.cocreation.enums import PREPARE_TABLE, Aspect
from tequio.cocreation.forms.viability import AskForm, VerdictForm
from tequio.cocreation.queries.differences import differences
from tequio.cocreation.queries.viability import months_of, path_of, review_of_token, table_with_path
from tequio.cocreation.views.answers import answered, table_at_work, work_trail
from tequio.cocreation.workflows import ask_verdict, give_verdict
from tequio.kernel.access import open_form, requires
from tequio.kernel.refusal import when_sent

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from tequio.cocreation.queries.viability import Path

FORM = ["GET", "HEAD", "POST"]


@requires(PREPARE_TABLE)
@require_http_methods(FORM)
def run_viability(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show who judges each aspect of a table's commitment and what they said, and ask an office."""
    table, by = table_at_work(request, slug, key, PREPARE_TABLE, "closed_texts", "viability__verdicts")
    path = path_of(table)
    first = next((judged.aspect for judged in path.aspects if judged.review is None), Aspect.LEGAL)
    form = AskForm(request.POST or None, initial={"aspect": first})
    return answered(
        request,
        form,
        lambda: ask_verdict(table, form.asked, by=by, at=timezone.now()),
        request.path,
        "cocreation/viability/run.html",
        table=table,
        path=path,
        trail=work_trail(table.exercise, table, "Viabilidad"),
    )


@open_form
@require_http_methods(FORM)
def judge(request: HttpRequest, token: str) -> HttpResponse:
    """Show an office the text that it judges, by its link, and take its verdict."""
    review = review_of_token(token, at=timezone.now())
    if review is None:
        return render(request, "cocreation/viability/gone.html", status=HTTPStatus.NOT_FOUND)
    path = table_with_path(review.table)
    mine = next(judged for judged in path.aspects if judged.aspect == review.aspect)
    before = {"judgement": mine.last.judgement, "reasons": mine.last.reasons} if mine.last else {}
    form = VerdictForm(request.POST or None, initial=before)

    def send() -> HttpResponse:
        given = form.cleaned_data
        give_verdict(token, given["judgement"], given["reasons"], at=timezone.now())
        return redirect("cocreation:judge", token)

    told = {"review": review, "aspect": Aspect(review.aspect), "path": path, "mine": mine, "form": form}
    told |= {"months": months_of(review.table.exercise), "changes": changes_of(path)}
    return when_sent(request, form, send) or render(
        request, "cocreation/viability/judge.html", told, status=409 if form.non_field_errors() else 200
    )


def changes_of(path: Path) -> list[object]:
    """Return how the definitive text differs from the preliminary one."""
    if not path.preliminary or not path.definitive:
        return []
    return list(differences(path.preliminary.text, path.definitive.text))
