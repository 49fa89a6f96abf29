"""Dated roles of accounts: who acts as what, from which day until which, and by whose act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from tequio.accounts.models.posts import Post, WithPost, post_constraint, same_post

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import OuterRef


class RoleQuerySet(models.QuerySet["Role"]):
    """Roles, by day and post."""

    def held_on(self, day: date | OuterRef) -> RoleQuerySet:
        """Keep those that act on a day: begun, not ended, of an organization or place that exists."""
        window = Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gt=day))
        for owner in ("organization", "jurisdiction"):
            window &= Q(**{f"{owner}__valid_to__isnull": True}) | Q(**{f"{owner}__valid_to__gt": day})
        return self.filter(window)

    def overlapping(self, starts_on: date, ends_on: date | None) -> RoleQuerySet:
        """Keep those that share a day with a window."""
        begun = self if ends_on is None else self.filter(starts_on__lt=ends_on)
        return begun.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=starts_on)).exclude(ends_on=F("starts_on"))

    def of(self, post: Post) -> RoleQuerySet:
        """Keep those of a post."""
        return self.filter(kind=post.kind, organization=post.organization, jurisdiction=post.jurisdiction)


class Role(WithPost):
    """What an account acts as, from `starts_on` until the day before `ends_on`.

    Revoking closes the window on that day, so that one question, `held_on`, answers for every role.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="roles", verbose_name="cuenta"
    )
    starts_on = models.DateField("desde")
    ends_on = models.DateField("hasta", null=True, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="roles_granted",
        verbose_name="otorgado por",
    )
    granted_at = models.DateTimeField("otorgado")
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="roles_revoked",
        verbose_name="retirado por",
    )
    revoked_at = models.DateTimeField("retirado", null=True, blank=True)
    revocation_reason = models.CharField("motivo del retiro", max_length=300, blank=True)

    objects = RoleQuerySet.as_manager()

    class Meta:
        verbose_name = "papel de una cuenta"
        verbose_name_plural = "papeles de cuentas"
        ordering = ["user", "starts_on", "pk"]
        constraints = [
            post_constraint("role"),
            models.UniqueConstraint(
                F("user"), *same_post(), condition=Q(ends_on__isnull=True), name="role_open_once_per_post"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(ends_on__gt=F("starts_on"))
                | Q(ends_on=F("starts_on"), revoked_at__isnull=False),
                name="role_ends_after_its_start",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True, revocation_reason="")
                | (
                    Q(revoked_at__isnull=False, revoked_by__isnull=False, ends_on__isnull=False)
                    & ~Q(revocation_reason="")
                ),
                name="role_revoked_whole",
            ),
            models.CheckConstraint(
                condition=Q(granted_by__isnull=True) | ~Q(granted_by=F("user")), name="role_granted_by_another"
            ),
        ]

    def __str__(self) -> str:
        owner = self.organization or self.jurisdiction
        return f"{self.get_kind_display()}{f': {owner}' if owner else ''}"
