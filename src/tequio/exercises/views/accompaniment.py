"""The page of a municipality for those who accompany it, and the forms that hang from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tequio.accounts.models import Jurisdiction
from tequio.accounts.views.answers import person, unless_refused
from tequio.exercises.enums import ACCOMPANY_PLACE, ASK_FOR_HELP, FOLLOW_PLACE, PhaseState
from tequio.exercises.forms.accompaniment import (
    CompanionForm,
    ContactForm,
    HelpForm,
    OutcomeForm,
    QuietForm,
    SharingForm,
)
from tequio.exercises.models import Contact, HelpRequest, followed_places
from tequio.exercises.queries.accompaniment import followed, log_of, quiet_days_of, staff_of
from tequio.exercises.workflows import (
    ask_for_help,
    assign_companion,
    assign_companions,
    log_contact,
    set_quiet_days,
    settle_next_step,
    withdraw_help,
)
from tequio.kernel.access import requires
from tequio.kernel.clock import today
from tequio.kernel.components import Link, Stage
from tequio.kernel.refusal import when_sent
from tequio.kernel.spanish import fold
from tequio.kernel.spoken import short_date

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

    from tequio.exercises.queries.accompaniment import Followed

OVERVIEW = "/garante/"
HERE = {
    "contact": "Registrar un contacto",
    "outcome": "Qué resultó",
    "companion": "Quién lo acompaña",
    "share_out": "Repartir los municipios",
    "ask": "Pedir ayuda",
    "quiet": "Cuándo llamar",
}
"""The last name of each form's trail."""
WRITE = ["GET", "HEAD", "POST"]
SIGNS: Final[dict[str, Literal["done", "now", "next", "unknown"]]] = {
    PhaseState.DONE: "done",
    PhaseState.CURRENT: "now",
    PhaseState.PENDING: "next",
    PhaseState.UNKNOWN: "unknown",
}


