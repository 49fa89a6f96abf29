"""The pages of themes: what anybody reads, and where they are proposed and approved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.cast import again

from tequio.accounts.enums import Sector
from tequio.cocreation.enums import ThemeStatus
from tequio.cocreation.models import Theme
from tequio.cocreation.tests.diagnosis import ALIGNED, agreed, approved, inside, proposed, targets
from tequio.cocreation.tests.gatherings import announced_table, theme_of
from tequio.governance.tests.bodies import secretariat
from tequio.kernel.editionstamp import drop_all

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static_files"), pytest.mark.req("DX-01")]


@pytest.fixture
def work(exercise: Exercise) -> str:
    """Where the themes of the exercise are prepared."""
    return f"/ejercicios/{exercise.slug}/trabajo/tematicas/"


def test_from_a_proposal_to_the_public_page(exercise: Exercise, liaison: User, client: Client, work: str) -> None:
    targets()
    staff = inside(liaison)
    _, agreement = agreed(exercise, liaison)
    asked = {"title": "Agua-zq", "justification": "Falta.", "targets": "16.6", **ALIGNED}
    assert staff.get(f"{work}nueva/").status_code == 200
    refused = staff.post(f"{work}nueva/", {**asked, "targets": "77.7"})
    assert "No conocemos la meta" in refused.text
    assert staff.post(f"{work}nueva/", asked).status_code == 302
    public = f"/ejercicios/{exercise.slug}/tematicas/"
    assert "Agua-zq" not in client.get(public).text
    assert "Todavía no se aprueba" in client.get(public).text
    assert "Agua-zq" not in client.get(exercise.get_absolute_url()).text
    assert "16.6" in staff.get(f"{work}agua-zq/").text
    changed = staff.post(f"{work}agua-zq/", {**asked, "table_place": "Casa de cultura"})
    assert changed.status_code == 302
    assert str(agreement) in staff.get(f"{work}agua-zq/aprobar/").text
    assert "Elige el acuerdo" in staff.post(f"{work}agua-zq/aprobar/", {}).text
    assert staff.post(f"{work}agua-zq/aprobar/", {"agreement": agreement.code}).status_code == 302
    drop_all(at=agreement.adopted_at)
    answer = client.get(public)
    for words in ("Agua-zq", "Casa de cultura", "16.6 Instituciones eficaces", "Pilar territorial", str(agreement)):
        assert words in answer.text
    assert not answer.cookies
    assert "Agua-zq" in client.get(exercise.get_absolute_url()).text
    for page in ("", "aprobar/", "retirar/"):  # done by another meanwhile: back to the list
        assert staff.get(f"{work}agua-zq/{page}").status_code == 302


def test_the_secretariat_prepares_and_does_not_approve(exercise: Exercise, liaison: User, work: str) -> None:
    body = secretariat(exercise, liaison)
    proposed(exercise, liaison)
    seat = inside(body.holder(Sector.CIVIL_SOCIETY.value))
    page = seat.get(work)
    assert "Movilidad" in page.text
    assert "aprobar/" not in page.text
    assert seat.get(f"{work}movilidad/aprobar/").status_code == 403
    assert seat.post(f"{work}movilidad/retirar/", {"reason": "Es de otra"}).status_code == 302
    assert Theme.objects.get().status == ThemeStatus.WITHDRAWN


def test_strangers_see_nothing_of_the_work(
    exercise: Exercise, liaison: User, cast: dict[str, User], work: str, client: Client
) -> None:
    proposed(exercise, liaison)
    assert client.get(work).status_code == 302
    for part, answer in {"stranger": 403, "representative": 403, "other_liaison": 404, "far_staff": 404}.items():
        assert inside(cast[part]).get(work).status_code == answer


def test_without_agreements_it_says_where_they_are_made(exercise: Exercise, liaison: User, work: str) -> None:
    assert "Todavía no se propone" in inside(liaison).get(work).text
    proposed(exercise, liaison)
    assert "todavía no tiene acuerdos" in inside(liaison).get(f"{work}movilidad/aprobar/").text


def test_it_tells_trees_and_tables_in_few_queries(
    exercise: Exercise, liaison: User, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    targets()
    table = announced_table(exercise, liaison, theme=approved(exercise, liaison, targets="11.2"))
    for name in ("Dos", "Tres"):
        theme_of(exercise, name)
    with django_assert_max_num_queries(8):
        page = client.get(f"/ejercicios/{exercise.slug}/tematicas/")
    assert table.event.get_absolute_url() in page.text
    assert "11.2 Transporte seguro" in page.text
    assert again(liaison).username not in page.text
