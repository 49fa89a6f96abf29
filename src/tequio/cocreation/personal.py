"""What co-creation holds of people: nothing (docs/privacy.md)."""

from __future__ import annotations

from typing import Final

from tequio.kernel.personal import Declaration, Impersonal

PERSONAL: Final[tuple[Declaration, ...]] = (
    Impersonal(
        "cocreation.Theme", "key name other_names justification table_place table_dates reason_without_commitment"
    ),
    Impersonal("cocreation.ProblemTree", "key title drawing_title drawing_note template_text"),
    Impersonal("cocreation.ProblemNode", "text"),
)
