"""Who can be tried in the demonstration: their accounts, by the address that the seed gave them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.urls import reverse

from tequio.accounts.models import User
from tequio.accounts.queries import roles_of
from tequio.cocreation.models import Table
from tequio.exercises.models import Application
from tequio.kernel.clock import today

if TYPE_CHECKING:
    from tequio.accounts.models import Role

HOST: Final = "demostracion.example"
"""Where the sample people have their mail: a name that nobody can register (RFC 2606)."""


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody whom anyone may be in the demonstration, and what there is to do as them."""

    key: str
    name: str
    button: str
    first: str
    """The address where they begin; `{place}` is the municipality of their role."""
    words: str

    @property
    def email(self) -> str:
        """Return the address of their account."""
        return f"{self.key}@{HOST}"


OPERATOR: Final = Part(
    "operacion",
    "Operación de la plataforma",
    "Entrar como operación",
    "/cuenta/",
    "Invitas al personal del órgano garante, pruebas el correo y publicas avisos de privacidad.",
)
STAFF: Final = Part(
    "garante",
    "Personal del órgano garante",
    "Entrar como órgano garante",
    "/garante/",
    "Ves todos los municipios, qué va tarde y a quién llamar primero. Revisas solicitudes y acompañas cada ejercicio.",
)
LIAISON: Final = Part(
    "enlace",
    "Enlace municipal, con un ejercicio en curso",
    "Entrar como enlace",
    "/mi-trabajo/",
    "La declaración se firmó y la convocatoria está abierta. Revisas una solicitud, organizas eventos y formas el "
    "secretariado.",
)
NEWCOMER: Final = Part(
    "enlace-nuevo",
    "Enlace municipal, desde cero",
    "Entrar y empezar de cero",
    "/municipios/{place}/alta/",
    "Tu municipio todavía no tiene ejercicio. Recorres los siete pasos, desde la declaración hasta la página pública.",
)
REGISTRANT: Final = Part(
    "inscrita",
    "Persona que se inscribió",
    "Entrar como persona inscrita",
    "/mi-trabajo/",
    "Enviaste una solicitud a nombre de una organización de muestra. Ves en qué va, la corriges o la retiras.",
)
FACILITATOR: Final = Part(
    "facilitadora",
    "Persona que facilita la mesa",
    "Entrar como facilitadora",
    "/mi-trabajo/",
    "Una mesa de muestra está escribiendo ahora. Conduces sus etapas desde el teléfono, abres el proyector y juntas "
    "los textos en la plenaria.",
)
PARTS: Final = (LIAISON, FACILITATOR, NEWCOMER, STAFF, REGISTRANT, OPERATOR)
"""Whom anyone may be."""


@dataclass(frozen=True, slots=True)
class Extra:
    """Somebody of the demonstration as whom nobody enters: they are there so that what took place can have."""

    key: str
    name: str
    post: str

    @property
    def email(self) -> str:
        """Return the address of their account."""
        return f"{self.key}@{HOST}"


SEATED: Final = (
    Extra("asiento-garante", "Representante de muestra del órgano garante", "Titular"),
    Extra("asiento-ayuntamiento", "Representante de muestra del ayuntamiento", "Titular"),
    Extra("asiento-sociedad", "Representante de muestra de la sociedad civil", "Titular"),
)
EXPERT: Final = Extra("experta", "Persona experta de muestra", "Academia")


@dataclass(frozen=True, slots=True)
class Tried:
    """A part with its account, where it acts and where it begins."""

    part: Part
    account: User
    where: str
    first: str


def people_to_try() -> list[Tried]:
    """Return the parts that have an account that still enters, in order."""
    accounts = User.objects.filter(email__in=[part.email for part in PARTS], is_active=True)
    found = {account.email: account for account in accounts}
    return [tried(part, account) for part in PARTS if (account := found.get(part.email))]


def tried(part: Part, account: User) -> Tried:
    """Return a part with what its account says of it."""
    has_role = part not in {FACILITATOR, REGISTRANT}
    role: Role | None = next(iter(roles_of(account, today())), None) if has_role else None
    first, where = part.first, role.post.owner_name if role else ""
    if role and role.jurisdiction:
        first = first.replace("{place}", role.jurisdiction.slug)
    if part is FACILITATOR and (table := Table.objects.exclude(room_code="").select_related("event__exercise").last()):
        exercise, event = table.exercise, table.event
        first, where = reverse("cocreation:conduct", args=[exercise.slug, event.slug]), exercise.name
    if part is REGISTRANT:
        sent = Application.objects.filter(account=account).select_related("call__exercise").last()
        if sent:
            first, where = sent.get_absolute_url(), sent.call.exercise.name
    return Tried(part, account, where, first if "{" not in first else reverse("site:work"))
