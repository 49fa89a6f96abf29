"""The registered members of an exercise."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from tequio.accounts.enums import Sector
from tequio.accounts.models import Organization
from tequio.exercises.models.exercise import Exercise
from tequio.kernel.models import Attachment


def picture_address(number: int | None) -> str:
    """Return where anybody sees a picture once it is public."""
    return reverse("exercises:picture", args=[number]) if number else ""


class Registration(models.Model):
    """A registered member (miembro inscrito) of an exercise, in its sector.

    Organizations are named; private citizens are counted and shown without a name (docs/decisions/0005). `account`
    is who acts for the member, where it registered here: who votes in its sector. `picture` is an organization's logo.
    """

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="registrations")
    order = models.PositiveSmallIntegerField("orden")
    sector = models.CharField("sector", max_length=13, choices=Sector)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="registrations"
    )
    published_name = models.CharField("nombre, como dice el documento", max_length=300, blank=True)
    name_key = models.CharField("nombre, para comparar", max_length=300, blank=True, default="", db_default="")
    label = models.CharField("rótulo junto al logotipo", max_length=120, blank=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="registrations",
        verbose_name="cuenta que la representa",
    )
    picture = models.ForeignKey(
        Attachment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="registrations",
        verbose_name="logotipo",
    )

    class Meta:
        verbose_name = "miembro inscrito"
        verbose_name_plural = "miembros inscritos"
        ordering = ["exercise", "order"]
        constraints = [
            models.UniqueConstraint(fields=["exercise", "order"], name="registration_order_once"),
            models.CheckConstraint(
                condition=Q(sector=Sector.CITIZENS, organization__isnull=True, published_name="")
                | (~Q(sector=Sector.CITIZENS) & ~Q(published_name="")),
                name="registration_citizens_unnamed",
            ),
            models.UniqueConstraint(
                fields=["exercise", "sector", "account"],
                condition=Q(account__isnull=False),
                name="registration_account_once_per_sector",
            ),
            # A document may list an organization twice; who registers here may not.
            models.UniqueConstraint(
                fields=["exercise", "name_key"],
                condition=Q(account__isnull=False) & ~Q(name_key=""),
                name="registration_name_once",
            ),
            models.CheckConstraint(
                condition=~Q(sector=Sector.CITIZENS) | Q(picture=None, name_key=""), name="registration_citizens_unseen"
            ),
        ]

    def __str__(self) -> str:
        return self.published_name or f"Persona ciudadana {self.order}"

    @property
    def picture_url(self) -> str:
        """Where its logo is seen, if it has one."""
        return picture_address(self.picture_id)
