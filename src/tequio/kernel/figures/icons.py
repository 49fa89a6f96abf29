"""One set of signs on a 16-unit square; states are discs that fill as work advances, without colour."""

from __future__ import annotations

from functools import cache
from typing import Final

from tequio.kernel.figures.svg import Markup, element

RING: Final = "M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1m0 1.75a5.25 5.25 0 1 0 0 10.5 5.25 5.25 0 0 0 0-10.5"
PATHS: Final[dict[str, str]] = {
    "none": "M3.5 7.1h9v1.8h-9z",
    "idle": RING,
    "part": RING + "M8 4.25a3.75 3.75 0 0 1 0 7.5z",
    "most": RING + "M8 4.25A3.75 3.75 0 1 1 4.25 8H8z",
    "done": "M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1m3.1 3.9-4 4.3-2-2L4 8.4l3.2 3.2 5.1-5.5z",
    "open": RING + "M8 5a3 3 0 1 1 0 6 3 3 0 0 1 0-6",
    "late": "M8 .8 15.6 15H.4zm-.9 5v4.4h1.8V5.8zm0 5.5v1.8h1.8v-1.8z",
    "off": RING + "M4.2 7.1h7.6v1.8H4.2z",
    "search": (
        "M6.8 1a5.8 5.8 0 0 1 4.6 9.3l3.7 3.7-1.2 1.2-3.7-3.7A5.8 5.8 0 1 1 6.8 1"
        "m0 1.7a4.1 4.1 0 1 0 0 8.2 4.1 4.1 0 0 0 0-8.2"
    ),
    "share": ("M12 .9 15.6 4.5 12 8.1V5.6C8.6 5.6 6.4 7 5 10c.2-4 2.8-7 7-7.2zM1 4.5h4v1.7H2.7v7.1h9.6V10H14v5H1z"),
    "copy": "M5 1h10v10h-4v4H1V5h4zm1.7 1.7V5H11v4.3h2.3V2.7zM2.7 6.7v6.6h6.6V6.7z",
    "download": "M7.1 1h1.8v6.6l2.4-2.4 1.2 1.2L8 10.9 3.5 6.4l1.2-1.2 2.4 2.4zM2 13.2h12V15H2z",
    "calendar": "M4 1h1.7v1.5h4.6V1H12v1.5h3V15H1V2.5h3zM2.7 6.6v6.7h10.6V6.6z",
    "print": "M4 1h8v4h3v7h-3v3H4v-3H1V5h3zm1.7 1.7V5h4.6V2.7zm0 7.3v3.3h4.6V10z",
    "note": RING + "M7.1 7h1.8v4.4H7.1zm0-2.6h1.8v1.7H7.1z",
    "close": "m3.4 2.2 4.6 4.6 4.6-4.6 1.2 1.2L9.2 8l4.6 4.6-1.2 1.2L8 9.2l-4.6 4.6-1.2-1.2L6.8 8 2.2 3.4z",
}


@cache
def icon(name: str) -> Markup:
    """Return a sign that a screen reader skips: the word beside it says the same."""
    path = element("path", d=PATHS[name], fill_rule="evenodd")
    return element("svg", inside=path, class_="icon", viewBox="0 0 16 16", width=16, height=16, aria_hidden="true")
