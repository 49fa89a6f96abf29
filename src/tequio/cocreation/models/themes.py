"""Themes: proposed with their reasons, and approved by a secretariat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse

from tequio.cocreation.enums import ThemeStatus
from tequio.exercises.models import Exercise, SourceDocument
from tequio.governance.models import Agreement

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User


class ThemeQuerySet(models.QuerySet["Theme"]):
    """Themes, by who may see them."""

    def approved(self) -> ThemeQuerySet:
        """Keep those that a document or an agreement approved."""
        return self.filter(status=ThemeStatus.APPROVED)

    def visible_to(self, viewer: User | AnonymousUser | None) -> ThemeQuerySet:
        """Keep the approved ones of the exercises that a viewer may see."""
        return self.approved().filter(exercise__in=Exercise.objects.visible_to(viewer))


class Theme(models.Model):
    """A theme (temática), proposed here or told by a document; approved by that document or by an agreement."""

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="themes")
    document = models.ForeignKey(
        SourceDocument, on_delete=models.RESTRICT, null=True, blank=True, related_name="themes"
    )
    agreement = models.ForeignKey(
        Agreement,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="themes",
        verbose_name="acuerdo que la aprobó",
    )
    status = models.CharField(
        "estado",
        max_length=9,
        choices=ThemeStatus,
        default=ThemeStatus.APPROVED,
        db_default=ThemeStatus.APPROVED,
    )
    key = models.SlugField("clave", max_length=60)
    order = models.PositiveSmallIntegerField("orden")
    name = models.CharField("nombre", max_length=200)
    other_names = models.JSONField("otros nombres en los documentos", default=list, blank=True)
    justification = models.TextField("justificación", blank=True)
    plan_document = models.CharField(
        "plan de desarrollo en vigor", max_length=300, blank=True, default="", db_default=""
    )
    plan_alignment = models.TextField("con qué se alinea del plan", blank=True, default="", db_default="")
    targets = models.JSONField("metas de los ODS", default=list, db_default=[], blank=True)
    table_place = models.CharField("sede propuesta de su mesa", max_length=200, blank=True)
    table_dates = models.CharField("fecha propuesta de su mesa", max_length=200, blank=True)
    reason_without_commitment = models.TextField("por qué no tiene compromiso", blank=True)
    withdrawn_because = models.TextField("por qué se retiró", blank=True, default="", db_default="")

    objects = ThemeQuerySet.as_manager()

    class Meta:
        verbose_name = "temática"
        ordering = ["exercise", "order"]
        constraints = [
            models.UniqueConstraint(fields=["exercise", "key"], name="theme_key_once_per_exercise"),
            models.UniqueConstraint(fields=["exercise", "order"], name="theme_order_once"),
            models.CheckConstraint(condition=Q(status__in=ThemeStatus.values), name="theme_status_known"),
            models.CheckConstraint(
                condition=~Q(status=ThemeStatus.APPROVED) | Q(document__isnull=False) | Q(agreement__isnull=False),
                name="theme_approved_by_something",
            ),
            models.CheckConstraint(
                condition=~Q(status=ThemeStatus.WITHDRAWN) | ~Q(withdrawn_because=""), name="theme_withdrawn_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return its place among the themes of its exercise."""
        return f"{reverse('cocreation:themes', args=[self.exercise.slug])}#{self.key}"

    @property
    def code(self) -> str:
        """Its public reference, by which the ledger and its history name it."""
        return f"{self.exercise.slug}/{self.key}"
