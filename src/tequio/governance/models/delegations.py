"""For which days a titular lets their substitute answer for the seat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q

from tequio.governance.models.bodies import SeatTerm

if TYPE_CHECKING:
    from datetime import date

    from tequio.governance.models.bodies import Body


class DelegationQuerySet(models.QuerySet["Delegation"]):
    """Delegations, by whether somebody answers by them."""

    def answered(self, day: date) -> DelegationQuerySet:
        """Keep those not ended whose titular, and a substitute with an account, hold their seats on a day."""
        held = SeatTerm.objects.held_on(day)
        substitutes = held.filter(seat__substitute_of=OuterRef("term__seat"), account__isnull=False)
        return self.filter(models.Exists(substitutes), ended_at__isnull=True, term__in=held)

    def in_force(self, day: date) -> DelegationQuerySet:
        """Keep those by which the substitute answers on a day."""
        return self.answered(day).filter(starts_on__lte=day, last_on__gte=day)


class Delegation(models.Model):
    """A titular says that from one day to another, both included, their substitute answers for the seat.

    It is of the titular's term: whoever comes to the seat later says their own. A vacant substitute's seat answers
    nothing, so the titular does again, without anybody writing it.
    """

    term = models.ForeignKey(SeatTerm, on_delete=models.CASCADE, related_name="delegations", verbose_name="titular")
    starts_on = models.DateField("desde")
    last_on = models.DateField("último día")
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="delegations", verbose_name="lo dijo"
    )
    said_at = models.DateTimeField("dicho")
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="delegations_ended",
        verbose_name="lo terminó",
    )
    ended_at = models.DateTimeField("terminado", null=True, blank=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = "suplencia por unos días"
        verbose_name_plural = "suplencias por unos días"
        ordering = ["term", "-said_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["term"], condition=Q(ended_at__isnull=True), name="delegation_one_at_a_time"
            ),
            models.CheckConstraint(condition=Q(last_on__gte=F("starts_on")), name="delegation_forward"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="delegation_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.term.seat}, del {self.starts_on} al {self.last_on}"

    @property
    def body(self) -> Body:
        """The body in which the seat is."""
        found: Body = self.term.body
        return found

    def covers(self, day: date | None) -> bool:
        """Say whether a day is among those for which it was said."""
        return day is not None and self.starts_on <= day <= self.last_on
