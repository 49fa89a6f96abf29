"""Who exists: the people, the organizations and the places, each with its dates, and who acts as what."""

from tequio.accounts.models.invitations import Invitation
from tequio.accounts.models.letters import Letter
from tequio.accounts.models.notices import CalendarKey, NoticePreference, Telling, WaitingNotice
from tequio.accounts.models.organizations import Organization
from tequio.accounts.models.people import Person, User
from tequio.accounts.models.places import Jurisdiction, PopulationCount
from tequio.accounts.models.posts import Post
from tequio.accounts.models.privacy import Consent, PrivacyNotice, RetentionRun
from tequio.accounts.models.rights import DayOff, LegalTerm, RightsRequest
from tequio.accounts.models.roles import Role

__all__ = [
    "CalendarKey",
    "Consent",
    "DayOff",
    "Invitation",
    "Jurisdiction",
    "LegalTerm",
    "Letter",
    "NoticePreference",
    "Organization",
    "Person",
    "PopulationCount",
    "Post",
    "PrivacyNotice",
    "RetentionRun",
    "RightsRequest",
    "Role",
    "Telling",
    "User",
    "WaitingNotice",
]
