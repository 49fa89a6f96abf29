"""When a document says that something happens: its own words beside the days that they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date


class DatePrecision(models.TextChoices):
    """How exactly a text fixes a date; an event («hasta la conclusión del proceso») fixes none."""

    DAY = "day", "Día"
    MONTH = "month", "Mes"
    YEAR = "year", "Año"
    EVENT = "event", "Suceso sin fecha"
    MISSING = "missing", "No consta"


DATED: Final = (DatePrecision.DAY, DatePrecision.MONTH, DatePrecision.YEAR)


class StatedPeriod(models.Model):
    """A period as a document states it; texts are quotations, dates are what they mean, or null.

    A start given as a month is its first day, an end its last, so that comparisons never accuse wrongly.
    """

    starts_text = models.CharField("inicio, como dice el documento", max_length=300, blank=True)
    starts_on = models.DateField("inicio", null=True, blank=True)
    starts_precision = models.CharField(
        "precisión del inicio", max_length=7, choices=DatePrecision, default=DatePrecision.MISSING
    )
    ends_text = models.CharField("fin, como dice el documento", max_length=300, blank=True)
    ends_on = models.DateField("fin", null=True, blank=True)
    ends_precision = models.CharField(
        "precisión del fin", max_length=7, choices=DatePrecision, default=DatePrecision.MISSING
    )

    class Meta:
        abstract = True

    def days(self) -> Iterator[date]:
        """Yield the dates that are known, start first."""
        yield from (day for day in (self.starts_on, self.ends_on) if day)


def period_constraints(table: str) -> list[models.BaseConstraint]:
    """Return the promises the database keeps for a StatedPeriod: known precisions, a date where one is stated."""
    promises: list[models.BaseConstraint] = []
    for edge in ("starts", "ends"):
        known = Q(**{f"{edge}_precision__in": [str(p) for p in DATED]})
        precise = Q(**{f"{edge}_on__isnull": False})
        promises.append(
            models.CheckConstraint(
                condition=(known & precise)
                | (Q(**{f"{edge}_precision__in": [DatePrecision.EVENT.value, DatePrecision.MISSING.value]}) & ~precise),
                name=f"{table}_{edge}_precision",
            )
        )
    return promises
