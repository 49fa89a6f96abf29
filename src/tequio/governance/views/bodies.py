"""The pages on which a body is installed, its seats are filled and its rules are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tequio.accounts.enums import Sector
from tequio.accounts.queries import address_of
from tequio.accounts.views.answers import found, person, unless_refused
from tequio.governance.enums import (
    ATTEND_SESSION,
    CONVENE_SESSION,
    FILL_SEAT,
    INSTALL_BODY,
    SET_RULES,
    BodyKind,
)
from tequio.governance.forms.bodies import (
    ActForm,
    BodyForm,
    HolderForm,
    InvitationForm,
    MechanismForm,
    ProgrammeForm,
    WideningForm,
)
from tequio.governance.models import Mechanism
from tequio.governance.queries.model_texts import model_body, model_mechanism, programme_to_go_on_from
from tequio.governance.queries.pages import bodies_to_run, body_seen, seat_seen
from tequio.governance.queries.proposed import elected_for
from tequio.governance.queries.quorum import holders
from tequio.governance.views.answers import allowed, exercise_of_page, form_page
from tequio.governance.workflows import (
    designate_member,
    fill_seat,
    install_body,
    invite_to_seat,
    seat_of_token,
    take_seat,
    vacate_seat,
    widen_sector,
    write_mechanism,
    write_programme,
)
from tequio.kernel.access import requires, signed_in
from tequio.kernel.clock import today
from tequio.kernel.refusal import when_sent

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from tequio.accounts.models import User
    from tequio.governance.models import Body, Seat, SeatTerm
    from tequio.governance.queries.proposed import Elected

FORM = ["GET", "HEAD", "POST"]


@requires(ATTEND_SESSION)
@require_safe
def bodies(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who runs them, or sits in them, the bodies of an exercise: seats, sessions and what is pending."""
    exercise = exercise_of_page(request, slug)
    rows = [row for row in bodies_to_run(exercise, today()) if person(request).has_perm(ATTEND_SESSION, row.body)]
    may_install = person(request).has_perm(INSTALL_BODY, exercise)
    if not rows and not may_install:
        allowed(request, INSTALL_BODY, exercise)
    shown = {
        "exercise": exercise,
        "rows": [(row, person(request).has_perm(CONVENE_SESSION, row.body)) for row in rows],
        "may_install": may_install,
    }
    return render(request, "governance/bodies.html", shown)


@requires(INSTALL_BODY)
@require_http_methods(FORM)
def install(request: HttpRequest, slug: str) -> HttpResponse:
    """Install a body."""
    exercise = exercise_of_page(request, slug)
    viewer = allowed(request, INSTALL_BODY, exercise)
    form = BodyForm(request.POST or None, initial={} if exercise.bodies.exists() else model_body(exercise))

    def send() -> HttpResponse:
        said = form.cleaned_data
        install_body(
            exercise,
            BodyKind(said["kind"]),
            name=said["title"],
            acronym=said["acronym"],
            sectors=form.sectors,
            by=viewer,
            at=timezone.now(),
        )
        return redirect("governance:bodies", slug)

    return when_sent(request, form, send) or form_page(
        request,
        form,
        exercise,
        title="Integrar un órgano",
        lede="Un secretariado tiene al menos un asiento del órgano garante, uno de los entes públicos y uno de la "
        "sociedad civil. La facilitación tiene voz y no voto. El grupo operativo toma sus asientos del secretariado.",
        button="Integrar",
        back=f"{exercise.get_absolute_url()}organos/",
    )


@requires(FILL_SEAT)
@require_http_methods(FORM)
def widen(request: HttpRequest, slug: str, word: str) -> HttpResponse:
    """Give a sector one more representation."""
    body = body_of_page(request, slug, word)
    viewer = allowed(request, FILL_SEAT, body)
    form = WideningForm(request.POST or None)

    def send() -> HttpResponse:
        said = form.cleaned_data
        widen_sector(body, Sector(said["sector"]), act=said["act"], by=viewer, at=timezone.now())
        return redirect("governance:bodies", slug)

    return when_sent(request, form, send) or form_page(
        request,
        form,
        body.exercise,
        title=f"Ampliar {body.short_name}",
        lede="Agrega a un sector un asiento titular y su suplente. El quórum se cuenta desde hoy con un asiento más.",
        button="Agregar los asientos",
        back=f"{body.exercise.get_absolute_url()}organos/",
    )


@requires(FILL_SEAT)
@require_http_methods(FORM)
def fill(request: HttpRequest, slug: str, word: str, order: int) -> HttpResponse:
    """Say who holds a seat."""
    seat = seat_of_page(request, slug, word, order)
    viewer = allowed(request, FILL_SEAT, seat)
    elected = elected_for(seat, today())
    form = HolderForm(seat, request.POST or None)
    chosen = next((each for each in elected if each.name == request.POST.get("elected")), None)
    if chosen:
        form = HolderForm(seat, {"name": chosen.name, "act": chosen.act, "organization": organization_of(chosen)})

    def send() -> HttpResponse:
        seated(seat, form, by=viewer)
        return redirect("governance:bodies", slug)

    held = holders(seat.body, today()).get(seat.pk)
    lede = f"Hoy lo ocupa {held.published_name}: su periodo termina hoy y queda en la historia." if held else ""
    return when_sent(request, form, send) or form_page(
        request,
        form,
        seat.exercise,
        title=f"Quién ocupa el asiento: {seat}",
        lede=lede or "Hoy está vacante.",
        button="Guardar",
        template="governance/fill.html",
        elected=elected,
        back=f"{seat.exercise.get_absolute_url()}organos/",
    )


