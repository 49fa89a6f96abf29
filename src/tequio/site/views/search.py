"""Search over everything public."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.shortcuts import render
from django.views.decorators.http import require_safe

from tequio.kernel.access import public
from tequio.kernel.components import Link, Sheet
from tequio.kernel.filtering import SHEET, Asked, explains_bad_addresses
from tequio.kernel.pagecache import cached_page
from tequio.kernel.search import MOST_HITS, search
from tequio.kernel.searchindex import findables

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

HITS: Final = 20
PARAMETERS: Final = {"q": "palabras", "tipo": "tipo", SHEET: "hoja"}


@public
@require_safe
@cached_page(parameters=PARAMETERS)
@explains_bad_addresses
def search_page(request: HttpRequest) -> HttpResponse:
    """Show what answers every word of a question, in two queries."""
    asked = Asked(request, PARAMETERS)
    labels = {findable.kind: findable.label for findable in findables()}
    question, kind, sheet = asked.text("q"), asked.one_of("tipo", labels), asked.sheet()
    asked.settle()
    results = search(question, kinds=[kind] if kind else None, limit=HITS, offset=(sheet - 1) * HITS)
    last = -(-min(results.total, MOST_HITS) // HITS)
    if results.total:
        asked.hold_sheet(sheet, last)
    told = {
        "trail": (Link("Inicio", "/"), Link("Buscar")),
        "search_text": question,
        "results": results,
        "hits": [(hit, labels.get(hit.kind, "")) for hit in results.hits],
        "kinds": [(Link(label, asked.address(tipo=key)), key == kind) for key, label in labels.items()],
        "kind": labels.get(kind, ""),
        "all_kinds": asked.address(tipo=""),
        "sheet": last > 1
        and Sheet(
            sheet,
            last,
            results.total,
            "resultados",
            previous=asked.address(**{SHEET: str(sheet - 1)}) if sheet > 1 else "",
            following=asked.address(**{SHEET: str(sheet + 1)}) if sheet < last else "",
        ),
    }
    return render(request, "site/search.html", told)
