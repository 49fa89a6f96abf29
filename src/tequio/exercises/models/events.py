"""Events of an exercise: those a document tells, and those that people plan, announce, attend and report here."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from tequio.accounts.enums import Sector, Sex
from tequio.exercises.enums import AttendeeState, EventKind, EventMode, EventState
from tequio.exercises.models.exercise import Exercise
from tequio.kernel.models import StatedPeriod
from tequio.kernel.models.periods import period_constraints
from tequio.kernel.windows import Window

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User

AT_A_PLACE: Final = (EventMode.IN_PERSON, EventMode.MIXED)
AT_A_DISTANCE: Final = (EventMode.REMOTE, EventMode.MIXED)
DOOR_OPENS_BEFORE: Final = timedelta(hours=12)
"""How long before an event its door opens."""


class EventQuerySet(models.QuerySet["Event"]):
    """Events, by who may see them and by what they are."""

    def visible_to(self, viewer: User | AnonymousUser | None) -> EventQuerySet:
        """Keep those of exercises that a viewer may see, and what was announced here, even of one in preparation.

        The forum of the signing is announced before anybody signs, which is what makes the exercise public.
        """
        seen = Exercise.objects.visible_to(viewer)
        return self.announced().filter(Q(exercise__in=seen) | ~Q(state=EventState.TOLD))

    def of_exercises_seen(self, viewer: User | AnonymousUser | None) -> EventQuerySet:
        """Keep those of exercises that a viewer may see: a row of data names its exercise, which must be there too."""
        return self.announced().filter(exercise__in=Exercise.objects.visible_to(viewer))

    def announced(self) -> EventQuerySet:
        """Keep those that are not in preparation."""
        return self.exclude(state=EventState.DRAFT)

    def live(self) -> EventQuerySet:
        """Keep those that were planned here, not told by a document."""
        return self.exclude(state=EventState.TOLD)

    def coming(self, instant: datetime) -> EventQuerySet:
        """Keep those announced that have not ended."""
        return self.filter(state=EventState.PUBLISHED, ends_at__gt=instant)


class Event(StatedPeriod):
    """An act of an exercise (forum, training, open dialogue, table): when, where, what came of it.

    One told by a document has its words and its stated days. One planned here has instants; its stated days and
    `time_text` are written from them, so that everything with a date is read in one way.
    """

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="events")
    slug = models.SlugField("clave", max_length=80)
    kind = models.CharField("tipo", max_length=13, choices=EventKind)
    name = models.CharField("nombre", max_length=300)
    order = models.PositiveSmallIntegerField("orden")
    time_text = models.CharField("hora, como dice el documento", max_length=60, blank=True)
    place = models.CharField("lugar", max_length=500, blank=True)
    attendance = models.TextField("quiénes asistieron", blank=True)
    account = models.TextField("relato", blank=True)
    invitation = models.TextField("invitación, como se publicó", blank=True)
    recording_url = models.URLField("grabación", max_length=500, blank=True)
    registration_url = models.URLField("registro", max_length=500, blank=True)
    source = models.CharField("fuente", max_length=300, blank=True)

    state = models.CharField(
        "estado", max_length=9, choices=EventState, default=EventState.TOLD, db_default=EventState.TOLD
    )
    starts_at = models.DateTimeField("empieza", null=True, blank=True)
    ends_at = models.DateTimeField("termina", null=True, blank=True)
    mode = models.CharField("modalidad", max_length=9, choices=EventMode, blank=True, default="", db_default="")
    arrival = models.TextField("cómo llegar", blank=True, default="", db_default="")
    accessibility = models.TextField("accesibilidad", blank=True, default="", db_default="")
    remote_url = models.URLField("liga para conectarse", max_length=500, blank=True, default="", db_default="")
    capacity = models.PositiveIntegerField("cupo", null=True, blank=True)
    programme = models.TextField("programa", blank=True, default="", db_default="")
    groups = models.JSONField("grupos en que se acomoda a quienes asisten", default=list, blank=True, db_default=[])
    revision = models.PositiveSmallIntegerField("versión de la invitación", default=0, db_default=0)
    reason = models.CharField("motivo de la cancelación", max_length=300, blank=True, default="", db_default="")
    reported_at = models.DateTimeField("relatoría publicada", null=True, blank=True)
    kept_until = models.DateTimeField("lugares apartados hasta", null=True, blank=True)
    people_forgotten_at = models.DateTimeField("datos personales borrados", null=True, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = "evento"
        ordering = ["exercise", "order"]
        constraints = [
            models.UniqueConstraint(fields=["exercise", "slug"], name="event_slug_once_per_exercise"),
            models.UniqueConstraint(fields=["exercise", "order"], name="event_order_once"),
            *period_constraints("event"),
            models.CheckConstraint(
                condition=Q(state=EventState.TOLD, starts_at__isnull=True, ends_at__isnull=True)
                | (
                    Q(state__in=[EventState.DRAFT, EventState.PUBLISHED, EventState.HELD, EventState.CANCELLED])
                    & Q(starts_at__isnull=False, ends_at__gt=F("starts_at"), mode__in=EventMode.values)
                ),
                name="event_told_or_with_its_hours",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[EventState.PUBLISHED, EventState.HELD])
                | (
                    (Q(mode=EventMode.REMOTE) | ~Q(place=""))
                    & (Q(mode=EventMode.IN_PERSON) | Q(state=EventState.HELD) | ~Q(remote_url=""))
                ),
                name="event_announced_with_its_place",
            ),
            models.CheckConstraint(
                condition=~Q(state=EventState.CANCELLED) | ~Q(reason=""), name="event_cancelled_with_its_reason"
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__gt=0), name="event_capacity_of_somebody"
            ),
            models.CheckConstraint(
                condition=Q(reported_at__isnull=True) | Q(state=EventState.HELD), name="event_reported_once_held"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the event's public page."""
        return reverse("exercises:event", args=[self.exercise.slug, self.slug])

    @property
    def code(self) -> str:
        """Its public reference, by which the ledger and its history name it."""
        return f"{self.exercise.slug}/{self.slug}"

    @property
    def window(self) -> Window | None:
        """From its beginning to its end; none for what only a document tells."""
        return Window(self.starts_at, self.ends_at) if self.starts_at else None

    @property
    def is_live(self) -> bool:
        """Say whether it was planned here."""
        return self.state != EventState.TOLD

    @property
    def is_at_a_place(self) -> bool:
        """Say whether one can go there."""
        return self.mode in AT_A_PLACE

    @property
    def is_at_a_distance(self) -> bool:
        """Say whether one can connect to it."""
        return self.mode in AT_A_DISTANCE

    def has_ended(self, instant: datetime) -> bool:
        """Say whether its time is over."""
        return self.ends_at is not None and self.ends_at <= instant

    def keeps_places(self, instant: datetime) -> bool:
        """Say whether its places are kept for who was invited first, so that others wait."""
        return self.state == EventState.PUBLISHED and self.kept_until is not None and instant < self.kept_until

    @property
    def door_opens_at(self) -> datetime | None:
        """Return from when arrivals are noted; none for what only a document tells."""
        return self.starts_at - DOOR_OPENS_BEFORE if self.starts_at else None

    @property
    def has_door(self) -> bool:
        """Say whether arrivals may still be noted: it is announced, not reported, and its people are remembered."""
        is_on = self.state in {EventState.PUBLISHED, EventState.HELD}
        return is_on and not self.people_forgotten_at and not self.reported_at

    def takes_registrations(self, instant: datetime) -> bool:
        """Say whether one can register: it is announced and has not ended."""
        return self.state == EventState.PUBLISHED and self.ends_at is not None and instant < self.ends_at


