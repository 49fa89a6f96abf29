"""Co-creation tables: how a method says that they go, and each one with its stages and its small tables.

The Chatham House rule is kept by what there is no place for. A small table writes on one row, whose lists are sorted
by what they say: no author, seat, address, instant nor order of writing. Who sat where is erased when the table closes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from tequio.cocreation.enums import Capture, DraftStage, StageTalk, TableKind, TableOutcome
from tequio.cocreation.models.themes import Theme
from tequio.exercises.models import Attendee, Event, Exercise, Method
from tequio.kernel.models import WrittenOnce

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User


class TableTemplate(models.Model):
    """How a method says that a co-creation table goes: its hours, groups, questions and sizes (Metodología, 3.2)."""

    method = models.ForeignKey(Method, on_delete=models.CASCADE, related_name="table_templates", verbose_name="método")
    key = models.SlugField("clave", max_length=60, unique=True)
    kind = models.CharField("tipo", max_length=10, choices=TableKind)
    name = models.CharField("nombre", max_length=300)
    begins = models.CharField("hora de inicio", max_length=5)
    smallest = models.PositiveSmallIntegerField("personas por mesa, al menos")
    largest = models.PositiveSmallIntegerField("personas por mesa, a lo más")
    horseshoe = models.PositiveSmallIntegerField("lugares de la herradura")
    groups = models.JSONField("grupos que se intercalan", default=list)
    questions = models.JSONField("preguntas de la formulación", default=list)
    source = models.CharField("fuente", max_length=500, blank=True)

    class Meta:
        verbose_name = "plantilla de mesa"
        verbose_name_plural = "plantillas de mesa"
        ordering = ["method", "key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(smallest__gt=0) & Q(largest__gte=F("smallest")), name="template_sizes_in_order"
            )
        ]

    def __str__(self) -> str:
        return self.name


class StageText(models.Model):
    """What a stage of a table is, in a template or in a table: how long, who answers, with what, and how."""

    order = models.PositiveSmallIntegerField("orden")
    name = models.CharField("nombre", max_length=200)
    minutes = models.PositiveSmallIntegerField("duración en minutos")
    responsible = models.CharField("responsable", max_length=300, blank=True)
    materials = models.TextField("herramientas o material", blank=True)
    dynamics = models.TextField("dinámica", blank=True)
    captures = models.CharField("qué queda escrito", max_length=11, choices=Capture, default=Capture.NOTHING)
    shows = models.CharField(
        "qué presentación se muestra", max_length=18, choices=StageTalk, blank=True, default="", db_default=""
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"Etapa {self.order}: {self.name}"


class TemplateStage(StageText):
    """A stage as the method describes it."""

    template = models.ForeignKey(TableTemplate, on_delete=models.CASCADE, related_name="stages")

    class Meta:
        verbose_name = "etapa de una plantilla"
        verbose_name_plural = "etapas de una plantilla"
        ordering = ["template", "order"]
        constraints = [models.UniqueConstraint(fields=["template", "order"], name="template_stage_order_once")]


class TableQuerySet(models.QuerySet["Table"]):
    """Tables, by who may see them."""

    def visible_to(self, viewer: User | AnonymousUser | None) -> TableQuerySet:
        """Keep those whose event a viewer may see: announced, or told by a document."""
        return self.filter(event__in=Event.objects.visible_to(viewer))


class Table(models.Model):
    """A co-creation table: the event of a theme at which people write a commitment together.

    When, where, how many and who registers is the event's. `room_code` opens the room's screens to whoever is there;
    `seed` is what the seating was drawn from. The text being written (`draft`) has no author; `revision` counts its
    changes, so that of two screens none erases the other's.
    """

    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="table", verbose_name="evento")
    theme = models.ForeignKey(Theme, on_delete=models.RESTRICT, related_name="tables", verbose_name="temática")
    kind = models.CharField("tipo", max_length=10, choices=TableKind)
    template = models.ForeignKey(
        TableTemplate, on_delete=models.PROTECT, null=True, blank=True, related_name="tables", verbose_name="plantilla"
    )
    follows = models.ForeignKey(
        "self", on_delete=models.RESTRICT, null=True, blank=True, related_name="next_tables", verbose_name="mesa previa"
    )
    criteria = models.TextField("criterios para la cocreación", blank=True)
    smallest = models.PositiveSmallIntegerField("personas por mesa, al menos", default=5)
    largest = models.PositiveSmallIntegerField("personas por mesa, a lo más", default=10)
    horseshoe = models.PositiveSmallIntegerField("lugares de la herradura", default=25)
    questions = models.JSONField("preguntas de la formulación", default=list, blank=True)
    room_code = models.CharField("código de la sala", max_length=8, blank=True)
    seed = models.CharField("semilla del acomodo", max_length=32, blank=True)
    draft = models.JSONField("texto en redacción", default=dict, blank=True)
    revision = models.PositiveIntegerField("cambios del texto", default=0)
    outcome = models.CharField("resultado", max_length=10, choices=TableOutcome, default=TableOutcome.PENDING)
    reason = models.TextField("por qué no hay compromiso", blank=True)
    lessons = models.TextField("aprendizajes", blank=True)
    closed_at = models.DateTimeField("cerrada", null=True, blank=True)
    defined_at = models.DateTimeField("definido su compromiso", null=True, blank=True)

    objects = TableQuerySet.as_manager()

    class Meta:
        verbose_name = "mesa de cocreación"
        verbose_name_plural = "mesas de cocreación"
        ordering = ["event"]
        constraints = [
            models.CheckConstraint(
                condition=Q(smallest__gt=0) & Q(largest__gte=F("smallest")), name="table_sizes_in_order"
            ),
            models.UniqueConstraint(fields=["room_code"], condition=~Q(room_code=""), name="table_room_code_once"),
            models.CheckConstraint(
                condition=~Q(outcome=TableOutcome.DIALOGUE) | ~Q(reason=""), name="table_without_commitment_says_why"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | ~Q(outcome=TableOutcome.PENDING), name="table_closed_with_outcome"
            ),
            models.CheckConstraint(
                condition=Q(defined_at__isnull=True) | Q(closed_at__isnull=False, outcome=TableOutcome.COMMITMENT),
                name="table_defined_once_closed",
            ),
        ]

    def __str__(self) -> str:
        return self.event.name

    def get_absolute_url(self) -> str:
        """Return the table's public page."""
        return reverse("cocreation:table", args=[self.exercise.slug, self.event.slug])

    @property
    def exercise(self) -> Exercise:
        """The exercise of its event."""
        return self.event.exercise

    @property
    def code(self) -> str:
        """Its public reference, by which the ledger names it."""
        return self.event.code


