"""Commitments with the fields of the First PAL's form, which is OGP's template question by question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse

from tequio.accounts.models import Organization
from tequio.cocreation.models import ProblemTree, Table, Theme
from tequio.exercises.enums import ExerciseState
from tequio.kernel.models import Concept, StatedPeriod
from tequio.kernel.models.periods import period_constraints
from tequio.plans.enums import ActorSector, CommitmentKind, PlanState
from tequio.plans.models.plan import ActionPlan

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    """Commitments, by who may see them."""

    def visible_to(self, viewer: User | AnonymousUser | None) -> CommitmentQuerySet:
        """Keep what a viewer may see: those of published plans, or all for staff."""
        if viewer is not None and viewer.is_staff:
            return self
        return self.filter(plan__state=PlanState.PUBLISHED).exclude(plan__exercise__state=ExerciseState.DRAFT)


class Commitment(StatedPeriod):
    """What one institution promised in a plan, field by field as the document's form has it.

    Texts are quotations, left as published even where they are a template's leftover: what a text is worth is
    read by `kernel.placeholders`, never decided here.
    """

    plan = models.ForeignKey(ActionPlan, on_delete=models.CASCADE, related_name="commitments", verbose_name="plan")
    number = models.PositiveSmallIntegerField("número")
    code = models.CharField("código", max_length=30, unique=True)
    kind = models.CharField("origen", max_length=9, choices=CommitmentKind)
    body_order = models.PositiveSmallIntegerField("lugar que ocupa en el cuerpo del documento")
    axis = models.CharField("eje, como dice el documento", max_length=200, blank=True)
    axis_page = models.PositiveSmallIntegerField("página del eje en el índice", null=True, blank=True)
    form_title = models.CharField("título de la ficha", max_length=300, blank=True)
    listed_name = models.CharField("nombre en la lista de compromisos", max_length=300, blank=True)
    name = models.CharField("nombre en la ficha", max_length=300, blank=True)
    promise = models.TextField("nos comprometemos a", blank=True)
    helps_to_solve = models.TextField("el compromiso ayuda a resolver", blank=True)
    will_allow = models.TextField("el compromiso permitirá", blank=True)
    description = models.TextField("en qué consiste", blank=True)
    contribution = models.TextField("de qué forma contribuirá a resolver el problema", blank=True)
    target_population = models.TextField("población objetivo", blank=True)
    relevance = models.TextField("por qué es relevante para los valores de la alianza", blank=True)
    agenda_2030 = models.TextField("cómo contribuye a la Agenda 2030", blank=True)
    gender = models.TextField("perspectiva de género", blank=True)
    expected_results = models.TextField("resultados esperados", blank=True)
    proposal_title = models.CharField("título de la propuesta", max_length=300, blank=True)
    proposal_text = models.TextField("texto de la propuesta", blank=True)
    proposal_objective = models.TextField("objetivo de la propuesta", blank=True)
    lines_title = models.CharField("título de las líneas de acción", max_length=300, blank=True)
    responsible = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        related_name="commitments",
        verbose_name="institución responsable",
    )
    responsible_text = models.CharField("institución responsable, como dice la ficha", max_length=300, blank=True)
    contact_institution_text = models.CharField("institución en el contacto", max_length=300, blank=True)
    theme = models.ForeignKey(
        Theme,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="commitments",
        verbose_name="temática",
    )
    table = models.OneToOneField(
        Table,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="commitment",
        verbose_name="mesa de la que proviene",
    )
    problem_tree = models.ForeignKey(
        ProblemTree, on_delete=models.SET_NULL, null=True, blank=True, related_name="commitments"
    )

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = "compromiso"
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="commitment_number_once_per_plan"),
            models.UniqueConstraint(fields=["plan", "body_order"], name="commitment_body_order_once_per_plan"),
            models.CheckConstraint(condition=Q(number__gte=1), name="commitment_number_from_one"),
            models.CheckConstraint(
                condition=Q(table__isnull=True) | Q(kind=CommitmentKind.COCREATED),
                name="commitment_of_a_table_cocreated",
            ),
            *period_constraints("commitment"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The name by which a page calls it: the form's, else the list's, else its number."""
        return self.name or self.listed_name or f"Compromiso {self.number}"

    def get_absolute_url(self) -> str:
        """Return the commitment's page."""
        return reverse("site:commitment", args=[self.plan.exercise.slug, self.number])


class Alignment(models.Model):
    """A goal, value or axis that a commitment or a plan's chapter names, with the words it uses for it."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.CASCADE, related_name="alignments")
    commitment = models.ForeignKey(
        Commitment, on_delete=models.CASCADE, null=True, blank=True, related_name="alignments"
    )
    concept = models.ForeignKey(Concept, on_delete=models.PROTECT, related_name="alignments")
    quoted_name = models.CharField("nombre, como dice el documento", max_length=300, blank=True)
    place = models.CharField("lugar en el documento", max_length=200)

    class Meta:
        verbose_name = "alineación"
        verbose_name_plural = "alineaciones"
        ordering = ["plan", "commitment", "concept"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "concept"], name="alignment_once_per_commitment"),
            models.UniqueConstraint(
                fields=["plan", "concept"],
                condition=Q(commitment__isnull=True),
                name="alignment_once_per_plan",
            ),
        ]

    def __str__(self) -> str:
        return str(self.concept)


class OtherActor(models.Model):
    """Another actor that the form names for a commitment, by sector; empty text where the form leaves it empty."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="other_actors")
    sector = models.CharField("sector", max_length=14, choices=ActorSector)
    text = models.CharField("nombre, como dice el documento", max_length=300, blank=True)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="acting_in"
    )

    class Meta:
        verbose_name = "otro actor involucrado"
        verbose_name_plural = "otros actores involucrados"
        ordering = ["commitment", "id"]

    def __str__(self) -> str:
        return self.text or self.get_sector_display()


class Annex(models.Model):
    """An annex that a form or a document announces; without address where it only names it."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.CASCADE, related_name="annexes")
    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, null=True, blank=True, related_name="annexes")
    order = models.PositiveSmallIntegerField("orden")
    title = models.CharField("título", max_length=300)
    url = models.URLField("publicado en", max_length=500, blank=True)

    class Meta:
        verbose_name = "anexo"
        ordering = ["plan", "order"]
        constraints = [models.UniqueConstraint(fields=["plan", "order"], name="annex_order_once")]

    def __str__(self) -> str:
        return self.title
