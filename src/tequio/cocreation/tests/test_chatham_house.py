"""Who said it is not there to be found: an adversary with the dump, the logs, the mail and the seating plan guesses.

The adversary knows who sat where and which telephone is whose, and reads each request of the web server's log (order,
telephone, address, size of the answer) and every row in the order in which the database keeps it. For each entry of a
sheet it names who at that table wrote it. It does no better than chance; with a planted leak it does.
"""

from __future__ import annotations

import json
import math
import random
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.urls import reverse
from django.utils import timezone
from tests.cast import NOW

from tequio.accounts.enums import Sector
from tequio.cocreation.models import Placement, Table
from tequio.cocreation.tests.gatherings import announced_table, begun_table
from tequio.cocreation.workflows import capturing
from tequio.exercises.enums import AttendeeState
from tequio.exercises.models import Attendee
from tequio.exercises.workflows.attendees import new_code
from tequio.kernel.models import OutboxMessage

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("plain_static_files"),
    pytest.mark.req("CO-05"),
]
PEOPLE, TABLES, EACH = 60, 6, 3
SEATED = PEOPLE // TABLES
WORDS = ("agua", "basura", "camión", "datos", "escuela", "feria", "gente", "huerto", "idea", "jardín", "luz", "mercado")
SOON = (timezone.now() + timedelta(hours=1)).replace(second=0, microsecond=0)


@dataclass(frozen=True)
class Asked:
    """A line of the web server's log."""

    order: int
    telephone: str
    address: str
    method: str
    size: int


@dataclass
class Afternoon:
    """What the adversary holds, and the truth to judge it by: who wrote each text."""

    log: list[Asked]
    plan: dict[int, list[str]]
    sheets: dict[int, dict[str, Any]]
    wrote: dict[str, str]


