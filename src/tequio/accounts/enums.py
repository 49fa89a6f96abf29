"""The words accounts uses, and the names of its permissions."""

from typing import Final

from django.db import models

from tequio.kernel.topics import Pace, topic

GRANT_ROLE: Final = "accounts.grant_role"
REVOKE_ROLE: Final = "accounts.revoke_role"
INVITE_PERSON: Final = "accounts.invite_person"
WITHDRAW_INVITATION: Final = "accounts.withdraw_invitation"
TRY_MAIL: Final = "accounts.try_mail"

DIGEST: Final = topic(
    "digest", "Tu resumen", "Un solo correo con lo que te toca hacer y lo que vence pronto.", pace=Pace.DAILY
)
ACCOUNT: Final = topic(
    "account", "Tu cuenta e invitaciones", "Invitaciones que esperan tu respuesta y la seguridad de tu cuenta."
)


class JurisdictionKind(models.TextChoices):
    """Orders of government that run an exercise (Guía básica para municipios; Ruta)."""

    STATE = "state", "Estado"
    MUNICIPALITY = "municipality", "Municipio"


class OrganizationKind(models.TextChoices):
    """What an institution or group is (First PAL, «Miembros inscritos»; «Otros actores involucrados»)."""

    GUARANTOR = "guarantor", "Órgano garante"
    PUBLIC_BODY = "public_body", "Ente público"
    CIVIL_SOCIETY = "civil_society", "Organización de la sociedad civil"
    ACADEMIA = "academia", "Academia"
    PRIVATE_SECTOR = "private_sector", "Sector privado"
    COLLECTIVE = "collective", "Colectivo o red"


class Sector(models.TextChoices):
    """Who registers and elects in an exercise (Guía, «¿Cómo se integra?»; First PAL, «Miembros inscritos»)."""

    GUARANTOR = "guarantor", "Órgano garante"
    PUBLIC_BODIES = "public_bodies", "Entes públicos"
    CIVIL_SOCIETY = "civil_society", "Sociedad civil"
    CITIZENS = "citizens", "Ciudadanía"


class RoleKind(models.TextChoices):
    """What an account may act as outside any one exercise (issue 3); seats and exercises keep their own, higher up."""

    OPERATOR = "operator", "Operación de la plataforma"
    GUARANTOR_STAFF = "guarantor_staff", "Personal del órgano garante"
    MUNICIPAL_LIAISON = "municipal_liaison", "Enlace municipal"
    REPRESENTATIVE = "representative", "Representante de una organización"


WITH_SECOND_STEP: Final = frozenset({RoleKind.OPERATOR, RoleKind.GUARANTOR_STAFF})
"""The roles that do not act in a session that showed no second step (docs/decisions/0021)."""


class Sex(models.TextChoices):
    """Asked where figures are disaggregated, never required: an empty answer counts as not said (SI-06)."""

    WOMAN = "woman", "Mujer"
    MAN = "man", "Hombre"
    OTHER = "other", "Otra forma de nombrarme"
    UNSAID = "unsaid", "Prefiero no decir"
