"""What plans hold of people (docs/privacy.md)."""

from __future__ import annotations

from typing import Final

from tequio.accounts.enums import NoticeKey
from tequio.kernel.personal import Declaration, Impersonal, published

PERSONAL: Final[tuple[Declaration, ...]] = (
    published(
        "plans.Responsible",
        "person name post mail phone",
        "Quién responde de una actividad, con su cargo y el contacto que el plan publicó",
        NoticeKey.PUBLIC_ROLE,
    ),
    Impersonal("plans.ActionPlan", "starts_text ends_text code title subtitle"),
    Impersonal("plans.Chapter", "title index_title blocks"),
    Impersonal(
        "plans.Commitment",
        "starts_text ends_text code axis form_title listed_name name promise helps_to_solve will_allow description",
    ),
    Impersonal(
        "plans.Commitment",
        "contribution target_population relevance agenda_2030 gender expected_results proposal_title proposal_text",
    ),
    Impersonal("plans.Commitment", "proposal_objective lines_title responsible_text contact_institution_text"),
    Impersonal("plans.Alignment", "quoted_name place"),
    Impersonal("plans.OtherActor", "text"),
    Impersonal("plans.Annex", "title url"),
    Impersonal("plans.KeyAction", "starts_text ends_text text dates_text"),
    Impersonal("plans.ActionLine", "text"),
    Impersonal("plans.Activity", "starts_text ends_text code label title description verification"),
    Impersonal("plans.Finding", "rule activity_code place says problem against"),
)
