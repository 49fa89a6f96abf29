"""Things that are open for a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.db.models import F, Q

from tequio.kernel.windows import Window

if TYPE_CHECKING:
    from datetime import datetime

ModelT_co = TypeVar("ModelT_co", bound=models.Model, covariant=True)


class WindowQuerySet(models.QuerySet[ModelT_co]):
    """Rows with a window, by instant."""

    def open_at(self, instant: datetime) -> Self:
        """Keep those whose window is open at an instant."""
        return self.filter(Q(closes_at__isnull=True) | Q(closes_at__gt=instant), opens_at__lte=instant)


class WithWindow(models.Model):
    """A row that opens and closes; without closes_at it never closes."""

    opens_at = models.DateTimeField("abre")
    closes_at = models.DateTimeField("cierra", null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def window(self) -> Window:
        """Return the row's window, to be asked with an instant."""
        return Window(self.opens_at, self.closes_at)


def window_constraint(table: str) -> models.CheckConstraint:
    """Return the promise the database keeps for a WithWindow: it closes after it opens."""
    return models.CheckConstraint(
        condition=Q(closes_at__isnull=True) | Q(closes_at__gt=F("opens_at")),
        name=f"{table}_closes_after_opening",
    )
