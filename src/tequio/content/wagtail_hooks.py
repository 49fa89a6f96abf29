"""What we add to the editors' desk: calendars without inline scripts, and news of acts that publish nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks

from tequio.content.workflows import announce_pages

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest
    from django.utils.safestring import SafeString
    from wagtail.models import Page


@hooks.register("insert_global_admin_js")
def calendars() -> SafeString:
    """Start the calendars of date fields from a file."""
    return format_html('<script src="{}"></script>', static("content/desk.js"))


@hooks.register("after_unpublish_page")
@hooks.register("after_delete_page")
@hooks.register("after_move_page")
def page_changed(_request: HttpRequest, page: Page) -> None:
    """Announce a page taken off the site, erased or moved."""
    announce_pages(page)


@hooks.register("after_bulk_action")
def pages_changed(_request: HttpRequest, _kind: str, objects: Iterable[Any], _action: Any) -> None:
    """Announce the pages that one act changed together."""
    announce_pages(*(page for page in objects if hasattr(page, "url_path")))
