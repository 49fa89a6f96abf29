"""What is written once."""

from __future__ import annotations

from django.db import models


class WrittenOnce(models.Model):
    """A row that is inserted and never changed or erased.

    The database keeps the promise by triggers: each concrete model needs `refuse_changes` in a migration,
    and the invariant "tables written once" names the one that lacks it.
    """

    class Meta:
        abstract = True
