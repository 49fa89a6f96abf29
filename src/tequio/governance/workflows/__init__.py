"""The verbs of collegiate bodies: seats, rules, sessions, decisions, minutes."""

from tequio.governance.workflows.agreements import FOLLOWING, cancel_agreement, fulfil_agreement
from tequio.governance.workflows.attendance import arrive, confirm_attendance, leave
from tequio.governance.workflows.calling import Called, annul_election, keep_what_was_voted, open_election
from tequio.governance.workflows.closing import close_due_elections, close_election
from tequio.governance.workflows.decisions import (
    Asked,
    amend_proposal,
    decide,
    put_to_decision,
    take_position,
    withdraw_proposal,
)
from tequio.governance.workflows.delegations import delegate_seat, end_delegation
from tequio.governance.workflows.drafting import (
    Terms,
    add_candidate,
    discard_election,
    draft_election,
    forget_candidate,
    remove_candidate,
    revise_election,
)
from tequio.governance.workflows.invitations import invite_to_seat, seat_of_token, take_seat
from tequio.governance.workflows.loading import keep_what_people_held, load_bodies
from tequio.governance.workflows.mechanism import Rules, write_mechanism, write_programme
from tequio.governance.workflows.minutes import answer_remark, send_remark
from tequio.governance.workflows.seats import (
    Holder,
    designate_member,
    fill_seat,
    install_body,
    vacate_seat,
    widen_sector,
)
from tequio.governance.workflows.sessions import (
    Meeting,
    Point,
    change_session,
    close_session,
    convene_session,
    declare_not_held,
    open_session,
    publish_recording,
    save_notes,
)
from tequio.governance.workflows.telling import tell_rolls
from tequio.governance.workflows.voting import cast_ballot, right_to_vote

__all__ = [
    "FOLLOWING",
    "Asked",
    "Called",
    "Holder",
    "Meeting",
    "Point",
    "Rules",
    "Terms",
    "add_candidate",
    "amend_proposal",
    "annul_election",
    "answer_remark",
    "arrive",
    "cancel_agreement",
    "cast_ballot",
    "change_session",
    "close_due_elections",
    "close_election",
    "close_session",
    "confirm_attendance",
    "convene_session",
    "decide",
    "declare_not_held",
    "delegate_seat",
    "designate_member",
    "discard_election",
    "draft_election",
    "end_delegation",
    "fill_seat",
    "forget_candidate",
    "fulfil_agreement",
    "install_body",
    "invite_to_seat",
    "keep_what_people_held",
    "keep_what_was_voted",
    "leave",
    "load_bodies",
    "open_election",
    "open_session",
    "publish_recording",
    "put_to_decision",
    "remove_candidate",
    "revise_election",
    "right_to_vote",
    "save_notes",
    "seat_of_token",
    "send_remark",
    "take_position",
    "take_seat",
    "tell_rolls",
    "vacate_seat",
    "widen_sector",
    "withdraw_proposal",
    "write_mechanism",
    "write_programme",
]