def spend(client: Client, table: Table, seed: int) -> Afternoon:
    """Let sixty people write on their tables' sheets, each from their own telephone, in any order."""
    draw = random.Random(seed)
    plan: dict[int, list[str]] = defaultdict(list)
    small_tables = {small.number: small for small in table.small_tables.all()}
    for n in range(PEOPLE):
        sector = Sector.PUBLIC_BODIES if n else Sector.GUARANTOR  # one alone of its sector
        person = Attendee.objects.create(
            event=table.event,
            code=new_code(),
            state=AttendeeState.CONFIRMED,
            sector=sector,
            name=f"P{n}",
            arrived_at=NOW,
        )
        number = n % TABLES + 1
        Placement.objects.create(attendee=person, small_table=small_tables[number], seat=n // TABLES + 1)
        plan[number].append(f"10.0.0.{n}")
    turns = [(number, phone) for number, phones in plan.items() for phone in phones for _ in range(EACH)]
    draw.shuffle(turns)
    log: list[Asked] = []
    wrote: dict[str, str] = {}
    for number, phone in turns:
        text = " ".join(draw.choices(WORDS, k=draw.randint(3, 40))) + f" {len(wrote)}"
        wrote[text] = phone
        address = reverse("cocreation:sheet", args=[table.room_code, small_tables[number].key])
        sent = {"move": "answer", "question": "0", "text": text, "back": "pregunta-0"}
        posted = client.post(address, sent, REMOTE_ADDR=phone)
        read = client.get(address, REMOTE_ADDR=phone)
        for method, answer in (("POST", posted), ("GET", read)):
            log.append(Asked(len(log), phone, address, method, len(answer.content)))
    sheets = {small.number: small.sheet for small in table.small_tables.all()}
    return Afternoon(log, dict(plan), sheets, wrote)


def by_order(day: Afternoon, number: int) -> list[str]:
    """Guess that the entries are kept in the order in which they were posted."""
    phones = set(day.plan[number])
    return [line.telephone for line in day.log if line.method == "POST" and line.telephone in phones]


def by_mark(day: Afternoon, number: int) -> list[str]:
    """Guess that the entries' marks grow as they are written."""
    entries = day.sheets[number]["answers"]["0"]
    rank = {one["k"]: place for place, one in enumerate(sorted(entries, key=lambda one: one["k"]))}
    order = by_order(day, number)
    return [order[rank[one["k"]]] for one in entries]


def by_size(day: Afternoon, number: int) -> list[str]:
    """Guess that a page grew by what was just written: the longest entry is of whose page grew most."""
    phones = set(day.plan[number])
    reads = [line for line in day.log if line.method == "GET" and line.telephone in phones]
    grown = [
        (line.size - before, line.telephone) for before, line in zip([0, *(r.size for r in reads)], reads, strict=False)
    ]
    entries = day.sheets[number]["answers"]["0"]
    longest = sorted(range(len(entries)), key=lambda n: -len(entries[n]["t"]))
    guess = [""] * len(entries)
    for place, (_, phone) in zip(longest, sorted(grown, key=lambda one: -one[0]), strict=True):
        guess[place] = phone
    return guess


GUESSES = {"order": by_order, "mark": by_mark, "size": by_size}


def hits(day: Afternoon, guess: Callable[[Afternoon, int], list[str]]) -> int:
    """Return how many entries an adversary names rightly."""
    found = 0
    for number in day.plan:
        named = guess(day, number)
        found += sum(
            day.wrote[one["t"]] == who for one, who in zip(day.sheets[number]["answers"]["0"], named, strict=True)
        )
    return found


CHANCE = PEOPLE * EACH / SEATED
LIMIT = CHANCE + 4 * math.sqrt(CHANCE)
"""Four deviations above what luck gives: fewer than one honest run in ten thousand is above it."""


def test_who_holds_everything_does_no_better_than_chance(client: Client, exercise: Exercise, liaison: User) -> None:
    table = begun_table(exercise, liaison, small=TABLES, starts_at=SOON, ends_at=SOON + timedelta(hours=5))
    day = spend(client, table, seed=7)
    found = {name: hits(day, guess) for name, guess in GUESSES.items()}
    assert {name: count for name, count in found.items() if count > LIMIT} == {}


def test_an_order_or_a_size_that_leaks_would_be_found(
    client: Client, exercise: Exercise, liaison: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(capturing, "sort_sheet", lambda _sheet: None)
    monkeypatch.setattr("tequio.cocreation.views.room.BLOCK", 1)
    table = begun_table(exercise, liaison, small=TABLES, starts_at=SOON, ends_at=SOON + timedelta(hours=5))
    day = spend(client, table, seed=7)
    assert hits(day, by_order) == PEOPLE * EACH
    assert hits(day, by_size) > LIMIT


def test_no_other_row_mail_or_column_knows_what_was_said(client: Client, exercise: Exercise, liaison: User) -> None:
    table = announced_table(exercise, liaison, starts_at=SOON, ends_at=SOON + timedelta(hours=5))
    table = begun_table(exercise, liaison, theme=table.theme, starts_at=SOON, ends_at=SOON + timedelta(hours=5))
    small = table.small_tables.get(number=1)
    before = dump()
    capturing.add_entry(small, "answer", "zq-canario", question=0, at=timezone.now())
    after = dump()
    changed = {name for name in after if before[name] != after[name]}
    assert changed == {"cocreation.SmallTable"}
    assert not OutboxMessage.objects.filter(body__contains="zq-canario").exists()
    row = next(row for row in json.loads(after["cocreation.SmallTable"]) if row["id"] == small.pk)
    assert set(row) == {"id", "table_id", "number", "key", "sheet"}
    (entry,) = row["sheet"]["answers"]["0"]
    assert set(entry) == {"k", "t"}


def dump() -> dict[str, str]:
    """Return every row of every table, as the database keeps them."""
    return {
        model._meta.label: json.dumps(list(model._base_manager.values()), cls=DjangoJSONEncoder, default=str)
        for model in apps.get_models()
    }
