"""What exercises hold of people (docs/privacy.md)."""

from __future__ import annotations

from typing import Final

from tequio.accounts.enums import NoticeKey
from tequio.kernel.personal import Declaration, Impersonal, published

PERSONAL: Final[tuple[Declaration, ...]] = (
    published(
        "exercises.Registration",
        "published_name label",
        "El nombre de la organización o institución que se registró; de la ciudadanía no se guarda",
        NoticeKey.PUBLIC_ROLE,
    ),
    Impersonal("exercises.Exercise", "slug name summary"),
    Impersonal("exercises.Phase", "starts_text ends_text name objective product people activities source"),
    Impersonal("exercises.Call", "starts_text ends_text title outcome url source"),
    Impersonal("exercises.Event", "starts_text ends_text slug name time_text place attendance account"),
    Impersonal("exercises.Event", "invitation recording_url registration_url source"),
    Impersonal("exercises.SourceDocument", "starts_text ends_text key title approved_by url note"),
    Impersonal("exercises.Statement", "subject value parts place quote note"),
)
