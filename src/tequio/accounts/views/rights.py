"""The pages on which a person asks about their own data without an account, and the guarantor's staff answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tequio.accounts.enums import ANSWER_REQUEST, RightKind, RightOutcome, RightProof, RightStatus
from tequio.accounts.forms.rights import AnswerForm, RightsForm
from tequio.accounts.models import User
from tequio.accounts.queries import guarantors, request_of, rights_within_reach
from tequio.accounts.views.answers import person
from tequio.accounts.views.limits import limited
from tequio.accounts.workflows import (
    Requester,
    Wish,
    answer_request,
    ask_rights,
    prove_request,
    prove_request_in_person,
    withdraw_request,
)
from tequio.kernel.access import open_form, requires
from tequio.kernel.clock import today
from tequio.kernel.refusal import Refused, when_sent

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def verified_email(request: HttpRequest) -> str:
    """Return the address that whoever entered has shown to be theirs, or nothing."""
    if not isinstance(request.user, User):
        return ""
    shown = EmailAddress.objects.get_verified(request.user)
    return shown.email if shown else ""


@open_form
@require_http_methods(["GET", "HEAD", "POST"])
@limited
def ask(request: HttpRequest) -> HttpResponse:
    """Ask to see, correct or erase one's data, or that they not be used."""
    chosen = request.GET.get("derecho", "")
    initial = {"email": verified_email(request), "kind": chosen if chosen in RightKind.values else ""}
    form = RightsForm(guarantors(today()), request.POST or None, initial=initial)

    def send() -> HttpResponse:
        said = form.cleaned_data
        kind, proof = RightKind(said["kind"]), RightProof(said["proof"])
        wish = Wish(kind, said["text"], said["organization"], said["email"], proof)
        asked = ask_rights(wish, verified_email=verified_email(request), by=request.user, at=timezone.now())
        if asked.request.account:
            return redirect("your_data")
        if asked.request.email or not asked.token:
            return redirect("rights_sent", folio=asked.request.folio)
        return redirect("rights_request", token=asked.token)

    return when_sent(request, form, send) or render(request, "accounts/rights/ask.html", {"form": form})


@open_form
@require_safe
def sent(request: HttpRequest, folio: str) -> HttpResponse:
    """Say what comes next; of the request itself only its folio is told, for anybody may open this address."""
    return render(request, "accounts/rights/sent.html", {"folio": folio.upper()})


@open_form
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """Show a request to whoever holds its secret, who may confirm it or take it back."""
    found = request_of(token)
    if found is None:
        return render(request, "accounts/rights/follow.html", {"request_found": None}, status=404)
    said = request.POST.get("que", "")
    if request.method == "POST":
        verb = withdraw_request if said == "retirar" else prove_request
        try:
            verb(found, by=Requester(token), at=timezone.now())
        except Refused as refused:
            return render(request, "accounts/rights/follow.html", {"request_found": found, "why": refused}, status=409)
        return redirect("rights_request", token=token)
    return render(request, "accounts/rights/follow.html", {"request_found": found, "today": today()})


@requires(ANSWER_REQUEST)
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Show the requests that wait for the guarantor, the first due first, and the last ones answered."""
    within = rights_within_reach(person(request), today())
    shown = {
        "waiting": [(found, found.is_late(today())) for found in within.filter(status=RightStatus.RECEIVED)],
        "unproven": within.filter(status=RightStatus.UNPROVEN, proof=RightProof.IN_PERSON),
        "answered": within.filter(status=RightStatus.ANSWERED).order_by("-answered_at")[:50],
    }
    return render(request, "accounts/rights/inbox.html", shown)


@requires(ANSWER_REQUEST)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, folio: str) -> HttpResponse:
    """Show a request to the guarantor's staff, who answer it, or note that its person came."""
    viewer = person(request)
    found = get_object_or_404(rights_within_reach(viewer, today()), folio=folio)
    if found.status == RightStatus.UNPROVEN and found.proof != RightProof.IN_PERSON:
        raise Http404  # nobody has shown that it is theirs: it is nobody's to read
    form = AnswerForm(request.POST if "outcome" in request.POST else None)
    why = ""
    try:
        if request.method == "POST" and not form.is_bound:
            prove_request_in_person(found, by=viewer, at=timezone.now())
            return redirect("rights_answer", folio=folio)
        if form.is_bound and form.is_valid():
            outcome = RightOutcome(form.cleaned_data["outcome"])
            answer_request(found, outcome, form.cleaned_data["answer"], by=viewer, at=timezone.now())
            return redirect("rights_answer", folio=folio)
    except Refused as refused:
        why = str(refused)
    facts = {"form": form, "request_found": found, "is_late": found.is_late(today()), "why": why}
    return render(request, "accounts/rights/answer.html", facts, status=409 if why else 200)
