"""Files that people attach: what arrived, cleaned, with its hash."""

from __future__ import annotations

from django.db import models


class Attachment(models.Model):
    """A file as it was kept, under a name of its own; who may read it is decided by what it is attached to.

    Pictures are drawn anew, so that neither the place where they were taken nor a hidden program stays in them.
    """

    file = models.FileField("archivo", upload_to="adjuntos/%Y/", max_length=200)
    name = models.CharField("nombre con que llegó", max_length=120)
    media_type = models.CharField("tipo", max_length=40)
    size = models.PositiveIntegerField("bytes")
    sha256 = models.CharField("SHA-256", max_length=64)
    attached_at = models.DateTimeField("llegó")

    class Meta:
        verbose_name = "archivo adjunto"
        verbose_name_plural = "archivos adjuntos"
        constraints = [models.UniqueConstraint(fields=["file"], name="attachment_file_once")]

    def __str__(self) -> str:
        return self.name
