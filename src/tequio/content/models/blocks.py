"""The few blocks a page is made of: none holds code, style or an embed, and each has its own template."""

from __future__ import annotations

from typing import Any, Final

import nh3
from wagtail.blocks import CharBlock, ListBlock, RichTextBlock, StreamBlock, StructBlock, TextBlock, URLBlock
from wagtail.images.blocks import ImageBlock
from wagtail.rich_text import RichText

FEATURES: Final = ["h2", "h3", "bold", "italic", "link", "ol", "ul", "document-link"]
INLINE: Final = ["bold", "italic", "link", "document-link"]
TAGS: Final = {"h2", "h3", "p", "br", "b", "strong", "i", "em", "a", "ol", "ul", "li"}
ATTRIBUTES: Final = {"a": {"href", "linktype", "id"}}
SCHEMES: Final = {"http", "https", "mailto", "tel"}


def cleaned(html: str) -> str:
    """Return rich text with only what its features can write, whoever wrote it and however it came in."""
    return nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)


class CleanTextBlock(RichTextBlock):
    """Rich text that is narrowed each time it is read, so that what the database holds is never trusted."""

    def to_python(self, value: Any) -> RichText:
        """Read the stored HTML."""
        return RichText(cleaned(value))

    def normalize(self, value: Any) -> RichText:
        """Take HTML or rich text given by code."""
        return RichText(cleaned(value.source if isinstance(value, RichText) else value or ""))

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> RichText:
        """Read what the editor sent."""
        return self.normalize(super().value_from_datadict(data, files, prefix))


class StepBlock(StructBlock):
    """One of several things done in order."""

    title = CharBlock(label="Paso", max_length=200)
    text = TextBlock(label="En qué consiste", required=False, max_length=1_500)


class StepsBlock(StructBlock):
    """A numbered list of steps."""

    title = CharBlock(label="Título", required=False, max_length=200)
    steps = ListBlock(StepBlock(), label="Pasos", min_num=1)

    class Meta:
        label, icon, template = "Pasos", "list-ol", "content/blocks/steps.html"


class QuoteBlock(StructBlock):
    """Somebody else's words, which are never left without their source."""

    text = TextBlock(label="Cita textual", max_length=3_000)
    source = CharBlock(label="De quién o de qué documento", max_length=300)
    address = URLBlock(label="Dirección de la fuente", required=False)

    class Meta:
        label, icon, template = "Cita", "openquote", "content/blocks/quote.html"


class CalloutBlock(StructBlock):
    """An invitation to do something."""

    title = CharBlock(label="Título", max_length=120)
    text = CleanTextBlock(label="Texto", features=INLINE)

    class Meta:
        label, icon, template = "Invitación", "pick", "content/blocks/callout.html"


class PictureBlock(StructBlock):
    """A picture with its description, and a caption if it needs one."""

    picture = ImageBlock(label="Imagen")
    caption = CharBlock(label="Pie de imagen", required=False, max_length=300)

    class Meta:
        label, icon, template = "Imagen", "image", "content/blocks/picture.html"


class SourceBlock(StructBlock):
    """Where what the page says comes from."""

    text = CharBlock(label="Fuente", max_length=500)
    address = URLBlock(label="Dirección", required=False)

    class Meta:
        label, icon, template = "Fuente", "link-external", "content/blocks/source.html"


class BodyBlock(StreamBlock):
    """The body of a page, block by block."""

    text = CleanTextBlock(label="Texto", icon="pilcrow", features=FEATURES, template="content/blocks/text.html")
    steps = StepsBlock()
    quote = QuoteBlock()
    callout = CalloutBlock()
    picture = PictureBlock()
    source = SourceBlock()
