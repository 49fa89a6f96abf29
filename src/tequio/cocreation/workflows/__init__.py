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
from tequio.cocreation.workflows.institutions import (
    ApproachDetails,
    InstitutionDetails,
    change_institution,
    map_institution,
    record_approach,
    unmap_institution,
)
from tequio.cocreation.workflows.kits import (
    DocumentDetails,
    KitTexts,
    acknowledge_kit,
    add_document,
    change_document,
    forget_receipts,
    move_document_up,
    publish_kit,
    remove_document,
    send_feedback,
    write_kit,
)
from tequio.cocreation.workflows.loading import load_diagnosis
from tequio.cocreation.workflows.placing import move_person, seat_everyone, seat_late
from tequio.cocreation.workflows.templates import load_table_templates

__all__ = [
    "ApproachDetails",
    "DocumentDetails",
    "DraftText",
    "InstitutionDetails",
    "KitTexts",
    "StagePlan",
    "TablePlan",
    "acknowledge_kit",
    "add_document",
    "add_entry",
    "add_minutes",
    "amend_entry",
    "change_document",
    "change_institution",
    "change_table",
    "close_table",
    "close_text",
    "convene_table",
    "drafted",
    "forget_receipts",
    "link_causes",
    "load_diagnosis",
    "load_table_templates",
    "map_institution",
    "merge_proposals",
    "move_document_up",
    "move_person",
    "next_stage",
    "publish_kit",
    "publish_table_report",
    "record_approach",
    "remove_document",
    "remove_entry",
    "seat_everyone",
    "seat_late",
    "send_feedback",
    "set_priorities",
    "unmap_institution",
    "write_draft",
    "write_kit",
    "write_proposal",
    "write_stages",
]
