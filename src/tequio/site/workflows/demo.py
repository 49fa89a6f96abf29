"""What makes the demonstration alive: somebody of each part, and a municipal exercise under way, all marked as samples.

Everything is written by the product's own verbs, as the person who would; places and institutions are the pack's.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from tequio.accounts.enums import NoticeKey, OrganizationKind, RoleKind, Sector
from tequio.accounts.models import Jurisdiction, Organization, PopulationCount, Post, PrivacyNotice, User
from tequio.accounts.workflows import grant_from_console, grant_role
from tequio.exercises.enums import CallKind, EventKind, EventMode
from tequio.exercises.workflows import (
    Answer,
    EventDetails,
    add_signatory,
    attach_signed_document,
    draft_call,
    open_exercise,
    plan_event,
    plan_signing,
    proposed_terms,
    publish_call,
    publish_event,
    sign_declaration,
    submit_application,
    write_declaration,
)
from tequio.kernel.clock import day_of
from tequio.kernel.letters import FONTS
from tequio.kernel.press import printed
from tequio.kernel.refusal import Refused
from tequio.site.queries.demo import (
    EXPERT,
    FACILITATOR,
    LIAISON,
    NEWCOMER,
    OPERATOR,
    PARTS,
    REGISTRANT,
    SEATED,
    STAFF,
)
from tequio.site.workflows.demo_table import hold_table

if TYPE_CHECKING:
    from tequio.exercises.models import Exercise
    from tequio.site.queries.demo import Extra, Part

TEMPLATE: Final = Path(__file__).with_name("sample.typ")
MARK: Final = "Documento de muestra, hecho para la demostración. Nadie lo firmó."
PROMISE: Final = (
    "Las partes se comprometen a un ejercicio de gobierno abierto en {place}.\n\n"
    "Primero. Convocar a todas las personas, sin distinción, a decidir qué problemas atender.\n\n"
    "Segundo. Formar un secretariado donde autoridades, sociedad civil y órgano garante tengan la misma voz.\n\n"
    "Tercero. Publicar cada acuerdo, cada avance y cada prueba en este sitio."
)
SIGNING: Final = (
    (Sector.PUBLIC_BODIES, "Ayuntamiento de {place} (muestra)"),
    (Sector.CIVIL_SOCIETY, "Vecindario Organizado de Muestra"),
    (Sector.GUARANTOR, "{guarantor} (muestra)"),
)
SIGNED_BEFORE: Final = timedelta(days=75)
"""How long ago the sample declaration was signed: time enough for a theme, its tree and its table."""
BEGINS: Final = time(17)
ENDS: Final = time(19)


@transaction.atomic
def seed_demo(*, at: datetime) -> bool:
    """Write the demonstration's people and exercise, unless they are there; only a demonstration has them."""
    if not settings.DEMO:
        raise Refused("Las personas de muestra son solo de la demostración: con ellas entra cualquiera.")
    if User.objects.filter(email__in=[part.email for part in PARTS]).exists():
        return False
    guarantor, town, other = setting(at)
    operator = person(OPERATOR)
    grant_from_console(operator, Post(RoleKind.OPERATOR), at=at)
    staff = person(STAFF)
    grant_role(staff, Post(RoleKind.GUARANTOR_STAFF, guarantor), by=operator, at=at)
    liaison, newcomer = person(LIAISON), person(NEWCOMER)
    grant_role(liaison, Post(RoleKind.MUNICIPAL_LIAISON, jurisdiction=town), by=staff, at=at)
    grant_role(newcomer, Post(RoleKind.MUNICIPAL_LIAISON, jurisdiction=other), by=staff, at=at)
    exercise = begin(town, guarantor, by=liaison, at=at - SIGNED_BEFORE)
    invite(exercise, by=liaison, at=at)
    seated = {extra.key: person(extra) for extra in (*SEATED, EXPERT, FACILITATOR)}
    hold_table(exercise, seated, by=liaison, at=at)
    return True


