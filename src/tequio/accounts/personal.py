"""What accounts, and the libraries and machinery under it, hold of people (docs/privacy.md)."""

from __future__ import annotations

from typing import Final

from django.db.models import Q

from tequio.accounts.enums import NoticeKey, RightProof, RightStatus
from tequio.kernel.personal import (
    WHOLE,
    After,
    Basis,
    Declaration,
    Ending,
    Impersonal,
    Personal,
    history,
    published,
    until_closed,
)

ACCOUNT, ROLE = NoticeKey.ACCOUNT, NoticeKey.PUBLIC_ROLE
SERVICE, DUTY = Basis.SERVICE, Basis.DUTY
SENT = After("sent_at", 90, "de enviarse")
UNSENT = After("queued_at", 30, "de escribirse")

OWN: Final[tuple[Declaration, ...]] = (
    Personal(
        "accounts.User",
        "email first_name last_name",
        "Tu correo y, si editas páginas, tu nombre",
        ACCOUNT,
        SERVICE,
        Ending.BLANKED,
        with_account=True,
        owner="pk",
    ),
    Personal(
        "accounts.User",
        "password last_login",
        "La huella de tu contraseña y tu última entrada",
        ACCOUNT,
        SERVICE,
        Ending.BLANKED,
        with_account=True,
        owner="pk",
        secret=True,
    ),
    history(
        "accounts.User",
        "username date_joined",
        "El nombre de tu cuenta, dado al azar, y desde cuándo la tienes",
        ACCOUNT,
        "pk",
    ),
    history("accounts.Role", "user revocation_reason", "Tus papeles, con sus fechas", ACCOUNT, "user"),
    history("accounts.Role", "granted_by", "Los papeles que diste", ACCOUNT, "granted_by"),
    history("accounts.Role", "revoked_by", "Los papeles que retiraste", ACCOUNT, "revoked_by"),
    Personal(
        "accounts.Invitation",
        "email",
        "El correo al que te invitaron",
        ACCOUNT,
        SERVICE,
        Ending.BLANKED,
        after=After("expires_at", 0, "de vencer la invitación"),
        with_account=True,
        owner="email=email",
    ),
    history("accounts.Invitation", "invited_by", "Las invitaciones que enviaste", ACCOUNT, "invited_by"),
    history("accounts.Invitation", "withdrawn_by", "Las invitaciones que retiraste", ACCOUNT, "withdrawn_by"),
    until_closed("accounts.NoticePreference", "user", "De qué quieres que te avisemos", ACCOUNT, "user"),
    until_closed("accounts.WaitingNotice", "user subject body", "Los avisos que esperan tu resumen", ACCOUNT, "user"),
    until_closed("accounts.Telling", "user", "Qué pendientes ya te dijimos", ACCOUNT, "user"),
    until_closed("accounts.CalendarKey", "user", "La dirección secreta de tu calendario", ACCOUNT, "user"),
    Impersonal("accounts.NoticePreference", "topic"),
    Impersonal("accounts.WaitingNotice", "topic key address button calendar"),
    Impersonal("accounts.Telling", "key edition"),
    Impersonal("accounts.CalendarKey", "token_sha256"),
    history("accounts.Consent", "account", "Los avisos que aceptaste y cuándo", ACCOUNT, "account"),
    Personal(
        "accounts.Consent",
        "address_hash",
        "Una huella de tu correo, si aceptaste un aviso sin cuenta",
        ACCOUNT,
        DUTY,
        Ending.ERASED,
        after=After("given_at", 5 * 365, "de aceptar"),
    ),
    published("accounts.Person", "key name", "El nombre de quien ejerce una función pública", ROLE),
    Impersonal("accounts.Person", "certainty source"),
    Impersonal("accounts.Invitation", "token_sha256"),
    Impersonal("accounts.PrivacyNotice", "short sections bases changes"),
    Impersonal("accounts.Jurisdiction", "code electoral_code name slug seat certainty source"),
    Impersonal("accounts.PopulationCount", "census source"),
    Impersonal("accounts.Organization", "key name acronym website mail_domain accent certainty source"),
)