def organization_of(chosen: Elected) -> int | str:
    """Return the organization of whom was elected, as the form's list names it."""
    return chosen.organization.pk if chosen.organization else ""


@transaction.atomic
def seated(seat: Seat, form: HolderForm, *, by: User) -> SeatTerm:
    """Seat whom a form says and send them their invitation: both, or neither."""
    said, at = form.cleaned_data, timezone.now()
    if seat.represents:
        term = designate_member(seat.represents, form.holder, act=said["act"], by=by, at=at)
    else:
        term = fill_seat(seat, form.holder, act=said["act"], agreement=said.get("agreement"), by=by, at=at)
    if said["email"] and term.account_id is None:
        invite_to_seat(term, said["email"], by=by, at=at)
    return term


@requires(FILL_SEAT)
@require_http_methods(FORM)
def invite(request: HttpRequest, slug: str, word: str, order: int) -> HttpResponse:
    """Invite whoever holds a seat to act in it with an account."""
    seat = seat_of_page(request, slug, word, order)
    viewer = allowed(request, FILL_SEAT, seat)
    term = found(holders(seat.body, today()).get(seat.pk))
    form = InvitationForm(request.POST or None)

    def send() -> HttpResponse:
        invite_to_seat(term, form.cleaned_data["email"], by=viewer, at=timezone.now())
        return redirect("governance:bodies", slug)

    return when_sent(request, form, send) or form_page(
        request,
        form,
        seat.exercise,
        title=f"Invitar a {term.published_name}",
        lede=f"Para que actúe con su cuenta en el asiento: {seat}.",
        button="Enviar la invitación",
        back=f"{seat.exercise.get_absolute_url()}organos/",
    )


@requires(FILL_SEAT)
@require_http_methods(FORM)
def vacate(request: HttpRequest, slug: str, word: str, order: int) -> HttpResponse:
    """Vacate a seat."""
    seat = seat_of_page(request, slug, word, order)
    viewer = allowed(request, FILL_SEAT, seat)
    form = ActForm(request.POST or None)

    def send() -> HttpResponse:
        vacate_seat(seat, act=form.cleaned_data["act"], by=viewer, at=timezone.now())
        return redirect("governance:bodies", slug)

    return when_sent(request, form, send) or form_page(
        request,
        form,
        seat.exercise,
        title=f"¿Desocupar el asiento: {seat}?",
        lede="Quien lo ocupa deja de actuar desde hoy. Lo que hizo queda en la historia.",
        button="Desocupar",
        back=f"{seat.exercise.get_absolute_url()}organos/",
    )


@signed_in
@require_http_methods(FORM)
def seat_taken(request: HttpRequest, token: str) -> HttpResponse:
    """Show to which seat one is invited, and take it with one's account."""
    term = seat_of_token(token)

    def take() -> HttpResponse:
        viewer = person(request)
        taken = take_seat(token, verified_email=address_of(viewer), by=viewer, at=timezone.now())
        return redirect("governance:bodies", taken.exercise.slug)

    if request.method == "POST":
        return unless_refused(request, take)
    return render(request, "governance/take_seat.html", {"term": term}, status=200 if term else 404)


@requires(SET_RULES)
@require_http_methods(FORM)
def mechanism(request: HttpRequest, slug: str, word: str) -> HttpResponse:
    """Write a version of the governance mechanism."""
    body = body_of_page(request, slug, word)
    viewer = allowed(request, SET_RULES, body)
    last = body.mechanisms.last() or Mechanism(body=body, text=model_mechanism(body))
    before = {name: getattr(last, name) for name in MechanismForm.base_fields}
    before["casting_seat"] = str(last.casting_seat_id or "")
    form = MechanismForm(body, request.POST or None, initial=before)

    def send() -> HttpResponse:
        write_mechanism(body, form.cleaned_data["text"], form.rules, by=viewer, at=timezone.now())
        return redirect("governance:bodies", slug)

    return when_sent(request, form, send) or form_page(
        request,
        form,
        body.exercise,
        title="Mecanismo de gobernanza",
        lede="Las reglas mínimas de integración e interacción. Entran en vigor cuando una sesión las aprueba. "
        "Si cambias las reglas que se eligen al final, cambia también el texto: deben decir lo mismo.",
        button="Guardar esta versión",
        back=f"{body.exercise.get_absolute_url()}organos/",
    )


@requires(SET_RULES)
@require_http_methods(FORM)
def programme(request: HttpRequest, slug: str, word: str) -> HttpResponse:
    """Write the yearly agenda."""
    body = body_of_page(request, slug, word)
    viewer = allowed(request, SET_RULES, body)
    form = ProgrammeForm(request.POST or None, initial=programme_to_go_on_from(body, today()))

    def send() -> HttpResponse:
        said = form.cleaned_data
        write_programme(body, said["year"], said["items"], by=viewer, at=timezone.now())
        return redirect("governance:bodies", slug)

    return when_sent(request, form, send) or form_page(
        request,
        form,
        body.exercise,
        title="Agenda anual de trabajo",
        lede="Lo que el órgano se propone hacer y cuándo. Entra en vigor cuando una sesión la aprueba por acuerdo.",
        button="Guardar la agenda",
        back=f"{body.exercise.get_absolute_url()}organos/",
    )


def body_of_page(request: HttpRequest, slug: str, word: str) -> Body:
    """Return the body of an address, as the viewer may see it."""
    return found(body_seen(slug, word, request.user))


def seat_of_page(request: HttpRequest, slug: str, word: str, order: int) -> Seat:
    """Return the seat of an address, as the viewer may see it."""
    return found(seat_seen(slug, word, order, request.user))
