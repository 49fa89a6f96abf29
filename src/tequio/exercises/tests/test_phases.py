"""Phases by the method in force: what blocks them, their dates, their end, another method, and who answers."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests.cast import NOW, Land, again, begun

from tequio.accounts.enums import JurisdictionKind, OrganizationKind
from tequio.accounts.models import Organization, Post
from tequio.accounts.workflows import grant_role
from tequio.exercises.enums import MethodKind, PhaseState
from tequio.exercises.models import Exercise, GuarantorTerm, Method, MethodPhase, Waiver
from tequio.exercises.queries import DECLARATION, method_in_force, needs_of
from tequio.exercises.workflows import (
    EXERCISE,
    PHASE,
    adopt_method,
    archive_exercise,
    finish_phase,
    hand_over,
    open_exercise,
    plan_phase,
    waive_requisite,
)
from tequio.kernel.clock import day_of
from tequio.kernel.models import LedgerEntry
from tequio.kernel.refusal import Refused
from tequio.kernel.requisites import Requisite, declare

if TYPE_CHECKING:
    from tequio.accounts.models import User
    from tequio.exercises.models import Phase

TODAY = day_of(NOW)
KITE = Requisite(
    "cometa-en-el-aire", "La cometa vuela", "Guía de prueba", lambda _exercise, _day: "Falta echar a volar la cometa."
)
declare(KITE)


def method(land: Land, key: str, *asked: list[str], **other: object) -> Method:
    """Write a method of the land's municipalities, a phase for each list of requisites."""
    made = Method.objects.create(
        key=key,
        kind=MethodKind.GUIDE,
        name=f"Guía {key}",
        state=land.state,
        applies_to=JurisdictionKind.MUNICIPALITY,
        **other,
    )
    for order, requisites in enumerate(asked, 1):
        MethodPhase.objects.create(method=made, order=order, name=f"Paso {order}", requisites=requisites)
    return made


@pytest.fixture
def guide(land: Land) -> Method:
    """A guide of three steps: the declaration, something that is never there, nothing."""
    return method(land, "guia", [DECLARATION], [KITE.key, "que-nadie-decide"], [])


@pytest.fixture
def guided(guide: Method, guarantor_staff: User, land: Land) -> Exercise:
    """The exercise of the town, started, by that guide."""
    return begun(land.town, "Ejercicio guiado", guarantor_staff)


def states(exercise: Exercise) -> list[str]:
    """Return the state of each phase in order."""
    return [phase.state for phase in exercise.phases.standing()]


def phase(exercise: Exercise, order: int) -> Phase:
    """Return a phase as the next request reads it."""
    return exercise.phases.standing().get(order=order)


@pytest.mark.req("EX-12")
def test_phases_come_from_the_method_in_force(guided: Exercise, liaison: User) -> None:
    assert states(guided) == ["current", "pending", "pending"]
    finish_phase(phase(guided, 1), by=again(liaison), at=NOW)
    assert states(guided) == ["done", "current", "pending"]
    with pytest.raises(Refused, match="Falta echar a volar la cometa"):
        finish_phase(phase(guided, 2), by=again(liaison), at=NOW)
    assert [need.requisite.key for need in needs_of(phase(guided, 2), TODAY)] == [KITE.key]


def test_first_phase_is_under_way_before_the_signing_and_done_only_after_it(
    guide: Method, land: Land, liaison: User
) -> None:
    draft = open_exercise(land.town, name="Ejercicio", first_year=2031, last_year=2031, by=again(liaison), at=NOW)
    assert states(draft) == ["current", "pending", "pending"]
    with pytest.raises(Refused, match="no ha arrancado: falta firmar la declaración conjunta"):
        finish_phase(phase(draft, 1), by=again(liaison), at=NOW)


def test_waiver_is_the_staffs_and_its_reason_is_recorded(
    guided: Exercise, guarantor_staff: User, liaison: User
) -> None:
    finish_phase(phase(guided, 1), by=again(liaison), at=NOW)
    blocked = phase(guided, 2)
    with pytest.raises(Refused, match="Solo el personal"):
        waive_requisite(blocked, KITE.key, reason="No hay viento", by=again(liaison), at=NOW)
    staff = again(guarantor_staff)
    with pytest.raises(Refused, match="Escribe el motivo"):
        waive_requisite(blocked, KITE.key, reason=" ", by=staff, at=NOW)
    with pytest.raises(Refused, match="no se puede dispensar"):
        waive_requisite(blocked, "otra-cosa", reason="Porque sí", by=staff, at=NOW)
    waive_requisite(blocked, KITE.key, reason="No hay viento", by=staff, at=NOW)
    with pytest.raises(Refused, match="ya se dispensó"):
        waive_requisite(blocked, KITE.key, reason="No hay viento", by=staff, at=NOW)
    assert Waiver.objects.get().reason == "No hay viento"
    assert LedgerEntry.objects.get(kind="exercises.requisite_waived").payload["requisite"] == KITE.key
    finish_phase(blocked, by=again(liaison), at=NOW)
    assert states(guided) == ["done", "done", "current"]


def test_planned_dates_make_a_phase_late(guided: Exercise, liaison: User) -> None:
    yesterday = TODAY - timedelta(days=1)
    planned = plan_phase(phase(guided, 1), starts_on=yesterday, ends_on=yesterday, by=again(liaison), at=NOW)
    assert (planned.is_late_on(TODAY), planned.is_late_on(yesterday)) == (True, False)
    with pytest.raises(Refused, match="termina antes de empezar"):
        plan_phase(planned, starts_on=TODAY, ends_on=yesterday, by=again(liaison), at=NOW)
    finish_phase(planned, by=again(liaison), at=NOW)
    with pytest.raises(Refused, match="ya pasó"):
        plan_phase(planned, starts_on=TODAY, ends_on=TODAY, by=again(liaison), at=NOW)


