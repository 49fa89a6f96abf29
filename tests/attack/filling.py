"""A form filled in as a browser would send it: what it holds, and something plausible wherever something is asked."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag
from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Iterable

SOON: Final = timezone.localtime() + timedelta(days=20)
PLAUSIBLE: Final = {
    "email": "alguien@example.mx",
    "url": "https://example.mx/",
    "tel": "7221234567",
    "number": "1",
    "date": f"{SOON:%Y-%m-%d}",
    "time": "18:00",
    "datetime-local": f"{SOON:%Y-%m-%dT18:00}",
}
UNSENT: Final = {"submit", "button", "reset", "image", "file"}


def filled(page: str, path: str) -> dict[str, Any]:
    """Return what the page's form for this same address sends; nothing, if it has none."""
    forms = [form for form in BeautifulSoup(page, "html.parser").select("main form") if _is_for(form, path)]
    if not forms:
        return {}
    form = max(forms, key=lambda each: len(each.find_all(["input", "select", "textarea"])))
    sent: dict[str, Any] = {}
    for field in form.find_all(["input", "select", "textarea"]):
        _fill(field, sent)
    button = form.find("button")  # the first, as the Enter key takes
    if isinstance(button, Tag) and button.has_attr("name"):
        sent[_text(button, "name")] = _text(button, "value")
    sent.pop("csrfmiddlewaretoken", None)
    return sent


def _is_for(form: Tag, path: str) -> bool:
    """Whether a form is sent to this address."""
    here = f"http://testserver{path}"
    return _text(form, "method").lower() == "post" and urljoin(here, _text(form, "action")) in {here, ""}


def _fill(field: Tag, sent: dict[str, Any]) -> None:
    """Write a field into what is sent."""
    name, kind = _text(field, "name"), _text(field, "type") or "text"
    if not name or kind in UNSENT or field.has_attr("disabled"):
        return
    if field.name == "select":
        sent[name] = _chosen(field.find_all("option"), "selected")
    elif kind == "radio":
        if field.has_attr("checked") or name not in sent:
            sent[name] = _text(field, "value")
    elif kind == "checkbox":
        if field.has_attr("checked") or field.has_attr("required"):
            sent[name] = _text(field, "value") or "on"
    elif field.name == "textarea":
        sent[name] = field.text.strip() or ("Texto de prueba." if field.has_attr("required") else "")
    else:
        asked = PLAUSIBLE.get(kind, "Texto de prueba") if field.has_attr("required") else ""
        sent[name] = _text(field, "value") or asked


def _chosen(options: Iterable[Tag], mark: str) -> str:
    """Return the option that is chosen, or else the first that says something."""
    values = {_text(option, "value"): option.has_attr(mark) for option in options}
    return next((value for value, is_chosen in values.items() if is_chosen and value), next(filter(None, values), ""))


def _text(tag: Tag, name: str) -> str:
    """Return an attribute as text."""
    return str(tag.get(name) or "")
