"""The verbs of diagnosis and co-creation."""

from tequio.cocreation.workflows.capturing import (
    add_entry,
    amend_entry,
    link_causes,
    remove_entry,
    set_priorities,
    write_proposal,
)
from tequio.cocreation.workflows.closing import close_table, publish_table_report
from tequio.cocreation.workflows.conducting import add_minutes, next_stage
from tequio.cocreation.workflows.consulting import (
    PROBLEMS,
    ConsultationTerms,
    change_consultation,
    close_consultation,
    decline_problem,
    group_problem,
    hide_problem,
    keep_what_was_proposed,
    merge_problem,
    open_consultation,
    reopen_problem,
)
from tequio.cocreation.workflows.convening import StagePlan, TablePlan, change_table, convene_table, write_stages
from tequio.cocreation.workflows.drafting import DraftText, close_text, drafted, merge_proposals, write_draft
from tequio.cocreation.workflows.loading import load_diagnosis
from tequio.cocreation.workflows.problems import (
    ProblemWords,
    ask_to_support,
    confirm_problem,
    confirm_support,
    propose_problem,
    withdraw_problem,
    withdraw_support,
)
from tequio.cocreation.workflows.templates import load_table_templates
from tequio.cocreation.workflows.themes import (
    THEMES,
    ThemePlan,
    approve_theme,
    change_theme,
    propose_theme,
    withdraw_theme,
)

__all__ = [
    "PROBLEMS",
    "THEMES",
    "ConsultationTerms",
    "DraftText",
    "ProblemWords",
    "StagePlan",
    "TablePlan",
    "ThemePlan",
    "add_entry",
    "add_minutes",
    "amend_entry",
    "approve_theme",
    "ask_to_support",
    "change_consultation",
    "change_table",
    "change_theme",
    "close_consultation",
    "close_table",
    "close_text",
    "confirm_problem",
    "confirm_support",
    "convene_table",
    "decline_problem",
    "drafted",
    "group_problem",
    "hide_problem",
    "keep_what_was_proposed",
    "link_causes",
    "load_diagnosis",
    "load_table_templates",
    "merge_problem",
    "merge_proposals",
    "next_stage",
    "open_consultation",
    "propose_problem",
    "propose_theme",
    "publish_table_report",
    "remove_entry",
    "reopen_problem",
    "set_priorities",
    "withdraw_problem",
    "withdraw_support",
    "withdraw_theme",
    "write_draft",
    "write_proposal",
    "write_stages",
]
