"""Who may do what with roles and invitations, in predicates that read as sentences.

A predicate takes the account and the thing: a place, an organization, or whatever has one of them (`Post`, `Role`,
`Invitation`, in higher rooms an exercise). Without a thing it answers whether there is any for which it holds, which
is what a page asks before it shows itself; the verb asks again with the thing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rules.permissions import permissions
from rules.predicates import Predicate

from tequio.accounts.enums import (
    ANSWER_LETTER,
    ANSWER_REQUEST,
    DISMISS_LETTER,
    GRANT_ROLE,
    INVITE_PERSON,
    PROVE_REQUEST,
    PROVE_REQUEST_IN_PERSON,
    PUBLISH_LETTER,
    PUBLISH_NOTICE,
    REVOKE_ROLE,
    TRY_MAIL,
    WITHDRAW_INVITATION,
    WITHDRAW_REQUEST,
    RoleKind,
)
from tequio.accounts.models import Jurisdiction, Organization, User
from tequio.accounts.queries import held_roles, operates
from tequio.kernel.clock import today

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import Role


def place_of(thing: Any) -> Jurisdiction | None:
    """Return the place of a thing: itself, its own, or its organization's."""
    if isinstance(thing, Jurisdiction):
        return thing
    own: Jurisdiction | None = getattr(thing, "jurisdiction", None)
    organization = getattr(thing, "organization", None)
    return own or (place_of(organization) if organization else None)


def _held(user: User | AnonymousUser, kind: RoleKind) -> list[Role]:
    """Return the account's roles of a kind; a permission is of this moment, so the day is today's."""
    return [role for role in held_roles(user, today()) if role.kind == kind]


def _operates(user: User | AnonymousUser) -> bool:
    """Whether the account operates the platform."""
    return operates(user, today())


def _staff_of_its_guarantor(user: User | AnonymousUser, thing: Any = None) -> bool:
    """Whether the account is staff of a guarantor in whose state the thing is."""
    states = {role.organization.jurisdiction_id for role in _held(user, RoleKind.GUARANTOR_STAFF) if role.organization}
    if thing is None:
        return bool(states)
    place = place_of(thing)
    return place is not None and not states.isdisjoint({place.pk, place.parent_id} - {None})


def _liaison_there(user: User | AnonymousUser, thing: Any = None) -> bool:
    """Whether the account is the liaison of the municipality where the thing is."""
    towns = {role.jurisdiction_id for role in _held(user, RoleKind.MUNICIPAL_LIAISON)}
    if thing is None:
        return bool(towns)
    place = place_of(thing)
    return place is not None and place.pk in towns


def _represents(user: User | AnonymousUser, thing: Any = None) -> bool:
    """Whether the account represents the organization, or that of the thing."""
    represented = {role.organization_id for role in _held(user, RoleKind.REPRESENTATIVE)}
    if thing is None:
        return bool(represented)
    organization = thing if isinstance(thing, Organization) else getattr(thing, "organization", None)
    return organization is not None and organization.pk in represented


def _for_another(user: User | AnonymousUser, thing: Any = None) -> bool:
    """Whether the role or invitation is not the account's own."""
    if getattr(thing, "user_id", None) == user.pk:
        return False
    address = getattr(thing, "email", "")
    return not address or address != getattr(user, "email", "").casefold()


def _of_platform(_user: User | AnonymousUser, thing: Any = None) -> bool:
    """Whether the post is one that operators fill."""
    return thing is None or thing.kind in {RoleKind.OPERATOR, RoleKind.GUARANTOR_STAFF}


def _of_exercises(_user: User | AnonymousUser, thing: Any = None) -> bool:
    """Whether the post is one that the guarantor's staff fill."""
    return thing is None or thing.kind in {RoleKind.MUNICIPAL_LIAISON, RoleKind.REPRESENTATIVE}


def _of_representatives(_user: User | AnonymousUser, thing: Any = None) -> bool:
    """Whether the post is a representative's."""
    return thing is None or thing.kind == RoleKind.REPRESENTATIVE


def _own(user: User | AnonymousUser, thing: Any = None) -> bool:
    """Whether the thing is of the account."""
    return user.pk is not None and getattr(thing, "account_id", None) == user.pk


is_operator: Final = Predicate(_operates, name="is_operator")
is_guarantor_staff: Final = Predicate(_staff_of_its_guarantor, name="is_guarantor_staff")
is_liaison_of: Final = Predicate(_liaison_there, name="is_liaison_of")
is_representative_of: Final = Predicate(_represents, name="is_representative_of")
is_for_somebody_else: Final = Predicate(_for_another, name="is_for_somebody_else")
is_post_of_platform: Final = Predicate(_of_platform, name="is_post_of_platform")
is_post_of_exercises: Final = Predicate(_of_exercises, name="is_post_of_exercises")
is_post_of_representative: Final = Predicate(_of_representatives, name="is_post_of_representative")
is_own: Final = Predicate(_own, name="is_own")

appoints: Final = (is_operator & is_post_of_platform) | (is_guarantor_staff & is_post_of_exercises)
invites: Final = appoints | (is_liaison_of & is_post_of_representative)

permissions[GRANT_ROLE] = is_for_somebody_else & appoints
permissions[REVOKE_ROLE] = appoints
permissions[INVITE_PERSON] = is_for_somebody_else & invites
permissions[WITHDRAW_INVITATION] = invites
permissions[TRY_MAIL] = is_operator
permissions[PUBLISH_NOTICE] = is_operator | is_guarantor_staff
permissions[PROVE_REQUEST] = is_own
permissions[WITHDRAW_REQUEST] = is_own
permissions[PROVE_REQUEST_IN_PERSON] = is_guarantor_staff
permissions[ANSWER_REQUEST] = is_guarantor_staff
for _permission in (ANSWER_LETTER, PUBLISH_LETTER, DISMISS_LETTER):
    permissions[_permission] = is_guarantor_staff | is_liaison_of
