"""A moment in a pack: what the document says (`dice`), the day that it means (`dia`), or that it is an event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tequio.kernel.models import DatePrecision
from tequio.kernel.packs.fields import PartialDay, Text, YesNo
from tequio.kernel.packs.schema import Section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tequio.kernel.packs.faults import Fault
    from tequio.kernel.packs.fields import Span
    from tequio.kernel.packs.schema import Record


def _day_or_event(record: Record) -> Iterator[Fault]:
    if record["dia"] and record["suceso"]:
        yield record.fault("suceso", expected="un día o un suceso, no los dos", remedy="quita uno")


def moment(name: str) -> Section:
    """Return the field of a moment."""
    return Section(
        name,
        fields=(Text("dice", max_length=300), PartialDay("dia"), YesNo("suceso")),
        checks=(_day_or_event,),
    )


def stated(starts: Record | None, ends: Record | None = None) -> dict[str, Any]:
    """Return the columns of a StatedPeriod: a month's start is its first day, a month's end its last."""
    return {**_edge("starts", starts), **_edge("ends", ends)}


def stated_together(dates: Record | None) -> dict[str, Any]:
    """Return the columns of a StatedPeriod whose one text (`dice`) gives both days, or an event."""
    if not dates:
        return {}
    event = DatePrecision.EVENT if dates["suceso"] else DatePrecision.MISSING
    return {**_days("starts", dates["inicio"], event), **_days("ends", dates["fin"], DatePrecision.MISSING)}


def _edge(edge: str, record: Record | None) -> dict[str, Any]:
    if not record:
        return {}
    unknown = DatePrecision.EVENT if record["suceso"] else DatePrecision.MISSING
    return {f"{edge}_text": record["dice"], **_days(edge, record["dia"], unknown)}


def _days(edge: str, span: Span | None, unknown: DatePrecision) -> dict[str, Any]:
    if not span:
        return {f"{edge}_precision": unknown}
    return {f"{edge}_on": span.first if edge == "starts" else span.last, f"{edge}_precision": span.precision}
