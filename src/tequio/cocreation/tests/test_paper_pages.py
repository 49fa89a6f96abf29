"""The pages of the paper bridge, used without JavaScript."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from tequio.cocreation.forms.paper import ROWS
from tequio.cocreation.models import SmallTable, Table
from tequio.cocreation.tests.gatherings import QUESTIONS, announced_table, begun_table
from tequio.cocreation.workflows import add_entry

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static_files"), pytest.mark.req("CO-05", "CO-06")]
SOON = (timezone.now() + timedelta(hours=1)).replace(second=0, microsecond=0)
FORM = {"alternativa-TOTAL_FORMS": str(ROWS), "alternativa-INITIAL_FORMS": "0"}


@pytest.fixture
def today(exercise: Exercise, liaison: User) -> Table:
    """A table that began, with two small tables."""
    return begun_table(exercise, liaison, starts_at=SOON, ends_at=SOON + timedelta(hours=5))


def page(table: Table, name: str, *more: int) -> str:
    """Return the address of a page of the bridge."""
    return reverse(f"cocreation:{name}", args=[table.exercise.slug, table.event.slug, *more])


def seal_in(text: str) -> str:
    """Return the seal that a page would send back."""
    found = re.search(r'name="seal" value="([0-9a-f]+)"', text)
    return found[1] if found else ""


def test_sheets_are_printed_for_each_small_table_and_one_without_number(
    client: Client, today: Table, liaison: User
) -> None:
    client.force_login(liaison)
    shown = client.get(page(today, "papers")).content.decode()
    assert shown.count('class="paper"') == 3
    assert all(question in shown for question in QUESTIONS)
    assert "Hoja de la mesa 2" in shown


def test_before_there_are_small_tables_one_sheet_is_printed(client: Client, exercise: Exercise, liaison: User) -> None:
    table = announced_table(exercise, liaison)
    client.force_login(liaison)
    shown = client.get(page(table, "papers")).content.decode()
    assert shown.count('class="paper"') == 1
    assert "Las hojas se capturan desde que empieza" in shown


def test_a_paper_is_typed_read_and_accepted(client: Client, today: Table, liaison: User) -> None:
    client.force_login(liaison)
    address = page(today, "type_paper", 1)
    assert client.get(address).status_code == 200
    sent = FORM | {"question_0": "Separar\nJuntar\n\n", "alternativa-0-text": "Plantar", "alternativa-0-place": "1"}
    empty = client.post(address, FORM | {"move": "read"})
    assert "Escribe lo que dice el papel" in empty.content.decode()
    shown = client.post(address, sent | {"move": "read"}).content.decode()
    assert "Lee lo que se agregará" in shown
    assert SmallTable.objects.get(table=today, number=1).sheet == {}
    add_entry(today.small_tables.get(number=1), "answer", "Separar", at=timezone.now())
    late = client.post(address, sent | {"move": "accept", "seal": seal_in(shown)})
    assert late.status_code == 409
    assert "cambió mientras tanto" in late.content.decode()
    assert "1 renglón ya estaba en la hoja y no se repite" in late.content.decode()
    done = client.post(address, sent | {"move": "accept", "seal": seal_in(late.content.decode())})
    assert done["Location"] == page(today, "papers")
    assert "Se agregaron 3 renglones" in client.get(done["Location"]).content.decode()
    kept = SmallTable.objects.get(table=today, number=1).sheet
    assert [one["t"] for one in kept["answers"]["0"]] == ["Juntar", "Separar"]
    assert client.get(page(today, "type_paper", 7)).status_code == 404


def test_a_row_without_its_alternative_is_told(client: Client, today: Table, liaison: User) -> None:
    client.force_login(liaison)
    wrong = client.post(page(today, "type_paper", 1), FORM | {"alternativa-2-causes": "3", "move": "read"})
    assert "Escribe la alternativa a la que corresponden" in wrong.content.decode()


def test_a_table_of_papers_is_sent_read_and_accepted(client: Client, today: Table, liaison: User) -> None:
    client.force_login(liaison)
    address = page(today, "paper_list")
    assert client.get(address).status_code == 200
    text = "mesa,pregunta,texto\n1,1,=2+2\n2,alternativa,Plantar\n"
    file = SimpleUploadedFile("hojas.csv", text.encode())
    shown = client.post(address, {"move": "read", "file": file}).content.decode()
    assert "Plantar" in shown
    pasted = text.replace("=2+2", "'=2+2")
    assert client.post(address, {"move": "accept", "seal": seal_in(shown), "text": pasted}).status_code == 302
    assert SmallTable.objects.get(table=today, number=1).sheet["answers"]["0"][0]["t"] == "=2+2"
    both = text.replace("1,1", "9,1").replace("2,alternativa", "dos,alternativa")
    wrong = client.post(address, {"move": "read", "text": both})
    assert wrong.status_code == 409
    assert "Línea 2: no hay mesa 9" in wrong.content.decode()
    assert "Línea 3: la mesa es un número" in wrong.content.decode()
    assert "Lee lo que se agregará" not in wrong.content.decode()
    assert client.post(address, {"move": "read", "text": "nada"}).status_code == 409
    hostile = client.post(address, {"move": "read", "file": SimpleUploadedFile("a.csv", b"PK\x03\x04nada")})
    assert "no se puede leer" in hostile.content.decode()
    template = client.get(page(today, "paper_template"))
    assert template["Content-Type"] == "text/csv; charset=utf-8"


def test_a_paper_of_a_closed_table_is_refused_in_words(client: Client, exercise: Exercise, liaison: User) -> None:
    table = announced_table(exercise, liaison)
    SmallTable.objects.create(table=table, number=1, key="uno")
    client.force_login(liaison)
    late = client.post(page(table, "type_paper", 1), FORM | {"question_0": "Tarde", "move": "read"})
    assert late.status_code == 409
    assert "ya no se puede agregar" in late.content.decode()


def test_a_stranger_opens_no_page_of_it(client: Client, today: Table, stranger: User, other_liaison: User) -> None:
    for person in (stranger, other_liaison):
        client.force_login(person)
        for name, more in (("papers", ()), ("type_paper", (1,)), ("paper_list", ()), ("paper_template", ())):
            assert client.get(page(today, name, *more)).status_code in {403, 404}, name


def test_its_pages_ask_eight_questions_at_most(
    client: Client, today: Table, liaison: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(liaison)
    for name, more in (("papers", ()), ("type_paper", (1,)), ("paper_list", ())):
        with django_assert_max_num_queries(8):
            client.get(page(today, name, *more))
