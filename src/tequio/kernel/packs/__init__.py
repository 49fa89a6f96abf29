"""Data packs: folders of CSV and YAML that say what a deployment is about (docs/packs.md)."""

from tequio.kernel.packs.concepts import PARTS
from tequio.kernel.packs.faults import Fault, PackFaulty, Place
from tequio.kernel.packs.fields import (
    Choice,
    Color,
    Day,
    Email,
    Field,
    Integer,
    PartialDay,
    Reference,
    Slug,
    Span,
    Text,
    Url,
    YesNo,
)
from tequio.kernel.packs.loading import Part, check_pack, declared_parts, load_pack
from tequio.kernel.packs.pack import Pack, read_pack
from tequio.kernel.packs.schema import Check, Document, Listing, Record, Section, Table, forward

__all__ = [
    "PARTS",
    "Check",
    "Choice",
    "Color",
    "Day",
    "Document",
    "Email",
    "Fault",
    "Field",
    "Integer",
    "Listing",
    "Pack",
    "PackFaulty",
    "Part",
    "PartialDay",
    "Place",
    "Record",
    "Reference",
    "Section",
    "Slug",
    "Span",
    "Table",
    "Text",
    "Url",
    "YesNo",
    "check_pack",
    "declared_parts",
    "forward",
    "load_pack",
    "read_pack",
]
