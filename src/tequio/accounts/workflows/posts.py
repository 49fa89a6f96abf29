"""What must hold of a post before anybody is given it or invited to it, and how the public record names it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tequio.accounts.enums import JurisdictionKind, OrganizationKind, RoleKind
from tequio.accounts.models.posts import BELONGS_TO
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from tequio.accounts.models import Organization, Post

OWNERS = {"": "nada más", "organization": "una organización", "jurisdiction": "un municipio"}


def check_post(post: Post) -> None:
    """Refuse a post that does not belong to what its kind demands."""
    owner = BELONGS_TO[post.kind]
    given = {"organization": post.organization, "jurisdiction": post.jurisdiction}
    if any((thing is not None) != (name == owner) for name, thing in given.items()):
        raise Refused(f"El papel «{post.kind.label}» pide {OWNERS[owner]}. Revisa lo que elegiste.")
    if post.organization:
        _check_organization(post.kind, post.organization)
    if post.jurisdiction and post.jurisdiction.kind != JurisdictionKind.MUNICIPALITY:
        raise Refused(f"{post.jurisdiction} no es un municipio. Elige el municipio del enlace.")


def _check_organization(kind: RoleKind, organization: Organization) -> None:
    guarantor = organization.kind == OrganizationKind.GUARANTOR
    if kind == RoleKind.GUARANTOR_STAFF and not guarantor:
        raise Refused(f"{organization} no es un órgano garante. Elige el órgano garante donde trabaja la persona.")
    if kind == RoleKind.REPRESENTATIVE and guarantor:
        raise Refused(f"{organization} es el órgano garante: su personal no lo representa con este papel.")
    if organization.jurisdiction is None:
        raise Refused(f"{organization} no tiene lugar. Registra primero su estado o municipio.")


def subject_of(post: Post) -> str:
    """Return the public reference under which the ledger writes what happens with a post, never with an account."""
    if post.organization:
        return f"accounts.Organization:{post.organization.key}"
    if post.jurisdiction:
        return f"accounts.Jurisdiction:{post.jurisdiction.code}"
    return f"accounts.Role:{post.kind}"
