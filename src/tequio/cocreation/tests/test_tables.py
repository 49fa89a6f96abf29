"""Convening, conducting and closing a table, and those who can do none of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction
from tests.cast import NOW, again

from tequio.cocreation.enums import DraftStage, TableKind, TableOutcome
from tequio.cocreation.models import ClosedText, Table
from tequio.cocreation.queries.tables import clock_of, state_of
from tequio.cocreation.tests.gatherings import (
    STAGES,
    THAT_DAY,
    TOTAL,
    announced_table,
    begun_table,
    convened,
    template_of,
    theme_of,
)
from tequio.cocreation.workflows import (
    DraftText,
    StagePlan,
    add_minutes,
    close_table,
    close_text,
    next_stage,
    publish_table_report,
    write_draft,
    write_stages,
)
from tequio.exercises.enums import EventKind, EventState
from tequio.exercises.tests.happenings import START
from tequio.kernel.canonical import digest
from tequio.kernel.models import LedgerEntry
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from tequio.accounts.models import User
    from tequio.exercises.models import Exercise

pytestmark = [pytest.mark.django_db, pytest.mark.req("CO-01", "CO-04")]
ABROAD = ("superuser", "operator", "far_staff", "other_liaison", "representative", "stranger")
WHOLE = DraftText(title="Datos de rutas", text="Publicaremos las rutas como datos abiertos.")
FINAL = DraftText(
    title="Datos de rutas",
    text="Publicaremos las rutas y sus horarios como datos abiertos.",
    long_term_objective="Que se decida con datos.",
    definitive_commitment="Todas las rutas publicadas.",
)


def test_a_table_is_convened_with_the_stages_of_its_method(exercise: Exercise, liaison: User) -> None:
    table = convened(exercise, liaison)
    assert [(stage.order, stage.name, stage.minutes) for stage in table.stages.all()] == [
        (n, name, minutes) for n, (name, minutes, _) in enumerate(STAGES)
    ]
    assert table.event.kind == EventKind.TABLE
    assert table.event.ends_at == START + timedelta(minutes=TOTAL)
    assert (table.smallest, table.largest, table.horseshoe) == (5, 10, 25)
    assert len(table.room_code) == 8
    assert not Table.objects.visible_to(None).exists()


def test_who_is_nobody_in_the_exercise_convenes_nothing(
    exercise: Exercise, liaison: User, cast: dict[str, User]
) -> None:
    table = convened(exercise, liaison)
    for part in ABROAD:
        with pytest.raises(Refused):
            write_stages(table, [StagePlan(name="Otra", minutes=10)], by=cast[part], at=NOW)
        with pytest.raises(Refused):
            next_stage(table, seen=None, by=cast[part], at=THAT_DAY)
        with pytest.raises(Refused):
            write_draft(table, WHOLE, seen=0, by=cast[part], at=THAT_DAY)
        with pytest.raises(Refused):
            close_table(table, TableOutcome.DIALOGUE, reason="x", by=cast[part], at=THAT_DAY)


def test_a_theme_a_template_or_a_previous_table_of_elsewhere_is_refused(
    exercise: Exercise, other_exercise: Exercise, liaison: User
) -> None:
    elsewhere = theme_of(other_exercise)
    with pytest.raises(Refused, match="temática de este ejercicio"):
        convened(exercise, liaison, theme=elsewhere)
    first = convened(exercise, liaison, kind=TableKind.PROBLEM, template=None)
    with pytest.raises(Refused, match="misma temática"):
        convened(exercise, liaison, theme=theme_of(exercise, "Agua"), follows=first, template=None)
    with pytest.raises(Refused, match="Solo una mesa de compromiso"):
        convened(exercise, liaison, theme=first.theme, follows=first, kind=TableKind.PROBLEM, template=None)
    with pytest.raises(Refused, match="otro tipo de mesa"):
        convened(exercise, liaison, theme=first.theme, kind=TableKind.PROBLEM, template=template_of(exercise))
    assert convened(exercise, liaison, theme=first.theme, follows=first, template=None).follows == first


def test_its_stages_are_edited_and_the_event_ends_with_them(exercise: Exercise, liaison: User) -> None:
    table = convened(exercise, liaison)
    wanted = [StagePlan(name="Bienvenida", minutes=15), StagePlan(name="  Trabajo   en mesas ", minutes=90)]
    assert write_stages(table, wanted, by=again(liaison), at=NOW) == 105
    table = Table.objects.get(pk=table.pk)
    assert [stage.name for stage in table.stages.all()] == ["Bienvenida", "Trabajo en mesas"]
    assert table.event.ends_at == START + timedelta(minutes=105)
    for wrong in (
        [],
        [StagePlan(name="", minutes=5)],
        [StagePlan(name="A", minutes=0)],
        [StagePlan(name="A", minutes=481)],
        [StagePlan(name="A", minutes=5, captures="todo")],
        [StagePlan(name="A", minutes=5)] * 31,
    ):
        with pytest.raises(Refused):
            write_stages(table, wrong, by=again(liaison), at=NOW)
    assert table.stages.count() == 2


def test_the_clock_moves_what_follows_and_never_goes_back(exercise: Exercise, liaison: User) -> None:
    table = begun_table(exercise, liaison)
    clock = clock_of(table)
    assert clock.now is not None
    assert clock.now.stage.name == "Registro"
    assert clock.now.ends_at == THAT_DAY + timedelta(minutes=30)
    assert clock.ends_at == THAT_DAY + timedelta(minutes=TOTAL)
    add_minutes(table, seen=0, minutes=5, by=again(liaison), at=THAT_DAY)
    assert clock_of(Table.objects.get(pk=table.pk)).ends_at == THAT_DAY + timedelta(minutes=TOTAL + 5)
    with pytest.raises(Refused, match="Otra pantalla"):
        next_stage(table, seen=None, by=again(liaison), at=THAT_DAY)
    late = THAT_DAY + timedelta(minutes=50)
    following = next_stage(table, seen=0, by=again(liaison), at=late)
    assert following is not None
    assert following.name == "Bienvenida"
    with pytest.raises(Refused, match="ya no corre"):
        add_minutes(table, seen=0, minutes=5, by=again(liaison), at=late)
    clock = clock_of(Table.objects.get(pk=table.pk))
    assert clock.ends_at == late + timedelta(minutes=TOTAL - 30)
    with pytest.raises(Refused, match="no se cambian"):
        write_stages(table, [StagePlan(name="A", minutes=5)], by=again(liaison), at=late)


def test_a_room_shows_no_name_and_its_last_stage_ends_the_day(exercise: Exercise, liaison: User) -> None:
    table = begun_table(exercise, liaison)
    for seen in range(len(STAGES)):
        assert state_of(Table.objects.get(pk=table.pk))["stage"] == seen
        next_stage(table, seen=seen, by=again(liaison), at=START)
    told = state_of(Table.objects.get(pk=table.pk))
    assert told["is_over"]
    assert told["stage"] is None
    assert set(told) == {
        "stage", "name", "ends_at", "delivers", "next", "all_ends_at", "is_over", "revision", "draft",
    }  # fmt: skip
    with pytest.raises(Refused, match="Todas las etapas"):
        next_stage(table, seen=None, by=again(liaison), at=START)


def test_a_table_is_not_conducted_before_its_day_nor_unannounced(exercise: Exercise, liaison: User) -> None:
    draft = convened(exercise, liaison)
    with pytest.raises(Refused, match="no está anunciada"):
        next_stage(draft, seen=None, by=again(liaison), at=THAT_DAY)
    table = announced_table(exercise, liaison, theme=draft.theme, template=None)
    with pytest.raises(Refused, match="12 horas"):
        next_stage(table, seen=None, by=again(liaison), at=START - timedelta(hours=13))
    with pytest.raises(Refused, match="no tiene etapas"):
        next_stage(table, seen=None, by=again(liaison), at=THAT_DAY)


@pytest.mark.req("CO-07", "CO-11")
def test_two_screens_do_not_erase_each_other_and_closed_texts_are_bound(exercise: Exercise, liaison: User) -> None:
    table = begun_table(exercise, liaison)
    assert write_draft(table, WHOLE, seen=0, by=again(liaison), at=START) == 1
    with pytest.raises(Refused, match="Otra pantalla guardó"):
        write_draft(table, FINAL, seen=0, by=again(liaison), at=START)
    with pytest.raises(Refused, match="preliminar"):
        close_text(table, DraftStage.DEFINITIVE, seen=1, by=again(liaison), at=START)
    closed = close_text(table, DraftStage.PRELIMINARY, seen=1, by=again(liaison), at=START)
    assert closed.sha256 == digest(closed.content)
    assert LedgerEntry.objects.filter(kind="cocreation.text_closed", payload__sha256=closed.sha256).exists()
    with pytest.raises(Refused, match="objetivo de largo plazo"):
        close_text(table, DraftStage.DEFINITIVE, seen=1, by=again(liaison), at=START)
    write_draft(table, FINAL, seen=1, by=again(liaison), at=START)
    close_text(table, DraftStage.DEFINITIVE, seen=2, by=again(liaison), at=START)
    with pytest.raises(Refused, match="ya está cerrado"):
        write_draft(table, WHOLE, seen=2, by=again(liaison), at=START)
    with pytest.raises(IntegrityError, match="written once"), transaction.atomic():
        ClosedText.objects.filter(pk=closed.pk).update(text="otra cosa")


@pytest.mark.req("CO-10")
def test_a_table_without_a_commitment_says_why(exercise: Exercise, liaison: User) -> None:
    table = begun_table(exercise, liaison)
    with pytest.raises(Refused, match="por qué"):
        close_table(table, TableOutcome.DIALOGUE, by=again(liaison), at=START)
    with pytest.raises(Refused, match="texto preliminar"):
        close_table(table, TableOutcome.COMMITMENT, by=again(liaison), at=START)
    with pytest.raises(Refused, match="Cierra la mesa"):
        publish_table_report(table, by=again(liaison), at=START)
    closed = close_table(
        table, TableOutcome.DIALOGUE, reason="No vinieron.", lessons="Llamar antes.", by=again(liaison), at=START
    )
    assert closed.event.state == EventState.HELD
    assert not closed.stages.filter(started_at__isnull=False, ended_at__isnull=True).exists()
    publish_table_report(closed, by=again(liaison), at=START)
    closed = Table.objects.get(pk=table.pk)
    assert "No vinieron." in closed.event.account
    assert "Llamar antes." in closed.event.account
    with pytest.raises(Refused, match="ya se cerró"):
        next_stage(closed, seen=None, by=again(liaison), at=START)
