"""The editorial pages: content and news. Everything published is public; drafts are seen by editors only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from django.core.paginator import Paginator
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from tequio.content.models.blocks import BodyBlock
from tequio.kernel.components import Link, Sheet
from tequio.kernel.facts import PUBLISHED, announce

if TYPE_CHECKING:
    from django.http import HttpRequest
    from wagtail.models import Revision

PER_PAGE: Final = 10
HIGHEST_SHEET: Final = 10_000


class PublicPage(Page):
    """What every editorial page has; publishing, by whatever way, is announced so that cached pages drop."""

    lede = models.TextField("entrada", max_length=400, blank=True, help_text="Una o dos frases que resumen la página.")
    body = StreamField(BodyBlock(), verbose_name="cuerpo", blank=True)

    private_page_options: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("lede"), FieldPanel("body")]

    class Meta:
        abstract = True

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        """Publish a revision and announce it."""
        super().publish(revision, *args, **kwargs)
        self.announce_change()

    def unpublish(self, *args: Any, **kwargs: Any) -> None:
        """Take the page off the site and announce it."""
        super().unpublish(*args, **kwargs)
        self.announce_change()

    def announce_change(self) -> None:
        """Tell that what the public sees of this page may have changed."""
        announce(PUBLISHED, kind="content.page", subject=self.url_path, number=self.live_revision_id or 0)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the way to the page."""
        above = [Link(page.title, page.get_url(request)) for page in self.get_ancestors().filter(depth__gt=2)]
        trail = [Link("Inicio", "/"), *above, Link(self.title, "")]
        return {**super().get_context(request, *args, **kwargs), "trail": trail}


class ContentPage(PublicPage):
    """A page that explains something: what open government is, how to take part, who runs the site."""

    template = "content/content_page.html"
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page", "content.ContentPage"]
    subpage_types: ClassVar[list[str]] = ["content.ContentPage"]

    class Meta:
        verbose_name = "página"
        verbose_name_plural = "páginas"


class NewsIndexPage(PublicPage):
    """The news, the newest first."""

    template = "content/news_index_page.html"
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = ["content.NewsPage"]
    max_count = 1
    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("lede")]

    class Meta:
        verbose_name = "lista de noticias"
        verbose_name_plural = "listas de noticias"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add one sheet of news; a number that is not one shows the first, one too high the last."""
        news = NewsPage.objects.live().child_of(self).order_by("-dated_on", "-pk")
        asked = request.GET.get("pagina", "1")
        page = Paginator(news, PER_PAGE).get_page(asked if len(asked) <= len(str(HIGHEST_SHEET)) else "1")
        sheet = Sheet(
            number=page.number,
            of=page.paginator.num_pages,
            total=page.paginator.count,
            noun="noticias",
            previous=f"?pagina={page.previous_page_number()}" if page.has_previous() else "",
            following=f"?pagina={page.next_page_number()}" if page.has_next() else "",
        )
        return {**super().get_context(request, *args, **kwargs), "news": page.object_list, "sheet": sheet}


class NewsPage(PublicPage):
    """A dated piece of news, perhaps about an exercise, named by its slug."""

    dated_on = models.DateField("fecha")
    exercise_slug = models.SlugField(
        "ejercicio", max_length=80, blank=True, help_text="La clave en su dirección: /ejercicios/<clave>/."
    )

    template = "content/news_page.html"
    parent_page_types: ClassVar[list[str]] = ["content.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("dated_on"),
        FieldPanel("lede"),
        FieldPanel("body"),
        FieldPanel("exercise_slug"),
    ]

    class Meta:
        verbose_name = "noticia"
        verbose_name_plural = "noticias"
