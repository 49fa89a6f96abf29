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
from tequio.cocreation.workflows.convening import StagePlan, TablePlan, change_table, convene_table, write_stages
from tequio.cocreation.workflows.drafting import DraftText, close_text, drafted, merge_proposals, write_draft
from tequio.cocreation.workflows.loading import load_diagnosis
from tequio.cocreation.workflows.placing import move_person, seat_everyone, seat_late
from tequio.cocreation.workflows.templates import load_table_templates

__all__ = [
    "DraftText",
    "StagePlan",
    "TablePlan",
    "add_entry",
    "add_minutes",
    "amend_entry",
    "change_table",
    "close_table",
    "close_text",
    "convene_table",
    "drafted",
    "link_causes",
    "load_diagnosis",
    "load_table_templates",
    "merge_proposals",
    "move_person",
    "next_stage",
    "publish_table_report",
    "remove_entry",
    "seat_everyone",
    "seat_late",
    "set_priorities",
    "write_draft",
    "write_proposal",
    "write_stages",
]
