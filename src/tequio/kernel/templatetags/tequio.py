"""What templates may say: states, figures with their denominator, dates in Spanish, signs and codes."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from django import template
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from tequio.kernel import spoken
from tequio.kernel.figures.icons import icon
from tequio.kernel.figures.qr import qr
from tequio.kernel.figures.stacked_bar import stacked_bar
from tequio.kernel.placeholders import Missing, reading
from tequio.kernel.statuses import tone_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from tequio.kernel.components import Filter
    from tequio.kernel.duties import Duty
    from tequio.kernel.figures.stacked_bar import Part
    from tequio.kernel.models import StatedPeriod

register = template.Library()
register.simple_tag(icon)
register.simple_tag(qr)
register.simple_tag(stacked_bar)

BLANK_LINE = re.compile(r"\n\s*\n")
MEGABYTE = 1_000_000  # bytes


@register.filter
def long_date(day: dt.date | None) -> str:
    """Show «viernes 16 de abril de 2021»; nothing shows nothing."""
    return spoken.long_date(day) if day else ""


@register.filter
def short_date(day: dt.date | None) -> str:
    """Show «16 abr 2021»; nothing shows nothing."""
    return spoken.short_date(day) if day else ""


@register.filter
def moment(instant: dt.datetime | None) -> str:
    """Show «viernes 16 de abril de 2021, 18:00 h (centro de México)»; nothing shows nothing."""
    return spoken.moment(instant) if instant else ""


@register.filter
def deadline(duty: Duty, at: dt.datetime) -> str:
    """Show «Vence mañana, viernes 16 de abril de 2021», «Venció ayer, …» or «Sin fecha límite»."""
    return spoken.deadline(duty.day, duty.due_at, at=at)


@register.filter
def period(stated: StatedPeriod) -> str:
    """Show a stated period no more exactly than its document; a quotation where it gives no date."""
    return spoken.period(stated)


@register.filter
def dated(stated: StatedPeriod) -> str:
    """Show when an act was, which mostly has no stated end."""
    return spoken.dated(stated)


@register.filter
def starts(stated: StatedPeriod) -> str:
    """Show the start of a stated period."""
    return spoken.edge(stated, "starts")


@register.filter
def ends(stated: StatedPeriod) -> str:
    """Show the end of a stated period."""
    return spoken.edge(stated, "ends")


@register.filter
def person_name(published: str) -> str:
    """Show a person's name in normal case when its document writes it in capitals."""
    return spoken.person_name(published)


@register.filter
def paragraphs(text: str) -> SafeString:
    """Show a quoted text as paragraphs, parted where it has a blank line; every letter is escaped."""
    return format_html_join("", "<p>{}</p>", ((part.strip(),) for part in BLANK_LINE.split(text) if part.strip()))


@register.filter
def said(text: str) -> SafeString:
    """Show a quoted text with its lines, or that the document says nothing there and what stands in its place."""
    read = reading(text)
    return missing(read.raw.strip()) if isinstance(read, Missing) else linebreaksbr(text.strip(), autoescape=True)


@register.filter
def of(count: int, total: int) -> str:
    """Show «3 de 8»; the only way a count is shown without its noun."""
    return f"{count:,} de {total:,}"


@register.filter
def size(weight: int) -> str:
    """Show a file's weight in bytes as «340 KB» or «1.2 MB», thousands of thousands as people count them."""
    return f"{weight / 1_000_000:.1f} MB" if weight >= MEGABYTE else f"{max(round(weight / 1_000), 1):,} KB"


@register.simple_tag
def ratio(count: int, total: int, noun: str) -> SafeString:
    """Show a large figure with its denominator and what is counted."""
    return format_html(
        '<span class="ratio num"><b>{}</b> <span class="of">de {}</span> <span class="what">{}</span></span>',
        f"{count:,}",
        f"{total:,}",
        noun,
    )


@register.simple_tag
def status(word: str) -> SafeString:
    """Show a state of the vocabulary: its sign and its word."""
    tone = tone_of(word)
    return format_html('<span class="status status-{}">{}<span>{}</span></span>', tone, icon(tone), word)


@register.simple_tag
def missing(instead: str = "") -> SafeString:
    """Show that a document does not say something and, if it says something else, what."""
    why = format_html(' <span class="missing-why">El documento dice: «{}»</span>', instead) if instead else ""
    return format_html('<span class="missing">No consta</span>{}', why)


@register.simple_tag
def known(text: str, instead: str = "") -> SafeString:
    """Show a value, or that it is missing."""
    return format_html("{}", text) if text else missing(instead)


@register.simple_tag
def whole(parts: Iterable[Part]) -> int:
    """Return the denominator of a bar: the sum of its parts."""
    return sum(part.count for part in parts)


@register.simple_tag
def options(offered: Filter) -> SafeString:
    """Show a filter's choices; `html.escape` and no closing tags (HTML needs none) because places are hundreds."""
    return SafeString(
        "".join(
            f'<option value="{escape(choice.value)}"{" selected" if choice.value == offered.chosen else ""}>'
            f"{escape(choice.name)}{'' if choice.count is None else f' ({choice.count})'}"
            for choice in offered.choices
        )
    )
