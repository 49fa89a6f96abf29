"""The plan's document in order: the chapters of the First PAL's index, each with its own text and its data (PL-14)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias, TypedDict

from tequio.kernel.accents import CLAY, refusal
from tequio.kernel.spoken import long_date
from tequio.plans.consistency.engine import bare
from tequio.plans.documents.blocks import Block, Heading, Outline, Prose, Style
from tequio.plans.documents.commitments import commitments, proposals
from tequio.plans.documents.exercise import (
    construction,
    dialogues,
    events,
    follow_up,
    introduction,
    members,
    problems,
    secretariat,
    sources,
    trees,
)
from tequio.plans.documents.gaps import gaps
from tequio.plans.documents.words import blank, known, note, said, when
from tequio.plans.enums import BlockKind, ChapterKind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Sequence

    from tequio.plans.consistency import Found
    from tequio.plans.documents.sections import Section
    from tequio.plans.models import Finding
    from tequio.plans.queries.dossier import ChapterPart, Dossier, Institution

Finds: TypeAlias = "Sequence[Found | Finding]"

CONTENT: Final[dict[ChapterKind, Callable[[Dossier], Iterator[Section]]]] = {
    ChapterKind.INTRODUCTION: introduction,
    ChapterKind.SECRETARIAT: secretariat,
    ChapterKind.MEMBERS: members,
    ChapterKind.CONSTRUCTION: construction,
    ChapterKind.EVENTS: events,
    ChapterKind.DIALOGUES: dialogues,
    ChapterKind.PROBLEMS: problems,
    ChapterKind.TREES: trees,
    ChapterKind.DRAFTING: proposals,
    ChapterKind.COMMITMENTS: commitments,
    ChapterKind.FOLLOW_UP: follow_up,
    ChapterKind.ANNEXES: sources,
}
"""The data of each chapter; the cover and the signature have only their own text."""

FRESH: Final = (ChapterKind.INTRODUCTION, ChapterKind.COMMITMENTS, ChapterKind.SIGNATURE)
"""The chapters that start a page."""

STYLES: Final[dict[BlockKind, Style]] = {BlockKind.ITEM: "item", BlockKind.LINK: "item", BlockKind.NOTICE: "notice"}


class Imprint(TypedDict):
    """What an edition prints of itself: the day, its number, the SHA-256 of its content, and where it is read."""

    published_on: dt.date
    edition_number: int
    sha256: str
    address: str


def outline(dossier: Dossier, findings: Finds, imprint: Imprint) -> Outline:
    """Return the whole document of a plan; every file of an edition is written from it."""
    day = long_date(imprint["published_on"])
    return Outline(
        title=dossier.title,
        subtitle=dossier.subtitle,
        institution=dossier.guarantor.name if dossier.guarantor else "",
        place=f"{dossier.exercise_name} · {dossier.jurisdiction_name}",
        code=dossier.code,
        edition=f"Edición {imprint['edition_number']}, {day}",
        address=imprint["address"],
        sha256=imprint["sha256"],
        accent=accent(dossier.guarantor),
        cover=list(cover(dossier)),
        blocks=[
            *(block for kind in ChapterKind if kind != ChapterKind.COVER for block in chapter(dossier, kind)),
            *gaps(dossier, findings),
        ],
    )


def accent(institution: Institution | None) -> str:
    """Return the institution's accent as six hexadecimal digits, or ours where it has none that can be read."""
    colour = institution.accent.removeprefix("#").lower() if institution else ""
    return CLAY if refusal(colour) else colour


def cover(dossier: Dossier) -> Iterator[Block]:
    """Yield the published cover's text and the plan's term."""
    for part in dossier.chapters:
        if part.kind == ChapterKind.COVER:
            if part.title != dossier.title:
                yield Prose(words=said(part.title))
            yield from quoted(part, 0)
    yield from known({"Tipo de plan": dossier.kind_label, "Vigencia": when(dossier.term)})
    if not when(dossier.term):
        yield note("Vigencia no declarada: el documento no dice cuándo empieza ni cuándo termina.")


def chapter(dossier: Dossier, kind: ChapterKind) -> Iterator[Block]:
    """Yield a chapter: its text as published, then its data, each part under the heading that names it."""
    own = [part for part in dossier.chapters if part.kind == kind]
    sections = list(CONTENT[kind](dossier)) if kind in CONTENT else []
    yield Heading(level=1, text=own[0].title if own else kind.label, fresh=kind in FRESH)
    if not own:
        yield note("El documento publicado no trae este capítulo.")
    elif not sections and not any(part.blocks for part in own):
        yield blank()
    for order, part in enumerate(own):
        if order:
            yield Heading(level=2, text=part.title, fresh=kind in FRESH and order > 1)
        yield from quoted(part, 2 if order else 1)
        for section in [each for each in sections if order and belongs(each, part)]:
            yield from section.blocks
            sections.remove(section)
    for section in sections:
        if section.title:
            yield Heading(level=2, text=section.title)
        yield from section.blocks


def belongs(section: Section, part: ChapterPart) -> bool:
    """Say whether a heading of the document is the one that names a section."""
    return bool(section.title) and bare(section.title) in bare(part.title)


def quoted(part: ChapterPart, level: int) -> Iterator[Block]:
    """Yield a chapter's own text, block by block, as published."""
    if part.index_title and bare(part.index_title) != bare(part.title):
        yield note(f"En el índice del documento se llama «{part.index_title}».")
    for block in part.blocks:
        if block.kind == BlockKind.HEADING and level:
            yield Heading(level=level + 1, text=block.text)
        else:
            yield Prose(style=STYLES.get(BlockKind(block.kind), "paragraph"), words=said(block.text))
