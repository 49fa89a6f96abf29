"""What co-creation holds of people: where they sit while a table lasts, and nothing of what they say."""

from __future__ import annotations

from typing import Final

from tequio.kernel.personal import Declaration, Impersonal

PERSONAL: Final[tuple[Declaration, ...]] = (
    Impersonal(
        "cocreation.Theme", "key name other_names justification table_place table_dates reason_without_commitment"
    ),
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
)
