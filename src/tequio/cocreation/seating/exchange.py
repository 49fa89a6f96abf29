"""Betters what dealing leaves, by exchanging people with their company between two tables."""

from __future__ import annotations

from itertools import chain, permutations, product
from typing import TYPE_CHECKING

from tequio.cocreation.seating.plan import lower_bounds, spread, table_breaches

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tequio.cocreation.seating.plan import Person, Rule

Company = tuple["Person", ...]


def settle(tables: list[list[Person]], rule: Rule) -> None:
    """Exchange people until the tables are even and as few as can be sit beside their sector, or nothing helps."""
    fewest = lower_bounds(chain(*tables), len(tables), rule).neighbours
    helped = True
    while helped:
        crowded = {number for number, table in enumerate(tables) if table_breaches(table, rule).neighbours}
        if sum(table_breaches(tables[number], rule).neighbours for number in crowded) <= fewest:
            crowded = set()
        pairs = permutations(range(len(tables)), 2)
        helped = any(
            better(tables, rule, here, there)
            for here, there in pairs
            if here in crowded or len(tables[here]) > len(tables[there]) + 1
        )


def better(tables: list[list[Person]], rule: Rule, here: int, there: int) -> bool:
    """Make the best exchange between two tables, and return whether there was one that betters them."""
    mine, theirs = tables[here], tables[there]
    best = table_breaches(mine, rule).plus(table_breaches(theirs, rule))
    for going, coming in exchanges(mine, theirs):
        left = [*(p for p in mine if p not in going), *coming]
        joined = [*(p for p in theirs if p not in coming), *going]
        cost = table_breaches(left, rule).plus(table_breaches(joined, rule))
        if cost < best:
            best, tables[here], tables[there] = cost, left, joined
    return tables[here] is not mine


def exchanges(mine: Sequence[Person], theirs: Sequence[Person]) -> Iterator[tuple[Company, Company]]:
    """Yield who may go and who may come instead: fewer people, or for one of the largest sector one of another."""
    sectors = spread(mine)[0]
    largest = max(sectors, key=sectors.__getitem__)
    for going, coming in product(companies(mine), [(), *companies(theirs)]):
        if len(going) > len(coming) or going[0].sector == largest != coming[0].sector:
            yield going, coming


def companies(people: Sequence[Person]) -> list[Company]:
    """Return each person with those who accompany them; who signs stays with the others who do."""
    return [(p, *(other for other in people if other.beside == p.key)) for p in people if not (p.beside or p.signs)]
