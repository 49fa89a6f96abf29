"""Brings together who needs an interpreter, and spreads women and men, by exchanges between the tables.

Where nobody needs one and nobody said their sex, nothing is exchanged.
"""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING, Final

from tequio.cocreation.seating.plan import Breaches, sexes_of, spread, table_breaches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tequio.cocreation.seating.plan import Person, Rule

    Tables = list[list[Person]]
    Swap = tuple[Person, Person]

ALONE: Final = 2
"""With fewer tables at which somebody signs, they are together."""


def gather(tables: Tables, rule: Rule) -> None:
    """Bring those who sign to as few tables as hold them: of all tables to begin with, the one that breaks least."""
    if len(signing(tables)) >= ALONE:
        tried: list[Tables] = [gathered(tables, first, rule) for first in range(len(tables))]
        tables[:] = min(tried, key=lambda made: total(made, rule))


def gathered(tables: Tables, first: int, rule: Rule) -> Tables:
    """Return the tables with those who sign at one, then at the next once it is full; then made even again."""
    made = [table.copy() for table in tables]
    full: set[int] = set()
    here = first
    while away := [number for number in signing(made) if number != here and number not in full]:
        if all(person.signs for person in made[here]):
            full.add(here)
            here = max(away, key=lambda number: sum(person.signs for person in made[number]))
            continue
        coming = next(person for person in made[away[0]] if person.signs)
        swaps = [(person, coming) for person in made[here] if not person.signs]
        best = min(swaps, key=lambda swap: cost(made[here], made[away[0]], swap, rule))
        exchange(made, here, away[0], best)
    even_out(made, rule)
    return made


def signing(tables: Tables) -> list[int]:
    """Return the tables at which somebody signs."""
    return [number for number, table in enumerate(tables) if any(person.signs for person in table)]


def even_out(tables: Tables, rule: Rule) -> None:
    """Exchange people who do not sign between tables of which one has two more of a sector or an institution."""
    helped = True
    while helped:
        helped = any(better(tables, one, other, rule) for one, other in combinations(range(len(tables)), 2))


def better(tables: Tables, one: int, other: int, rule: Rule) -> bool:
    """Make the best exchange between two uneven tables, and say whether there was one that betters them."""
    if not uneven(tables[one], tables[other]):
        return False
    now = table_breaches(tables[one], rule).plus(table_breaches(tables[other], rule))._replace(sexes=0)
    swaps = list(swaps_between(tables[one], tables[other]))
    best = min(swaps, key=lambda swap: cost(tables[one], tables[other], swap, rule), default=None)
    if best is None or cost(tables[one], tables[other], best, rule) >= now:
        return False
    exchange(tables, one, other, best)
    return True


def uneven(one: Sequence[Person], other: Sequence[Person]) -> bool:
    """Say whether one of two tables has two more of a sector, or of an institution, than the other."""
    pairs = zip(spread(one), spread(other), strict=True)
    return any(abs(here[name] - there[name]) > 1 for here, there in pairs for name in here.keys() | there.keys())


def swaps_between(one: Sequence[Person], other: Sequence[Person]) -> Iterator[Swap]:
    """Yield who may go for whom: anybody who does not sign."""
    yield from ((going, coming) for going, coming in product(one, other) if not (going.signs or coming.signs))


def cost(one: Sequence[Person], other: Sequence[Person], swap: Swap, rule: Rule) -> Breaches:
    """Return what two tables break once two people have exchanged their places."""
    going, coming = swap
    left = [coming if person is going else person for person in one]
    joined = [going if person is coming else person for person in other]
    return table_breaches(left, rule).plus(table_breaches(joined, rule))._replace(sexes=0)


def exchange(tables: Tables, one: int, other: int, swap: Swap) -> None:
    """Have two people exchange their places."""
    going, coming = swap
    tables[one] = [coming if person is going else person for person in tables[one]]
    tables[other] = [going if person is coming else person for person in tables[other]]


def total(tables: Iterable[Sequence[Person]], rule: Rule) -> Breaches:
    """Return what all tables break, whatever the order of their seats."""
    found = Breaches()
    for table in tables:
        found = found.plus(table_breaches(table, rule))
    return found


def balance(tables: Tables) -> None:
    """Spread women and men by exchanges within a sector: sectors, institutions, sizes and who signs stay as good."""
    helped = bool(sexes_of(person for table in tables for person in table))
    while helped:
        helped = any(balanced(tables, one, other) for one, other in combinations(range(len(tables)), 2))


def balanced(tables: Tables, one: int, other: int) -> bool:
    """Make the first exchange that betters the sexes of two tables, and say whether there was one."""
    mine, theirs = sexes_of(tables[one]), sexes_of(tables[other])
    if all(abs(mine[sex] - theirs[sex]) <= 1 for sex in mine.keys() | theirs.keys()):
        return False
    tied = {person.beside for number in (one, other) for person in tables[number]} | {""}
    here, there = spread(tables[one])[1], spread(tables[other])[1]
    for going, coming in swaps_between(tables[one], tables[other]):
        is_free = not (going.beside or coming.beside or going.key in tied or coming.key in tied)
        if is_free and going.sector == coming.sector:
            sexes = pairs_more(going.sex, coming.sex, mine, theirs)
            if sexes < 0 and pairs_more(going.institution, coming.institution, here, there) <= 0:
                exchange(tables, one, other, (going, coming))
                return True
    return False


def pairs_more(going: str, coming: str, here: Mapping[str, int], there: Mapping[str, int]) -> int:
    """Return how many more pairs of a name share a table once a person of each has gone to the other's."""
    if going == coming:
        return 0
    left = there[going] - (here[going] - 1) if going else 0
    joined = here[coming] - (there[coming] - 1) if coming else 0
    return left + joined
