"""The words action plans use, and the names of their permissions."""

from typing import Final

from django.db import models

from tequio.kernel.topics import topic

DEFINE_COMMITMENT: Final = "plans.define_commitment"
"""Writing the final definition of a commitment, by which it enters the plan: whoever runs the exercise."""
COMMITMENTS: Final = topic("commitments", "Compromisos", "Compromisos de las mesas que esperan su definición.")


class PlanKind(models.TextChoices):
    """Which plan it is: of a state (Metodología) or of a municipality (Guía VIII)."""

    PAL = "pal", "Plan de Acción Local"
    PAM = "pam", "Plan de Acción Municipal"


class PlanState(models.TextChoices):
    """Where a plan stands."""

    DRAFT = "draft", "Borrador"
    PUBLISHED = "published", "Publicado"


class CommitmentKind(models.TextChoices):
    """How a commitment was born (Metodología, fases 3 y 5)."""

    COCREATED = "cocreated", "Cocreado"
    PROACTIVE = "proactive", "Proactivo"


class ChapterKind(models.TextChoices):
    """The chapters of a plan's document (First PAL, «Índice»)."""

    COVER = "cover", "Portada"
    INTRODUCTION = "introduction", "Introducción"
    SECRETARIAT = "secretariat", "Integrantes del secretariado"
    MEMBERS = "members", "Miembros inscritos"
    CONSTRUCTION = "construction", "Proceso de construcción"
    EVENTS = "events", "Eventos"
    DIALOGUES = "dialogues", "Diálogos con la sociedad civil y academia"
    PROBLEMS = "problems", "Identificación de problemas públicos"
    TREES = "trees", "Árboles de problemas"
    DRAFTING = "drafting", "Redacción de los compromisos"
    COMMITMENTS = "commitments", "Compromisos"
    SIGNATURE = "signature", "Firma de compromisos"
    FOLLOW_UP = "follow_up", "Seguimiento y evaluación"
    ANNEXES = "annexes", "Anexos"


class BlockKind(models.TextChoices):
    """How a quoted piece of a chapter is set."""

    HEADING = "heading", "Subtítulo"
    PARAGRAPH = "paragraph", "Párrafo"
    ITEM = "item", "Elemento de lista"
    LINK = "link", "Liga"
    NOTICE = "notice", "Aviso impreso en el documento"


class ActorSector(models.TextChoices):
    """Who else takes part in a commitment (First PAL form, «Otros actores involucrados»)."""

    AGENCIES = "agencies", "Agencias gubernamentales"
    CIVIL_SOCIETY = "civil_society", "Organizaciones de la sociedad civil"
    PRIVATE_SECTOR = "private_sector", "Sector privado"
    ACADEMIA = "academia", "Academia"


class ActivityLevel(models.TextChoices):
    """Which list an activity comes from: a form has its dated table, its lines of action have others."""

    COMMITMENT = "commitment", "Tabla del compromiso"
    LINE = "line", "Línea de acción"


class FindingKind(models.TextChoices):
    """What is the matter with a plan's document at a place (requirements PL-09 and PL-10)."""

    CONTRADICTORY = "contradictory", "Se contradice"
    BETWEEN_DOCUMENTS = "between_documents", "Contradice a otro documento"
    MISSING = "missing", "Falta"
    PLACEHOLDER = "placeholder", "Plantilla sin llenar"
    UNOFFICIAL = "unofficial", "Nombre distinto del oficial"
    COVERAGE = "coverage", "Temáticas y compromisos que no se encuentran"
