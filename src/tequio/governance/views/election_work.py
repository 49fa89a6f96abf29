"""Where the guarantor's staff and a municipality's liaison prepare, call, count and annul elections."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tequio.accounts.models import User
from tequio.exercises.models import Exercise, Registration
from tequio.governance.enums import (
    ANNUL_ELECTION,
    CLOSE_ELECTION,
    DRAFT_ELECTION,
    OPEN_ELECTION,
    ElectionKind,
    ElectionState,
)
from tequio.governance.forms.elections import AnnulForm, CallForm, CandidateForm, TermsForm, first_question
from tequio.governance.models import Candidate, Election
from tequio.governance.queries.elections import accounts_called, status_at
from tequio.governance.workflows import (
    add_candidate,
    annul_election,
    close_election,
    discard_election,
    draft_election,
    open_election,
    remove_candidate,
    revise_election,
)
from tequio.kernel.access import requires
from tequio.kernel.clock import today
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

KINDS: Final = {
    "representantes": ElectionKind.REPRESENTATIVES,
    "facilitacion": ElectionKind.FACILITATOR,
    "consulta": ElectionKind.POLL,
}
METHODS: Final = ["GET", "HEAD", "POST"]


def person(request: HttpRequest) -> User:
    """Return who asks; the pages below are never anybody's who did not enter."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def run(request: HttpRequest, slug: str) -> Exercise:
    """Return an exercise whose elections the viewer runs, or answer that there is none."""
    viewer = person(request)
    exercises = Exercise.objects.visible_to(viewer).select_related("jurisdiction__parent")
    exercise = get_object_or_404(exercises, slug=slug)
    if not viewer.has_perm(DRAFT_ELECTION, exercise):
        raise Http404
    return exercise


def mine(request: HttpRequest, slug: str, number: int) -> Election:
    """Return an election that the viewer runs, drafts too."""
    exercise = run(request, slug)
    election = get_object_or_404(Election.objects.select_related("body", "previous"), exercise=exercise, number=number)
    election.exercise = exercise
    if not person(request).has_perm(DRAFT_ELECTION, election):
        raise Http404
    return election


@requires(DRAFT_ELECTION)
@require_safe
def work_list(request: HttpRequest, slug: str) -> HttpResponse:
    """List the elections that one runs in an exercise, and begin another."""
    exercise, at = run(request, slug), timezone.now()
    elections = [(each, status_at(each, at)) for each in Election.objects.filter(exercise=exercise)]
    offered = [
        (path, kind.label)
        for path, kind in KINDS.items()
        if person(request).has_perm(DRAFT_ELECTION, Election(exercise=exercise, kind=kind))
    ]
    shown = {"exercise": exercise, "elections": elections, "kinds": offered}
    return render(request, "governance/elections/work_list.html", shown)


