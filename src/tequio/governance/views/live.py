"""The page of a session under way: it works by plain forms, on a phone, for whoever conducts it and whoever sits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tequio.governance.enums import ATTEND_SESSION, RUN_SESSION, SessionState
from tequio.governance.forms.sessions import AmendForm, NotesForm, PositionForm, ProposalForm, ReasonForm
from tequio.governance.models import Proposal, SeatTerm, Session
from tequio.governance.queries.pages import live_page, pending_agreements
from tequio.governance.views.answers import allowed, session_of_page
from tequio.governance.workflows import (
    amend_proposal,
    arrive,
    close_session,
    confirm_attendance,
    decide,
    declare_not_held,
    leave,
    open_session,
    put_to_decision,
    save_notes,
    take_position,
    withdraw_proposal,
)
from tequio.kernel.access import requires
from tequio.kernel.clock import today
from tequio.kernel.refusal import Refused, attempt

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.forms import Form
    from django.http import HttpRequest, HttpResponse, QueryDict

    from tequio.accounts.models import User

    Act = Callable[["Posted"], Form | None]


class Posted:
    """What was sent to a session: by whom, when, and with which words."""

    def __init__(self, session: Session, sent: QueryDict, by: User, at: datetime) -> None:
        self.session, self.sent, self.by, self.at = session, sent, by, at

    @property
    def who(self) -> dict[str, Any]:
        """Return who and when, as verbs ask for them."""
        return {"by": self.by, "at": self.at}

    @property
    def term(self) -> SeatTerm:
        """Return the term that was named, of this body."""
        related = SeatTerm.objects.select_related("seat__body__exercise", "seat__substitute_of")
        return get_object_or_404(related, seat__body=self.session.body_id, pk=self.number("term"))

    @property
    def proposal(self) -> Proposal:
        """Return the proposal that was named, of this session."""
        related = Proposal.objects.select_related("session__body__exercise")
        return get_object_or_404(related, session=self.session, pk=self.number("proposal"))

    def number(self, name: str) -> int:
        """Return a number that was sent, or one that nothing has."""
        text = self.sent.get(name, "")
        return int(text) if text.isascii() and text.isdecimal() and len(text) <= len("999999999") else 0


def arrives(posted: Posted) -> None:
    """Note an arrival."""
    arrive(posted.session, posted.term, is_remote="remote" in posted.sent, **posted.who)


def leaves(posted: Posted) -> None:
    """Note a departure."""
    leave(posted.session, posted.term, **posted.who)


def confirms(posted: Posted) -> None:
    """Say whether somebody will come."""
    will_come = posted.sent.get("will_come") == "yes"
    confirm_attendance(posted.session, posted.term, will_come=will_come, **posted.who)


def opens(posted: Posted) -> None:
    """Open the session."""
    open_session(posted.session, **posted.who)


def closes(posted: Posted) -> None:
    """Close the session."""
    close_session(posted.session, **posted.who)


def decides(posted: Posted) -> None:
    """Close the deliberation."""
    decide(posted.proposal, **posted.who)


def is_not_held(posted: Posted) -> Form | None:
    """Declare that the session is not held."""
    form = ReasonForm(posted.sent, auto_id="not-held-%s")
    return written(form, lambda said: declare_not_held(posted.session, reason=said["reason"], **posted.who))


def puts(posted: Posted) -> Form | None:
    """Put a text to the decision."""
    form = ProposalForm(posted.session, posted.sent, auto_id="proposal-%s")
    return written(form, lambda _said: put_to_decision(posted.session, form.asked, **posted.who))


def amends(posted: Posted) -> Form | None:
    """Change the text under deliberation."""
    form = AmendForm(posted.sent, auto_id="amend-%s")
    return written(form, lambda said: amend_proposal(posted.proposal, said["text"], **posted.who))


def withdraws(posted: Posted) -> Form | None:
    """Withdraw the text under deliberation."""
    form = ReasonForm(posted.sent, auto_id="withdraw-%s")
    return written(form, lambda said: withdraw_proposal(posted.proposal, reason=said["reason"], **posted.who))


def takes(posted: Posted) -> Form | None:
    """Take the position of a seat."""
    proposal = posted.proposal
    form = PositionForm(proposal, posted.sent, auto_id="position-%s")
    return written(
        form,
        lambda said: take_position(
            proposal, posted.term, form.chosen, reason=said["reason"], version=said["version"], **posted.who
        ),
    )


def notes(posted: Posted) -> Form | None:
    """Keep what is being written."""
    form = NotesForm(posted.sent, auto_id="notes-%s")
    return written(form, lambda said: save_notes(posted.session, said["notes"], version=said["version"], **posted.who))


def written(form: Form, verb: Callable[[dict[str, Any]], object]) -> Form | None:
    """Run a verb with what a form says; return the form if it was not accepted, with the reason."""
    if form.is_valid():
        attempt(form, lambda: verb(form.cleaned_data))
    return form if form.errors else None


ACTS: Final[dict[str, Act]] = {
    "arrive": arrives,
    "leave": leaves,
    "confirm": confirms,
    "open": opens,
    "close": closes,
    "decide": decides,
    "not_held": is_not_held,
    "put": puts,
    "amend": amends,
    "withdraw": withdraws,
    "position": takes,
    "notes": notes,
}
PLACES: Final = {"arrive": "asistencia", "leave": "asistencia", "notes": "notas", "confirm": "asistencia"}
"""Where on the page whoever did something comes back; the rest to the text under deliberation."""


@requires(ATTEND_SESSION)
@require_http_methods(["GET", "HEAD", "POST"])
def live(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show a session under way, and do what was asked in it."""
    session = session_of_page(request, slug, number)
    viewer = allowed(request, ATTEND_SESSION, session)
    if request.method != "POST":
        return shown(request, session, viewer)
    act = request.POST.get("act", "")
    posted = Posted(session, request.POST, viewer, timezone.now())
    try:
        refused = ACTS[act](posted) if act in ACTS else None
    except Refused as why:
        return shown(request, session, viewer, why=str(why))
    if refused:
        return shown(request, session, viewer, act=act, form=refused)
    return redirect(f"{session.get_absolute_url()}en-vivo/#{PLACES.get(act, 'propuesta')}")


