"""Who exists: the people, the organizations and the places, each with its dates."""

from tequio.accounts.models.organizations import Organization
from tequio.accounts.models.people import Person, User
from tequio.accounts.models.places import Jurisdiction, PopulationCount

__all__ = ["Jurisdiction", "Organization", "Person", "PopulationCount", "User"]
