"""People who hold public posts or seats, and the accounts of those who sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.functional import cached_property
from rules.permissions import permissions

if TYPE_CHECKING:
    from datetime import date

    from tequio.accounts.models.roles import Role


class User(AbstractUser):
    """An account of a person who signs in; who they are in an exercise comes from dated roles, never from here.

    What asks for a second step is withheld from the account of a request whose session showed none: the middleware says
    so on the instance. Outside a request there is no session, and nothing is withheld (docs/decisions/0021).
    """

    showed_second_step = True
    misses_second_step = False

    class Meta:
        verbose_name = "cuenta"

    @cached_property
    def roles_by_day(self) -> dict[date, tuple[Role, ...]]:
        """Where `queries.held_roles` keeps what it found, for as long as this instance lives."""
        return {}

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Ask our rule where there is one, of a superuser too: Django would let them do everything."""
        if perm in permissions:
            return self.is_active and bool(permissions[perm].test(self, obj))
        return super().has_perm(perm, obj) and self.shows_second_step()

    def shows_second_step(self) -> bool:
        """Answer for what asks for a second step, and note that only that was missing."""
        self.misses_second_step = self.misses_second_step or not self.showed_second_step
        return self.showed_second_step


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
