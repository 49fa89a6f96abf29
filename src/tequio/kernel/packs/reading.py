"""What a reading finds: its faults, and the references it must still follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tequio.kernel.packs.faults import COUNTED, PRINTED, Fault, PackFaulty

if TYPE_CHECKING:
    from tequio.kernel.packs.faults import Place


class Pending(NamedTuple):
    """A key that must exist in one of some sources, to be looked up when everything has been read."""

    place: Place
    value: str
    sources: tuple[str, ...]
    key: str


class Reading:
    """Collects what one reading of a pack finds."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.count = 0
        self.files: set[str] = set()
        self.pending: list[Pending] = []

    def faulty(self, fault: Fault) -> None:
        """Note a fault; after the first 200, only count it, and stop reading what has more than anyone would mend."""
        self.count += 1
        self.files.add(fault.place.file)
        if self.count <= PRINTED:
            self.faults.append(fault)
        if self.count > COUNTED:
            self.stop_if_faulty()

    def fault(self, place: Place, *, found: str, expected: str, remedy: str) -> None:
        """Note a fault by its parts."""
        self.faulty(Fault(place, found, expected, remedy))

    def stop_if_faulty(self) -> None:
        """Refuse the pack when anything was wrong."""
        if self.count:
            raise PackFaulty(tuple(self.faults), self.count)
