"""What a table begins with: the result of the one before it, on every page where it is prepared or conducted."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.cast import NOW, again

from tequio.cocreation.documents.kit import pdf
from tequio.cocreation.enums import NodeKind, TableKind
from tequio.cocreation.models import ProblemNode, ProblemTree, Table
from tequio.cocreation.queries.kits import kit_content, kit_of
from tequio.cocreation.queries.openings import opening_of
from tequio.cocreation.tests.gatherings import THAT_DAY, announced_table, begun_table, convened, template_of, theme_of
from tequio.cocreation.workflows import add_entry, close_table, invite_earlier, link_causes, next_stage, set_priorities
from tequio.exercises.models import Event
from tequio.exercises.workflows import AttendeeDetails, admit_walk_in
from tequio.kernel.clock import midnight
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django.fixtures import DjangoAssertNumQueries

    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static_files"), pytest.mark.req("CO-12")]
SOON = (timezone.now() + timedelta(hours=1)).replace(second=0, microsecond=0)
REASON = "No vino quien decide."


@pytest.fixture
def first(exercise: Exercise, liaison: User) -> Table:
    """A table of the problem that two small tables worked at, not closed yet."""
    theme = theme_of(exercise)
    tree = ProblemTree.objects.create(exercise=exercise, theme=theme, key="arbol", order=1, title="Árbol")
    for order, (kind, text) in enumerate(((NodeKind.PROBLEM, "Basura en el río"), (NodeKind.CAUSE, "Faltan botes"))):
        ProblemNode.objects.create(tree=tree, kind=kind, text=text, order=order + 1)
    table = begun_table(
        exercise, liaison, theme=theme, template=template_of(exercise, TableKind.PROBLEM), kind=TableKind.PROBLEM
    )
    return Table.objects.get(pk=table.pk)


@pytest.fixture
def worked(first: Table) -> Table:
    """The same with two alternatives, one of which attends to a cause and comes first."""
    small, cause = first.small_tables.get(number=1), ProblemNode.objects.get(text="Faltan botes")
    for text in ("Poner botes", "Avisar a tiempo"):
        add_entry(small, "alternative", text, at=THAT_DAY)
    small.refresh_from_db()
    mark = next(one["k"] for one in small.sheet["alternatives"] if one["t"] == "Poner botes")
    link_causes(small, mark, [cause.pk], at=THAT_DAY)
    set_priorities(small, [mark], at=THAT_DAY)
    return first


def close(table: Table, by: User) -> None:
    """Close a table without a commitment, as the next request would."""
    close_table(table, "dialogue", reason=REASON, lessons="Ir antes.", by=again(by), at=table.event.starts_at)


def second(table: Table, by: User, **other: object) -> Table:
    """Announce the table that follows another."""
    exercise = table.exercise
    return announced_table(exercise, by, theme=table.theme, follows=table, **other)


def test_it_begins_with_the_problem_the_alternatives_and_what_came_first(worked: Table, liaison: User) -> None:
    following = second(worked, liaison)
    assert opening_of(following) is None
    close(worked, liaison)
    told = opening_of(following)
    assert told is not None
    assert told.problems == ["Basura en el río"]
    assert [(one.cause, one.alternatives) for one in told.attended] == [
        ("Faltan botes", ["Poner botes"]),
        ("", ["Avisar a tiempo"]),
    ]
    assert [(one.number, one.alternatives) for one in told.first] == [(1, ["Poner botes"])]
    assert (told.reason, told.lessons, told.text) == (REASON, "Ir antes.", "")
    assert opening_of(worked) is None


def test_its_public_page_shows_it_in_eight_questions_at_most(
    client: Client, worked: Table, liaison: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    following = second(worked, liaison)
    assert "Todavía no se cierra" in client.get(following.get_absolute_url()).content.decode()
    close(worked, liaison)
    with django_assert_max_num_queries(8):
        page = client.get(following.get_absolute_url()).content.decode()
    for words in ("Con qué empieza esta mesa", "Basura en el río", "Poner botes", REASON):
        assert words in page
    Table.objects.filter(pk=following.pk).update(outcome="dialogue", reason="x", closed_at=NOW)
    with django_assert_max_num_queries(8):
        assert "Relatoría" in client.get(f"{following.get_absolute_url()}").content.decode()


def test_the_room_sees_it_until_it_writes(client: Client, worked: Table, liaison: User) -> None:
    following = second(worked, liaison)
    close(worked, liaison)
    Event.objects.filter(pk=following.event_id).update(starts_at=SOON, ends_at=SOON + timedelta(hours=5))
    client.force_login(again(liaison))
    conduct = reverse("cocreation:conduct", args=[following.exercise.slug, following.event.slug])
    screens = [reverse(f"cocreation:{name}", args=[following.room_code]) for name in ("room", "projector")]
    for seen in (None, 0):
        assert all("Basura en el río" in client.get(page).content.decode() for page in [conduct, *screens])
        next_stage(following, seen=seen, by=again(liaison), at=timezone.now())
    next_stage(following, seen=1, by=again(liaison), at=timezone.now())
    assert not any("Basura en el río" in client.get(page).content.decode() for page in [conduct, *screens])


def test_the_kit_takes_it_once_there_is_a_result(worked: Table, liaison: User) -> None:
    following = second(worked, liaison)
    assert "opening" not in kit_content(kit_of(following))
    close(worked, liaison)
    content = kit_content(kit_of(following))
    assert content["opening"]["first"] == [{"number": 1, "alternatives": ["Poner botes"]}]
    assert pdf(content, NOW.date()).startswith(b"%PDF")


def test_who_prepares_is_told_that_the_earlier_one_is_open(client: Client, first: Table, liaison: User) -> None:
    following = second(first, liaison)
    client.force_login(again(liaison))
    where = [following.exercise.slug, following.event.slug]
    pages = [reverse(f"cocreation:{name}", args=where) for name in ("run_table", "run_kit")]
    for page in pages:
        assert "La mesa previa todavía no se cierra" in client.get(page).content.decode()
    close(first, liaison)
    for page in pages:
        assert "todavía no se cierra" not in client.get(page).content.decode()


def test_the_form_proposes_the_closed_table_of_the_problem_once(client: Client, first: Table, liaison: User) -> None:
    close(first, liaison)
    client.force_login(again(liaison))
    new = reverse("cocreation:new_table", args=[first.exercise.slug])
    form = {"title": "Mesa 2", "kind": "commitment", "theme": first.theme_id, "mode": "in_person", "place": "Plaza"}
    form["starts_at"] = "2027-04-16T09:30"
    page = client.post(new, form).content.decode()
    assert "La elegimos" in page
    assert f'<option value="{first.pk}" selected>' in page
    assert f'name="proposed" value="{first.pk}"' in page
    assert client.post(new, form | {"proposed": first.pk}).status_code == 302
    assert client.post(new, form | {"proposed": first.pk, "follows": first.pk}).status_code == 302
    assert sorted(Table.objects.exclude(pk=first.pk).values_list("follows", flat=True), key=str) == [first.pk, None]


def test_a_table_that_follows_none_begins_with_nothing(exercise: Exercise, liaison: User) -> None:
    assert opening_of(convened(exercise, liaison)) is None


def test_who_came_is_invited_first_from_the_table_that_follows(
    client: Client, first: Table, liaison: User, stranger: User
) -> None:
    came = AttendeeDetails(sector="citizens", email="ana@example.mx")
    for told in (came, AttendeeDetails(sector="citizens")):
        admit_walk_in(first.event, told, by=again(liaison), at=THAT_DAY)
    soon = timezone.now() + timedelta(days=20)
    hours = {"starts_at": soon, "ends_at": soon + timedelta(hours=5), "capacity": 9}
    following = convened(first.exercise, liaison, theme=first.theme, follows=first, **hours)
    page = reverse("cocreation:invite_earlier", args=[following.exercise.slug, following.event.slug])
    run = reverse("cocreation:run_table", args=[following.exercise.slug, following.event.slug])
    client.force_login(again(liaison))
    assert page in client.get(run).content.decode()
    shown = client.get(page).content.decode()
    assert "llegaron 2 personas" in shown
    assert "Se puede escribir a 1." in shown
    assert "No dejaron correo" in shown
    until = timezone.localdate() + timedelta(days=4)
    assert client.post(page, {"until": f"{timezone.localdate() + timedelta(days=30)}"}).status_code == 409
    assert client.post(page, {"until": f"{until}"}).status_code == 302
    following.event.refresh_from_db()
    assert following.event.kept_until == midnight(until + timedelta(days=1))
    assert "Los lugares se apartan hasta" in client.get(run).content.decode()
    assert "los lugares se apartan" in client.get(following.get_absolute_url()).content.decode()
    with pytest.raises(Refused, match="no organiza mesas"):
        invite_earlier(following, until, by=again(stranger), at=NOW)
    with pytest.raises(Refused, match="no continúa"):
        invite_earlier(first, until, by=again(liaison), at=NOW)
