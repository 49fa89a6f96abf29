"""Invented lists of attendance, shaped as real ones are: who comes to a co-creation table, from where, with whom."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Final

from tequio.cocreation.seating import Person

SECTORS: Final = ("servidores", "sociedad", "academia", "comites", "autonomos", "expertas")
WEIGHTS: Final = (45, 30, 10, 7, 5, 3)
SHAPES: Final = ("mixed", "one sector", "one academic", "huge institution", "nobody's", "across sectors", "accompanied")


SEXES: Final = ("woman", "woman", "man", "man", "")


def said(number: int, *, signing: int | None = None, size: int | None = None) -> list[Person]:
    """Return the same list with what some say of their sex and needs, of whom so many sign: else none to eight."""
    chance, listed = random.Random(f"said {number}"), attendance(number, size=size)
    many = number % 9 if signing is None else signing
    signs = set(chance.sample(range(len(listed)), min(many, len(listed))))
    return [
        replace(
            person,
            sex=chance.choice(SEXES),
            signs=place in signs and not person.beside,
            rolls=chance.random() < 0.03,
        )
        for place, person in enumerate(listed)
    ]


def shape_of(number: int) -> str:
    """Return the shape of a list."""
    return SHAPES[number % len(SHAPES)]


def attendance(number: int, *, size: int | None = None, shape: str = "") -> list[Person]:
    """Return a list of 5 to 150 people; the same number gives the same list."""
    chance, shape = random.Random(number), shape or shape_of(number)
    size = size or chance.randint(5, 150)
    # A few institutions send many people and most send one, as the office that convenes sends more than any other.
    names = {sector: [f"{sector}-{n}" for n in range(max(2, size // 6))] for sector in SECTORS}
    often = [1 / (n + 1) for n in range(max(2, size // 6))]
    sectors = chance.choices(SECTORS, WEIGHTS, k=size)
    if shape == "one sector":
        sectors = [chance.choice(SECTORS)] * size
    if shape == "one academic":
        sectors = ["academia", *("servidores" if sector == "academia" else sector for sector in sectors[1:])]
    people = []
    for n, sector in enumerate(sectors):
        institution = chance.choices(names[sector], often)[0] if chance.random() < 0.8 and shape != "nobody's" else ""
        if shape == "across sectors" and chance.random() < 0.3:
            institution = chance.choice(["universidad", "congreso", "municipio"])
        beside = f"p{chance.randrange(size)}" if shape == "accompanied" and chance.random() < 0.04 else ""
        person = Person(f"p{n}", sector, institution, beside)
        if shape == "huge institution" and chance.random() < 0.4:
            person = Person(f"p{n}", "servidores", "secretaria")
        people.append(person)
    return people
