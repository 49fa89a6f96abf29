"""The sessions and meetings of collegiate bodies: what a document tells, and what was convened and held here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from tequio.exercises.models import Exercise, SourceDocument
from tequio.governance.enums import Mode, SessionKind, SessionState
from tequio.governance.models.bodies import Body, SeatTerm
from tequio.kernel.models import StatedPeriod
from tequio.kernel.models.periods import period_constraints

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User


class SessionQuerySet(models.QuerySet["Session"]):
    """Sessions, by who may see them and by where they were held."""

    def visible_to(self, viewer: User | AnonymousUser | None) -> SessionQuerySet:
        """Keep those of the exercises that a viewer may see."""
        return self.filter(body__exercise__in=Exercise.objects.visible_to(viewer))

    def convened_here(self) -> SessionQuerySet:
        """Keep those that were convened here, which have a number and a page."""
        return self.filter(number__isnull=False)


class Session(StatedPeriod):
    """A session or meeting of a body.

    One that only a document names has its words and, in `how_many`, how many they were; one convened here has a
    `number` in its exercise, an instant, and everything that hangs from it.
    """

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="sessions")
    order = models.PositiveSmallIntegerField("orden")
    kind = models.CharField("tipo", max_length=13, choices=SessionKind)
    name = models.CharField("nombre", max_length=200)
    how_many = models.PositiveSmallIntegerField("cuántas", default=1)
    summary = models.TextField("qué pasó", blank=True)
    minutes = models.ForeignKey(
        SourceDocument,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="sessions",
        verbose_name="acta",
    )
    source = models.CharField("fuente", max_length=300, blank=True)
    number = models.PositiveSmallIntegerField("número en el ejercicio", null=True, blank=True)
    state = models.CharField("estado", max_length=8, choices=SessionState, blank=True, default="", db_default="")
    mode = models.CharField("modalidad", max_length=9, choices=Mode, blank=True, default="", db_default="")
    place = models.CharField("lugar", max_length=300, blank=True, default="", db_default="")
    link = models.URLField("liga para conectarse", max_length=500, blank=True, default="", db_default="")
    starts_at = models.DateTimeField("empieza", null=True, blank=True)
    convened_at = models.DateTimeField("convocada", null=True, blank=True)
    opened_at = models.DateTimeField("se abrió", null=True, blank=True)
    closed_at = models.DateTimeField("se cerró", null=True, blank=True)
    not_held_reason = models.CharField("por qué no se celebró", max_length=500, blank=True, default="", db_default="")
    recording_url = models.URLField("grabación", max_length=500, blank=True, default="", db_default="")
    notes = models.TextField("lo que se trató", blank=True, default="", db_default="")
    notes_version = models.PositiveIntegerField("versión de las notas", default=0, db_default=0)
    notes_saved_at = models.DateTimeField("notas guardadas", null=True, blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = "sesión"
        verbose_name_plural = "sesiones"
        ordering = ["body", "order"]
        constraints = [
            models.UniqueConstraint(fields=["body", "order"], name="session_order_once"),
            models.UniqueConstraint(
                fields=["body", "number"], condition=Q(number__isnull=False), name="session_number_once"
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=True, state="", starts_at__isnull=True)
                | Q(number__isnull=False, state__in=SessionState.values, mode__in=Mode.values, starts_at__isnull=False),
                name="session_convened_whole",
            ),
            models.CheckConstraint(
                condition=Q(state="")
                | Q(state=SessionState.CONVENED, opened_at__isnull=True, closed_at__isnull=True)
                | (Q(state=SessionState.NOT_HELD, opened_at__isnull=True) & ~Q(not_held_reason=""))
                | Q(state=SessionState.OPEN, opened_at__isnull=False, closed_at__isnull=True)
                | Q(
                    state=SessionState.CLOSED,
                    opened_at__isnull=False,
                    closed_at__isnull=False,
                    closed_at__gte=F("opened_at"),
                ),
                name="session_instants_as_its_state",
            ),
            *period_constraints("session"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the session's page."""
        return reverse("governance:session", args=[self.exercise.slug, self.number])

    @property
    def exercise(self) -> Exercise:
        """The exercise of the session's body."""
        return self.body.exercise

    @property
    def key(self) -> str:
        """The public name of a session convened here: its exercise and its number there."""
        return f"{self.exercise.slug}/{self.number}"

    @property
    def reference(self) -> str:
        """The subject under which the ledger writes what happens in the session."""
        return f"governance.Session:{self.key}"


class AgendaItem(models.Model):
    """A point of the order of the day, with its hour where one was set."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField("orden")
    text = models.CharField("punto", max_length=300)
    starts_at = models.TimeField("hora", null=True, blank=True)

    class Meta:
        verbose_name = "punto del orden del día"
        verbose_name_plural = "puntos del orden del día"
        ordering = ["session", "order"]
        constraints = [models.UniqueConstraint(fields=["session", "order"], name="agenda_item_order_once")]

    def __str__(self) -> str:
        return self.text


class SessionChange(models.Model):
    """A change of a session already convened: its mode, place or hour, before and after, and why."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="changes")
    changed_at = models.DateTimeField("cuándo")
    before = models.CharField("antes", max_length=500)
    after = models.CharField("después", max_length=500)
    reason = models.CharField("motivo", max_length=300)

    class Meta:
        verbose_name = "cambio de una sesión"
        verbose_name_plural = "cambios de una sesión"
        ordering = ["session", "pk"]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


class Presence(models.Model):
    """A stretch of a session during which whoever holds a seat was there."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="presences")
    term = models.ForeignKey(SeatTerm, on_delete=models.PROTECT, related_name="presences")
    is_remote = models.BooleanField("a distancia", default=False)
    arrived_at = models.DateTimeField("llegó")
    left_at = models.DateTimeField("salió", null=True, blank=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="presences_noted", verbose_name="lo anotó"
    )

    class Meta:
        verbose_name = "presencia en una sesión"
        verbose_name_plural = "presencias en una sesión"
        ordering = ["session", "arrived_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "term"], condition=Q(left_at__isnull=True), name="presence_open_once"
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(left_at__gte=F("arrived_at")), name="presence_forward"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.term} en {self.session}"


class Confirmation(models.Model):
    """Whether whoever holds a seat said, before a session, that they will come."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="confirmations")
    term = models.ForeignKey(SeatTerm, on_delete=models.PROTECT, related_name="confirmations")
    will_come = models.BooleanField("asistirá")
    said_at = models.DateTimeField("lo dijo")

    class Meta:
        verbose_name = "confirmación de asistencia"
        verbose_name_plural = "confirmaciones de asistencia"
        ordering = ["session", "pk"]
        constraints = [models.UniqueConstraint(fields=["session", "term"], name="confirmation_once")]

    def __str__(self) -> str:
        return f"{self.term}: {'sí' if self.will_come else 'no'}"
