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

from tequio.accounts.views.answers import person, unless_refused
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
from tequio.kernel.components import Link
from tequio.kernel.refusal import when_sent

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from tequio.accounts.models import User

KINDS: Final = {
    "representantes": ElectionKind.REPRESENTATIVES,
    "facilitacion": ElectionKind.FACILITATOR,
    "consulta": ElectionKind.POLL,
}
METHODS: Final = ["GET", "HEAD", "POST"]


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
    return when_sent(request, form, draft) or render(request, "governance/elections/terms.html", shown)


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
    return when_sent(request, form, change) or render(request, "governance/elections/terms.html", shown)


@requires(DRAFT_ELECTION)
@require_http_methods(METHODS)
def work(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show an election to who runs it: what is missing, who stands, and what comes next."""
    election, at = mine(request, slug, number), timezone.now()
    form = CandidateForm(election, request.POST or None)

    def add() -> HttpResponse:
        add_candidate(election, by=person(request), **form.cleaned_data)
        return redirect("governance:election_work", slug, number)

    if answer := when_sent(request, form, add):
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

    def go() -> HttpResponse:
        discard_election(election, by=person(request))
        return redirect("governance:elections_work", slug)

    return unless_refused(request, go, over=election.question, back=way_back(election))


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
    return when_sent(request, form, go) or render(request, "governance/elections/call.html", shown)


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
    return when_sent(request, form, go) or render(request, "governance/elections/annul.html", shown)


def acted(request: HttpRequest, slug: str, number: int, act: Callable[[User], object]) -> HttpResponse:
    """Do what a button asks and go back to the election's page, or say why not."""
    election = mine(request, slug, number)

    def go() -> HttpResponse:
        act(person(request))
        return redirect("governance:election_work", slug, number)

    return unless_refused(request, go, over=election.question, back=way_back(election))


def way_back(election: Election) -> Link:
    """Return the way back to the working page of an election."""
    address = reverse("governance:election_work", args=[election.exercise.slug, election.number])
    return Link("Volver a la elección", address)
