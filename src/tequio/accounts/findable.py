"""What people can find of places and organizations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tequio.accounts.models import Jurisdiction, Organization
from tequio.kernel.search import Entry, Findable

if TYPE_CHECKING:
    from collections.abc import Iterator


def places() -> Iterator[Entry]:
    """Yield every state and municipality."""
    for row in Jurisdiction.objects.select_related("parent"):
        yield Entry(
            key=f"accounts.jurisdiction:{row.code}",
            title=row.name,
            text=f"{row.get_kind_display()}{f' de {row.parent}' if row.parent else ''}. Cabecera: {row.seat}",
            url=row.get_absolute_url(),
        )


def organizations() -> Iterator[Entry]:
    """Yield every institution and organization, on the page of its place."""
    rows = Organization.objects.exclude(jurisdiction=None).select_related("jurisdiction")
    for row in rows:
        yield Entry(
            key=f"accounts.organization:{row.key}",
            title=row.name,
            text=f"{row.acronym} {row.get_kind_display()}",
            url=f"{row.jurisdiction.get_absolute_url() if row.jurisdiction else ''}#{row.key}",
        )


FINDABLE = (Findable("place", "Lugares", places), Findable("organization", "Organizaciones", organizations))