class AttendeeQuerySet(models.QuerySet["Attendee"]):
    """Those who registered, by whether they have a place; the order is the database's, which the event's lock gives."""

    def confirmed(self) -> AttendeeQuerySet:
        """Keep those with a place."""
        return self.filter(state=AttendeeState.CONFIRMED)

    def waiting(self) -> AttendeeQuerySet:
        """Keep those who wait for a place, first come first."""
        return self.filter(state=AttendeeState.WAITING).order_by("pk")

    def arrived(self) -> AttendeeQuerySet:
        """Keep those who came."""
        return self.filter(arrived_at__isnull=False)

    def reachable(self) -> AttendeeQuerySet:
        """Keep those who can be told something: with an address, and who did not cancel."""
        return self.exclude(email="").exclude(state=AttendeeState.CANCELLED).order_by("pk")


class Attendee(models.Model):
    """Somebody who registered for an event, or came without registering; no account is needed.

    Who cancels leaves a row without personal data, and everybody does some days after the event: what stays is
    counted. There is no instant of registration, which would join a row with a log.
    Where the event has groups (`Event.groups`: `key`, `name`, `sector`), people say theirs, and the institution from
    whose people they are seated apart; both are erased with their data.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="attendees")
    code = models.CharField("código al azar", max_length=8, blank=True)
    state = models.CharField("estado", max_length=9, choices=AttendeeState)
    email = models.EmailField("correo", max_length=254, blank=True)
    name = models.CharField("nombre", max_length=120, blank=True)
    sector = models.CharField("sector", max_length=13, choices=Sector)
    sex = models.CharField("sexo", max_length=6, choices=Sex, default=Sex.UNSAID)
    needs = models.JSONField("lo que necesita para participar", default=list, blank=True)
    group = models.CharField("grupo", max_length=20, blank=True, default="", db_default="")
    institution = models.CharField("institución", max_length=120, blank=True, default="", db_default="")
    is_walk_in = models.BooleanField("llegó sin registrarse", default=False)
    arrived_at = models.DateTimeField("llegó", null=True, blank=True)
    mark = models.CharField("marca de un puesto", max_length=36, blank=True, default="", db_default="")

    objects = AttendeeQuerySet.as_manager()

    class Meta:
        verbose_name = "persona registrada en un evento"
        verbose_name_plural = "personas registradas en eventos"
        ordering = ["event", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "email"], condition=~Q(email=""), name="attendee_email_once_per_event"
            ),
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="attendee_code_once"),
            models.UniqueConstraint(
                fields=["event", "mark"], condition=~Q(mark=""), name="attendee_mark_once_per_event"
            ),
            models.CheckConstraint(condition=Q(state__in=AttendeeState.values), name="attendee_state_known"),
            models.CheckConstraint(
                condition=Q(arrived_at__isnull=True) | Q(state=AttendeeState.CONFIRMED), name="attendee_came_to_a_place"
            ),
            models.CheckConstraint(
                condition=~Q(state=AttendeeState.CANCELLED) | Q(email="", name="", code=""),
                name="attendee_cancelled_is_forgotten",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()}, {self.get_sector_display()}"


class DoorPost(models.Model):
    """A place at the door of an event, kept by whoever holds its key, who needs no account; only its hash is stored."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="posts")
    number = models.PositiveSmallIntegerField("número")
    key_sha256 = models.CharField("huella de la clave", max_length=64, unique=True)
    opened_at = models.DateTimeField("abierto")
    closed_at = models.DateTimeField("cerrado", null=True, blank=True)

    class Meta:
        verbose_name = "puesto de entrada"
        verbose_name_plural = "puestos de entrada"
        ordering = ["event", "number"]
        constraints = [
            models.UniqueConstraint(fields=["event", "number"], name="door_post_number_once"),
        ]

    def __str__(self) -> str:
        return f"Puesto {self.number}"

    @property
    def is_over(self) -> bool:
        """Say whether nobody may note anything here any more: it was closed, or the whole door was."""
        return self.closed_at is not None or not self.event.has_door


class EventPhoto(models.Model):
    """A photograph of an event, re-encoded here; somebody declared that who can be recognised in it consents."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="photos")
    sha256 = models.CharField("huella", max_length=64)
    text = models.CharField("qué se ve", max_length=200)
    width = models.PositiveSmallIntegerField("ancho")
    height = models.PositiveSmallIntegerField("alto")
    consent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="declaró el consentimiento"
    )
    consent_at = models.DateTimeField("declarado")

    class Meta:
        verbose_name = "fotografía de un evento"
        verbose_name_plural = "fotografías de eventos"
        ordering = ["event", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "sha256"], name="event_photo_once"),
        ]

    def __str__(self) -> str:
        return self.text
