"""What an account acts as, and for whom or where: the part that roles and invitations share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce

from tequio.accounts.enums import RoleKind
from tequio.accounts.models.organizations import Organization
from tequio.accounts.models.places import Jurisdiction

BELONGS_TO: Final[dict[RoleKind, str]] = {
    RoleKind.OPERATOR: "",
    RoleKind.GUARANTOR_STAFF: "organization",
    RoleKind.MUNICIPAL_LIAISON: "jurisdiction",
    RoleKind.REPRESENTATIVE: "organization",
}
"""The one thing to which each kind of role belongs."""

if TYPE_CHECKING:
    from django.db.models.expressions import Combinable


@dataclass(frozen=True)
class Post:
    """A kind of role with its organization or its place, whoever holds it: what one asks to grant."""

    kind: RoleKind
    organization: Organization | None = None
    jurisdiction: Jurisdiction | None = None

    @property
    def key(self) -> str:
        """Return a name for the post in a form's list: its kind and the public key of what it belongs to."""
        owner = self.organization.key if self.organization else self.jurisdiction.code if self.jurisdiction else ""
        return f"{self.kind.value}:{owner}"

    @property
    def owner_name(self) -> str:
        """Return the name of the organization or place, or nothing."""
        return str(self.organization or self.jurisdiction or "")


class WithPost(models.Model):
    """A row about a post."""

    kind = models.CharField("papel", max_length=17, choices=RoleKind)
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name="organización",
    )
    jurisdiction = models.ForeignKey(
        Jurisdiction,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name="lugar",
    )

    class Meta:
        abstract = True

    @property
    def post(self) -> Post:
        """Return the post that the row is about."""
        return Post(RoleKind(self.kind), self.organization, self.jurisdiction)


def post_constraint(table: str) -> models.CheckConstraint:
    """Return the promise the database keeps for a WithPost: each kind belongs to what it demands, and to no more."""
    shapes = Q()
    for kind, owner in BELONGS_TO.items():
        shapes |= Q(
            kind=kind.value,
            organization__isnull=owner != "organization",
            jurisdiction__isnull=owner != "jurisdiction",
        )
    return models.CheckConstraint(condition=shapes, name=f"{table}_belongs_as_its_kind_demands")


def same_post() -> tuple[Combinable, ...]:
    """Return the expressions by which two rows are of one post; nulls count as equal, which no engine does alone."""
    return (models.F("kind"), Coalesce("organization", Value(0)), Coalesce("jurisdiction", Value(0)))
