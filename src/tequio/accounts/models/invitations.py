"""Invitations to a post: a secret sent by e-mail, used once, of which only a receipt stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from tequio.accounts.models.posts import WithPost, post_constraint, same_post
from tequio.accounts.models.roles import Role

if TYPE_CHECKING:
    from datetime import datetime


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations, by state."""

    def unsettled(self) -> InvitationQuerySet:
        """Keep those that nobody accepted or withdrew."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)

    def expired(self, instant: datetime) -> InvitationQuerySet:
        """Keep those that nobody accepted or withdrew in time."""
        return self.unsettled().filter(expires_at__lte=instant)


class Invitation(WithPost):
    """An invitation; of the secret only its hash is kept, and the address only while it can be accepted."""

    token_sha256 = models.CharField("huella de la clave", max_length=64, unique=True)
    email = models.EmailField("correo", max_length=254, blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="invitations_sent",
        verbose_name="invitó",
    )
    invited_at = models.DateTimeField("enviada")
    expires_at = models.DateTimeField("vence")
    accepted_at = models.DateTimeField("aceptada", null=True, blank=True)
    role = models.ForeignKey(
        Role,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="invitations",
        verbose_name="papel que dio",
    )
    withdrawn_at = models.DateTimeField("retirada", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="invitations_withdrawn",
        verbose_name="la retiró",
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "invitación"
        verbose_name_plural = "invitaciones"
        ordering = ["-invited_at", "pk"]
        constraints = [
            post_constraint("invitation"),
            models.UniqueConstraint(
                F("email"), *same_post(), condition=~Q(email=""), name="invitation_open_once_per_address_and_post"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("invited_at")), name="invitation_expires_after_sending"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, role__isnull=True)
                | Q(accepted_at__isnull=False, role__isnull=False, withdrawn_at__isnull=True, email=""),
                name="invitation_accepted_whole",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False, email=""),
                name="invitation_withdrawn_whole",
            ),
        ]

    def __str__(self) -> str:
        owner = self.organization or self.jurisdiction
        return f"{self.get_kind_display()}{f': {owner}' if owner else ''}, {self.invited_at:%Y-%m-%d}"