@requires(DRAFT_ELECTION)
@require_http_methods(METHODS)
def new(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Begin an election of a kind."""
    if kind not in KINDS:
        raise Http404
    exercise, begins = run(request, slug), timezone.localtime().replace(minute=0, second=0) + timedelta(days=1)
    initial = {
        "question": first_question(KINDS[kind], exercise),
        "opens_at": begins,
        "closes_at": begins + timedelta(days=2),
        "sector": "civil_society",
    }
    form = TermsForm(KINDS[kind], request.POST or None, initial=initial)

    def draft() -> HttpResponse:
        made = draft_election(exercise, form.terms(), by=person(request), at=timezone.now())
        return redirect("governance:election_work", slug, made.number)

    shown = {"form": form, "exercise": exercise, "heading": f"Preparar: {KINDS[kind].label.lower()}"}
    return answered(request, form, draft) or render(request, "governance/elections/terms.html", shown)


@requires(DRAFT_ELECTION)
@require_http_methods(METHODS)
def revise(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Change the terms of a draft."""
    election = mine(request, slug, number)
    initial = {name: getattr(election, name) for name in TermsForm.base_fields}
    form = TermsForm(election.kind, request.POST or None, initial=initial)

    def change() -> HttpResponse:
        revise_election(election, form.terms(), by=person(request), at=timezone.now())
        return redirect("governance:election_work", slug, number)

    shown = {"form": form, "exercise": election.exercise, "heading": "Cambiar las reglas", "election": election}
    return answered(request, form, change) or render(request, "governance/elections/terms.html", shown)


@requires(DRAFT_ELECTION)
@require_http_methods(METHODS)
def work(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show an election to who runs it: what is missing, who stands, and what comes next."""
    election, at = mine(request, slug, number), timezone.now()
    form = CandidateForm(election, request.POST or None)

    def add() -> HttpResponse:
        add_candidate(election, by=person(request), **form.cleaned_data)
        return redirect("governance:election_work", slug, number)

    if answer := answered(request, form, add):
        return answer
    shown = {"election": election, "form": form, "status": status_at(election, at), **roll_words(election)}
    shown["may_annul"] = person(request).has_perm(ANNUL_ELECTION, election)
    shown["is_draft"] = election.state == ElectionState.DRAFT
    shown["candidates"] = election.candidates.select_related("registration__organization")
    return render(request, "governance/elections/work.html", shown)


def roll_words(election: Election) -> dict[str, Any]:
    """Return how many would be on the roll if the election were called today, of how many members."""
    if election.state != ElectionState.DRAFT or election.kind == ElectionKind.POLL or election.previous_id:
        return {}
    members = Registration.objects.filter(exercise=election.exercise, sector=election.sector).count()
    return {"voters": len(accounts_called(election, today())), "members": members}


@requires(DRAFT_ELECTION)
@require_POST
def remove(request: HttpRequest, slug: str, number: int, candidate: int) -> HttpResponse:
    """Take a name off the ballot."""
    found = get_object_or_404(Candidate, election=mine(request, slug, number), pk=candidate)
    return acted(request, slug, number, lambda by: remove_candidate(found, by=by))


@requires(DRAFT_ELECTION)
@require_POST
def discard(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Throw a draft away."""
    election = mine(request, slug, number)
    try:
        discard_election(election, by=person(request))
    except Refused as refused:
        return refusal(request, election, refused)
    return redirect("governance:elections_work", slug)


@requires(OPEN_ELECTION)
@require_http_methods(METHODS)
def call(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Call an election, after reading what stops changing; the codes of a poll are shown here and nowhere else."""
    election = mine(request, slug, number)
    form = CallForm(election, request.POST if request.method == "POST" else None)

    def go() -> HttpResponse:
        called = open_election(election, **form.cleaned_data, by=person(request), at=timezone.now())
        if called.codes:
            place = settings.SITE_ADDRESS + reverse("governance:paper", args=[slug, number])
            slips = {"election": election, "codes": called.codes, "address_to_vote": place}
            return render(request, "governance/elections/codes.html", slips)
        return redirect("governance:election_work", slug, number)

    shown = {"form": form, "election": election, **roll_words(election)}
    return answered(request, form, go) or render(request, "governance/elections/call.html", shown)


@requires(CLOSE_ELECTION)
@require_POST
def close(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Count an election that ended."""
    election = mine(request, slug, number)
    return acted(request, slug, number, lambda by: close_election(election, by=by, at=timezone.now()))


@requires(ANNUL_ELECTION)
@require_http_methods(METHODS)
def annul(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Annul an election, with the reason that is published."""
    election = mine(request, slug, number)
    form = AnnulForm(request.POST or None)

    def go() -> HttpResponse:
        annul_election(election, reason=form.cleaned_data["reason"], by=person(request), at=timezone.now())
        return redirect("governance:election_work", slug, number)

    shown = {"form": form, "election": election}
    return answered(request, form, go) or render(request, "governance/elections/annul.html", shown)


def answered(request: HttpRequest, form: Form, act: Callable[[], HttpResponse]) -> HttpResponse | None:
    """Return what a verb gives to a form that was sent, or nothing, with the refusal written on the form."""
    if request.method == "POST" and form.is_valid():
        try:
            return act()
        except Refused as refused:
            form.add_error(None, str(refused))
    return None


def acted(request: HttpRequest, slug: str, number: int, act: Callable[[User], object]) -> HttpResponse:
    """Do what a button asks and go back to the election's page, or say why not."""
    try:
        act(person(request))
    except Refused as refused:
        return refusal(request, mine(request, slug, number), refused)
    return redirect("governance:election_work", slug, number)


def refusal(request: HttpRequest, election: Election, refused: Refused) -> HttpResponse:
    """Say why a button did nothing."""
    return render(request, "governance/elections/refused.html", {"election": election, "why": refused}, status=409)
