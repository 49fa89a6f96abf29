"""Sharing out a room: who sits at which small table, drawn from a seed that is written down."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.crypto import salted_hmac

from tequio.cocreation.enums import CONDUCT_TABLE, Capture
from tequio.cocreation.models import Placement, SmallTable
from tequio.cocreation.queries.seats import people_of, plan_of, rule_of
from tequio.cocreation.seating import add_late, is_private, move, seat
from tequio.cocreation.workflows.conducting import on_its_day
from tequio.cocreation.workflows.convening import held_table, permitted
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User
    from tequio.cocreation.models import Table
    from tequio.cocreation.seating import Person, Plan, Sentence
    from tequio.exercises.models import Attendee


@transaction.atomic
def seat_everyone(table: Table, *, seed: str = "", by: User | AnonymousUser, at: datetime) -> Plan:
    """Share out everybody who came among small tables; the same list and seed give the same plan."""
    row = held_table(table)
    permitted(row, by, CONDUCT_TABLE)
    on_its_day(row, at=at)
    if row.stages.filter(captures=Capture.ANSWERS, started_at__isnull=False).exists():
        raise Refused(
            "Las mesas ya están escribiendo: no se reparte de nuevo. Da lugar a quien falta o mueve a alguien."
        )
    people = people_of(row)
    if not people:
        raise Refused("Todavía no llega nadie. Registra las llegadas en la entrada.")
    row.seed = " ".join(seed.split())[:32] or secrets.token_hex(4)
    row.save(update_fields=["seed"])
    secret = salted_hmac("cocreation.seating", f"{row.code}:{row.seed}").hexdigest() if is_private(people) else ""
    plan = seat(people, seed=row.seed, rule=rule_of(row), drawn_from=secret)
    _write(row, plan, people)
    return plan


@transaction.atomic
def seat_late(table: Table, *, by: User | AnonymousUser, at: datetime) -> int:
    """Give a place to everybody who came after the tables were made, moving nobody; return how many."""
    row = held_table(table)
    permitted(row, by, CONDUCT_TABLE)
    on_its_day(row, at=at)
    people = people_of(row)
    plan = plan_of(row, people)
    late = [person for person in people if person.key not in plan.people]
    for person in late:
        plan = add_late(plan, person).plan
    if late:
        _write(row, plan, people)
    return len(late)


@transaction.atomic
def move_person(
    table: Table, code: str, number: int, *, by: User | AnonymousUser, at: datetime
) -> tuple[Sentence, ...]:
    """Move somebody to another small table by hand; return what is further from the rule than before."""
    row = held_table(table)
    permitted(row, by, CONDUCT_TABLE)
    on_its_day(row, at=at)
    people = people_of(row)
    change = move(plan_of(row, people), code, number)
    _write(row, change.plan, people)
    return change.broken


def _write(table: Table, plan: Plan, people: dict[Person, Attendee]) -> None:
    """Write a plan's places anew; a small table keeps its card and its sheet, and goes only if it is blank."""
    known = {small.number: small for small in table.small_tables.all()}
    for number in range(1, len(plan.tables) + 1):
        if number not in known:
            known[number] = SmallTable.objects.create(table=table, number=number, key=new_key())
    Placement.objects.filter(small_table__table=table).delete()
    attendees = {person.key: attendee for person, attendee in people.items()}
    Placement.objects.bulk_create(
        Placement(attendee=attendees[person.key], small_table=known[number], seat=place)
        for number, seats in enumerate(plan.tables, 1)
        for place, person in enumerate(seats, 1)
        if person
    )
    table.small_tables.filter(number__gt=len(plan.tables), sheet={}).delete()


def new_key() -> str:
    """Return what a small table's card says to nobody else."""
    return secrets.token_hex(5)
