"""The map of competent institutions: what is done so that they come, and what it warns of before a table (CO-13)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import AnonymousUser
from tests.cast import NOW, again

from tequio.cocreation.enums import ApproachKind, ApproachOutcome
from tequio.cocreation.queries.institutions import map_of, warnings_of
from tequio.cocreation.tests.gatherings import announced_table, convened
from tequio.cocreation.workflows import (
    ApproachDetails,
    InstitutionDetails,
    change_institution,
    map_institution,
    record_approach,
    unmap_institution,
)
from tequio.exercises.models import Event
from tequio.exercises.tests.happenings import START
from tequio.exercises.workflows import cancel_event, publish_event
from tequio.kernel.clock import day_of
from tequio.kernel.duties import owed_by
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from tests.cast import Land

    from tequio.accounts.models import User
    from tequio.cocreation.models import Table, TableInstitution
    from tequio.exercises.models import Exercise

pytestmark = [pytest.mark.django_db, pytest.mark.req("CO-13")]
NONE_SAID = ["Todavía no se dice qué instituciones son competentes en lo que la mesa va a tratar."]


@pytest.fixture
def table(exercise: Exercise, liaison: User) -> Table:
    return convened(exercise, liaison)


def mapped(table: Table, by: User, **other: Any) -> TableInstitution:
    plain = {"name": "Dirección de Limpia", "post": "Dirección", "faculty": "Fija las rutas"}
    return map_institution(table, InstitutionDetails(**{**plain, **other}), by=again(by), at=NOW)


def approached(institution: TableInstitution, by: User, outcome: str, **other: Any) -> None:
    plain = {"held_on": day_of(NOW), "kind": ApproachKind.FORMAL, "account": "Oficio 12.", "outcome": outcome}
    record_approach(institution, ApproachDetails(**{**plain, **other}), by=again(by), at=NOW)


def owed(person: User) -> list[str]:
    return [duty.why for duty in owed_by(again(person), NOW).duties if duty.key.startswith("cocreation.approach")]


def test_a_competent_one_that_nobody_approached_is_warned_of_until_it_says_that_it_comes(
    table: Table, liaison: User
) -> None:
    assert warnings_of(map_of(table)) == NONE_SAID
    one = mapped(table, liaison)
    mapped(table, liaison, name="Cronista", is_competent=False, faculty="")
    assert warnings_of(map_of(table)) == ["Dirección de Limpia es competente y nadie se le ha acercado."]
    approached(one, liaison, ApproachOutcome.NO_ANSWER, kind=ApproachKind.INFORMAL)
    assert warnings_of(map_of(table)) == ["Dirección de Limpia es competente y todavía no responde."]
    approached(one, liaison, ApproachOutcome.WILL_NOT)
    assert warnings_of(map_of(table)) == ["Dirección de Limpia es competente y dijo que no asistirá."]
    assert owed(liaison) == warnings_of(map_of(table))
    approached(one, liaison, ApproachOutcome.WILL_ATTEND)
    assert warnings_of(map_of(table)) == []
    assert owed(liaison) == []
    assert [(each.institution.name, len(each.approaches), each.standing) for each in map_of(table)] == [
        ("Dirección de Limpia", 3, "Asistirá"),
        ("Cronista", 0, "Nadie se ha acercado"),
    ]


def test_the_last_answer_is_the_one_of_the_last_day(table: Table, liaison: User) -> None:
    one = mapped(table, liaison)
    approached(one, liaison, ApproachOutcome.WILL_ATTEND)
    approached(one, liaison, ApproachOutcome.WILL_NOT, held_on=day_of(NOW) - timedelta(days=3))
    assert warnings_of(map_of(table)) == []


def test_a_warning_keeps_nobody_from_announcing(table: Table, liaison: User) -> None:
    mapped(table, liaison)
    publish_event(table.event, by=again(liaison), at=NOW)
    assert owed(liaison) == ["Dirección de Limpia es competente y nadie se le ha acercado."]


def test_only_who_organises_is_asked(exercise: Exercise, cast: dict[str, User]) -> None:
    convened(exercise, cast["liaison"])
    assert owed(cast["liaison"]) == NONE_SAID
    for part in ("superuser", "operator", "far_staff", "other_liaison", "representative", "stranger"):
        assert owed(cast[part]) == []


def test_one_of_the_directory_has_its_official_name(table: Table, liaison: User, land: Land) -> None:
    one = mapped(table, liaison, organization=land.guarantor, name="Otro")
    assert one.name == land.guarantor.name
    with pytest.raises(Refused, match="ya está en el mapa"):
        mapped(table, liaison, name=f" {land.guarantor.name} ")


@pytest.mark.parametrize(
    ("told", "why"), [({"name": " "}, "Elige una institución"), ({"faculty": ""}, "Di qué puede decidir")]
)
def test_an_institution_says_what_it_is(table: Table, liaison: User, told: dict[str, Any], why: str) -> None:
    with pytest.raises(Refused, match=why):
        mapped(table, liaison, **told)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"account": " "}, "Escribe en un renglón"),
        ({"account": "x" * 301}, "a lo más 300 letras"),
        ({"held_on": day_of(NOW) + timedelta(days=1)}, "todavía no llega"),
        ({"kind": "otro"}, "Elige cómo fue"),
        ({"outcome": "otro"}, "Elige cómo fue"),
    ],
)
def test_an_approach_says_what_was_done(table: Table, liaison: User, told: dict[str, Any], why: str) -> None:
    one = mapped(table, liaison)
    with pytest.raises(Refused, match=why):
        approached(one, liaison, told.pop("outcome", ApproachOutcome.NO_ANSWER), **told)


def test_one_that_was_approached_stays(table: Table, liaison: User) -> None:
    one, two = mapped(table, liaison), mapped(table, liaison, name="Obras")
    approached(one, liaison, ApproachOutcome.WILL_NOT)
    with pytest.raises(Refused, match="ya se le buscó"):
        unmap_institution(one, by=again(liaison), at=NOW)
    unmap_institution(two, by=again(liaison), at=NOW)
    no_more = InstitutionDetails(name="Limpia", is_competent=False)
    change_institution(one, no_more, by=again(liaison), at=NOW)
    assert warnings_of(map_of(table)) == NONE_SAID
    assert [each.institution.name for each in map_of(table)] == ["Limpia"]


def test_the_map_ends_when_its_table_begins(exercise: Exercise, liaison: User) -> None:
    table = announced_table(exercise, liaison)
    with pytest.raises(Refused, match="su mapa no se cambia"):
        map_institution(table, InstitutionDetails(name="Limpia", faculty="Rutas"), by=again(liaison), at=START)
    cancel_event(Event.objects.get(pk=table.event.pk), "Llueve.", by=again(liaison), at=NOW)
    with pytest.raises(Refused, match="su mapa no se cambia"):
        mapped(table, liaison)
    assert owed(liaison) == []


def test_only_who_runs_the_exercise_writes_its_maps(table: Table, cast: dict[str, User]) -> None:
    one = mapped(table, cast["liaison"])
    details, day = InstitutionDetails(name="Obras", faculty="Calles"), day_of(NOW)
    told = ApproachDetails(held_on=day, kind=ApproachKind.FORMAL, account="Fui.", outcome=ApproachOutcome.WILL_NOT)
    for by in (AnonymousUser(), *(cast[part] for part in ("stranger", "representative", "other_liaison", "operator"))):
        for act in (
            lambda by: map_institution(table, details, by=by, at=NOW),
            lambda by: change_institution(one, details, by=by, at=NOW),
            lambda by: record_approach(one, told, by=by, at=NOW),
            lambda by: unmap_institution(one, by=by, at=NOW),
        ):
            with pytest.raises(Refused, match="no organiza mesas"):
                act(by)
