"""Says of a plan, in sentences, what of what was asked it has, and why it has not the rest."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import TYPE_CHECKING

from tequio.cocreation.seating.plan import lower_bounds, seated, sexes_of, spread, violations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tequio.cocreation.seating.plan import Breaches, Person, Plan, Rule


class Kept(StrEnum):
    """Whether a plan has what was asked."""

    WHOLE = "whole"
    AS_CAN_BE = "as can be"  # not whole, and no plan comes nearer
    LESS = "less"  # another plan would come nearer


@dataclass(frozen=True)
class Sentence:
    """What a plan has of one thing asked; its kind is the field of `Breaches`, or «room» or «seed»."""

    kind: str
    kept: Kept
    text: str


def excess(plan: Plan) -> Breaches:
    """Return what a plan is above its bounds."""
    return violations(plan).over(lower_bounds(plan.people.values(), len(plan.counted), plan.rule))


def foretell(people: int, rule: Rule) -> str:
    """Return how many tables come of so many people: «14 personas en 2 mesas de 7»."""
    number = rule.tables_for(people)
    return arranged([people // number + (table < people % number) for table in range(number)])


def explain(plan: Plan, names: Mapping[str, str] | None = None) -> list[Sentence]:
    """Explain a plan, with the names of its sectors; no person and no institution is named."""
    if not plan.counted:
        return [Sentence("size", Kept.WHOLE, "No hay nadie a quien sentar.")]
    seen, over = violations(plan), excess(plan)
    told = [*access(plan, over), size(plan, over), sectors(plan, over, names or {}), institutions(plan, seen, over)]
    if len(spread(chain(*map(seated, plan.counted)))[0]) > 1:
        told.append(neighbours(seen, over))
    if over.uneven:
        told.append(Sentence("uneven", Kept.LESS, "Las mesas podrían ser más parejas de tamaño."))
    if any(person.beside for table in plan.counted for person in seated(table)):
        told += companions(seen)
    if sexes_of(plan.people.values()).total() > 1:
        told.append(sexes(over))
    drawn = f"El reparto se sorteó con la semilla «{plan.seed}»: con ella y la lista cualquiera lo repite."
    if is_private(plan.people.values()):
        drawn = f"El reparto se sorteó con la semilla «{plan.seed}». Solo este sitio puede repetirlo."
    return [*told, Sentence("seed", Kept.WHOLE, drawn)]


def is_private(people: Iterable[Person]) -> bool:
    """Say whether anybody said of themselves what no list shows: their sex, or what they need."""
    return any(person.sex or person.signs or person.rolls for person in people)


def access(plan: Plan, over: Breaches) -> Iterator[Sentence]:
    """Say at which tables an interpreter and room for a wheelchair are needed: neither for whom nor for how many."""
    tables = [(str(number), seated(table)) for number, table in enumerate(plan.tables, 1)]
    signs = [number for number, people in tables if any(p.signs and not p.beside for p in people)]
    rolls = [number for number, people in tables if any(p.rolls for p in people)]
    if signs:
        kept = Kept.LESS if over.interpreters else Kept.WHOLE if len(signs) == 1 else Kept.AS_CAN_BE
        many = counted(len(signs), "basta uno", "hacen falta {}")
        where = at_tables(signs)
        yield Sentence("interpreters", kept, f"Intérprete de Lengua de Señas en {where}: con estos lugares {many}.")
    if rolls:
        yield Sentence("room", Kept.WHOLE, f"Deja espacio para silla de ruedas en {at_tables(rolls)}.")
    if signs or rolls:
        yield Sentence("room", Kept.WHOLE, "Las mesas con esos apoyos llevan los primeros números: ponlas cerca.")


def at_tables(numbers: Sequence[str]) -> str:
    """Return «la mesa 1», or «las mesas 1 y 2»."""
    return f"la mesa {numbers[0]}" if len(numbers) == 1 else f"las mesas {listed(numbers)}"


def sexes(over: Breaches) -> Sentence:
    """Say whether women and men are spread evenly, of those who said so; no table is told by its number."""
    if not over.sexes:
        return Sentence("sexes", Kept.WHOLE, "Mujeres y hombres, de quienes lo dijeron, están parejos en las mesas.")
    near = "Mujeres y hombres, de quienes lo dijeron, están casi parejos: los sectores y las instituciones van antes."
    return Sentence("sexes", Kept.LESS, near)


def size(plan: Plan, over: Breaches) -> Sentence:
    """Say how many tables there are, of how many people."""
    rule, sizes = plan.rule, [len(seated(table)) for table in plan.counted]
    outside = [
        f"la mesa {number} tiene {len(seated(table))}"
        for number, table in enumerate(plan.tables, 1)
        if any(table) and not rule.least <= len(seated(table)) <= rule.most
    ]
    if not outside:
        return Sentence("size", Kept.WHOLE, f"{arranged(sizes)}.")
    asked = f"de {rule.least} a {rule.most}" if rule.least < rule.most else f"de {rule.least}"
    if over.size:
        return Sentence("size", Kept.LESS, f"{listed(outside).capitalize()}; la regla es {asked}.")
    return Sentence("size", Kept.AS_CAN_BE, f"{arranged(sizes)}: no salen mesas {asked}.")


def sectors(plan: Plan, over: Breaches, names: Mapping[str, str]) -> Sentence:
    """Say how sectors are spread, and at which table one is missing."""
    at = by_table(plan, of_institutions=False)
    every = sorted(sum(at.values(), Counter()).items(), key=lambda item: (-item[1], item[0]))
    if over.sectors:
        uneven = [f"{names.get(name, name)}, {extremes(at, name)}" for name, _ in every if is_uneven(at, name)]
        why = (
            "queda menos parejo, para juntar a quienes piden intérprete"
            if of_signs(plan)
            else "podría estar más parejo"
        )
        return Sentence("sectors", Kept.LESS, f"Un sector {why}: {'; '.join(uneven)}.")
    if len(every) == 1 and len(plan.people) > 1:
        alone = "Todas las personas son de un solo sector: no hay con quién intercalar."
        return Sentence("sectors", Kept.AS_CAN_BE, alone)
    missing = [f"{absent(at, name, names)} ({count} en total)" for name, count in every if count < len(at)]
    if not missing:
        even = "Cada sector está en todas las mesas, con a lo más una persona de diferencia."
        return Sentence("sectors", Kept.WHOLE, even)
    return Sentence("sectors", Kept.AS_CAN_BE, f"Un sector no alcanza para todas las mesas: {'; '.join(missing)}.")


def institutions(plan: Plan, seen: Breaches, over: Breaches) -> Sentence:
    """Say whether people of one institution share a table, and with how many tables they would not."""
    if not seen.institutions:
        return Sentence("institutions", Kept.WHOLE, "Nadie comparte mesa con alguien de su institución.")
    at = by_table(plan, of_institutions=True)
    every = sum(at.values(), Counter())
    if over.institutions:
        uneven = [extremes(at, name) for name, _ in every.most_common() if is_uneven(at, name)]
        why = "queda menos repartida, para juntar a quienes piden intérprete"
        why = why if of_signs(plan) else "podría estar más repartida"
        return Sentence("institutions", Kept.LESS, f"Una institución {why}: {'; '.join(uneven)}.")
    largest = max(every.values())
    tables = counted(len(at), "una mesa", "{} mesas")
    text = f"Hay {largest} personas de una institución y {tables}: se reparten lo más que se puede."
    if len(at) < largest <= len(plan.people) // plan.rule.least:
        text += f" Con {largest} mesas nadie compartiría."
    return Sentence("institutions", Kept.AS_CAN_BE, text)


def neighbours(seen: Breaches, over: Breaches) -> Sentence:
    """Say how often two of one sector sit beside one another."""
    if not seen.neighbours:
        return Sentence("neighbours", Kept.WHOLE, "Nadie está junto a alguien de su sector.")
    text = counted(seen.neighbours, "Una vez", "{} veces") + " están juntas dos personas de un sector"
    if over.neighbours:
        return Sentence("neighbours", Kept.LESS, f"{text}; podrían ser {seen.neighbours - over.neighbours}.")
    return Sentence("neighbours", Kept.AS_CAN_BE, f"{text}: es más de la mitad de su mesa.")


def companions(seen: Breaches) -> Iterator[Sentence]:
    """Say whether those who accompany somebody are with them."""
    if not seen.parted and not seen.away:
        yield Sentence("parted", Kept.WHOLE, "Quien acompaña a alguien está a su lado.")
    if seen.parted:
        many = counted(seen.parted, "Una persona no está", "{} personas no están")
        yield Sentence("parted", Kept.LESS, f"{many} en la mesa de quien acompañan.")
    if seen.away:
        many = counted(seen.away, "Una persona está", "{} personas están")
        yield Sentence("away", Kept.LESS, f"{many} en la mesa de quien acompañan, pero no a su lado.")


Spread = dict[int, Counter[str]]


def by_table(plan: Plan, *, of_institutions: bool) -> Spread:
    """Return how many of each sector, or institution, are at each table that has anybody."""
    numbers = [number for number, table in enumerate(plan.tables, 1) if any(table)]
    return {number: spread(seated(table))[of_institutions] for number, table in zip(numbers, plan.counted, strict=True)}


def of_signs(plan: Plan) -> bool:
    """Return whether two people or more of a plan were brought together for an interpreter."""
    return sum(person.signs for person in plan.people.values()) > 1


def is_uneven(at: Spread, name: str) -> bool:
    """Return whether a table has two more of a name than another."""
    counts = [count[name] for count in at.values()]
    return max(counts) - min(counts) > 1


def extremes(at: Spread, name: str) -> str:
    """Return «3 en la mesa 2 y 1 en la mesa 5»: where a name is most and least."""
    most, least = (pick(at, key=lambda number: at[number][name]) for pick in (max, min))
    return f"{at[most][name]} en la mesa {most} y {at[least][name]} en la mesa {least}"


def absent(at: Spread, name: str, names: Mapping[str, str]) -> str:
    """Return «Academia falta en las mesas 2 y 3»."""
    numbers = [str(number) for number, count in at.items() if not count[name]]
    return f"{names.get(name, name)} falta en {at_tables(numbers)}"


def arranged(sizes: Sequence[int]) -> str:
    """Return «23 personas en 3 mesas de 7 y 8»."""
    people = counted(sum(sizes), "1 persona", "{} personas")
    tables = counted(len(sizes), "1 mesa", "{} mesas")
    return f"{people} en {tables} de {listed([str(size) for size in sorted(set(sizes))])}" if sizes else people


def counted(number: int, one: str, many: str) -> str:
    """Return words for one, or for many with their number."""
    return one if number == 1 else many.format(number)


def listed(words: Sequence[str]) -> str:
    """Return «a, b y c»."""
    return " y ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
