"""Collegiate bodies, their seats, and who held them when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from tequio.accounts.enums import Sector
from tequio.accounts.models import Organization, Person
from tequio.exercises.models import Exercise
from tequio.governance.enums import BODY_WORDS, BodyKind, SeatRole
from tequio.kernel.models import StatedPeriod
from tequio.kernel.models.periods import period_constraints

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import OuterRef


class Body(models.Model):
    """A collegiate body of an exercise, as its technical secretariat or the operative group."""

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="bodies")
    kind = models.CharField("tipo", max_length=19, choices=BodyKind)
    name = models.CharField("nombre", max_length=200)
    acronym = models.CharField("siglas", max_length=20, blank=True)
    description = models.TextField("qué es", blank=True)

    class Meta:
        verbose_name = "órgano colegiado"
        verbose_name_plural = "órganos colegiados"
        ordering = ["exercise", "id"]
        constraints = [models.UniqueConstraint(fields=["exercise", "kind"], name="body_kind_once_per_exercise")]

    def __str__(self) -> str:
        return self.name

    @property
    def short_name(self) -> str:
        """The acronym where there is one, else the name."""
        return self.acronym or self.name

    @property
    def word(self) -> str:
        """How addresses and the public record name the body within its exercise."""
        return BODY_WORDS[self.kind]

    @property
    def reference(self) -> str:
        """The subject under which the ledger writes what happens in the body."""
        return f"governance.Body:{self.exercise.slug}/{self.word}"


class Seat(models.Model):
    """A place in a body that belongs to a sector: a titular's, a substitute's, or the facilitator's.

    A titular's seat and that of its substitute are one representation: one position in each decision. In an
    operative group each seat represents one of the secretariat's.
    """

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="seats")
    order = models.PositiveSmallIntegerField("orden")
    role = models.CharField("calidad", max_length=11, choices=SeatRole)
    sector = models.CharField("sector", max_length=13, choices=Sector, blank=True)
    substitute_of = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="substitutes", verbose_name="suple a"
    )
    represents = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="delegates", verbose_name="lo designa"
    )

    class Meta:
        verbose_name = "asiento"
        ordering = ["body", "order"]
        constraints = [
            models.UniqueConstraint(fields=["body", "order"], name="seat_order_once"),
            models.CheckConstraint(
                condition=Q(role=SeatRole.FACILITATOR) | ~Q(sector=""),
                name="seat_has_sector_unless_facilitator",
            ),
            models.UniqueConstraint(
                fields=["substitute_of"], condition=Q(substitute_of__isnull=False), name="seat_has_one_substitute"
            ),
            models.UniqueConstraint(
                fields=["body", "represents"], condition=Q(represents__isnull=False), name="seat_designates_once"
            ),
            models.CheckConstraint(
                condition=Q(substitute_of__isnull=True) | Q(role=SeatRole.SUBSTITUTE),
                name="seat_that_substitutes_is_a_substitutes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} · {self.get_sector_display()}" if self.sector else self.get_role_display()

    @property
    def exercise(self) -> Exercise:
        """The exercise of the seat's body."""
        return self.body.exercise

    @property
    def has_vote(self) -> bool:
        """Say whether the holder votes: the facilitator has voice only (Metodología, nota 4)."""
        return self.role != SeatRole.FACILITATOR

    @property
    def representation(self) -> Seat:
        """The titular's seat for which the holder speaks: itself, or the one it substitutes."""
        return self.substitute_of or self

    @property
    def reference(self) -> str:
        """The subject under which the ledger writes who holds the seat."""
        return f"governance.Seat:{self.exercise.slug}/{self.body.word}/{self.order}"


class SeatTermQuerySet(models.QuerySet["SeatTerm"]):
    """Terms, by day."""

    def held_on(self, day: date | OuterRef) -> SeatTermQuerySet:
        """Keep those in force on a day: begun, and with no end stated or a later one."""
        return self.filter(Q(starts_on__isnull=True) | Q(starts_on__lte=day)).filter(
            Q(ends_on__isnull=True, ends_text="") | Q(ends_on__gt=day)
        )


class SeatTerm(StatedPeriod):
    """Who held a seat, in which public post, from when to when: null where no document says the day.

    `account` is who acts in the seat here: titular or substitute, its votes and attendance.
    """

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="terms")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="seat_terms")
    order = models.PositiveSmallIntegerField("orden")
    published_name = models.CharField("nombre, como dice el documento", max_length=200)
    post = models.CharField("cargo, como dice el documento", max_length=300, blank=True)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="seat_terms"
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="seat_terms",
        verbose_name="cuenta que lo ocupa",
    )
    agreement = models.ForeignKey(
        "Agreement",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="terms",
        verbose_name="acuerdo por el que lo ocupa",
    )
    note = models.CharField("nota", max_length=300, blank=True)
    source = models.CharField("fuente", max_length=300, blank=True)

    objects = SeatTermQuerySet.as_manager()

    class Meta:
        verbose_name = "periodo en un asiento"
        verbose_name_plural = "periodos en un asiento"
        ordering = ["seat", "order"]
        constraints = [
            models.UniqueConstraint(fields=["seat", "order"], name="seat_term_order_once"),
            models.UniqueConstraint(
                fields=["seat"],
                condition=Q(account__isnull=False, ends_on__isnull=True),
                name="seat_term_one_acts_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="seat_term_forward",
            ),
            *period_constraints("seat_term"),
        ]

    def __str__(self) -> str:
        return f"{self.published_name} · {self.seat}"

    def holds_on(self, day: date) -> bool:
        """Say whether it is in force on a day, as `held_on` keeps it."""
        is_open = self.ends_on is None and not self.ends_text
        begun = self.starts_on is None or self.starts_on <= day
        return begun and (is_open or (self.ends_on is not None and self.ends_on > day))

    @property
    def body(self) -> Body:
        """The body in which the seat is."""
        return self.seat.body

    @property
    def exercise(self) -> Exercise:
        """The exercise of the seat's body."""
        return self.seat.body.exercise
