"""Releases: the versions of each dataset as they were published, with their files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Q

from tequio.kernel.models import WrittenOnce

if TYPE_CHECKING:
    from django.core.files.base import File

EVERYTHING: Final = "todo"
"""The name under which all datasets are released together, in one zip."""


class ReleaseQuerySet(models.QuerySet["Release"]):
    """Releases, by dataset and age."""

    def of(self, dataset: str) -> ReleaseQuerySet:
        """Keep those of one dataset, newest first."""
        return self.filter(dataset=dataset).order_by("-pk")

    def current(self) -> ReleaseQuerySet:
        """Keep the newest of each dataset."""
        return self.filter(next__isnull=True)


class Release(WrittenOnce):
    """A version of a dataset: `version` is its day (2026.03.02, then 2026.03.02.2), `schema_version` is semver."""

    dataset = models.CharField("conjunto", max_length=63)
    version = models.CharField("versión", max_length=20)
    schema_version = models.CharField("versión del esquema", max_length=20)
    created_at = models.DateTimeField("creada")
    rows = models.PositiveBigIntegerField("filas")
    reason = models.CharField("razón", max_length=300)
    content_sha256 = models.CharField("huella de filas y esquema", max_length=64)
    schema = models.JSONField("esquema")
    previous = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="next", verbose_name="anterior"
    )

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = "versión de un conjunto"
        verbose_name_plural = "versiones de conjuntos"
        ordering = ["dataset", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["dataset", "version"], name="release_version_once"),
            models.UniqueConstraint(
                fields=["dataset"], condition=Q(previous__isnull=True), name="release_first_once_per_dataset"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dataset} {self.version}"


class ReleaseFile(WrittenOnce):
    """A file of a release; its bytes are stored under their own hash."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="files", verbose_name="versión")
    name = models.CharField("nombre", max_length=100)
    size = models.PositiveBigIntegerField("tamaño en bytes")
    sha256 = models.CharField("huella", max_length=64)

    class Meta:
        verbose_name = "archivo de una versión"
        verbose_name_plural = "archivos de versiones"
        ordering = ["release", "name"]
        constraints = [models.UniqueConstraint(fields=["release", "name"], name="releasefile_name_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def format(self) -> str:
        """What the file is by its ending: csv, csv.gz, jsonl, json, md."""
        return self.name.partition(".")[2]

    @property
    def path(self) -> str:
        """Where the bytes are kept in the storage."""
        return stored_path(self.sha256)

    def open(self) -> File[bytes]:
        """Open the stored bytes for reading."""
        return default_storage.open(self.path)


def stored_path(sha256: str) -> str:
    """Return where the bytes with this SHA-256 are kept in the storage."""
    return f"datos/{sha256[:2]}/{sha256}"
