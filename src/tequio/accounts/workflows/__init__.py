"""Every write of accounts: what packs say of places and people, who acts as what, and who is invited to."""

from tequio.accounts.workflows.invitations import (
    Sent,
    accept_invitation,
    forget_expired_addresses,
    invite_person,
    withdraw_invitation,
)
from tequio.accounts.workflows.loading import load_municipalities, load_organizations, load_persons, load_states
from tequio.accounts.workflows.roles import grant_from_console, grant_role, revoke_role
from tequio.accounts.workflows.sessions import forget_expired_sessions, forget_second_step

__all__ = [
    "Sent",
    "accept_invitation",
    "forget_expired_addresses",
    "forget_expired_sessions",
    "forget_second_step",
    "grant_from_console",
    "grant_role",
    "invite_person",
    "load_municipalities",
    "load_organizations",
    "load_persons",
    "load_states",
    "revoke_role",
    "withdraw_invitation",
]
