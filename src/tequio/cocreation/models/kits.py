"""The kit of a table: what people read before they come (Metodología, fase 2).

What is prepared is here; what was published is an edition, which nobody rewrites. Neither who got it nor who said
something of it has a row: `receipts` are marks that lead to nobody without the site's secret, and go with the data of
who registered; `feedback` is sorted by what it says, without author, address, instant or order of arrival.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse

from tequio.cocreation.enums import PRESENTATIONS, DocumentKind
from tequio.cocreation.models.tables import Table
from tequio.kernel.models import Attachment

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise


class KitQuerySet(models.QuerySet["Kit"]):
    """Kits, by who may see them."""

    def visible_to(self, viewer: User | AnonymousUser | None) -> KitQuerySet:
        """Keep those that were published, of tables that a viewer may see."""
        return self.filter(published_at__isnull=False, table__in=Table.objects.visible_to(viewer))


class Kit(models.Model):
    """What somebody who prepares a table adds to what its data say already: tree, agenda, criteria, glossary, rules."""

    table = models.OneToOneField(Table, on_delete=models.CASCADE, related_name="kit", verbose_name="mesa")
    context = models.TextField("contexto, en una página", blank=True)
    glossary = models.TextField("palabras de esta mesa", blank=True)
    rules = models.TextField("reglas de esta mesa", blank=True)
    published_at = models.DateTimeField("publicado por primera vez", null=True, blank=True)
    receipts = models.JSONField("marcas de recibido", default=list, blank=True)
    received = models.PositiveIntegerField("personas que lo recibieron", default=0)
    feedback = models.JSONField("opiniones", default=list, blank=True)

    objects = KitQuerySet.as_manager()

    class Meta:
        verbose_name = "kit de una mesa"
        verbose_name_plural = "kits de mesas"
        ordering = ["table"]

    def __str__(self) -> str:
        return f"Kit de {self.table}"

    def get_absolute_url(self) -> str:
        """Return its public page."""
        return reverse("cocreation:kit", args=[self.exercise.slug, self.table.event.slug])

    @property
    def exercise(self) -> Exercise:
        """The exercise of its table."""
        return self.table.exercise


class KitDocument(models.Model):
    """A document of a kit: a file or a link, and for a presentation, how it relates to what CO-09 asks."""

    kit = models.ForeignKey(Kit, on_delete=models.CASCADE, related_name="documents")
    order = models.PositiveSmallIntegerField("orden")
    kind = models.CharField("tipo", max_length=18, choices=DocumentKind)
    title = models.CharField("título", max_length=200)
    made_by = models.CharField("quién lo hizo", max_length=200)
    minutes = models.PositiveSmallIntegerField("minutos de lectura")
    file = models.OneToOneField(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="kit_document", verbose_name="archivo"
    )
    url = models.URLField("liga", max_length=500, blank=True)
    agenda_2030 = models.TextField("relación con la Agenda 2030", blank=True)
    equality = models.TextField("relación con la igualdad de género", blank=True)
    inclusion = models.TextField("relación con la inclusión", blank=True)

    class Meta:
        verbose_name = "documento de un kit"
        verbose_name_plural = "documentos de kits"
        ordering = ["kit", "order"]
        constraints = [
            models.UniqueConstraint(fields=["kit", "order"], name="kit_document_order_once"),
            models.CheckConstraint(
                condition=Q(file__isnull=False, url="") | (Q(file__isnull=True) & ~Q(url="")),
                name="kit_document_is_a_file_or_a_link",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=PRESENTATIONS) | (~Q(agenda_2030="") & ~Q(equality="") & ~Q(inclusion="")),
                name="kit_presentation_says_its_relations",
            ),
        ]

    def __str__(self) -> str:
        return self.title
