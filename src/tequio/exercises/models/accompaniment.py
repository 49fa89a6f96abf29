"""How a guarantor accompanies the municipalities of its state: who, what was agreed, and who asked for help.

Public servants write it to each other: the staff of the guarantor and the municipality's liaison read it, nobody else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from tequio.accounts.enums import JurisdictionKind, RoleKind
from tequio.accounts.models import Jurisdiction
from tequio.accounts.queries import held_roles
from tequio.exercises.enums import QUIET_DAYS, ContactKind
from tequio.kernel.clock import today

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User
    from tequio.accounts.models.places import JurisdictionQuerySet

Row = TypeVar("Row", bound=models.Model)


def followed_places(viewer: User | AnonymousUser | None) -> JurisdictionQuerySet:
    """Return the municipalities whose log an account reads: its state's for the staff, a liaison's own."""
    states, towns = set(), set()
    for role in held_roles(viewer, today()) if viewer is not None else ():
        if role.kind == RoleKind.GUARANTOR_STAFF and role.organization:
            states.add(role.organization.jurisdiction_id)
        elif role.kind == RoleKind.MUNICIPAL_LIAISON:
            towns.add(role.jurisdiction_id)
    return Jurisdiction.objects.filter(
        Q(parent__in=states - {None}) | Q(pk__in=towns), kind=JurisdictionKind.MUNICIPALITY
    )


class OfPlaceQuerySet(models.QuerySet[Row]):
    """Rows about a municipality, by who follows it."""

    def visible_to(self, viewer: User | AnonymousUser | None) -> OfPlaceQuerySet[Row]:
        """Keep those of the municipalities that a viewer follows."""
        return self.filter(jurisdiction__in=followed_places(viewer))


class Accompaniment(models.Model):
    """Who of the guarantor's staff accompanies a municipality, from `starts_on` until the day before `ends_on`."""

    jurisdiction = models.ForeignKey(
        Jurisdiction, on_delete=models.PROTECT, related_name="accompaniments", verbose_name="municipio"
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="accompaniments", verbose_name="quién acompaña"
    )
    starts_on = models.DateField("desde")
    ends_on = models.DateField("hasta", null=True, blank=True)
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="lo decidió"
    )
    assigned_at = models.DateTimeField("decidido")

    objects = OfPlaceQuerySet["Accompaniment"].as_manager()

    class Meta:
        verbose_name = "acompañamiento"
        ordering = ["jurisdiction", "-starts_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction"], condition=Q(ends_on__isnull=True), name="accompaniment_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="accompaniment_forward"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jurisdiction}, desde {self.starts_on}"


class Contact(models.Model):
    """A call, visit, training or advice: with which post, what was agreed, the next step and what came of it."""

    jurisdiction = models.ForeignKey(
        Jurisdiction, on_delete=models.PROTECT, related_name="contacts", verbose_name="municipio"
    )
    kind = models.CharField("tipo", max_length=8, choices=ContactKind)
    held_on = models.DateField("fecha")
    with_whom = models.CharField("con qué cargo", max_length=200)
    agreed = models.TextField("qué se trató y acordó")
    next_step = models.CharField("siguiente paso", max_length=300, blank=True)
    next_step_on = models.DateField("fecha del siguiente paso", null=True, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="contacts_written", verbose_name="lo registró"
    )
    written_at = models.DateTimeField("registrado")
    outcome = models.TextField("resultado del siguiente paso", blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="steps_settled",
        verbose_name="registró el resultado",
    )
    settled_at = models.DateTimeField("resultado registrado", null=True, blank=True)

    objects = OfPlaceQuerySet["Contact"].as_manager()

    class Meta:
        verbose_name = "contacto"
        ordering = ["-held_on", "-pk"]
        indexes = [models.Index(fields=["jurisdiction", "-held_on"], name="contact_of_place_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(next_step="", next_step_on__isnull=True)
                | (~Q(next_step="") & Q(next_step_on__isnull=False, next_step_on__gte=F("held_on"))),
                name="contact_next_step_dated",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", settled_by__isnull=True, settled_at__isnull=True)
                | (~Q(outcome="") & ~Q(next_step="") & Q(settled_by__isnull=False, settled_at__isnull=False)),
                name="contact_settled_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.jurisdiction}, {self.held_on}"

    @property
    def is_pending(self) -> bool:
        """Whether it left a next step of which no outcome is written."""
        return bool(self.next_step and not self.outcome)


class HelpRequest(models.Model):
    """What a liaison asks of the guarantor; a contact answers it, or the liaison takes it back."""

    jurisdiction = models.ForeignKey(
        Jurisdiction, on_delete=models.PROTECT, related_name="help_requests", verbose_name="municipio"
    )
    about = models.TextField("en qué necesita ayuda")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="help_asked", verbose_name="la pidió"
    )
    asked_at = models.DateTimeField("pedida")
    closed_at = models.DateTimeField("cerrada", null=True, blank=True)
    answered_with = models.OneToOneField(
        Contact,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="answers",
        verbose_name="contacto que la atendió",
    )

    objects = OfPlaceQuerySet["HelpRequest"].as_manager()

    class Meta:
        verbose_name = "petición de ayuda"
        verbose_name_plural = "peticiones de ayuda"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction"], condition=Q(closed_at__isnull=True), name="help_request_one_open"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, answered_with__isnull=True)
                | Q(closed_at__isnull=False, closed_at__gte=F("asked_at")),
                name="help_request_closed_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jurisdiction}, {self.asked_at:%Y-%m-%d}"


class CallingRule(models.Model):
    """After how many days of silence the guarantor of a state calls a municipality."""

    jurisdiction = models.OneToOneField(
        Jurisdiction, on_delete=models.CASCADE, related_name="calling_rule", verbose_name="estado"
    )
    quiet_days = models.PositiveSmallIntegerField("días sin contacto", default=QUIET_DAYS)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="la fijó"
    )
    set_at = models.DateTimeField("fijada")

    class Meta:
        verbose_name = "regla para llamar"
        verbose_name_plural = "reglas para llamar"
        constraints = [
            models.CheckConstraint(condition=Q(quiet_days__range=(1, 365)), name="calling_rule_within_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.jurisdiction}: {self.quiet_days} días"