UNPROVEN = Q(status=RightStatus.UNPROVEN)
RIGHTS: Final[tuple[Declaration, ...]] = (
    Personal(
        "accounts.RightsRequest",
        "email text answer",
        "Tu correo, lo que pediste y la respuesta, en una solicitud de derechos",
        NoticeKey.RIGHTS,
        SERVICE,
        Ending.BLANKED,
        after=After("answered_at", 365, "de responder"),
        owner="email=email",
    ),
    Personal(
        "accounts.RightsRequest",
        "token_sha256",
        "Una solicitud que nadie confirmó por correo",
        NoticeKey.RIGHTS,
        SERVICE,
        Ending.ERASED,
        after=After("asked_at", 7, "de enviarse"),
        only=UNPROVEN & ~Q(proof=RightProof.IN_PERSON),
    ),
    Personal(
        "accounts.RightsRequest",
        "folio",
        "Una solicitud que nadie confirmó en persona",
        NoticeKey.RIGHTS,
        SERVICE,
        Ending.ERASED,
        after=After("asked_at", 30, "de enviarse"),
        only=UNPROVEN,
    ),
    history("accounts.RightsRequest", "account", "Las solicitudes que enviaste", NoticeKey.RIGHTS, "account"),
    history(
        "accounts.RightsRequest", "answered_by", "Las solicitudes que respondiste", NoticeKey.RIGHTS, "answered_by"
    ),
    Impersonal("accounts.LegalTerm", "key name certainty source"),
    Impersonal("accounts.DayOff", "name certainty source"),
)

CONTACT = NoticeKey.CONTACT
LETTERS: Final[tuple[Declaration, ...]] = (
    Personal(
        "accounts.Letter",
        "message email answer",
        "Lo que nos escribiste, tu correo y la respuesta",
        CONTACT,
        SERVICE,
        Ending.BLANKED,
        after=After("answered_at", 365, "de responder"),
        owner="email=email",
    ),
    history("accounts.Letter", "answered_by", "Las cartas que respondiste", CONTACT, "answered_by"),
    Impersonal("accounts.Letter", "folio token_sha256 public_question public_answer"),
)

DOOR: Final[tuple[Declaration, ...]] = (
    until_closed("account.EmailAddress", "user email", "Tu correo comprobado", ACCOUNT, "user"),
    Personal(
        "mfa.Authenticator",
        "user data",
        "El secreto cifrado de tu segundo paso",
        ACCOUNT,
        SERVICE,
        Ending.ERASED,
        with_account=True,
        owner="user",
        secret=True,
    ),
    Personal(
        "sessions.Session",
        "session_data",
        "Tu sesión abierta",
        ACCOUNT,
        SERVICE,
        Ending.ERASED,
        after=After("expire_date", 0, "de vencer"),
    ),
    Impersonal("account.EmailConfirmation", WHOLE),  # codes are kept in the session; this table stays empty
    Impersonal("auth.Permission", WHOLE),
    Impersonal("auth.Group", WHOLE),
    Impersonal("contenttypes.ContentType", WHOLE),
)

MACHINERY: Final[tuple[Declaration, ...]] = (
    Personal(
        "kernel.OutboxMessage",
        "recipient key",
        "A qué correo salió cada aviso, y sobre qué",
        ACCOUNT,
        SERVICE,
        Ending.ERASED,
        after=SENT,
        with_account=True,
        owner="recipient=email",
        only=Q(sent_at__isnull=False),
    ),
    Personal(
        "kernel.OutboxMessage",
        "subject body html headers attachments refusal",
        "Lo que dice un aviso que no ha salido; al enviarse se vacía",
        ACCOUNT,
        SERVICE,
        Ending.ERASED,
        after=UNSENT,
        owner="recipient=email",
        only=Q(sent_at__isnull=True),
    ),
    history("kernel.StatusChange", "changed_by", "Los cambios de estado que hiciste", ACCOUNT, "changed_by=username"),
    published("kernel.Attachment", "file name", "Un documento firmado, o una foto, que se adjuntó", ROLE),
    Impersonal("kernel.Attachment", "media_type sha256"),
    Impersonal("kernel.StatusChange", "subject move before after"),
    Impersonal("kernel.ConceptScheme", "key name publisher certainty source"),
    Impersonal("kernel.Concept", "code name definition kind certainty source"),
    Impersonal("kernel.Edition", "kind subject published_by content sha256 note"),
    Impersonal("kernel.EditionFile", "name media_type sha256"),
    Impersonal("kernel.JobRecord", "key"),
    Impersonal("kernel.PeriodicSlot", "name"),
    Impersonal("kernel.LedgerEntry", "kind subject recorded_by payload payload_sha256 previous_hash hash"),
    Impersonal("kernel.SearchEntry", "key kind title text url title_terms terms digest"),
    Impersonal("django_tasks_database.DBTaskResult", WHOLE),  # jobs carry keys, and are erased after fourteen days
)

PERSONAL: Final = (*OWN, *RIGHTS, *LETTERS, *DOOR, *MACHINERY)
