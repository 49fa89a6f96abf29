"""Says who sits at the horseshoe when more came than it holds (Metodología, etapas 5 y 7): drawn, from every table.

1. The tables give as many people as one another, or all they have; the odd places go to tables that are drawn.
2. Each sector has a place before any has two, and then as many as it stands in the room (Sainte-Laguë's shares).
3. What a table gives and what a sector asks is brought together by augmenting paths: no sector that has a place loses
   it, and no table gives more than its share. Where both cannot be had, the shares of the tables stay.
4. Of a table's people of a sector, those who are drawn first; then they sit as around any table.

All is drawn from the seed of the plan. Who accompanies somebody goes with them and takes no place of the horseshoe.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from tequio.cocreation.seating.deal import drawn, ordered_table
from tequio.cocreation.seating.plan import seated, spread
from tequio.cocreation.seating.telling import Kept, Sentence, counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tequio.cocreation.seating.deal import Lot
    from tequio.cocreation.seating.plan import Person, Plan


@dataclass
class Shares:
    """How many of each sector each table gives: `there` is who is at it, `most` what it gives, `taken` what it does."""

    there: list[Counter[str]]
    most: list[int]
    taken: list[Counter[str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin with nobody."""
        self.taken = [Counter() for _ in self.there]

    def held(self, sector: str) -> int:
        """Return how many places a sector has."""
        return sum(taken[sector] for taken in self.taken)

    def take(self, sector: str, passed: set[int] | None = None) -> bool:
        """Give a sector one more place, moving others' to other tables where that makes room; say whether it could."""
        passed = set() if passed is None else passed
        for number, there in enumerate(self.there):
            if number in passed or self.taken[number][sector] >= there[sector]:
                continue
            passed.add(number)
            taken = self.taken[number]
            if taken.total() >= self.most[number] and not self.give_way(number, passed):
                continue
            taken[sector] += 1
            return True
        return False

    def give_way(self, number: int, passed: set[int]) -> bool:
        """Have one of a table's sectors take a place at another table, and say whether one could."""
        for sector in sorted(self.taken[number]):
            if self.taken[number][sector] and self.take(sector, passed):
                self.taken[number][sector] -= 1
                return True
        return False


def at_horseshoe(plan: Plan, places: int) -> tuple[Person, ...]:
    """Return who sits at a horseshoe of so many places, in the order of its seats: everybody, if they fit."""
    lot = drawn(f"{plan.seed}:herradura")
    tables = [[person for person in seated(table) if not person.beside] for table in plan.counted]
    there = [spread(table)[0] for table in tables]
    shares = Shares(there, table_shares([len(table) for table in tables], places, lot))
    room = sum(there, Counter[str]())
    rarest = sorted(room, key=lambda sector: (room[sector], lot(sector)))
    for asked in (dict.fromkeys(rarest, 1), sector_shares(room, places, lot), room):
        for sector in rarest:
            while shares.held(sector) < asked[sector] and shares.take(sector):
                pass
    chosen = [
        person
        for table, taken in zip(tables, shares.taken, strict=True)
        for sector in sorted(taken)
        for person in sorted((p for p in table if p.sector == sector), key=lambda p: lot(p.key))[: taken[sector]]
    ]
    return tuple(plan.people[person.key] for person in ordered_table(chosen, lot))


def table_shares(sizes: Sequence[int], places: int, lot: Lot) -> list[int]:
    """Return how many people each table gives, as equal as its people let; odd places are drawn."""
    given, left = [0] * len(sizes), min(places, sum(sizes))
    turns = sorted(range(len(sizes)), key=lambda number: lot(f"mesa {number + 1}"))
    while left:
        for number in [number for number in turns if given[number] < sizes[number]][:left]:
            given[number] += 1
            left -= 1
    return given


def sector_shares(room: Mapping[str, int], places: int, lot: Lot) -> dict[str, int]:
    """Return how many places each sector has: one, while there are, and then as it stands in the room."""
    given = dict.fromkeys(room, 0)
    for _ in range(min(places, sum(room.values()))):
        left = [sector for sector in room if given[sector] < room[sector]]
        none_yet = [sector for sector in left if not given[sector]]
        sector = min(none_yet or left, key=lambda name: (-Fraction(room[name], 2 * given[name] + 1), lot(name)))
        given[sector] += 1
    return given


def explain_horseshoe(
    plan: Plan, chosen: Iterable[Person], places: int, names: Mapping[str, str] | None = None
) -> list[Sentence]:
    """Say how the horseshoe was drawn, with the names of sectors; nobody is named."""
    front = list(chosen)
    people = [person for table in plan.counted for person in seated(table) if not person.beside]
    if len(people) <= places:
        return [Sentence("places", Kept.WHOLE, f"La herradura tiene {places} lugares: caben todas las personas.")]
    keys = {person.key for person in front}
    counts = [sum(person.key in keys for person in seated(table)) for table in plan.counted]
    each = listed([str(count) for count in sorted(set(counts))])
    behind = counted(len(people) - len(front), "Una persona se sienta", "{} personas se sientan")
    told = [
        Sentence("places", Kept.WHOLE, f"Hay {len(people)} personas y {places} lugares. {behind} detrás."),
        Sentence("tables", Kept.WHOLE, f"De cada mesa pasan {each}: lo más igual que dejan sus tamaños."),
    ]
    room, held = spread(people)[0], spread(front)[0]
    every = sorted(room, key=lambda name: (-room[name], name))
    shown = [f"{(names or {}).get(name, name)}, {held[name]} de {room[name]}" for name in every]
    missing = [name for name in room if not held[name]]
    kept = Kept.AS_CAN_BE if missing else Kept.WHOLE
    told.append(Sentence("sectors", kept, f"Por sector: {'; '.join(shown)}."))
    drawn_from = f"Se sorteó con la semilla «{plan.seed}»: con ella y las mesas cualquiera lo repite."
    return [*told, Sentence("seed", Kept.WHOLE, drawn_from)]
