"""Editions: public versions, frozen, numbered by subject, with the files made from each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Q

from tequio.kernel.models.immutable import WrittenOnce

if TYPE_CHECKING:
    from django.core.files.base import File


class EditionQuerySet(models.QuerySet["Edition"]):
    """Editions, by what they are of."""

    def of(self, kind: str, subject: str) -> EditionQuerySet:
        """Keep those of one subject, newest first."""
        return self.filter(kind=kind, subject=subject).order_by("-number")


class Edition(WrittenOnce):
    """A version as it was published: its whole content and the SHA-256 of its canonical JSON."""

    kind = models.CharField("tipo", max_length=60)
    subject = models.CharField("sobre", max_length=200)
    number = models.PositiveIntegerField("número")
    published_at = models.DateTimeField("publicada")
    published_by = models.CharField("publicada por", max_length=200, blank=True)
    content = models.JSONField("contenido")
    sha256 = models.CharField("huella del contenido", max_length=64)
    note = models.CharField("nota", max_length=500, blank=True)
    previous = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="next", verbose_name="anterior"
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = "edición"
        verbose_name_plural = "ediciones"
        ordering = ["kind", "subject", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject", "number"], name="edition_number_once"),
            models.CheckConstraint(
                condition=Q(number=1, previous__isnull=True) | Q(number__gt=1, previous__isnull=False),
                name="edition_first_has_no_previous",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}, edición {self.number}"


class EditionFile(WrittenOnce):
    """A file of an edition (a PDF, a spreadsheet); its bytes are stored under their own hash."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="files", verbose_name="edición")
    name = models.CharField("nombre", max_length=200)
    media_type = models.CharField("tipo de medio", max_length=100)
    sha256 = models.CharField("huella", max_length=64)
    size = models.PositiveBigIntegerField("tamaño en bytes")
    attached_at = models.DateTimeField("agregado")

    class Meta:
        verbose_name = "archivo de una edición"
        verbose_name_plural = "archivos de ediciones"
        ordering = ["edition", "name"]
        constraints = [models.UniqueConstraint(fields=["edition", "name"], name="editionfile_name_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """Return the file's name in the storage."""
        return stored_path(self.sha256)

    def open(self) -> File[bytes]:
        """Open the stored bytes for reading."""
        return default_storage.open(self.path)


def stored_path(sha256: str) -> str:
    """Return where the bytes with this SHA-256 are kept in the storage."""
    return f"ediciones/{sha256}"
