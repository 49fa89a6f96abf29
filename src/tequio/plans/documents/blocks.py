"""What a plan's document is made of, whatever the file: headings, fields, prose, tables and trees of plain text."""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict

from tequio.kernel.refusal import Refused

UNWRITABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def legible(text: str) -> str:
    """Return a text that every file can carry: composed letters, plain line breaks, no invisible marks."""
    if UNWRITABLE.search(text):
        raise Refused("Un texto del plan tiene un carácter de control que ningún documento puede llevar.")
    lines = unicodedata.normalize("NFC", text).splitlines()
    return "\n".join("".join(c for c in line if unicodedata.category(c) != "Cf").strip() for line in lines)


Text = Annotated[str, AfterValidator(legible)]


class Piece(BaseModel):
    """A piece of a document; frozen."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(Piece):
    """A line of text; its tone tells what is missing, leads a group, is minor or is an item; `href` makes it a link."""

    text: Text
    tone: Literal["plain", "missing", "lead", "minor", "item"] = "plain"
    href: Text = ""


Cell: TypeAlias = list[Words]
"""The lines of a cell or field, one under the other."""


class Heading(Piece):
    """A heading; a level is never skipped on the way down, and a fresh one starts a page."""

    block: Literal["heading"] = "heading"
    level: int
    text: Text
    fresh: bool = False


Style: TypeAlias = Literal["paragraph", "item", "notice", "note"]


class Prose(Piece):
    """A paragraph, an item of a list, a printed notice, or a note that is ours and not the document's."""

    block: Literal["prose"] = "prose"
    style: Style = "paragraph"
    words: Words


class Field(Piece):
    """A question of a form and what the document answers."""

    block: Literal["field"] = "field"
    label: Text
    lines: Cell


class Table(Piece):
    """A table: what it holds, the heads of its columns with their widths in parts, and its rows."""

    block: Literal["table"] = "table"
    about: Text
    heads: list[Text]
    widths: list[int]
    rows: list[list[Cell]]


class Tree(Piece):
    """A problem tree to be drawn; `alt` says in words what the drawing shows."""

    block: Literal["tree"] = "tree"
    alt: Text
    problem: Words
    causes: list[Words]
    effects: list[Words]


Block: TypeAlias = Heading | Prose | Field | Table | Tree


class Outline(Piece):
    """A whole document: its cover, its running head and foot, and its blocks in order."""

    title: Text
    subtitle: Text
    institution: Text
    place: Text
    code: Text
    edition: Text
    address: Text
    sha256: Text
    accent: str
    cover: list[Block]
    blocks: list[Block]
