"""The few strokes every drawing is made of; colours are attributes too, so that it works elsewhere."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SHADES: Final = {
    "f-strong": ' fill="#8c4a2f"',
    "f-soft": ' fill="#d7c0b4"',
    "f-grey": ' fill="#d8d0c5"',
    "f-ink": ' fill="#1d1b19"',
    "f-hollow": ' fill="#fff" stroke="#625a52"',
    "f-raised": ' fill="#fff" stroke="#d8d0c5"',
    "f-line": ' fill="none" stroke="#d8d0c5"',
    "f-edge": ' fill="none" stroke="#625a52"',
    "f-text": ' fill="#1d1b19"',
    "f-label": ' fill="#625a52"',
    "f-on": ' fill="#fff"',
    "f-now": ' fill="none" stroke="#8c4a2f"',
}


class Markup(str):
    """Text that is already SVG: everything a person wrote in it was escaped by `element`."""

    __slots__ = ()

    def __html__(self) -> str:
        """Say to the templates that it needs no escaping."""
        return self


def element(
    name: str,
    shade: str = "",
    inside: str = "",
    more: Mapping[str, object] | None = None,
    **attributes: object,
) -> Markup:
    """Return one element; `shade` is a class of the stylesheet and its colour on paper.

    Attributes come by name or in `more`; their underscores become hyphens.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for key, value in {**(more or {}), **attributes}.items()
    )
    if shade:
        written += f' class="{shade}"{SHADES.get(shade, "")}'
    body = inside if isinstance(inside, Markup) else escape(inside, quote=False)
    return Markup(f"<{name}{written}>{body}</{name}>" if body else f"<{name}{written}/>")


def join(parts: Iterable[Markup]) -> Markup:
    """Return elements one after another."""
    return Markup("".join(parts))


def drawing(title: str, description: str, body: Markup, **attributes: object) -> Markup:
    """Return a whole picture that a screen reader announces by its title and description."""
    desc = [element("desc", inside=description)] if description else []
    told = join([element("title", inside=title), *desc, body])
    return element("svg", "", told, attributes, xmlns="http://www.w3.org/2000/svg", role="img")


def short(number: float) -> str:
    """Return a coordinate with at most two decimals."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def percent(share: float) -> str:
    """Return a share (0 to 1) as an SVG percentage: such drawings stretch and their text does not."""
    return f"{short(share * 100)}%"
