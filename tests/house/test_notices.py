"""A form that asks for what identifies a person shows a privacy notice (`accounts/forms/privacy.py`)."""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from typing import TYPE_CHECKING

from django import forms

from tequio.accounts.enums import NoticeKey
from tests.house.source import product

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TELLING = (forms.EmailField, forms.FileField)
NAMES = re.compile(r"(full|first|last|own)?_?name|who|phone|telephone|signature|nickname")


def our_forms() -> Iterator[type[forms.BaseForm]]:
    """Yield every form that a room writes."""
    for module in product():
        if module.kind == "forms":
            dotted = f"tequio.{'.'.join(module.parts)}"
            for _, found in inspect.getmembers(import_module(dotted), inspect.isclass):
                if issubclass(found, forms.BaseForm) and found.__module__ == dotted:
                    yield found


def silent(found: Iterable[type[forms.BaseForm]]) -> list[str]:
    """Return the forms that ask who somebody is without saying what for."""
    return [
        f"{form.__module__}.{form.__qualname__}: add `notice = NoticeKey.…` (docs/privacy.md)"
        for form in found
        if any(isinstance(field, TELLING) or NAMES.fullmatch(name) for name, field in fields_of(form).items())
        and getattr(form, "notice", None) not in NoticeKey.values
    ]


def fields_of(form: type[forms.BaseForm]) -> dict[str, forms.Field]:
    """Return the fields that a form declares, without what is typed into hidden ones."""
    declared: dict[str, forms.Field] = getattr(form, "base_fields", {})
    return {name: field for name, field in declared.items() if not field.widget.is_hidden}


def test_every_form_that_asks_who_somebody_is_shows_its_notice() -> None:
    found = list(our_forms())
    assert found
    assert silent(found) == []


def test_a_silent_form_is_found() -> None:
    class Silent(forms.Form):
        email = forms.EmailField()

    class Named(forms.Form):
        full_name = forms.CharField()

    class Telling(Silent):
        notice = NoticeKey.CONTACT

    assert len(silent([Silent, Named, Telling, forms.Form])) == 2