@pytest.mark.req("EX-13")
def test_another_method_replaces_the_phases_and_keeps_the_old_ones(
    guided: Exercise, guarantor_staff: User, liaison: User, land: Land
) -> None:
    later = method(land, "guia-nueva", [], [], valid_from=TODAY)
    assert method_in_force(land.town, TODAY) == later
    staff = again(guarantor_staff)
    with pytest.raises(Refused, match="no puede cambiar el método"):
        adopt_method(guided, later, agreement="Acuerdo 1", current=2, by=again(liaison), at=NOW)
    with pytest.raises(Refused, match="qué acuerdo"):
        adopt_method(guided, later, agreement="", current=2, by=staff, at=NOW)
    with pytest.raises(Refused, match="no tiene una fase 7"):
        adopt_method(guided, later, agreement="Acuerdo 1", current=7, by=staff, at=NOW)
    adopt_method(guided, later, agreement="Acuerdo 1", current=2, by=staff, at=NOW)
    adopt_method(guided, later, agreement="Acuerdo 1", current=2, by=staff, at=NOW)
    assert states(guided) == ["done", "current"]
    assert guided.phases.filter(replaced_on=TODAY).count() == 3
    assert LedgerEntry.objects.get(kind="exercises.method_adopted").payload["agreement"] == "Acuerdo 1"


def test_method_of_another_order_or_past_is_not_adopted(
    guided: Exercise, guarantor_staff: User, land: Land, far_land: Land
) -> None:
    ended = method(land, "vieja", [], valid_to=TODAY)
    of_the_state = method(land, "ruta", [])
    Method.objects.filter(pk=of_the_state.pk).update(applies_to=JurisdictionKind.STATE)
    elsewhere = method(far_land, "lejana", [])
    for wrong in (ended, of_the_state, elsewhere):
        with pytest.raises(Refused, match="no rige hoy"):
            adopt_method(guided, wrong, agreement="Acuerdo", current=1, by=again(guarantor_staff), at=NOW)


@pytest.mark.req("EX-01")
def test_guarantor_changes_on_a_day_and_so_does_who_may_act(
    guided: Exercise, guarantor_staff: User, operator: User, land: Land, stranger: User
) -> None:
    successor = Organization.objects.create(
        key="sucesor", kind=OrganizationKind.GUARANTOR, name="El que sucede", jurisdiction=land.state
    )
    grant_role(stranger, Post("guarantor_staff", successor), by=again(operator), at=NOW)
    staff, heir = again(guarantor_staff), again(stranger)
    assert not heir.has_perm("exercises.run_exercise", guided)
    with pytest.raises(Refused, match="Tu cuenta no puede entregar"):
        hand_over(guided, successor, on=TODAY, by=heir, at=NOW)
    with pytest.raises(Refused, match="Ese día ya pasó"):
        hand_over(guided, successor, on=TODAY - timedelta(days=1), by=staff, at=NOW)
    with pytest.raises(Refused, match="no es un órgano garante de este estado"):
        hand_over(guided, land.group, on=TODAY, by=staff, at=NOW)
    hand_over(guided, successor, on=TODAY, by=staff, at=NOW)
    terms = GuarantorTerm.objects.filter(exercise=guided).values_list("organization__key", "starts_on", "ends_on")
    assert list(terms) == [(land.guarantor.key, None, TODAY), ("sucesor", TODAY, None)]
    reread = Exercise.objects.get(pk=guided.pk)
    assert again(stranger).has_perm("exercises.run_exercise", reread)
    assert not again(guarantor_staff).has_perm("exercises.run_exercise", reread)


def test_exercise_closes_when_its_phases_are_done_and_archived_nobody_writes(
    guided: Exercise, guarantor_staff: User, liaison: User
) -> None:
    staff = again(guarantor_staff)
    with pytest.raises(Refused, match="«Paso 1», «Paso 2», «Paso 3»"):
        EXERCISE.run(guided, "close", by=staff, at=NOW)
    waive_requisite(phase(guided, 2), KITE.key, reason="No hay viento", by=staff, at=NOW)
    for order in (1, 2, 3):
        finish_phase(phase(guided, order), by=staff, at=NOW)
    with pytest.raises(Refused, match="ya concluyó"):
        archive_exercise(guided, by=staff, at=NOW)
    EXERCISE.run(guided, "close", by=staff, at=NOW)
    archived = archive_exercise(guided, by=staff, at=NOW)
    assert archived.archived_on == TODAY
    assert not any(again(person).has_perm("exercises.run_exercise", archived) for person in (staff, liaison))
    assert archived in Exercise.objects.visible_to(None)


def test_no_phase_is_finished_out_of_turn(guided: Exercise, liaison: User) -> None:
    with pytest.raises(Refused, match="el estado cambió"):
        finish_phase(phase(guided, 3), by=again(liaison), at=NOW)
    offer = PHASE.offers(phase(guided, 3), again(liaison), at=NOW)[0]
    assert offer.blocks == ["Está en curso la fase «Paso 1»: primero dala por hecha."]
    assert states(guided)[2] == PhaseState.PENDING
