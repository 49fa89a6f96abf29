"""Editorial pages and what they are made of."""

from tequio.content.models.pages import ContentPage, NewsIndexPage, NewsPage, PublicPage
from tequio.content.models.seeds import Seed

__all__ = ["ContentPage", "NewsIndexPage", "NewsPage", "PublicPage", "Seed"]