def shown(
    request: HttpRequest, session: Session, viewer: User, *, act: str = "", form: Form | None = None, why: str = ""
) -> HttpResponse:
    """Show the page with the form that was refused, its words kept, or why something was not done."""
    if request.method == "POST":
        session = session_of_page(request, session.exercise.slug, session.number or 0)
    may_run = viewer.has_perm(RUN_SESSION, session)
    page = live_page(session, viewer, today())
    session = page.session
    forms: dict[str, Any] = {
        "amend": AmendForm(auto_id="amend-%s", initial={"text": page.deliberated.text if page.deliberated else ""}),
        "withdraw": ReasonForm(auto_id="withdraw-%s"),
        "not_held": ReasonForm(auto_id="not-held-%s"),
        "notes": NotesForm(auto_id="notes-%s", initial={"notes": session.notes, "version": session.notes_version}),
    }
    if may_run and session.state == SessionState.OPEN and not page.deliberated:
        forms["put"] = ProposalForm(session, auto_id="proposal-%s", initial={"way": page.rules.way})
    if form is not None:
        forms[act] = form
        why = why or " ".join(str(error) for errors in form.errors.values() for error in errors)
    if act == "notes" and form is not None:
        forms["notes"] = NotesForm(
            auto_id="notes-%s", initial={"notes": form.data.get("notes", ""), "version": session.notes_version}
        )
    words = {
        "session": session,
        "page": page,
        "forms": forms,
        "why": why,
        "overwritten": session.notes if act == "notes" and form is not None else "",
        "may_run": may_run,
        "pending": pending_agreements(session.body.agreements.all()),
        "at": timezone.now(),
    }
    return render(request, "governance/live.html", words, status=409 if why else 200)
