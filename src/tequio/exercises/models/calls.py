"""Calls: what an exercise invites to, until when, and on what terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from tequio.accounts.enums import Sector
from tequio.exercises.enums import CANDIDACIES, CallKind, CallState
from tequio.exercises.models.exercise import Exercise
from tequio.kernel import spoken
from tequio.kernel.models import StatedPeriod
from tequio.kernel.models.periods import period_constraints
from tequio.kernel.models.windows import WindowQuerySet, window_constraint
from tequio.kernel.windows import Window, WindowState

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User


class CallQuerySet(WindowQuerySet["Call"]):
    """Calls, by who may see them and by instant."""

    def visible_to(self, viewer: User | AnonymousUser | None) -> CallQuerySet:
        """Keep what a viewer may see: what was published in an exercise they see, and the drafts of those they run."""
        shown = Q(exercise__in=Exercise.objects.visible_to(viewer)) & ~Q(state=CallState.DRAFT)
        return self.filter(shown | Q(exercise__in=Exercise.objects.run_by(viewer)))

    def online(self) -> CallQuerySet:
        """Keep those that are answered here; the rest are told by a document."""
        return self.exclude(key="")

    def upcoming_at(self, instant: datetime) -> CallQuerySet:
        """Keep those that open after an instant."""
        return self.filter(opens_at__gt=instant)


class Call(StatedPeriod):
    """A public call (convocatoria): what it invites to and when it is open.

    One that a document tells has only stated days. One made here has a key, a window to the minute (whose days are
    stated too, for every list of dates), and is answered here.
    """

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="calls")
    order = models.PositiveSmallIntegerField("orden")
    kind = models.CharField("tipo", max_length=13, choices=CallKind)
    title = models.CharField("título", max_length=300)
    outcome = models.TextField("resultado", blank=True)
    url = models.URLField("publicada en", max_length=500, blank=True)
    source = models.CharField("fuente", max_length=300, blank=True)
    key = models.SlugField("en la dirección", max_length=40, blank=True, default="", db_default="")
    state = models.CharField(
        "estado", max_length=9, choices=CallState, default=CallState.PUBLISHED, db_default=CallState.PUBLISHED
    )
    opens_at = models.DateTimeField("abre", null=True, blank=True)
    closes_at = models.DateTimeField("cierra", null=True, blank=True)
    bases = models.TextField("bases", blank=True, default="", db_default="")
    requirements = models.TextField("requisitos, uno por renglón", blank=True, default="", db_default="")
    sectors = models.JSONField("quiénes pueden inscribirse", default=list, db_default=[], blank=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = "convocatoria"
        ordering = ["exercise", "order"]
        constraints = [
            models.UniqueConstraint(fields=["exercise", "order"], name="call_order_once"),
            models.UniqueConstraint(fields=["exercise", "key"], condition=~Q(key=""), name="call_key_once"),
            models.CheckConstraint(condition=Q(state__in=CallState.values), name="call_known_state"),
            models.CheckConstraint(
                condition=Q(key="", opens_at=None, closes_at=None)
                | (~Q(key="") & Q(opens_at__isnull=False, closes_at__isnull=False)),
                name="call_online_has_a_window",
            ),
            window_constraint("call"),
            *period_constraints("call"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the call's own page, or its place on the exercise's where a document tells it."""
        if self.key:
            return reverse("exercises:call", args=[self.exercise.slug, self.key])
        return f"{self.exercise.get_absolute_url()}#convocatorias"

    @property
    def reference(self) -> str:
        """Its public name in the record."""
        return f"{self.exercise.slug}/{self.key}"

    @property
    def window(self) -> Window | None:
        """When it may be answered; none where a document tells only days."""
        return Window(self.opens_at, self.closes_at) if self.opens_at else None

    @property
    def is_candidacy(self) -> bool:
        """Say whether its answers are candidacies."""
        return self.kind in CANDIDACIES

    @property
    def sector_names(self) -> list[str]:
        """Who may answer, in words."""
        return [str(Sector(sector).label) for sector in self.sectors]

    def standing_at(self, instant: datetime) -> WindowState:
        """Return whether it is upcoming, open or closed; one that was ended early is closed."""
        if self.state == CallState.CLOSED or self.window is None:
            return WindowState.CLOSED
        return self.window.state_at(instant)

    def dated(self, text: str) -> str:
        """Return a text of the call with its two instants where it leaves their places, so that it never lies."""
        for place, instant in (("{abre}", self.opens_at), ("{cierra}", self.closes_at)):
            text = text.replace(place, spoken.moment(instant) if instant else "")
        return text

    @property
    def bases_in_words(self) -> str:
        """The bases with their dates."""
        return self.dated(self.bases)

    @property
    def requirement_list(self) -> list[str]:
        """The requirements, one by one, with their dates."""
        return [line.strip() for line in self.dated(self.requirements).splitlines() if line.strip()]


class CallExtension(models.Model):
    """That a call closed later than it said at first, and why: it is published beside the dates."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="extensions", verbose_name="convocatoria")
    extended_at = models.DateTimeField("se amplió")
    closed_at = models.DateTimeField("cerraba")
    closes_at = models.DateTimeField("cierra")
    reason = models.CharField("motivo", max_length=500)

    class Meta:
        verbose_name = "ampliación de una convocatoria"
        verbose_name_plural = "ampliaciones de convocatorias"
        ordering = ["call", "extended_at"]
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("closed_at")), name="callextension_forward"),
            models.CheckConstraint(condition=~Q(reason=""), name="callextension_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.call}: {self.closes_at:%Y-%m-%d}"
