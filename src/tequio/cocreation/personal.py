"""What co-creation holds of people: where they sit while a table lasts, who proposed, who reviewed a tree."""

from __future__ import annotations

from typing import Final

from django.db.models import Q

from tequio.accounts.enums import NoticeKey
from tequio.cocreation.enums import ProblemStatus
from tequio.kernel.personal import After, Basis, Declaration, Ending, Impersonal, Personal, Shown, history

ACCOUNT, CONSULTATION = NoticeKey.ACCOUNT, NoticeKey.CONSULTATION

PERSONAL: Final[tuple[Declaration, ...]] = (
    Impersonal(
        "cocreation.Theme", "key name other_names justification table_place table_dates reason_without_commitment"
    ),
    Impersonal("cocreation.Theme", "plan_document plan_alignment targets withdrawn_because"),
    Impersonal("cocreation.ProblemConsultation", "words rules closed_because"),
    Personal(
        "cocreation.Problem",
        "title text place",
        "El problema público que propusiste; se publica sin decir quién lo propuso. Sin confirmar, se borra en 7 días",
        CONSULTATION,
        Basis.CONSENT,
        Ending.ERASED,
        Shown.CONSENT,
        after=After("proposed_on", 7, "de enviarse sin confirmar"),
        owner="email=email",
        only=Q(status=ProblemStatus.UNCONFIRMED),
    ),
    Personal(
        "cocreation.Problem",
        "email code",
        "Tu correo y la clave de tu liga, para avisarte qué pasó con tu propuesta",
        CONSULTATION,
        Basis.CONSENT,
        Ending.BLANKED,
        after=After("answered_on", 30, "de la respuesta"),
        owner="email=email",
    ),
    Personal(
        "cocreation.Support",
        "address_hash",
        "Una huella de tu correo por cada problema que apoyas, distinta en cada uno; queda solo la cuenta",
        CONSULTATION,
        Basis.CONSENT,
        Ending.BLANKED,
        after=After("problem__consultation__closes_at", 30, "de que cierra la consulta"),
        secret=True,
    ),
    Impersonal("cocreation.Problem", "reason"),
    Impersonal("cocreation.ProblemTree", "key title drawing_title drawing_note template_text"),
    Impersonal("cocreation.ProblemNode", "text"),
    Impersonal("cocreation.TableTemplate", "key name begins groups questions source"),
    Impersonal("cocreation.TemplateStage", "name responsible materials dynamics"),
    Impersonal("cocreation.Stage", "name responsible materials dynamics"),
    Impersonal("cocreation.Table", "criteria questions room_code seed draft reason lessons"),
    Impersonal("cocreation.SmallTable", "key sheet"),
    Impersonal("cocreation.ClosedText", "title text long_term_objective definitive_commitment sources sha256"),
    # A receipt is a keyed mark that leads to nobody without the site's secret; it goes with who registered.
    Impersonal("cocreation.Kit", "context glossary rules receipts feedback"),
    Impersonal("cocreation.KitDocument", "title made_by url agenda_2030 equality inclusion"),
    Impersonal("cocreation.TableInstitution", "name post faculty"),
    Impersonal("cocreation.Approach", "account"),
    Personal(
        "cocreation.ViabilityReview",
        "email",
        "El correo de la oficina a la que se pidió un dictamen; se borra al definirse el compromiso",
        CONSULTATION,
        Basis.SERVICE,
        Ending.BLANKED,
        after=After("due_on", 180, "de la fecha en que se esperaba"),
        owner="email=email",
    ),
    Impersonal("cocreation.ViabilityReview", "office"),
    Impersonal("cocreation.Verdict", "reasons"),
    history("cocreation.TreeChange", "changed_by", "Los cambios que hiciste a un árbol", ACCOUNT, "changed_by"),
    Impersonal("cocreation.TreeChange", "touched"),
    Personal(
        "cocreation.TreeReviewer",
        "email",
        "El correo al que se te invitó a revisar un árbol; se borra en cuanto aceptas",
        CONSULTATION,
        Basis.SERVICE,
        Ending.BLANKED,
        after=After("invited_at", 30, "de la invitación"),
        owner="email=email",
    ),
    history("cocreation.TreeReviewer", "account", "Los árboles que revisas", CONSULTATION, "account"),
    Personal(
        "cocreation.TreeReviewer",
        "credit",
        "Tu nombre entre quienes revisaron un árbol, si lo pediste",
        CONSULTATION,
        Basis.CONSENT,
        Ending.BLANKED,
        Shown.CONSENT,
        with_account=True,
        owner="account",
    ),
    Personal(
        "cocreation.TreeComment",
        "text",
        "Lo que comentaste al revisar un árbol; se publica con su respuesta y sin tu nombre",
        CONSULTATION,
        Basis.DUTY,
        Ending.STAYS,
        Shown.ROLE,
        owner="reviewer__account",
    ),
    Impersonal("cocreation.TreeComment", "about answer"),
)
