"""What the search box finds of this room: published pages and news."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tequio.content.queries import plain_text, published_pages
from tequio.kernel.search import Entry, Findable

if TYPE_CHECKING:
    from collections.abc import Iterator


def entries() -> Iterator[Entry]:
    """Yield an entry for each published page."""
    for page in published_pages():
        yield Entry(key=f"content.page:{page.pk}", title=page.title, text=plain_text(page), url=page.url)


FINDABLE: Final = (Findable("content.page", "Páginas y noticias", entries),)
