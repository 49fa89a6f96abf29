"""The roles that an account holds on a day, asked once; what it may invite to, and what it may take back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import Permission
from django.db.models import Q

from tequio.accounts.enums import REVOKE_ROLE, WITH_SECOND_STEP, WITHDRAW_INVITATION, OrganizationKind, RoleKind
from tequio.accounts.models import Invitation, Jurisdiction, Organization, Post, Role, User
from tequio.kernel.canonical import sha256
from tequio.kernel.components import Link

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.contrib.auth.models import AnonymousUser

OWNERS: Final = ("organization__jurisdiction", "jurisdiction")


def held_roles(user: User | AnonymousUser, day: date) -> tuple[Role, ...]:
    """Return what an account acts as on a day, in a session that showed what its roles ask for."""
    roles = roles_of(user, day)
    guarded = any(role.kind in WITH_SECOND_STEP for role in roles)
    if isinstance(user, User) and guarded and not user.shows_second_step():
        return tuple(role for role in roles if role.kind not in WITH_SECOND_STEP)
    return roles


def operates(user: User | AnonymousUser, day: date) -> bool:
    """Whether the account operates the platform; a superuser does, so that there can be a first operator."""
    if isinstance(user, User) and user.is_active and user.is_superuser:
        return user.shows_second_step()
    return any(role.kind == RoleKind.OPERATOR for role in held_roles(user, day))


DESK: Final = "wagtailadmin.access_admin"


def asks_second_step(user: User, day: date) -> bool:
    """Whether something of the account does not act without a second step."""
    if user.is_superuser or any(role.kind in WITH_SECOND_STEP for role in roles_of(user, day)):
        return True
    room, _, act = DESK.partition(".")
    theirs = Q(user=user) | Q(group__user=user)
    return user.is_active and Permission.objects.filter(theirs, content_type__app_label=room, codename=act).exists()


def has_second_step(person: User) -> bool:
    """Whether an account has a second step; the session that read it knows already (adapters.Entrance)."""
    known: bool | None = getattr(person, "has_second_step", None)
    if known is not None:
        return known
    steps = Authenticator.objects.filter(user=person).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return bool(steps.exists())


def roles_of(user: User | AnonymousUser, day: date) -> tuple[Role, ...]:
    """Return every role of an account on a day, also those that do not act without a second step.

    The answer stays on this instance of the account and nowhere else: each request reads its account anew, so a
    role that ended or was revoked no longer acts at the next one.
    """
    if not isinstance(user, User) or not user.is_active:
        return ()
    if day not in user.roles_by_day:
        user.roles_by_day[day] = tuple(user.roles.held_on(day).select_related("organization", "jurisdiction"))
    return user.roles_by_day[day]


def posts_within_reach(user: User, day: date) -> dict[str, list[Post]]:
    """Return the posts to which an account may invite, by the name of their kind; the verb decides again."""
    held = held_roles(user, day)
    reach: dict[RoleKind, list[Post]] = {}
    organizations = Organization.objects.in_force(day)
    if operates(user, day):
        guarantors = organizations.filter(kind=OrganizationKind.GUARANTOR)
        reach[RoleKind.OPERATOR] = [Post(RoleKind.OPERATOR)]
        reach[RoleKind.GUARANTOR_STAFF] = [Post(RoleKind.GUARANTOR_STAFF, organization) for organization in guarantors]
    states = {
        role.organization.jurisdiction_id
        for role in held
        if role.kind == RoleKind.GUARANTOR_STAFF and role.organization
    }
    towns = {role.jurisdiction_id for role in held if role.kind == RoleKind.MUNICIPAL_LIAISON}
    if states:
        places = Jurisdiction.objects.in_force(day).municipalities().filter(parent__in=states).order_by("name")
        reach[RoleKind.MUNICIPAL_LIAISON] = [Post(RoleKind.MUNICIPAL_LIAISON, None, place) for place in places]
    if states or towns:
        there = Q(jurisdiction__in=states | towns) | Q(jurisdiction__parent__in=states)
        represented = organizations.filter(there).exclude(kind=OrganizationKind.GUARANTOR)
        reach[RoleKind.REPRESENTATIVE] = [Post(RoleKind.REPRESENTATIVE, organization) for organization in represented]
    return {str(kind.label): posts for kind, posts in reach.items() if posts}


def open_invitations(viewer: User, at: datetime) -> list[Invitation]:
    """Return the invitations that wait for an answer and that the viewer may withdraw."""
    waiting = Invitation.objects.unsettled().filter(expires_at__gt=at).select_related(*OWNERS)
    return [invitation for invitation in waiting if viewer.has_perm(WITHDRAW_INVITATION, invitation)]


def roles_within_reach(viewer: User, day: date) -> list[Role]:
    """Return the roles held on a day that the viewer may take back, with their accounts."""
    held = Role.objects.held_on(day).select_related("user", *OWNERS)
    return [role for role in held if viewer.has_perm(REVOKE_ROLE, role)]


def invitation_of(token: str) -> Invitation | None:
    """Return the invitation that a secret opens, or nothing."""
    digest = sha256(token.encode(errors="replace"))
    return Invitation.objects.filter(token_sha256=digest).select_related("invited_by", "role", *OWNERS).first()


def towns_of(viewer: User | AnonymousUser, day: date) -> list[Jurisdiction]:
    """Return the municipalities of which an account is the liaison on a day."""
    held = held_roles(viewer, day)
    return [role.jurisdiction for role in held if role.kind == RoleKind.MUNICIPAL_LIAISON and role.jurisdiction]


def own_pages(viewer: User | AnonymousUser) -> list[Link]:
    """Return the pages where an account may work."""
    return [Link(name, address) for name, address, needed in settings.WORK_PAGES if viewer.has_perm(needed)]
