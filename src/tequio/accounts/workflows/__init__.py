"""Every write of accounts: what packs say of places and people, who acts as what, and who is invited to."""

from tequio.accounts.workflows.calendars import make_calendar_key, stop_calendar
from tequio.accounts.workflows.invitations import (
    Sent,
    accept_invitation,
    accept_received,
    forget_expired_addresses,
    invite_person,
    withdraw_invitation,
)
from tequio.accounts.workflows.loading import load_municipalities, load_organizations, load_persons, load_states
from tequio.accounts.workflows.mailtest import try_mail
from tequio.accounts.workflows.notifying import (
    choose_paces,
    forget_tellings,
    notify,
    read_way_out,
    send_digest,
    send_digests,
    stop_notices,
)
from tequio.accounts.workflows.roles import grant_from_console, grant_role, revoke_role
from tequio.accounts.workflows.sessions import forget_expired_sessions, forget_second_step

__all__ = [
    "Sent",
    "accept_invitation",
    "accept_received",
    "choose_paces",
    "forget_expired_addresses",
    "forget_expired_sessions",
    "forget_second_step",
    "forget_tellings",
    "grant_from_console",
    "grant_role",
    "invite_person",
    "load_municipalities",
    "load_organizations",
    "load_persons",
    "load_states",
    "make_calendar_key",
    "notify",
    "read_way_out",
    "revoke_role",
    "send_digest",
    "send_digests",
    "stop_calendar",
    "stop_notices",
    "try_mail",
    "withdraw_invitation",
]
