"""Says how a cell is written wherever data leave: checked against its type, clean, and no formula in a CSV."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from django.utils.timezone import localtime

from tequio.kernel.datasets import ColumnType

if TYPE_CHECKING:
    from tequio.kernel.datasets import Column

# What not all formats can hold: controls but tab and line break, half characters, non-characters.
UNWRITABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
FORMULA: Final = re.compile(r"'*(?:[=@\t\r]|[+-](?![0-9]+(?:\.[0-9]+)?\Z))")


def cell(column: Column, value: Any) -> Any:
    """Return a value as every format writes it; an empty text is no value, money never becomes a float."""
    if value is None or value == "":
        if column.required:
            raise ValueError(f"The required column {column.name} has no value.")
        return None
    if column.type in {ColumnType.TEXT, ColumnType.URL}:
        text = str(value).replace("\r\n", "\n").replace("\r", "\n")
        text = UNWRITABLE.sub("", text)
        if column.values is not None and text not in column.values:
            raise ValueError(f"{text!r} is not one of the values of {column.name}.")
        return text or None
    kinds = {
        ColumnType.INTEGER: int,
        ColumnType.DECIMAL: Decimal,
        ColumnType.BOOLEAN: bool,
        ColumnType.DATE: date,
        ColumnType.DATETIME: datetime,
    }
    if not isinstance(value, kinds[column.type]) or (isinstance(value, bool) and kinds[column.type] is int):
        raise TypeError(f"{value!r} is no {column.type.name} for {column.name}.")
    return value


def as_text(value: Any) -> str:
    """Return a cell as CSV text: ISO 8601 dates with their offset, true/false, decimals without exponent."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return localtime(value).isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def guarded(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula (design: security, rule on exports)."""
    return f"'{text}" if FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """Return what a guarded text was."""
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text
