"""The one vocabulary of follow-up: screens, files and API say these words."""

from django.db import models


class ReportedState(models.TextChoices):
    """What the responsible institution says of an activity."""

    IN_PROGRESS = "in_progress", "En curso"
    TROUBLED = "troubled", "Con problema"
    DONE = "done", "Terminada"
    CANCELLED = "cancelled", "Cancelada por acuerdo"


class Verdict(models.TextChoices):
    """What civil society or the committee says of an activity's evidence."""

    VALIDATED = "validated", "Validada"
    OBJECTED = "objected", "Objetada"


class Voice(models.TextChoices):
    """Who gives a verdict (Guía, paso 6; Ruta, «Comité de Seguimiento»)."""

    CIVIL_SOCIETY = "civil_society", "Sociedad civil"
    COMMITTEE = "committee", "Comité de seguimiento"


class ActivityState(models.TextChoices):
    """The derived state of an activity; nobody types it (monitoring.queries says the rule)."""

    NO_RECORD = "no_record", "No consta"
    NOT_STARTED = "not_started", "Por iniciar"
    IN_PROGRESS = "in_progress", "En curso"
    TROUBLED = "troubled", "Con problema"
    REPORTED_DONE = "reported_done", "Reportada terminada"
    VALIDATED = "validated", "Validada"
    CANCELLED = "cancelled", "Cancelada por acuerdo"


class Completion(models.TextChoices):
    """The derived state of a commitment on the OGP scale."""

    NO_EVIDENCE = "no_evidence", "Sin evidencia"
    NOT_STARTED = "not_started", "No iniciado"
    LIMITED = "limited", "Limitado"
    SUBSTANTIAL = "substantial", "Sustancial"
    COMPLETE = "complete", "Completo"
