"""What the site can find: one row per public thing, with its words already analysed."""

from __future__ import annotations

from django.db import models


class SearchEntry(models.Model):
    """One findable thing; rows are derived from the rooms' own data and can be rebuilt at any time."""

    key = models.CharField("clave", max_length=200, unique=True)
    kind = models.CharField("tipo", max_length=60, db_index=True)
    title = models.CharField("título", max_length=500)
    text = models.TextField("texto", blank=True)
    url = models.CharField("dirección", max_length=500)
    title_terms = models.TextField("términos del título", blank=True)
    terms = models.TextField("términos del título y del texto", blank=True)
    title_size = models.PositiveIntegerField("cuántos términos tiene el título")
    size = models.PositiveIntegerField("cuántos términos tiene en total")
    digest = models.CharField("huella de lo analizado", max_length=32)
    updated_at = models.DateTimeField("actualizado")

    class Meta:
        verbose_name = "entrada del buscador"
        verbose_name_plural = "entradas del buscador"
        ordering = ["key"]

    def __str__(self) -> str:
        return self.title
