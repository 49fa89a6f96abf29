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
CORRESPONDENCE: Final = topic(
    "correspondence", "Cartas y solicitudes", "Lo que la gente te escribe, o pide sobre sus datos personales."
)
PUBLISH_NOTICE: Final = "accounts.publish_notice"
PROVE_REQUEST: Final = "accounts.prove_request"
WITHDRAW_REQUEST: Final = "accounts.withdraw_request"
PROVE_REQUEST_IN_PERSON: Final = "accounts.prove_request_in_person"
ANSWER_REQUEST: Final = "accounts.answer_request"
ANSWER_LETTER: Final = "accounts.answer_letter"
PUBLISH_LETTER: Final = "accounts.publish_letter"
DISMISS_LETTER: Final = "accounts.dismiss_letter"


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


class NoticeKey(models.TextChoices):
    """What personal data are asked for; each has its notice, in versions (issue 3, personal data)."""

    SITE = "sitio", "Visitar y leer el sitio"
    ACCOUNT = "cuenta", "Tener una cuenta y actuar con un papel"
    REGISTRATION = "registro", "Registrarte en una convocatoria"
    ELECTION = "elecciones", "Participar en una elección o tener un asiento"
    EVENT = "eventos", "Asistir a una sesión o a un evento"
    PICTURE = "fotografias", "Aparecer en una fotografía o un video"
    CONSULTATION = "consulta", "Opinar, adherirte o aportar"
    EDITING = "edicion", "Editar las páginas del sitio"
    RIGHTS = "derechos", "Ejercer tus derechos sobre tus datos"
    CONTACT = "contacto", "Escribirnos"
    PUBLIC_ROLE = "funcion-publica", "Nombres que publican los documentos"


WITHDRAWING: Final[dict[str, str]] = {
    NoticeKey.REGISTRATION: "Si lo retiras, se retiran tus solicitudes que esperan respuesta, y tu candidatura "
    "mientras no se convoque la elección. De las demás se quitan tu imagen y el texto de tu candidatura. No se puede "
    "deshacer.",
    NoticeKey.EVENT: "Si lo retiras, se cancelan tus registros en los eventos que no han terminado, y se borran tu "
    "correo y tu nombre de los que ya pasaron. No se puede deshacer.",
}
"""What taking back a consent does, where some room does something: read before it is done."""


class Sex(models.TextChoices):
    """Asked where figures are disaggregated, never required: an empty answer counts as not said (SI-06)."""

    WOMAN = "woman", "Mujer"
    MAN = "man", "Hombre"
    OTHER = "other", "Otra forma de nombrarme"
    UNSAID = "unsaid", "Prefiero no decir"


class RightKind(models.TextChoices):
    """The rights of a person over their data, which the law names by their initials (ARCO)."""

    ACCESS = "access", "Acceso: que me muestren mis datos"
    RECTIFICATION = "rectification", "Rectificación: que los corrijan"
    CANCELLATION = "cancellation", "Cancelación: que los borren"
    OPPOSITION = "opposition", "Oposición: que dejen de usarlos"

    @property
    def short(self) -> str:
        """Return its name alone."""
        return str(self.label).partition(":")[0]


class RightStatus(models.TextChoices):
    """Where a request stands."""

    UNPROVEN = "unproven", "Por confirmar"
    RECEIVED = "received", "En trámite"
    ANSWERED = "answered", "Respondida"
    WITHDRAWN = "withdrawn", "Retirada"


class RightProof(models.TextChoices):
    """How a person shows that a request is theirs; nobody is asked for a copy of an identification."""

    MAIL = "mail", "Con un mensaje a mi correo"
    IN_PERSON = "in_person", "En persona, en la oficina del órgano garante"
    ACCOUNT = "account", "Con su cuenta"


class RightOutcome(models.TextChoices):
    """How a request ended."""

    GRANTED = "granted", "Procede"
    PARTLY = "partly", "Procede en parte"
    DENIED = "denied", "No procede"


class LetterStatus(models.TextChoices):
    """What became of what somebody wrote (work plan, objective 2)."""

    RECEIVED = "received", "Por responder"
    ANSWERED = "answered", "Respondida"
    PUBLISHED = "published", "Respondida y publicada"
    DISMISSED = "dismissed", "Cerrada sin respuesta"
