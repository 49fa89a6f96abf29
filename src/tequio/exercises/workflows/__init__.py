"""Every write of exercises: what packs tell of them, and what people do in them."""

from tequio.exercises.workflows.accompaniment import (
    Told,
    ask_for_help,
    assign_companion,
    assign_companions,
    log_contact,
    set_quiet_days,
    settle_next_step,
    withdraw_help,
)
from tequio.exercises.workflows.applications import (
    APPLICATION_MOVES,
    CANDIDACY_WITHDRAWN,
    WITHDRAW_CANDIDACY,
    Answer,
    amend_application,
    hide_application,
    may_amend,
    submit_application,
    withdraw_application,
)
from tequio.exercises.workflows.attendees import (
    AttendeeDetails,
    cancel_registration,
    forget_attendees,
    register_for_event,
    remind_attendees,
)
from tequio.exercises.workflows.call_texts import CallTerms, proposed_terms
from tequio.exercises.workflows.calls import (
    CALL_MOVES,
    close_call,
    discard_call,
    draft_call,
    extend_call,
    publish_call,
    redraft_call,
)
from tequio.exercises.workflows.consents import end_consented
from tequio.exercises.workflows.declarations import (
    add_signatory,
    attach_signed_document,
    missing_to_sign,
    plan_signing,
    remove_signatory,
    sign_declaration,
    write_declaration,
)
from tequio.exercises.workflows.door import Arrival, Opened, admit_walk_in, check_in, close_post, open_post
from tequio.exercises.workflows.door_batches import MOST_ACTS, Noted, note_arrivals
from tequio.exercises.workflows.events import (
    EventDetails,
    cancel_event,
    change_event,
    discard_event,
    hold_event,
    plan_event,
    publish_event,
    publish_report,
)
from tequio.exercises.workflows.inviting import give_kept_places, invite_first, stop_inviting
from tequio.exercises.workflows.loading import REPLACE_EXERCISE, load_exercises
from tequio.exercises.workflows.methods import load_methods
from tequio.exercises.workflows.moves import EXERCISE, PHASE
from tequio.exercises.workflows.opening import open_exercise
from tequio.exercises.workflows.phases import (
    adopt_method,
    finish_phase,
    plan_phase,
    start_exercise,
    waive_requisite,
)
from tequio.exercises.workflows.photos import add_photo, remove_photo
from tequio.exercises.workflows.reviewing import accept_application, decline_application, return_application
from tequio.exercises.workflows.setup import plan_installation, resume_step, skip_step
from tequio.exercises.workflows.tenure import archive_exercise, hand_over

__all__ = [
    "APPLICATION_MOVES",
    "CALL_MOVES",
    "CANDIDACY_WITHDRAWN",
    "EXERCISE",
    "MOST_ACTS",
    "PHASE",
    "REPLACE_EXERCISE",
    "WITHDRAW_CANDIDACY",
    "Answer",
    "Arrival",
    "AttendeeDetails",
    "CallTerms",
    "EventDetails",
    "Noted",
    "Opened",
    "Told",
    "accept_application",
    "add_photo",
    "add_signatory",
    "admit_walk_in",
    "adopt_method",
    "amend_application",
    "archive_exercise",
    "ask_for_help",
    "assign_companion",
    "assign_companions",
    "attach_signed_document",
    "cancel_event",
    "cancel_registration",
    "change_event",
    "check_in",
    "close_call",
    "close_post",
    "decline_application",
    "discard_call",
    "discard_event",
    "draft_call",
    "end_consented",
    "extend_call",
    "finish_phase",
    "forget_attendees",
    "give_kept_places",
    "hand_over",
    "hide_application",
    "hold_event",
    "invite_first",
    "load_exercises",
    "load_methods",
    "log_contact",
    "may_amend",
    "missing_to_sign",
    "note_arrivals",
    "open_exercise",
    "open_post",
    "plan_event",
    "plan_installation",
    "plan_phase",
    "plan_signing",
    "proposed_terms",
    "publish_call",
    "publish_event",
    "publish_report",
    "redraft_call",
    "register_for_event",
    "remind_attendees",
    "remove_photo",
    "remove_signatory",
    "resume_step",
    "return_application",
    "set_quiet_days",
    "settle_next_step",
    "sign_declaration",
    "skip_step",
    "start_exercise",
    "stop_inviting",
    "submit_application",
    "waive_requisite",
    "withdraw_application",
    "withdraw_help",
    "write_declaration",
]
