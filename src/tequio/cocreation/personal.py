"""What co-creation holds of people (docs/privacy.md)."""

from __future__ import annotations

from typing import Final

from tequio.accounts.enums import NoticeKey
from tequio.kernel.personal import After, Basis, Declaration, Ending, Impersonal, Personal, Shown, history

ACCOUNT, CONSULTATION = NoticeKey.ACCOUNT, NoticeKey.CONSULTATION

PERSONAL: Final[tuple[Declaration, ...]] = (
    Impersonal(
        "cocreation.Theme", "key name other_names justification table_place table_dates reason_without_commitment"
    ),
    Impersonal("cocreation.ProblemTree", "key title drawing_title drawing_note template_text"),
    Impersonal("cocreation.ProblemNode", "text"),
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
