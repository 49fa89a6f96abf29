"""People who hold public posts or seats, and the accounts of those who sign in."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """An account of a person who signs in; who they are in an exercise comes from dated roles, never from here."""

    class Meta:
        verbose_name = "cuenta"


class Person(models.Model):
    """A public servant or a representative whose name a public document publishes for their public role.

    Private citizens have no row: their registration is counted without a name (docs/decisions/0005).
    """

    key = models.SlugField("clave", max_length=80, unique=True)
    name = models.CharField("nombre", max_length=200)
    certainty = models.CharField("certeza", max_length=300, blank=True)
    source = models.CharField("fuente", max_length=500, blank=True)

    class Meta:
        verbose_name = "persona con cargo público o de representación"
        verbose_name_plural = "personas con cargo público o de representación"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
