"""How the editorial pages of a deployment are written in its pack: `paginas/*.yaml`, a page each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tequio.content.enums import BlockKind, PageKind
from tequio.content.workflows import seed_pages
from tequio.kernel.packs.fields import Choice, Day, Slug, Text, Url
from tequio.kernel.packs.loading import Part
from tequio.kernel.packs.schema import Document, Listing, Section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tequio.kernel.packs.faults import Fault
    from tequio.kernel.packs.schema import Record

LONG: Final = 10_000
NEEDED: Final = {
    BlockKind.TEXT: ("texto",),
    BlockKind.STEPS: ("pasos",),
    BlockKind.QUOTE: ("texto", "fuente"),
    BlockKind.CALLOUT: ("titulo", "texto"),
    BlockKind.SOURCE: ("texto",),
}


def complete(block: Record) -> Iterator[Fault]:
    """Check that a block says what its kind needs."""
    for name in NEEDED[block["tipo"]]:
        if not block[name]:
            yield block.fault(name, expected=f"algo, por ser «{block['tipo'].label}»", remedy="escríbelo")


def dated(page: Record) -> Iterator[Fault]:
    """Check that news have a date."""
    if page["tipo"] == PageKind.NEWS and not page["fecha"]:
        yield page.fault("fecha", expected="la fecha de la noticia", remedy="escríbela como AAAA-MM-DD")


PAGES: Final = Document(
    (
        Slug("clave", required=True, max_length=80),
        Choice("tipo", required=True, choices=PageKind),
        Text("titulo", required=True, max_length=200),
        Text("entrada", max_length=400),
        Day("fecha"),
        Slug("ejercicio", max_length=80),
        Listing(
            "cuerpo",
            required=True,
            of=Section(
                "bloque",
                fields=(
                    Choice("tipo", required=True, choices=BlockKind),
                    Text("titulo", max_length=200),
                    Text("texto", max_length=LONG),
                    Text("fuente", max_length=300),
                    Url("direccion"),
                    Listing(
                        "pasos",
                        of=Section(
                            "paso",
                            fields=(Text("titulo", required=True, max_length=200), Text("texto", max_length=1_500)),
                        ),
                    ),
                ),
                checks=(complete,),
            ),
        ),
    ),
    file="paginas/*.yaml",
    unique=("clave",),
    required=False,
    checks=(dated,),
)
PARTS: Final = (Part(PAGES, seed_pages),)
