"""Who sits where, how far that is from what was asked, and how near anybody could come.

What is asked, in order; where two cannot be had at once, the earlier one is:

1. who accompanies a person sits at the same table;
2. who needs a sign language interpreter sits with the others who do, so that one serves them;
3. each table has no fewer and no more people than the rule says;
4. each sector is spread evenly;
5. each institution is spread evenly, so that its people share a table only when they are more than the tables;
6. the tables are as large as one another;
7. who accompanies a person sits beside them;
8. nobody sits beside somebody of their own sector;
9. women and men, of those who said so, are spread evenly: as far as exchanges within a sector go.

Who accompanies somebody (an interpreter, an assistant) takes a seat and speaks for nobody: they count in 1, 3, 6 and 7
and are of no sector. Who accompanies somebody absent, or who accompanies somebody too, counts as anybody.

Tables are round: the last seat is beside the first. «Evenly» is counted in pairs that share a table: n people on t
tables make the fewest pairs exactly when no table has two more of them than another (moving one from the fuller to
the emptier of two such tables takes away a pair at least).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ALONE = 2  # with fewer at a table, nobody has anybody beside


@dataclass(frozen=True)
class Person:
    """Somebody who is seated, by an opaque key; without an institution nobody is of the same one."""

    key: str
    sector: str
    institution: str = ""
    beside: str = ""
    """The key of the person whom this one accompanies."""
    sex: str = ""
    """As they said it; nothing is neutral."""
    signs: bool = False
    """Whether they need a sign language interpreter."""
    rolls: bool = False
    """Whether they need room for a wheelchair."""


Table = tuple[Person | None, ...]
"""A table's seats in their order; None is a seat that somebody left."""


