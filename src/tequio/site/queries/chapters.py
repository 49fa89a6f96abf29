"""The plan's document chapter by chapter: its own text, and the data that each chapter tells."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from tequio.exercises.enums import EventKind
from tequio.governance.enums import BodyKind
from tequio.plans.consistency.engine import bare
from tequio.plans.enums import ChapterKind
from tequio.site.queries.sectors import by_sector

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tequio.plans.queries.dossier import ChapterPart, Dossier


@dataclass(frozen=True, slots=True)
class Piece:
    """Data of a chapter under the heading that names it; without heading it belongs to the first of its kind."""

    heading: str
    content: Any


@dataclass(frozen=True, slots=True)
class Shown:
    """A chapter as the page shows it; it says nothing when it has neither text nor data nor parts."""

    part: ChapterPart
    anchor: str
    pieces: tuple[Piece, ...]
    says_nothing: bool

    @property
    def template(self) -> str:
        """The part of a page that shows this kind of data."""
        return f"site/plan/{self.part.kind}.html"


def secretariat(dossier: Dossier) -> Iterator[Piece]:
    """Yield the secretariat."""
    yield from (Piece("", body) for body in dossier.bodies if body.kind == BodyKind.SECRETARIAT)


def members(dossier: Dossier) -> Iterator[Piece]:
    """Yield the registered members by sector."""
    yield from (Piece(group.name, group) for group in by_sector(dossier.members))


def construction(dossier: Dossier) -> Iterator[Piece]:
    """Yield the calls and every body's sessions."""
    if dossier.calls or any(body.sessions for body in dossier.bodies):
        yield Piece("", dossier)


def events(dossier: Dossier) -> Iterator[Piece]:
    """Yield the acts that are not dialogues, if there is any."""
    yield from some([event for event in dossier.events if event.kind != EventKind.OPEN_DIALOGUE])


def dialogues(dossier: Dossier) -> Iterator[Piece]:
    """Yield the open dialogues, if there is any."""
    yield from some([event for event in dossier.events if event.kind == EventKind.OPEN_DIALOGUE])


def trees(dossier: Dossier) -> Iterator[Piece]:
    """Yield the problem identifications, if there is any."""
    yield from some(dossier.trees)


def proposals(dossier: Dossier) -> Iterator[Piece]:
    """Yield the proposals from which the commitments were drafted, in the body's order."""
    for part in sorted(dossier.commitments, key=lambda part: part.body_order):
        if part.proposal_title or part.proposal_text or part.proposal_objective:
            yield Piece(part.proposal_title, part)


def commitments(dossier: Dossier) -> Iterator[Piece]:
    """Yield the commitments in the body's order, each under its axis."""
    yield from (Piece(part.axis, part) for part in sorted(dossier.commitments, key=lambda part: part.body_order))


def annexes(dossier: Dossier) -> Iterator[Piece]:
    """Yield the annexes that the document announces, if there is any."""
    yield from some(dossier.annexes)


def some(things: list[Any]) -> Iterator[Piece]:
    """Yield a list as one piece, unless it is empty."""
    if things:
        yield Piece("", things)


CONTENT: Final[dict[str, Callable[[Dossier], Iterator[Piece]]]] = {
    ChapterKind.SECRETARIAT: secretariat,
    ChapterKind.MEMBERS: members,
    ChapterKind.CONSTRUCTION: construction,
    ChapterKind.EVENTS: events,
    ChapterKind.DIALOGUES: dialogues,
    ChapterKind.PROBLEMS: trees,
    ChapterKind.TREES: trees,
    ChapterKind.DRAFTING: proposals,
    ChapterKind.COMMITMENTS: commitments,
    ChapterKind.ANNEXES: annexes,
}
"""The data of each chapter; the others have only their own text."""


def chapters(dossier: Dossier) -> list[Shown]:
    """Return the chapters in the document's order, each with the data that belongs under its heading."""
    left = {kind: list(content(dossier)) for kind, content in CONTENT.items()}
    own: dict[int, list[Piece]] = {}
    for order, part in enumerate(dossier.chapters):
        pieces = left.get(part.kind, [])
        own[order] = [piece for piece in pieces if part.depth > 1 and belongs(piece, part)]
        left[part.kind] = [piece for piece in pieces if piece not in own[order]]
    for order, part in enumerate(dossier.chapters):
        own[order] = left.pop(part.kind, []) + own[order]
    deeper = [after.depth > before.depth for before, after in pairwise(dossier.chapters)] + [False]
    return [
        Shown(part, f"capitulo-{order}", tuple(own[order]), not (part.blocks or own[order] or parted))
        for order, (part, parted) in enumerate(zip(dossier.chapters, deeper, strict=True))
    ]


def belongs(piece: Piece, part: ChapterPart) -> bool:
    """Say whether a heading of the document is the one that names a piece."""
    return bool(piece.heading) and bare(piece.heading) in bare(part.title)
