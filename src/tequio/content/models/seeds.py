"""Which page came from a data pack, and the last revision that the pack wrote."""

from __future__ import annotations

from django.db import models
from wagtail.models import Page, Revision


class Seed(models.Model):
    """A page that a pack wrote. If its latest revision is another one, an editor changed it and it is theirs."""

    key = models.SlugField("clave", max_length=80, unique=True)
    page = models.ForeignKey(Page, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name="página")
    revision = models.ForeignKey(
        Revision, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name="última revisión del paquete"
    )
    sha256 = models.CharField("huella de lo que decía el paquete", max_length=64)
    seeded_at = models.DateTimeField("escrita")

    class Meta:
        verbose_name = "página de un paquete"
        verbose_name_plural = "páginas de un paquete"
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key

    @property
    def is_untouched(self) -> bool:
        """Tell whether nobody changed or erased the page since the pack wrote it."""
        return self.page is not None and self.page.latest_revision_id == self.revision_id
