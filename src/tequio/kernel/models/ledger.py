"""The ledger: what happened, in order, each entry sealed with the hash of the one before."""

from __future__ import annotations

from typing import Any, Final

from django.db import models
from django.db.models import Q

from tequio.kernel.canonical import canonical, digest, instant
from tequio.kernel.models.immutable import WrittenOnce

GENESIS: Final = "0" * 64
"""The previous_hash of the first entry."""


class LedgerEntry(WrittenOnce):
    """One fact of the public record; its payload holds public codes and hashes, never a secret."""

    sequence = models.BigIntegerField("asiento", primary_key=True)
    recorded_at = models.DateTimeField("asentado")
    kind = models.CharField("hecho", max_length=100)
    subject = models.CharField("sobre", max_length=200)
    recorded_by = models.CharField("por", max_length=200, blank=True)
    payload = models.JSONField("contenido")
    payload_sha256 = models.CharField("huella del contenido", max_length=64)
    previous_hash = models.CharField("huella del asiento anterior", max_length=64, unique=True)
    hash = models.CharField("huella", max_length=64, unique=True)

    class Meta:
        verbose_name = "asiento del registro"
        verbose_name_plural = "asientos del registro"
        ordering = ["sequence"]
        indexes = [models.Index(fields=["subject", "sequence"]), models.Index(fields=["recorded_at"])]
        constraints = [models.CheckConstraint(condition=Q(sequence__gte=1), name="ledgerentry_sequence_from_one")]

    def __str__(self) -> str:
        return f"{self.sequence} {self.kind} {self.subject}"

    def sealed_part(self) -> dict[str, Any]:
        """Return what the hash covers; the payload is there by its own hash."""
        return {
            "sequence": self.sequence,
            "recorded_at": instant(self.recorded_at),
            "kind": self.kind,
            "subject": self.subject,
            "by": self.recorded_by,
            "payload_sha256": self.payload_sha256,
            "previous_hash": self.previous_hash,
        }

    def seal(self) -> str:
        """Return the hash that the entry must have."""
        return digest(self.sealed_part())

    def line(self) -> str:
        """Return the entry as a line of the public download (JSON, without line feed)."""
        return canonical({**self.sealed_part(), "payload": self.payload, "hash": self.hash})