class Stage(StageText):
    """A stage of a table, with when it was begun and ended on the day and what was added to its minutes."""

    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="stages")
    added = models.SmallIntegerField("minutos añadidos", default=0)
    started_at = models.DateTimeField("empezó", null=True, blank=True)
    ended_at = models.DateTimeField("terminó", null=True, blank=True)

    class Meta:
        verbose_name = "etapa de una mesa"
        verbose_name_plural = "etapas de una mesa"
        ordering = ["table", "order"]
        constraints = [
            models.UniqueConstraint(fields=["table", "order"], name="stage_order_once"),
            models.UniqueConstraint(
                fields=["table"],
                condition=Q(started_at__isnull=False, ended_at__isnull=True),
                name="one_stage_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")), name="stage_ends_after_it_starts"
            ),
        ]


class SmallTable(models.Model):
    """One of the tables of five to ten among which a room is shared out, and the one sheet on which it writes.

    `key` is on the card of the table: whoever sits there writes for all. `sheet` holds sorted lists (see
    `workflows.capturing`); there is nothing else to know of who wrote it.
    """

    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="small_tables")
    number = models.PositiveSmallIntegerField("número")
    key = models.CharField("clave de su tarjeta", max_length=10, unique=True)
    sheet = models.JSONField("hoja", default=dict, blank=True)

    class Meta:
        verbose_name = "mesa de trabajo"
        verbose_name_plural = "mesas de trabajo"
        ordering = ["table", "number"]
        constraints = [models.UniqueConstraint(fields=["table", "number"], name="small_table_number_once")]

    def __str__(self) -> str:
        return f"Mesa {self.number}"


class Placement(models.Model):
    """Who sits where, only while a table lasts: its close erases it."""

    attendee = models.OneToOneField(Attendee, on_delete=models.CASCADE, related_name="placement")
    small_table = models.ForeignKey(SmallTable, on_delete=models.CASCADE, related_name="placements")
    seat = models.PositiveSmallIntegerField("lugar")

    class Meta:
        verbose_name = "lugar en una mesa de trabajo"
        verbose_name_plural = "lugares en mesas de trabajo"
        ordering = ["small_table", "seat"]
        constraints = [models.UniqueConstraint(fields=["small_table", "seat"], name="seat_taken_once")]

    def __str__(self) -> str:
        return f"{self.small_table}, lugar {self.seat}"


class ClosedText(WrittenOnce):
    """A text of a table's commitment once closed: preliminary or definitive, bound by its hash in the ledger.

    `sources` names the small tables whose proposals went into it; nobody is its author.
    """

    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="closed_texts")
    stage = models.CharField("texto", max_length=11, choices=DraftStage)
    title = models.CharField("nombre del compromiso", max_length=200)
    text = models.TextField("redacción")
    long_term_objective = models.TextField("objetivo de largo plazo", blank=True)
    definitive_commitment = models.TextField("compromiso definitivo", blank=True)
    sources = models.JSONField("mesas de trabajo de que proviene", default=list)
    sha256 = models.CharField("huella", max_length=64)

    class Meta:
        verbose_name = "texto cerrado"
        verbose_name_plural = "textos cerrados"
        ordering = ["table", "stage"]
        constraints = [models.UniqueConstraint(fields=["table", "stage"], name="text_closed_once")]

    def __str__(self) -> str:
        return f"{self.get_stage_display()}: {self.title}"

    @property
    def content(self) -> dict[str, Any]:
        """What its hash is of."""
        names = ("stage", "title", "text", "long_term_objective", "definitive_commitment", "sources")
        return {name: getattr(self, name) for name in names}