@dataclass(frozen=True)
class Rule:
    """How many sit at a table and, where the room decides it, at how many tables."""

    least: int = 5
    most: int = 10
    tables: int | None = None

    def __post_init__(self) -> None:
        """Refuse a rule that no table follows."""
        if not 1 <= self.least <= self.most:
            raise Refused("El mínimo de personas por mesa va de 1 al máximo.")
        if self.tables is not None and self.tables < 1:
            raise Refused("Hace falta al menos una mesa.")

    def tables_for(self, people: int) -> int:
        """Return at how many tables so many sit: as asked, or as many as leave each nearest the middle of its sizes."""
        fewest = -(-people // self.most)
        if self.tables is None:
            fit = max(
                fewest, people // self.least
            )  # where no number suits, small tables: a chair too many does not fit
            return min(max(fewest, round(2 * people / (self.least + self.most))), fit)
        if self.tables < fewest:
            raise Refused(f"En {self.tables} mesas de {self.most} no caben {people} personas.")
        return min(self.tables, people)


class Breaches(NamedTuple):
    """How far a plan is from each thing asked, in their order, so that the better of two plans is the smaller tuple."""

    parted: int = 0
    """Those who are not at the table of whom they accompany."""
    interpreters: int = 0
    """Tables at which an interpreter is needed."""
    size: int = 0
    """Seats that tables lack or have too many."""
    sectors: int = 0
    """Pairs of one sector that share a table."""
    institutions: int = 0
    """Pairs of one institution that share a table."""
    uneven: int = 0
    """Pairs of people that share a table."""
    away: int = 0
    """Those at the table of whom they accompany, but not beside."""
    neighbours: int = 0
    """Seats whose next seat is of the same sector."""
    sexes: int = 0
    """Pairs of women, and of men, that share a table."""

    def plus(self, other: Breaches) -> Breaches:
        """Return both together."""
        return Breaches(*map(int.__add__, self, other))

    def over(self, other: Breaches) -> Breaches:
        """Return by how much each is over another's."""
        return Breaches(*(max(0, mine - theirs) for mine, theirs in zip(self, other, strict=True)))


@dataclass(frozen=True)
class Plan:
    """Tables with their people in the order of their seats; an emptied table keeps its number."""

    rule: Rule
    seed: str
    tables: tuple[Table, ...] = ()

    @cached_property
    def people(self) -> dict[str, Person]:
        """Everybody by their key."""
        return {person.key: person for table in self.tables for person in seated(table)}

    @cached_property
    def counted(self) -> list[Table]:
        """The tables that have anybody, with people as they count."""
        roles = {person.key: person for person in linked(self.people.values())}
        return [tuple(person and roles[person.key] for person in table) for table in self.tables if any(table)]

    def table_of(self, key: str) -> int | None:
        """Return the number of somebody's table, from 1."""
        places = enumerate(self.tables, 1)
        return next((number for number, table in places if any(p.key == key for p in seated(table))), None)


def seated(table: Iterable[Person | None]) -> list[Person]:
    """Return a table's people in the order of their seats."""
    return [person for person in table if person]


def linked(people: Iterable[Person]) -> list[Person]:
    """Return people, of whom only those say that they accompany somebody who do."""
    known = {person.key: person for person in people}
    return [
        person
        if not person.beside or (person.beside in known and not known[person.beside].beside)
        else replace(person, beside="")
        for person in known.values()
    ]


def spread(people: Iterable[Person]) -> tuple[Counter[str], Counter[str]]:
    """Count those who accompany nobody by sector and by institution."""
    mine = [person for person in people if not person.beside]
    return Counter([p.sector for p in mine]), Counter([p.institution for p in mine if p.institution])


def together(counts: Iterable[int]) -> int:
    """Return how many pairs share a table, by how many there are at each."""
    return sum(count * (count - 1) // 2 for count in counts)


def least_together(count: int, tables: int) -> int:
    """Return the fewest pairs that so many people can make: those of an even spread."""
    share, more = divmod(count, tables)
    return together((share, share + 1)[number < more] for number in range(tables))


def least_with(at_one: int, count: int, tables: int) -> int:
    """Return the fewest pairs that people can make of whom so many sit at one table."""
    if at_one <= -(-count // tables):
        return least_together(count, tables)
    return together([at_one]) + least_together(count - at_one, tables - 1)


def table_breaches(people: Sequence[Person], rule: Rule) -> Breaches:
    """Return what one table adds, whatever the order of its seats: of neighbours, those that no order avoids."""
    sectors, institutions = spread(people)
    keys = {person.key for person in people}
    return Breaches(
        parted=sum([person.beside not in keys for person in people if person.beside]),
        interpreters=int(any(person.signs and not person.beside for person in people)),
        size=max(0, rule.least - len(people), len(people) - rule.most) if people else 0,
        sectors=together(sectors.values()),
        institutions=together(institutions.values()),
        uneven=together([len(people)]),
        neighbours=table_neighbours(people, sectors),
        sexes=together(sexes_of(people).values()),
    )


def sexes_of(people: Iterable[Person]) -> Counter[str]:
    """Count those who accompany nobody by the sex that they said."""
    return Counter([person.sex for person in people if person.sex and not person.beside])


def table_neighbours(people: Sequence[Person], sectors: Counter[str]) -> int:
    """Return the fewest seats of a table whose next is of the same sector."""
    fewest = least_neighbours(max(sectors.values(), default=0), sectors.total())
    if fewest and sectors.total() < len(people):
        largest = max(sectors, key=sectors.__getitem__)
        parted = {person.key for person in people if person.sector == largest}
        fewest -= sum(person.beside in parted for person in people)
    return max(0, fewest)


def least_neighbours(largest: int, people: int) -> int:
    """Return the fewest seats whose next is of the same sector: the rest of the table parts at most as many."""
    return max(0, 2 * largest - people) if people >= ALONE else 0


def around(table: Table) -> Iterator[tuple[Person, Person]]:
    """Yield each seat with the next one around the table; beside an empty seat there is nobody."""
    for person, following in zip(table, (*table[1:], *table[:1]), strict=True):
        if person and following and person != following:
            yield person, following


def seat_breaches(table: Table) -> tuple[int, int]:
    """Return how many are at the table of whom they accompany but not beside, and how many sit beside their sector."""
    pairs, keys = list(around(table)), {person.key for person in seated(table)}
    near = {link for one, other in pairs for link in ((one.key, other.key), (other.key, one.key))}
    return (
        sum(person.beside in keys and (person.key, person.beside) not in near for person in seated(table)),
        sum(one.sector == other.sector and not (one.beside or other.beside) for one, other in pairs),
    )


def violations(plan: Plan) -> Breaches:
    """Return how far a plan is from what was asked."""
    total = Breaches()
    for table in plan.counted:
        total = total.plus(table_breaches(seated(table), plan.rule))
    away, neighbours = zip(*map(seat_breaches, plan.counted), strict=True) if plan.counted else ((), ())
    return total._replace(away=sum(away), neighbours=sum(neighbours))


def lower_bounds(people: Iterable[Person], tables: int, rule: Rule) -> Breaches:
    """Return what no plan of so many tables is below.

    The pairs are those of even spreads. Neighbours, where no seat is empty: a table of k with m of one sector has at
    least 2m - k of them beside one another. With even sectors and tables, m is q or q + 1 and k is p or p + 1; 2m - k,
    cut at nothing, summed over the tables, is least when as many as can be of the tables with q + 1 are those with
    p + 1. No table has two sectors over its half, so sectors add up. Who accompanies somebody of the sector parts two
    more of it; then tables may be even only with them, and what is left is what 2m - k adds up to before it is cut.
    Those who sign, where one table holds them, are so many of a sector there at least; the rest is spread evenly. Of
    sexes the bound is that of an even spread, which what comes before may not let be reached.
    """
    everybody = linked(people)
    if not everybody:
        return Breaches()
    sectors, institutions = spread(everybody)
    signing = [person for person in everybody if person.signs and not person.beside]
    needed = -(-len(signing) // -(-len(everybody) // tables))
    at_one = spread(signing if needed == 1 else ())
    return Breaches(
        interpreters=needed,
        size=max(0, rule.least * tables - len(everybody), len(everybody) - rule.most * tables),
        sectors=sum(least_with(at_one[0][name], count, tables) for name, count in sectors.items()),
        institutions=sum(least_with(at_one[1][name], count, tables) for name, count in institutions.items()),
        uneven=least_together(len(everybody), tables),
        neighbours=fewest_neighbours(everybody, sectors, tables),
        sexes=sum(least_together(count, tables) for count in sexes_of(everybody).values()),
    )


def fewest_neighbours(everybody: Sequence[Person], sectors: Counter[str], tables: int) -> int:
    """Return the neighbours of `lower_bounds`."""
    if sectors.total() < len(everybody):
        largest = max(sectors, key=sectors.__getitem__)
        mine = {person.key for person in everybody if person.sector == largest}
        return max(0, 2 * len(mine) - sectors.total() - sum(person.beside in mine for person in everybody))
    size, larger = divmod(len(everybody), tables)
    found = 0
    for count in sectors.values():
        share, more = divmod(count, tables)
        both = min(more, larger)
        kinds = {(1, 1): both, (1, 0): more - both, (0, 1): larger - both, (0, 0): tables - max(more, larger)}
        found += sum(least_neighbours(share + m, size + k) * times for (m, k), times in kinds.items())
    return found
