"""Sharing out a room: everybody sits once, late arrivals move nobody, and the close erases who sat where."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone
from tests.cast import NOW, again

from tequio.cocreation.models import Placement, SmallTable, Table
from tequio.cocreation.tests.gatherings import THAT_DAY, announced_table, begun_table
from tequio.cocreation.workflows import add_entry, close_table, move_person, next_stage, seat_everyone, seat_late
from tequio.exercises.models import Attendee
from tequio.exercises.tests.happenings import START
from tequio.exercises.workflows import AttendeeDetails, admit_walk_in
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from django.test import Client

    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("plain_static_files"),
    pytest.mark.req("CO-03"),
]
GROUPS = [
    {"key": "servicio", "name": "Personas servidoras públicas", "sector": "public_bodies"},
    {"key": "academia", "name": "Academia", "sector": "civil_society"},
    {"key": "sociedad", "name": "Sociedad civil", "sector": "civil_society"},
]


@pytest.fixture
def table(exercise: Exercise, liaison: User) -> Table:
    """A table announced with three groups."""
    made = announced_table(exercise, liaison)
    made.event.groups = GROUPS
    made.event.save()
    return Table.objects.get(pk=made.pk)


def arrive(table: Table, by: User, count: int, *, first: int = 0) -> None:
    """Let people in at the door, of the three groups in turn, some of one institution."""
    for n in range(first, first + count):
        told = AttendeeDetails(sector="", group=GROUPS[n % 3]["key"], institution="IPN" if n % 3 == 1 else "")
        admit_walk_in(table.event, told, by=again(by), at=THAT_DAY)


def places(table: Table) -> dict[int, tuple[int, int]]:
    """Return where each attendee sits."""
    rows = Placement.objects.filter(small_table__table=table).select_related("small_table")
    return {row.attendee_id: (row.small_table.number, row.seat) for row in rows}


def test_everybody_sits_once_and_the_seed_repeats_the_plan(table: Table, liaison: User) -> None:
    with pytest.raises(Refused, match="no llega nadie"):
        seat_everyone(table, by=again(liaison), at=THAT_DAY)
    arrive(table, liaison, 23)
    seat_everyone(table, seed="tequio", by=again(liaison), at=THAT_DAY)
    first = places(table)
    assert len(first) == 23
    assert {number for number, _ in first.values()} == {1, 2, 3}
    seat_everyone(table, seed="otra", by=again(liaison), at=THAT_DAY)
    seat_everyone(table, seed="tequio", by=again(liaison), at=THAT_DAY)
    assert places(table) == first
    assert set(Attendee.objects.values_list("sector", flat=True)) == {"public_bodies", "civil_society"}


def test_who_comes_late_moves_nobody(table: Table, liaison: User) -> None:
    arrive(table, liaison, 20)
    seat_everyone(table, by=again(liaison), at=THAT_DAY)
    before = places(table)
    arrive(table, liaison, 4, first=20)
    assert seat_late(table, by=again(liaison), at=THAT_DAY) == 4
    after = places(table)
    assert before.items() <= after.items()
    assert len(after) == 24
    assert seat_late(table, by=again(liaison), at=THAT_DAY) == 0


def test_somebody_is_moved_by_hand(table: Table, liaison: User) -> None:
    arrive(table, liaison, 20)
    seat_everyone(table, by=again(liaison), at=THAT_DAY)
    who = Attendee.objects.filter(placement__small_table__number=1).order_by("pk")[0]
    move_person(table, who.code, 2, by=again(liaison), at=THAT_DAY)
    assert places(table)[who.pk][0] == 2
    for code, number in ((who.code, 2), (who.code, 9), ("NADIE", 1)):
        with pytest.raises(Refused):
            move_person(table, code, number, by=again(liaison), at=THAT_DAY)


def test_a_room_that_writes_is_not_shared_out_again(table: Table, liaison: User) -> None:
    arrive(table, liaison, 20)
    seat_everyone(table, by=again(liaison), at=THAT_DAY)
    keys = set(SmallTable.objects.values_list("key", flat=True))
    for seen in (None, 0, 1):
        next_stage(table, seen=seen, by=again(liaison), at=THAT_DAY)
    with pytest.raises(Refused, match="ya están escribiendo"):
        seat_everyone(table, by=again(liaison), at=START)
    small = table.small_tables.get(number=1)
    add_entry(small, "alternative", "Plantar", at=START)
    arrive(table, liaison, 1, first=20)
    seat_late(table, by=again(liaison), at=START)
    assert keys <= set(SmallTable.objects.values_list("key", flat=True))
    assert SmallTable.objects.get(pk=small.pk).sheet["alternatives"]


@pytest.mark.req("CO-05")
def test_its_close_erases_who_sat_where(table: Table, liaison: User) -> None:
    arrive(table, liaison, 10)
    seat_everyone(table, by=again(liaison), at=THAT_DAY)
    next_stage(table, seen=None, by=again(liaison), at=THAT_DAY)
    close_table(table, "dialogue", reason="Se fue la luz.", by=again(liaison), at=START)
    assert not Placement.objects.exists()


def test_only_who_conducts_shares_out_a_room(table: Table, liaison: User, cast: dict[str, User]) -> None:
    arrive(table, liaison, 6)
    for part in ("stranger", "other_liaison", "far_staff", "operator", "superuser", "representative"):
        with pytest.raises(Refused):
            seat_everyone(table, by=cast[part], at=THAT_DAY)


def test_its_page_shares_out_and_explains(client: Client, exercise: Exercise, liaison: User) -> None:
    soon = timezone.now() + timedelta(hours=1)
    table = begun_table(exercise, liaison, small=0, starts_at=soon, ends_at=soon + timedelta(hours=5))
    client.force_login(liaison)
    page = reverse("cocreation:seating", args=[exercise.slug, table.event.slug])
    cards = reverse("cocreation:cards", args=[exercise.slug, table.event.slug])
    assert "Todavía no llega nadie" in client.get(page).content.decode()
    assert client.post(page, {"move": "seat"}).status_code == 409
    for n in range(12):
        told = AttendeeDetails(sector=("citizens", "public_bodies", "civil_society")[n % 3])
        admit_walk_in(table.event, told, by=again(liaison), at=NOW)
    assert "Llegaron 12 personas" in client.get(page).content.decode()
    assert client.post(page, {"move": "seat", "seed": "tequio"}).status_code == 302
    shown = client.get(page).content.decode()
    assert "con la semilla «tequio»" in shown
    who = Attendee.objects.filter(placement__small_table__number=1)[0]
    assert client.post(page, {"move": "move", "code": who.code, "number": "2"}).status_code == 302
    assert client.post(page, {"move": "otra"}).status_code == 409
    told = client.get(cards).content.decode()
    assert all(small.key in told for small in table.small_tables.all())


def test_the_form_of_a_table_asks_group_and_institution(
    client: Client, table: Table, liaison: User, notices: None
) -> None:
    page = client.get(reverse("exercises:event_registration", args=[table.exercise.slug, table.event.slug]))
    assert "Academia" in page.content.decode()
    assert "Institución u organización" in page.content.decode()
    with pytest.raises(Refused, match="de dónde vienes"):
        admit_walk_in(table.event, AttendeeDetails(sector="citizens"), by=again(liaison), at=THAT_DAY)


@pytest.mark.req("CO-11")
def test_the_horseshoe_is_drawn_when_more_came_and_is_kept_nowhere(
    client: Client, exercise: Exercise, liaison: User
) -> None:
    soon = (timezone.now() + timedelta(hours=1)).replace(second=0, microsecond=0)
    table = begun_table(exercise, liaison, starts_at=soon, ends_at=soon + timedelta(hours=5))
    for _ in range(27):
        admit_walk_in(table.event, AttendeeDetails(sector="citizens"), by=again(liaison), at=timezone.now())
    seat_everyone(table, seed="tequio", by=again(liaison), at=timezone.now())
    client.force_login(again(liaison))
    page = reverse("cocreation:seating", args=[table.exercise.slug, table.event.slug])
    shown = client.get(page).content.decode()
    assert "Hay 27 personas y 25 lugares. 2 personas se sientan detrás." in shown
    assert shown.count("En la herradura") == 1
    first, second = (
        told.split("En la herradura")[1].split("</ol>")[0] for told in (shown, client.get(page).content.decode())
    )
    assert first == second
    assert first.count("<li>") == 25
    close_table(table, "dialogue", reason="Nadie decide.", by=again(liaison), at=soon)
    assert "En la herradura" not in client.get(page).content.decode()


def test_what_people_said_seats_them_and_is_kept_nowhere(client: Client, table: Table, liaison: User) -> None:
    arrive(table, liaison, 30)
    told = list(table.event.attendees.order_by("pk"))
    signing = [told[n].pk for n in (2, 11, 19)]
    Attendee.objects.filter(pk__in=signing).update(needs=["sign_language", "captions"])
    Attendee.objects.filter(pk__in=[one.pk for one in told[::2]]).update(sex="woman")
    Attendee.objects.filter(pk__in=[one.pk for one in told[1::2]]).update(sex="man")
    seat_everyone(table, seed="tequio", by=again(liaison), at=THAT_DAY)
    first = places(table)
    assert {first[pk][0] for pk in signing} == {1}
    seat_everyone(table, seed="otra", by=again(liaison), at=THAT_DAY)
    seat_everyone(table, seed="tequio", by=again(liaison), at=THAT_DAY)
    assert places(table) == first
    kept = {field.name for model in (Placement, SmallTable, Table) for field in model._meta.get_fields()}
    assert not kept & {"sex", "needs", "signs", "rolls", "secret"}
    client.force_login(again(liaison))
    page = client.get(reverse("cocreation:seating", args=[table.exercise.slug, table.event.slug])).content.decode()
    assert "Intérprete de Lengua de Señas en la mesa 1" in page
    assert "Mujer" not in page.replace("Mujeres y hombres", "").replace("parejas en mujeres y hombres", "")
    with pytest.raises(Refused, match="organiza mesas"):
        seat_everyone(table, by=AnonymousUser(), at=THAT_DAY)
