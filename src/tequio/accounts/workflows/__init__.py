"""Every write of accounts: what packs say of places and people, who acts as what, and who is invited to."""

from tequio.accounts.workflows.calendars import make_calendar_key, stop_calendar
from tequio.accounts.workflows.digests import forget_tellings, send_digest, send_digests
from tequio.accounts.workflows.erasing import CLOSE_ACCOUNT, close_account, erase, retain
from tequio.accounts.workflows.invitations import (
    Sent,
    accept_invitation,
    accept_received,
    forget_expired_addresses,
    invite_person,
    why_not_acceptable,
    withdraw_invitation,
)
from tequio.accounts.workflows.letters import (
    CORRESPONDENCE,
    Written,
    answer_letter,
    dismiss_letter,
    publish_letter,
    write_letter,
)
from tequio.accounts.workflows.loading import (
    load_days_off,
    load_municipalities,
    load_organizations,
    load_persons,
    load_states,
    load_terms,
)
from tequio.accounts.workflows.mailtest import try_mail
from tequio.accounts.workflows.notifying import choose_paces, notify, notify_all, read_way_out, stop_notices
from tequio.accounts.workflows.privacy import (
    CONSENT_WITHDRAWN,
    NoticeText,
    give_consent,
    hash_of,
    load_notices,
    publish_notice,
    withdraw_consent,
)
from tequio.accounts.workflows.rights import (
    RIGHTS,
    Asked,
    Requester,
    Wish,
    answer_request,
    ask_rights,
    prove_request,
    prove_request_in_person,
    withdraw_request,
)
from tequio.accounts.workflows.roles import grant_from_console, grant_role, revoke_role
from tequio.accounts.workflows.sessions import forget_expired_sessions, forget_second_step

__all__ = [
    "CLOSE_ACCOUNT",
    "CONSENT_WITHDRAWN",
    "CORRESPONDENCE",
    "RIGHTS",
    "Asked",
    "NoticeText",
    "Requester",
    "Sent",
    "Wish",
    "Written",
    "accept_invitation",
    "accept_received",
    "answer_letter",
    "answer_request",
    "ask_rights",
    "choose_paces",
    "close_account",
    "dismiss_letter",
    "erase",
    "forget_expired_addresses",
    "forget_expired_sessions",
    "forget_second_step",
    "forget_tellings",
    "give_consent",
    "grant_from_console",
    "grant_role",
    "hash_of",
    "invite_person",
    "load_days_off",
    "load_municipalities",
    "load_notices",
    "load_organizations",
    "load_persons",
    "load_states",
    "load_terms",
    "make_calendar_key",
    "notify",
    "notify_all",
    "prove_request",
    "prove_request_in_person",
    "publish_letter",
    "publish_notice",
    "read_way_out",
    "retain",
    "revoke_role",
    "send_digest",
    "send_digests",
    "stop_calendar",
    "stop_notices",
    "try_mail",
    "why_not_acceptable",
    "withdraw_consent",
    "withdraw_invitation",
    "withdraw_request",
    "write_letter",
]
