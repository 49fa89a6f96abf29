"""Seats everybody: people are dealt to the tables like cards, then around each table.

1. Those who accompany nobody are put in an order: sector by sector, in a sector institution by institution. What the
   order leaves open is drawn: by the SHA-256 of «seed:key», in hexadecimal, as ballots are ordered
   (governance.workflows.counting). The largest sector comes first and the second largest last.
2. They are dealt, one to each table in turn. Whatever stands together in the order is spread evenly: everybody, each
   sector, each institution of one sector.
3. An institution with people in several sectors may be uneven still. Two tables between which one is are shared out
   again (`share_out`), until there are none. Each time fewer pairs of an institution share a table, so it ends.
4. Those who need a sign language interpreter are brought together (access.py).
5. Who accompanies somebody joins their table; exchanges make the tables even again (exchange.py).
6. Women and men are spread by exchanges within their sectors (access.py).
7. Tables that need an interpreter have the first numbers, then those that need room for a wheelchair.
8. Each table is ordered (`ordered_table`).
9. Where somebody is beside their sector who need not be, all is drawn again, by «seed:1» and so on, a few times.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Final

from tequio.cocreation.seating.access import balance, gather, signing
from tequio.cocreation.seating.exchange import settle
from tequio.cocreation.seating.plan import Plan, Rule, linked, lower_bounds, seat_breaches, spread, violations
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tequio.cocreation.seating.plan import Person

    Lot = Callable[[str], tuple[str, str]]

DRAWS: Final = 8  # of 6,000 lists with institutions in all sectors, 23 asked for another and all found it
DRAWS_WITH_SIGNS: Final = 3
"""Of lists where an interpreter is needed: what is left above the bounds then seldom goes by drawing."""


def seat(people: Iterable[Person], *, seed: str, rule: Rule | None = None, drawn_from: str = "") -> Plan:
    """Seat everybody; the same people, seed and rule give the same plan, in whatever order they are listed.

    With `drawn_from` all is drawn from that, and the seed only names it: then nobody who has the list works out, by
    trying, what others said of their sex or their needs.
    """
    rule, listed = rule or Rule(), list(people)
    known = {person.key: person for person in listed}
    if len(known) < len(listed):
        raise Refused("Una persona está dos veces en la lista.")
    counted = linked(listed)
    number = min(rule.tables_for(len(counted)), sum(not person.beside for person in counted))
    bounds = lower_bounds(counted, number, rule)
    known_to_reach = bounds._fields.index("uneven" if any(p.beside for p in counted) else "sexes")
    plans, root = list[Plan](), drawn_from or seed
    for turn in range(DRAWS_WITH_SIGNS if bounds.interpreters else DRAWS):
        tables = dealt(counted, number, drawn(f"{root}:{turn}" if turn else root), rule)
        plans.append(Plan(rule, seed, tuple(tuple(known[person.key] for person in table) for table in tables)))
        if violations(plans[-1])[:known_to_reach] == bounds[:known_to_reach]:
            break
    return min(plans, key=violations)


def drawn(seed: str) -> Lot:
    """Return what puts names in the order that a seed draws."""
    return lambda name: (hashlib.sha256(f"{seed}:{name}".encode()).hexdigest(), name)


def dealt(people: Sequence[Person], number: int, lot: Lot, rule: Rule) -> list[list[Person]]:
    """Seat everybody by one draw."""
    row = in_a_row([person for person in people if not person.beside], lot)
    tables = [row[table::number] for table in range(number)]
    part_institutions(tables)
    gather(tables, rule)
    for table in tables:
        keys = {person.key for person in table}
        table.extend(sorted((p for p in people if p.beside in keys), key=lambda p: lot(p.key)))
    if any(person.beside for person in people) or not signing(tables):
        settle(tables, rule)
    balance(tables)
    tables.sort(key=lambda table: (not any(p.signs for p in table), not any(p.rolls for p in table)))
    return [ordered_table(table, lot) for table in tables]


def in_a_row(people: Sequence[Person], lot: Lot) -> list[Person]:
    """Return people as they are dealt: sectors together, in them institutions."""
    sizes = spread(people)[0]
    sectors = sorted(sizes, key=lambda sector: (-sizes[sector], lot(sector)))
    place = {sector: number for number, sector in enumerate([*sectors[:1], *sectors[2:], *sectors[1:2]])}
    return sorted(people, key=lambda p: (place[p.sector], lot(p.institution), lot(p.key)))


def part_institutions(tables: list[list[Person]]) -> None:
    """Spread every institution evenly, keeping the tables and each sector as even as they were."""
    uneven = True
    while uneven:
        uneven = False
        for one, other in combinations(range(len(tables)), 2):
            here, there = spread(tables[one])[1], spread(tables[other])[1]
            if any(abs(here[name] - there[name]) > 1 for name in here.keys() | there.keys()):
                tables[one], tables[other] = share_out(tables[one], tables[other])
                uneven = True


def share_out(one: Sequence[Person], other: Sequence[Person]) -> tuple[list[Person], list[Person]]:
    """Share two tables out again, so that between them each sector and institution, and they themselves, are even.

    Everybody is paired twice with somebody who must go to the other table: within the sector, what is left of the
    sectors between them, and within the institution. The two pairings make chains and rings in which the kinds of
    pair alternate, so that a ring has an even number of people, and going to one table and the other in turn parts
    every pair. One person at most has nobody in the first pairing: that one stays at the larger table, or at the first.
    """
    one, other = (one, other) if len(one) >= len(other) else (other, one)
    people = [*one, *other]
    sides = (paired(people, lambda p: p.sector, join=True), paired(people, lambda p: p.institution, join=False))
    ends = sorted((p for p in people if any(p.key not in side for side in sides)), key=lambda p: p.key in sides[0])
    shared: tuple[list[Person], list[Person]] = ([], [])
    done: set[str] = set()
    for start in [*ends, *people]:
        person: Person | None = start
        side = int(start.key not in sides[0])
        turn = 0 if start.key not in sides[0] else int(start in other)
        while person and person.key not in done:
            done.add(person.key)
            shared[turn].append(person)
            person, side, turn = sides[side].get(person.key), 1 - side, 1 - turn
    return shared


def paired(people: Iterable[Person], group: Callable[[Person], str], *, join: bool) -> dict[str, Person]:
    """Pair people within their groups; with `join`, what is left of the groups too, else none without a group."""
    groups: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        groups[group(person)].append(person)
    if not join:
        groups.pop("", None)
    left = [mine[-1] for mine in groups.values() if len(mine) % 2] if join else []
    found: dict[str, Person] = {}
    for mine in [*groups.values(), left]:
        for first, second in zip(mine[::2], mine[1::2], strict=False):
            found[first.key], found[second.key] = second, first
    return found


def ordered_table(people: Sequence[Person], lot: Lot) -> list[Person]:
    """Order a table: its largest sector on every second seat, then the others on those that are left.

    Nobody is beside their own sector unless one is over half of the table, and then no order has fewer who are. Who
    accompanies somebody comes in after them, and then each sits where it is better.
    """
    sizes = spread(people)[0]
    row = sorted(
        (person for person in people if not person.beside),
        key=lambda p: (-sizes[p.sector], lot(p.sector), lot(p.key)),
    )
    half = -(-len(row) // 2)
    ordered = row.copy()
    ordered[::2], ordered[1::2] = row[:half], row[half:]
    for companion in people:
        if companion.beside:
            place = next(number for number, person in enumerate(ordered) if person.key == companion.beside)
            ordered.insert(place + 1, companion)
    return bettered(ordered) if len(ordered) > len(row) else ordered


def bettered(ordered: list[Person]) -> list[Person]:
    """Return an order with one person after another on a better seat, as long as there is one."""
    seats = range(len(ordered))
    while seat_breaches(tuple(ordered)) > (0, 0):
        rest = [(ordered[seat], [*ordered[:seat], *ordered[seat + 1 :]]) for seat in seats]
        moved = [[*others[:seat], person, *others[seat:]] for person, others in rest for seat in seats]
        best = min(moved, key=lambda order: seat_breaches(tuple(order)))
        if seat_breaches(tuple(best)) == seat_breaches(tuple(ordered)):
            break
        ordered = best
    return ordered
