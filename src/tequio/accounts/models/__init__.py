"""Who exists: the people, the organizations and the places, each with its dates, and who acts as what."""

from tequio.accounts.models.invitations import Invitation
from tequio.accounts.models.notices import CalendarKey, NoticePreference, Telling, WaitingNotice
from tequio.accounts.models.organizations import Organization
from tequio.accounts.models.people import Person, User
from tequio.accounts.models.places import Jurisdiction, PopulationCount
from tequio.accounts.models.posts import Post
from tequio.accounts.models.roles import Role

__all__ = [
    "CalendarKey",
    "Invitation",
    "Jurisdiction",
    "NoticePreference",
    "Organization",
    "Person",
    "PopulationCount",
    "Post",
    "Role",
    "Telling",
    "User",
    "WaitingNotice",
]
