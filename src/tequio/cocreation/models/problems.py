"""The consultation of public problems: what people propose, what became of it, and how many support it.

What somebody proposes or supports is a political opinion: of a proposal the address goes some days after its answer;
of a support there is never an address, only a keyed hash that differs from one problem to the next, so that nothing
tells which ones the same person supports, and that goes when the consultation is over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.urls import reverse

from tequio.cocreation.enums import SHOWN, ProblemStatus, ThemeStatus
from tequio.cocreation.models.themes import Theme
from tequio.exercises.models import Exercise
from tequio.kernel.models import WithWindow, window_constraint

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User


class ProblemConsultation(WithWindow):
    """The consultation of an exercise: between two instants anybody proposes problems and supports them."""

    exercise = models.OneToOneField(Exercise, on_delete=models.CASCADE, related_name="problem_consultation")
    words = models.TextField("invitación", max_length=3000)
    rules = models.TextField("reglas de moderación", max_length=3000)
    closed_because = models.TextField("por qué cerró antes", max_length=1000, blank=True)

    class Meta:
        verbose_name = "consulta de problemas públicos"
        verbose_name_plural = "consultas de problemas públicos"
        ordering = ["exercise"]
        constraints = [
            window_constraint("problem_consultation"),
            models.CheckConstraint(condition=Q(closes_at__isnull=False), name="problem_consultation_closes"),
        ]

    def __str__(self) -> str:
        return f"Consulta de problemas públicos: {self.exercise}"

    def get_absolute_url(self) -> str:
        """Return its public page."""
        return reverse("cocreation:problems", args=[self.exercise.slug])

    @property
    def code(self) -> str:
        """Its public reference, by which the ledger names it."""
        return self.exercise.slug

    @property
    def close(self) -> datetime:
        """When it closes, which the database keeps there."""
        if self.closes_at is None:
            raise ValueError("a consultation closes")
        return self.closes_at


class ProblemQuerySet(models.QuerySet["Problem"]):
    """Proposed problems, by who may see them."""

    def visible_to(self, viewer: User | AnonymousUser | None) -> ProblemQuerySet:
        """Keep those confirmed and not taken back, of the exercises that a viewer may see."""
        return self.filter(status__in=SHOWN, consultation__exercise__in=Exercise.objects.visible_to(viewer))

    def readable(self) -> ProblemQuerySet:
        """Leave out those whose text moderation hid."""
        return self.exclude(status=ProblemStatus.HIDDEN)


class Problem(models.Model):
    """A public problem that somebody proposed; numbered once its address confirmed it."""

    consultation = models.ForeignKey(ProblemConsultation, on_delete=models.CASCADE, related_name="problems")
    number = models.PositiveIntegerField("número", null=True, blank=True)
    status = models.CharField("estado", max_length=11, choices=ProblemStatus, default=ProblemStatus.UNCONFIRMED)
    title = models.CharField("problema", max_length=120, blank=True)
    text = models.TextField("qué pasa", max_length=1000, blank=True)
    place = models.CharField("dónde", max_length=120, blank=True)
    theme = models.ForeignKey(
        Theme, on_delete=models.RESTRICT, null=True, blank=True, related_name="problems", verbose_name="temática"
    )
    merged_into = models.ForeignKey(
        "self", on_delete=models.RESTRICT, null=True, blank=True, related_name="merged", verbose_name="unida a"
    )
    reason = models.TextField("motivo", max_length=1000, blank=True)
    email = models.EmailField("correo", max_length=254, blank=True)
    code = models.CharField("código al azar", max_length=12, blank=True)
    proposed_on = models.DateField("propuesta el")
    answered_on = models.DateField("respondida el", null=True, blank=True)

    objects = ProblemQuerySet.as_manager()

    class Meta:
        verbose_name = "problema propuesto"
        verbose_name_plural = "problemas propuestos"
        ordering = ["consultation", "number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="problem_number_once"),
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="problem_code_once"),
            models.CheckConstraint(condition=Q(status__in=ProblemStatus.values), name="problem_status_known"),
            models.CheckConstraint(
                condition=Q(status=ProblemStatus.UNCONFIRMED, number__isnull=True)
                | (~Q(status=ProblemStatus.UNCONFIRMED) & Q(number__isnull=False)),
                name="problem_numbered_once_confirmed",
            ),
            models.CheckConstraint(
                condition=~Q(status=ProblemStatus.GROUPED) | Q(theme__isnull=False),
                name="problem_grouped_into_a_theme",
            ),
            models.CheckConstraint(
                condition=~Q(status=ProblemStatus.MERGED) | Q(merged_into__isnull=False),
                name="problem_merged_into_another",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[ProblemStatus.DECLINED, ProblemStatus.HIDDEN]) | ~Q(reason=""),
                name="problem_refused_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(status=ProblemStatus.WITHDRAWN) | Q(title="", text="", place="", email="", code=""),
                name="problem_withdrawn_is_forgotten",
            ),
        ]

    def __str__(self) -> str:
        return self.heading

    def get_absolute_url(self) -> str:
        """Return its public page."""
        return reverse("cocreation:problem", args=[self.exercise.slug, self.number])

    @property
    def exercise(self) -> Exercise:
        """The exercise of its consultation."""
        return self.consultation.exercise

    @property
    def reference(self) -> str:
        """What the ledger and its history call it."""
        return f"{self.exercise.slug}/{self.number}"

    @property
    def heading(self) -> str:
        """Its title, or that nobody reads it any more."""
        return self.title if self.is_readable else f"Propuesta {self.number}, con el texto oculto"

    @property
    def is_readable(self) -> bool:
        """Say whether anybody may read its text."""
        return self.status != ProblemStatus.HIDDEN

    @property
    def outcome(self) -> str:
        """What became of it, in a sentence; a theme that nobody approved yet is not named."""
        if self.status == ProblemStatus.GROUPED and self.theme:
            if self.theme.status == ThemeStatus.APPROVED:
                return f"Se agrupó en la temática «{self.theme}»."
            return "Se agrupó en una temática que el secretariado todavía no aprueba."
        if self.status == ProblemStatus.MERGED and self.merged_into:
            if self.merged_into.status == ProblemStatus.WITHDRAWN:
                return f"Se unió a la propuesta {self.merged_into.number}, que se retiró: espera otra respuesta."
            return f"Se unió a la propuesta {self.merged_into.number}, que dice lo mismo."
        if self.status == ProblemStatus.HIDDEN:
            return "Su texto se ocultó por las reglas de moderación."
        return f"{self.get_status_display()}."


class Support(models.Model):
    """That one address, which confirmed it, supports a problem. Its key is random: rows have no order of arrival."""

    id = models.UUIDField("identificador", primary_key=True, default=uuid4, editable=False)
    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="supports")
    address_hash = models.CharField("huella del correo", max_length=64, blank=True)

    class Meta:
        verbose_name = "apoyo a un problema"
        verbose_name_plural = "apoyos a problemas"
        ordering = ["problem", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["problem", "address_hash"], condition=~Q(address_hash=""), name="support_once_per_address"
            )
        ]

    def __str__(self) -> str:
        return f"Apoyo a {self.problem}"
