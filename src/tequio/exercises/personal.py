"""What exercises hold of people (docs/privacy.md)."""

from __future__ import annotations

from typing import Final

from tequio.accounts.enums import NoticeKey
from tequio.kernel.personal import After, Basis, Declaration, Ending, Impersonal, Personal, Shown, history, published

ACCOUNT, REGISTRATION, ROLE = NoticeKey.ACCOUNT, NoticeKey.REGISTRATION, NoticeKey.PUBLIC_ROLE
EVENT = NoticeKey.EVENT

PERSONAL: Final[tuple[Declaration, ...]] = (
    published(
        "exercises.Registration",
        "published_name name_key label picture",
        "El nombre de la organización o institución que se registró; de la ciudadanía no se guarda",
        ROLE,
    ),
    history("exercises.Registration", "account", "Los registros en que actúas por alguien", REGISTRATION, "account"),
    Personal(
        "exercises.Application",
        "person_name post words sex",
        "Lo que escribiste para inscribirte o postularte",
        REGISTRATION,
        Basis.CONSENT,
        Ending.BLANKED,
        after=After("decided_at", 1095, "de la decisión"),
        with_account=True,
        owner="account",
    ),
    history("exercises.Application", "account", "Las solicitudes que enviaste", REGISTRATION, "account"),
    published("exercises.Application", "name name_key picture", "La organización que inscribiste y su logotipo", ROLE),
    Impersonal("exercises.Application", "folio reason"),
    published("exercises.Signatory", "represents name post", "Quién firma una declaración y con qué cargo", ROLE),
    history("exercises.Accompaniment", "account", "Los municipios que acompañas", ACCOUNT, "account"),
    history("exercises.Accompaniment", "assigned_by", "Los acompañamientos que asignaste", ACCOUNT, "assigned_by"),
    history("exercises.Contact", "written_by", "Los contactos que registraste", ACCOUNT, "written_by"),
    history("exercises.Contact", "settled_by", "Los resultados que registraste", ACCOUNT, "settled_by"),
    history("exercises.HelpRequest", "asked_by", "La ayuda que pediste", ACCOUNT, "asked_by"),
    history("exercises.CallingRule", "set_by", "Las reglas de llamada que fijaste", ACCOUNT, "set_by"),
    Personal(
        "exercises.Attendee",
        "email name code group institution mark",
        "Tu registro en un evento: correo, nombre si lo diste, código de entrada, y tu grupo e institución en una mesa",
        EVENT,
        Basis.SERVICE,
        Ending.BLANKED,
        after=After("event__ends_at", 30, "de que termina el evento"),
        owner="email=email",
    ),
    Personal(
        "exercises.Attendee",
        "needs",
        "Lo que pediste para participar; quien organiza ve cuántas personas lo piden y en qué mesa hace falta",
        EVENT,
        Basis.CONSENT,
        Ending.BLANKED,
        after=After("event__ends_at", 1, "de que termina el evento"),
        owner="email=email",
    ),
    Personal(
        "exercises.Attendee",
        "sex",
        "Tu sexo, si lo dijiste en un evento: para contar y para que las mesas queden parejas",
        EVENT,
        Basis.CONSENT,
        Ending.STAYS,
        owner="email=email",
    ),
    Personal(
        "exercises.EventPhoto",
        "sha256",
        "Las fotografías de un evento en que se te reconoce; se retiran si lo pides",
        NoticeKey.PICTURE,
        Basis.CONSENT,
        Ending.STAYS,
        Shown.CONSENT,
    ),
    history("exercises.EventPhoto", "consent_by", "Las fotografías que publicaste", ACCOUNT, "consent_by"),
    Impersonal("exercises.EventPhoto", "text"),
    Impersonal("exercises.Contact", "with_whom agreed next_step outcome"),  # posts, not people
    Impersonal("exercises.HelpRequest", "about"),
    Impersonal("exercises.JointDeclaration", "place"),
    Impersonal("exercises.DeclarationText", "text"),
    Impersonal("exercises.Method", "key name approved_by url source"),
    Impersonal("exercises.MethodPhase", "name objective product when people activities requisites source"),
    Impersonal("exercises.Waiver", "requisite reason"),
    Impersonal("exercises.SkippedStep", "step reason"),
    Impersonal("exercises.Exercise", "slug name summary"),
    Impersonal("exercises.Phase", "starts_text ends_text name objective product people activities source"),
    Impersonal("exercises.Call", "starts_text ends_text title outcome url source key bases requirements sectors"),
    Impersonal("exercises.CallExtension", "reason"),
    Impersonal("exercises.Event", "starts_text ends_text slug name time_text place attendance account"),
    Impersonal("exercises.Event", "invitation recording_url registration_url source"),
    Impersonal("exercises.Event", "arrival accessibility remote_url programme groups reason"),
    Impersonal("exercises.DoorPost", "key_sha256"),
    Impersonal("exercises.SourceDocument", "starts_text ends_text key title approved_by url note"),
    Impersonal("exercises.Statement", "subject value parts place quote note"),
)