def setting(at: datetime) -> tuple[Organization, Jurisdiction, Jurisdiction]:
    """Return a guarantor and the two smallest municipalities of its state without an exercise: whom it is made for."""
    day = day_of(at)
    counts = PopulationCount.objects.filter(jurisdiction=OuterRef("pk")).order_by("-counted_on")
    for guarantor in Organization.objects.in_force(day).filter(kind=OrganizationKind.GUARANTOR).order_by("key"):
        towns = Jurisdiction.objects.municipalities().in_force(day).filter(parent=guarantor.jurisdiction_id)
        free = towns.filter(exercises=None).order_by(Subquery(counts.values("people")[:1]), "code")[:2]
        if len(free) > 1:
            return guarantor, free[0], free[1]
    raise Refused("El paquete no trae un órgano garante con dos municipios sin ejercicio: no hay dónde probar.")


def person(part: Part | Extra) -> User:
    """Write an account that has shown its address, and enters without a password."""
    account = User.objects.create_user(f"demostracion-{part.key}", part.email)
    EmailAddress.objects.create(user=account, email=part.email, verified=True, primary=True)
    return account


def begin(town: Jurisdiction, guarantor: Organization, *, by: User, at: datetime) -> Exercise:
    """Open the sample exercise and sign its declaration."""
    day = day_of(at)
    first, last = day.year, day.year + 1
    name = f"Ejercicio de muestra de {town.name} {first}-{last}"
    exercise = open_exercise(town, name=name, first_year=first, last_year=last, by=by, at=at)
    text = PROMISE.format(place=town.name)
    names = {"place": town.name, "guarantor": guarantor.acronym or guarantor.name}
    signatories = [(sector, who.format(**names)) for sector, who in SIGNING]
    for sector, represents in signatories:
        add_signatory(exercise, sector=sector, represents=represents, by=by, at=at)
    write_declaration(exercise, f"{MARK}\n\n{text}", by=by, at=at)
    plan_signing(exercise, place=f"Plaza principal, {town.seat or town.name}", act_on=day, by=by, at=at)
    told = {
        "title": f"Declaración conjunta de {town.name}",
        "mark": MARK,
        "text": text,
        "signatories": [represents for _, represents in signatories],
    }
    document = printed(TEMPLATE, json.dumps(told), FONTS, at.replace(microsecond=0))
    upload = SimpleUploadedFile("declaracion-de-muestra.pdf", document, "application/pdf")
    attach_signed_document(exercise, upload, by=by, at=at)
    sign_declaration(exercise, signed_on=day, by=by, at=at)
    exercise.refresh_from_db()
    return exercise


def invite(exercise: Exercise, *, by: User, at: datetime) -> None:
    """Publish a call that is open already, with an answer to review, and announce a workshop."""
    terms = replace(proposed_terms(exercise, CallKind.PARTICIPATION, at=at), opens_at=at)
    call = publish_call(draft_call(exercise, CallKind.PARTICIPATION, terms, by=by, at=at), by=by, at=at)
    answer = Answer(
        sector=Sector.CIVIL_SOCIETY,
        name="Vecindario Organizado de Muestra",
        person_name="Persona de Muestra",
        words="Queremos que las obras del agua se decidan a la vista.",
        notice=PrivacyNotice.objects.current(NoticeKey.REGISTRATION),
    )
    submit_application(call, answer, by=person(REGISTRANT), at=at)
    day = day_of(at) + timedelta(days=21)
    begins, ends = (timezone.make_aware(datetime.combine(day, hour)) for hour in (BEGINS, ENDS))
    event = EventDetails(
        kind=EventKind.WORKSHOP,
        name="Taller de muestra: qué es un compromiso de gobierno abierto",
        starts_at=begins,
        ends_at=ends,
        mode=EventMode.IN_PERSON,
        place=f"Casa de cultura de {exercise.jurisdiction.seat or exercise.jurisdiction.name}",
        arrival="Frente al jardín.",
        accessibility="La entrada tiene rampa.",
        capacity=40,
        invitation="Dos horas para conocer cómo se propone un compromiso. No hace falta saber nada antes.",
        programme="17:00 h Bienvenida\n17:15 h Qué es un compromiso\n18:00 h Mesas de trabajo\n18:45 h Cierre",
    )
    publish_event(plan_event(exercise, event, by=by, at=at), by=by, at=at)
