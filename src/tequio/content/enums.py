"""The kinds of editorial page and of block; their values are those that a pack's `paginas/*.yaml` writes."""

from __future__ import annotations

from django.db.models import TextChoices


class PageKind(TextChoices):
    """What an editorial page is."""

    CONTENT = "content", "Página"
    NEWS = "news", "Noticia"


class BlockKind(TextChoices):
    """The blocks that a seeded page may have; each value is a block of the body."""

    TEXT = "text", "Texto"
    STEPS = "steps", "Pasos"
    QUOTE = "quote", "Cita"
    CALLOUT = "callout", "Invitación"
    SOURCE = "source", "Fuente"