@requires(FOLLOW_PLACE)
@require_safe
def municipality(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how a municipality is accompanied: its exercise, what follows, and everything agreed so far."""
    viewer = person(request)
    found = followed(viewer, today(), slug)
    if not found:
        raise Http404
    [row] = found
    told = {
        "trail": trail(request, row.place),
        "row": row,
        "place": row.place,
        "log": log_of(row, viewer, today()),
        "help": row.help_about,
        "stages": stages(row),
        "today": today(),
        "accompanies": viewer.has_perm(ACCOMPANY_PLACE, row.place),
        "asks": viewer.has_perm(ASK_FOR_HELP, row.place),
    }
    return render(request, "exercises/accompaniment/municipality.html", told)


@requires(ASK_FOR_HELP)
@require_safe
def own_municipality(request: HttpRequest) -> HttpResponse:
    """Lead a liaison to the page of their municipality; of several, let them choose."""
    places = [place for place in followed_places(request.user) if request.user.has_perm(ASK_FOR_HELP, place)]
    if len(places) == 1:
        return redirect("exercises:accompaniment", places[0].slug)
    return render(request, "exercises/accompaniment/own.html", {"places": places})


@requires(ACCOMPANY_PLACE)
@require_http_methods(WRITE)
def new_contact(request: HttpRequest, slug: str) -> HttpResponse:
    """Write down a contact."""
    place = place_followed(request, slug)
    asked = open_help(request, place)
    form = ContactForm(asked, request.POST or None, initial={"held_on": today(), "kind": request.GET.get("tipo")})

    def write() -> object:
        answers = asked if form.cleaned_data.get("answers") else None
        return log_contact(place, form.told(), answers=answers, by=request.user, at=timezone.now())

    return written(request, form, write, "contact", place, help=asked)


@requires(ACCOMPANY_PLACE)
@require_http_methods(WRITE)
def outcome(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Write what came of a next step."""
    place = place_followed(request, slug)
    contact = get_object_or_404(Contact.objects.visible_to(request.user), jurisdiction=place, pk=number)
    form = OutcomeForm(request.POST or None)

    def write() -> object:
        return settle_next_step(contact, outcome=form.cleaned_data["outcome"], by=request.user, at=timezone.now())

    return written(request, form, write, "outcome", place, contact=contact)


@requires(ACCOMPANY_PLACE)
@require_http_methods(WRITE)
def companion(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose who accompanies a municipality."""
    place = place_followed(request, slug)
    staff = staff_of(place.parent, today()) if place.parent else ()
    row = followed(request.user, today(), slug)[0]
    form = CompanionForm(staff, request.POST or None, initial={"account": row.companion_key})

    def write() -> object:
        return assign_companion(place, form.cleaned_data["account"], by=request.user, at=timezone.now())

    return written(request, form, write, "companion", place, row=row)


@requires(ACCOMPANY_PLACE)
@require_http_methods(WRITE)
def share_out(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose who accompanies each of several municipalities of a state."""
    state = state_accompanied(request, slug)
    rows = [row for row in followed(request.user, today()) if row.place.parent == state]
    rows.sort(key=lambda row: (bool(row.companion), fold(row.name)))
    form = SharingForm(staff_of(state, today()), rows, request.POST or None)

    def write() -> object:
        chosen = followed_places(request.user).filter(slug__in=form.cleaned_data["places"])
        return assign_companions(chosen, form.cleaned_data["account"], by=request.user, at=timezone.now())

    return written(request, form, write, "share_out", state)


@requires(ASK_FOR_HELP)
@require_http_methods(WRITE)
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask the guarantor for help."""
    place = place_followed(request, slug)
    form = HelpForm(request.POST or None)

    def write() -> object:
        return ask_for_help(place, about=form.cleaned_data["about"], by=request.user, at=timezone.now())

    return written(request, form, write, "ask", place, row=followed(request.user, today(), slug)[0])


@requires(ASK_FOR_HELP)
@require_POST
def withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """Take back the open request for help."""
    place = place_followed(request, slug)
    asked = open_help(request, place)

    def take() -> HttpResponse:
        if asked is not None:
            withdraw_help(asked, by=request.user, at=timezone.now())
        return redirect("exercises:accompaniment", slug)

    return unless_refused(request, take)


@requires(ACCOMPANY_PLACE)
@require_http_methods(WRITE)
def quiet(request: HttpRequest, slug: str) -> HttpResponse:
    """Set after how many days of silence the municipalities of a state are to be called."""
    state = state_accompanied(request, slug)
    form = QuietForm(request.POST or None, initial={"days": quiet_days_of(state)})

    def write() -> object:
        return set_quiet_days(state, form.cleaned_data["days"], by=request.user, at=timezone.now())

    return written(request, form, write, "quiet", state)


def written(
    request: HttpRequest, form: Form, write: Callable[[], object], template: str, place: Jurisdiction, **told: Any
) -> HttpResponse:
    """Write what a form brings and go back to where it hangs from, or show the form with what is wrong."""
    back = f"{OVERVIEW}municipios/{place.slug}/" if place.parent else OVERVIEW

    def send() -> HttpResponse:
        write()
        return redirect(back)

    above = trail(request, place, back=back)
    links = [*(above if place.parent else above[:1]), Link(HERE[template])]  # a state's own rules hang from the list
    shown = {"form": form, "place": place, "back": back, "trail": links, **told}
    return when_sent(request, form, send) or render(request, f"exercises/accompaniment/{template}.html", shown)


def place_followed(request: HttpRequest, slug: str) -> Jurisdiction:
    """Return a municipality that the viewer follows, or answer as if there were none."""
    return get_object_or_404(followed_places(request.user).select_related("parent"), slug=slug)


def state_accompanied(request: HttpRequest, slug: str) -> Jurisdiction:
    """Return a state whose municipalities the viewer accompanies, or answer as if there were none."""
    state = get_object_or_404(Jurisdiction, slug=slug, parent=None)
    if not request.user.has_perm(ACCOMPANY_PLACE, state):
        raise Http404
    return state


def open_help(request: HttpRequest, place: Jurisdiction) -> HelpRequest | None:
    """Return the request for help that waits for an answer."""
    return HelpRequest.objects.visible_to(request.user).filter(jurisdiction=place, closed_at__isnull=True).first()


def stages(row: Followed) -> list[Stage]:
    """Return the steps of a municipality's exercise, with the day on which each should end."""
    return [
        Stage(step.name, SIGNS[step.state], f"hasta el {short_date(step.ends_on)}" if step.ends_on else "")
        for step in (row.standing.steps if row.standing else ())
    ]


def trail(request: HttpRequest, place: Jurisdiction, *, back: str = "") -> tuple[Link, ...]:
    """Return the way back, to the overview for the staff, to their account for the rest; `back` links the place."""
    staff = request.user.has_perm(ACCOMPANY_PLACE)
    return (Link("Municipios", OVERVIEW) if staff else Link("Tu cuenta", "/cuenta/"), Link(str(place), back))
