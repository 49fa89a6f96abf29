"""The mail outbox: a row per message and recipient, which waits, is sent, and stays as the receipt."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q


class OutboxMessage(models.Model):
    """A message for one recipient; what it said is wiped once sent, for it may hold a sign-in code."""

    id = models.UUIDField("identificador", primary_key=True, default=uuid4, editable=False)
    key = models.CharField("clave", max_length=200)
    recipient = models.EmailField("para")
    subject = models.TextField("asunto", blank=True)
    body = models.TextField("texto", blank=True)
    html = models.TextField("texto con formato", blank=True)
    headers = models.JSONField("encabezados", default=dict, blank=True)
    attachments = models.JSONField("archivos adjuntos", default=list, blank=True)
    queued_at = models.DateTimeField("escrito")
    tries = models.PositiveIntegerField("intentos", default=0)
    refusal = models.TextField("motivo del rechazo", blank=True)
    sent_at = models.DateTimeField("enviado", null=True, blank=True)

    class Meta:
        verbose_name = "mensaje de correo"
        verbose_name_plural = "mensajes de correo"
        constraints = [
            models.UniqueConstraint(fields=["key", "recipient"], name="outboxmessage_once"),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(subject="", body="", html="", refusal=""), name="outboxmessage_wiped"
            ),
        ]

    def __str__(self) -> str:
        return self.key
