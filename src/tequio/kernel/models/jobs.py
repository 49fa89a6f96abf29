"""What the kernel adds to the queue of django-tasks-db: leases, keys of waiting jobs, slots of periodic jobs."""

from __future__ import annotations

from django.db import models
from django_tasks_db.models import DBTaskResult


class JobRecord(models.Model):
    """A job's lease while a worker runs it, and its key while it waits, which keeps a second one out."""

    result = models.OneToOneField(
        DBTaskResult, on_delete=models.CASCADE, primary_key=True, related_name="record", verbose_name="tarea"
    )
    key = models.CharField("clave", max_length=200, unique=True, null=True, blank=True)
    leased_until = models.DateTimeField("tomada hasta", null=True, blank=True)

    class Meta:
        verbose_name = "registro de tarea"
        verbose_name_plural = "registros de tareas"

    def __str__(self) -> str:
        return self.key or str(self.pk)


class PeriodicSlot(models.Model):
    """A periodic job was queued for a slot of time: the unique pair is what makes it once."""

    name = models.CharField("nombre", max_length=100)
    slot = models.DateTimeField("turno")

    class Meta:
        verbose_name = "turno de tarea periódica"
        verbose_name_plural = "turnos de tareas periódicas"
        constraints = [models.UniqueConstraint(fields=["name", "slot"], name="periodicslot_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.slot:%Y-%m-%d %H:%M}"
