"""From the exercise to its next table, and from «Mi trabajo» to what a seat lets one write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.cast import again

from tequio.cocreation.tests.gatherings import announced_table
from tequio.exercises.enums import EventKind
from tequio.exercises.models import Event
from tequio.governance.tests.bodies import secretariat
from tequio.kernel.clock import day_of
from tequio.site.queries.exercise import exercise_page

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static_files")]


def next_act(exercise: Exercise) -> str:
    """Return where the next act of an exercise's page leads."""
    page = exercise_page(exercise.slug, today=day_of(timezone.now()))
    assert page
    return next(fact.address for fact in page.now if fact.term == "Siguiente acto")


@pytest.mark.req("CO-01")
def test_the_next_act_leads_to_the_page_of_its_table(exercise: Exercise, liaison: User) -> None:
    table = announced_table(exercise, liaison)
    assert next_act(exercise) == table.get_absolute_url()
    Event.objects.filter(pk=table.event_id).update(kind=EventKind.FORUM)
    assert next_act(exercise) == Event.objects.get(pk=table.event_id).get_absolute_url()


@pytest.mark.req("DX-02", "SI-05")
def test_who_holds_a_seat_finds_where_to_write_themes_and_trees(
    client: Client,
    exercise: Exercise,
    liaison: User,
    stranger: User,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    holder = secretariat(exercise, liaison).holder("civil_society")
    pages = [reverse(f"cocreation:{name}", args=[exercise.slug]) for name in ("work_themes", "trees")]
    client.force_login(again(holder))
    with django_assert_max_num_queries(8):
        shown = client.get("/mi-trabajo/").content.decode()
    for page in pages:
        assert f'href="{page}"' in shown
        assert client.get(page).status_code == 200
    client.force_login(stranger)
    assert pages[0] not in client.get("/mi-trabajo/").content.decode()
