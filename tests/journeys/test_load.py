"""Every page of exercises and secretariats asks the same of the database however much there is, and weighs little."""

from __future__ import annotations

import gzip
import shutil
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tequio.accounts.enums import RoleKind, Sector
from tequio.accounts.models import Jurisdiction, Organization, Post
from tequio.accounts.tests.told import reachable
from tequio.accounts.workflows import grant_role
from tequio.cocreation.enums import ApproachKind, ApproachOutcome, EntryKind, TableOutcome
from tequio.cocreation.tests.gatherings import THAT_DAY, announced_table, begun_table, theme_of
from tequio.cocreation.tests.kits import CONTEXT, CRITERIA, plant, with_paper
from tequio.cocreation.tests.kits import published as published_kit
from tequio.cocreation.workflows import (
    ApproachDetails,
    InstitutionDetails,
    KitTexts,
    add_entry,
    close_table,
    link_causes,
    map_institution,
    record_approach,
    seat_late,
    write_kit,
)
from tequio.cocreation.workflows.capturing import causes_of
from tequio.exercises.enums import AttendeeState, ContactKind
from tequio.exercises.models import Attendee
from tequio.exercises.tests.answering import applied, published
from tequio.exercises.tests.happenings import START, announced
from tequio.exercises.workflows import AttendeeDetails, Told, admit_walk_in, log_contact
from tequio.governance.enums import ElectionState, SeatRole, SessionKind, SessionState
from tequio.governance.tests.bodies import Secretariat, secretariat
from tequio.governance.tests.voters import called, drafted, members
from tequio.governance.workflows import Holder, close_session, delegate_seat, fill_seat
from tequio.kernel.clock import day_of
from tequio.kernel.editionstamp import drop_all
from tequio.kernel.packs import load_pack
from tests.cast import NOW, account, again, begun
from tests.journeys.told import EDOMEX

if TYPE_CHECKING:
    from pathlib import Path

    from tequio.accounts.models import User
    from tequio.cocreation.models import Table
    from tequio.exercises.models import Exercise
    from tequio.governance.models import Session

pytestmark = [pytest.mark.django_db, pytest.mark.req("EX-01", "EX-10")]

MOST: Final = 8
"""Queries of a page, and one more for each list on it that is cut into sheets."""
HEAVIEST: Final = 60_000
"""Bytes of a page as it travels: the least of the budgets of public pages."""
MANY: Final = 2_000
PUBLIC: Final = {
    "/": 0,
    "/ejercicios/": 0,
    "/ejercicios/{slug}/": 0,
    "/ejercicios/{slug}/declaracion/": 0,
    "/ejercicios/{slug}/miembros/": 1,
    "/ejercicios/{slug}/eventos/": 1,
    "/ejercicios/{slug}/eventos/foro-de-apertura/": 0,
    "/ejercicios/{slug}/elecciones/": 0,
    "/ejercicios/{slug}/elecciones/{vote}/": 0,
    "/ejercicios/{slug}/sesiones/": 0,
    "/ejercicios/{slug}/sesiones/1/": 0,
    "/ejercicios/{slug}/sesiones/{live}/": 0,
    "/ejercicios/{slug}/acuerdos/": 0,
    "/ejercicios/{slug}/acuerdos/secretariado-{year}-1/": 0,
    "/ejercicios/{slug}/reglas/": 0,
    "/participa/": 1,
    "/participa/{slug}/participar/": 0,
    "/municipios/": 0,
    "/municipios/{place}/": 0,
    "/agenda/": 1,
    "/ejercicios/{slug}/tematicas/": 0,
    "/ejercicios/{slug}/mesas/": 0,
    "/ejercicios/{slug}/mesas/{held}/": 0,
    "/ejercicios/{slug}/mesas/{table}/": 0,
    "/ejercicios/{slug}/mesas/{table}/kit/": 0,
    "/sala/{room}/": 0,
    "/sala/{room}/estado.json": 0,
    "/sala/{room}/proyector/": 0,
    "/sala/{room}/hoja/{card}/": 0,
}
"""Public pages, each with how many of its lists are cut into sheets."""
SITTING: Final = {
    "/cuenta/mis-datos/": 0,
    "/mi-trabajo/": 0,
    "/ejercicios/{slug}/organos/": 0,
    "/ejercicios/{slug}/sesiones/{last}/en-vivo/": 0,
    "/ejercicios/{slug}/sesiones/{live}/en-vivo/": 0,
    "/ejercicios/{slug}/sesiones/1/acta/": 0,
}
"""Pages of whoever sits in a body, which those who run its exercise open too."""
WORKING: Final = {
    "/municipios/{place}/alta/": 0,
    "/garante/municipios/{place}/": 0,
    "/mis-ejercicios/": 0,
    "/ejercicios/{slug}/trabajo/": 0,
    "/ejercicios/{slug}/trabajo/vista-previa/": 0,
    "/ejercicios/{slug}/trabajo/declaracion/": 0,
    "/ejercicios/{slug}/convocatorias/": 0,
    "/ejercicios/{slug}/convocatorias/participar/": 1,
    "/ejercicios/{slug}/trabajo/eventos/": 0,
    "/ejercicios/{slug}/trabajo/eventos/foro-de-apertura/": 0,
    "/ejercicios/{slug}/trabajo/eventos/foro-de-apertura/registros/": 1,
    "/ejercicios/{slug}/trabajo/eventos/foro-de-apertura/puerta/": 0,
    "/ejercicios/{slug}/trabajo/elecciones/": 0,
    "/ejercicios/{slug}/trabajo/elecciones/{vote}/": 0,
    "/ejercicios/{slug}/trabajo/tematicas/": 0,
    "/ejercicios/{slug}/trabajo/arboles/": 0,
    "/ejercicios/{slug}/trabajo/mesas/": 0,
    "/ejercicios/{slug}/trabajo/mesas/{table}/": 0,
    "/ejercicios/{slug}/trabajo/mesas/{table}/editar/": 0,
    "/ejercicios/{slug}/trabajo/mesas/{table}/etapas/": 0,
    "/ejercicios/{slug}/trabajo/mesas/{table}/conduccion/": 0,
    "/ejercicios/{slug}/trabajo/mesas/{table}/acomodo/": 0,
    "/ejercicios/{slug}/trabajo/mesas/{table}/tarjetas/": 0,
    "/ejercicios/{slug}/trabajo/mesas/{table}/papel/": 0,
    "/ejercicios/{slug}/trabajo/mesas/{table}/papel/1/": 0,
    "/ejercicios/{slug}/trabajo/mesas/{table}/papel/lista/": 0,
    "/ejercicios/{slug}/trabajo/mesas/{table}/plenaria/": 0,
    "/ejercicios/{slug}/trabajo/mesas/{table}/cierre/": 0,
    "/ejercicios/{slug}/trabajo/mesas/{table}/kit/": 0,
    "/ejercicios/{slug}/trabajo/mesas/{table}/instituciones/": 0,
    **SITTING,
}
"""Pages of the liaison, which the guarantor's staff opens too."""
STAFF: Final = {**WORKING, "/garante/": 1, "/ejercicios/{slug}/trabajo/metodo/": 0}
"""Pages of the guarantor's staff."""


class Room:
    """A table on its day, with people seated who write of the causes of its tree, and a table that was closed."""

    def __init__(self, exercise: Exercise, by: User) -> None:
        self.exercise, self.by = exercise, by
        self.table, self.held = self.begun("Residuos"), self.begun("Movilidad")
        told = {"reason": "Faltó tiempo.", "lessons": "Convocar antes."}
        close_table(self.held, TableOutcome.DIALOGUE, **told, by=again(by), at=START)

    def begun(self, theme: str) -> Table:
        """Begin a table whose kit is published and whose first sheet speaks of a cause."""
        table = begun_table(self.exercise, self.by, small=1, theme=theme_of(self.exercise, theme), criteria=CRITERIA)
        plant(table)
        write_kit(table, KitTexts(context=CONTEXT), by=again(self.by), at=NOW)
        published_kit(table, self.by)
        self.come(table, 6)
        small = table.small_tables.get()
        mark = add_entry(small, EntryKind.ALTERNATIVE, "Comprar botes", at=START)
        link_causes(small, mark, causes_of(small).values_list("pk", flat=True), at=START)
        return table

    def come(self, table: Table, count: int) -> None:
        """Let so many in at the door, and seat them."""
        for _ in range(count):
            admit_walk_in(table.event, AttendeeDetails(sector=Sector.CITIZENS), by=again(self.by), at=THAT_DAY)
        seat_late(table, by=again(self.by), at=THAT_DAY)

    def widen(self, number: int) -> None:
        """Let more come, and let there be one more of every other list."""
        announced_table(self.exercise, self.by, theme=theme_of(self.exercise, f"Temática {number}"))
        with_paper(self.table, self.by, title=f"Estudio {number}")
        office = InstitutionDetails(name=f"Dirección {number}", post="Dirección", faculty="Fija las rutas")
        mapped = map_institution(self.table, office, by=again(self.by), at=NOW)
        said = {"kind": ApproachKind.FORMAL, "account": "Oficio 12.", "outcome": ApproachOutcome.NO_ANSWER}
        record_approach(mapped, ApproachDetails(held_on=day_of(NOW), **said), by=again(self.by), at=NOW)
        self.come(self.table, 8)
        add_entry(self.table.small_tables.latest("number"), EntryKind.ANSWER, f"Respuesta {number}", at=START)

    def names(self) -> dict[str, str]:
        """Return what the addresses of its pages name."""
        card = self.table.small_tables.earliest("number").key
        return {
            "table": self.table.event.slug,
            "held": self.held.event.slug,
            "room": self.table.room_code,
            "card": card,
        }


class State:
    """A state whose municipalities work by its guide, and one of them that holds everything."""

    def __init__(self, operator: User) -> None:
        self.towns = list(Jurisdiction.objects.municipalities().order_by("name"))
        self.staff, self.liaison, self.facilitator = (reachable(name) for name in ("garante", "enlace", "facilita"))
        guarantor = Organization.objects.get(kind="guarantor")
        grant_role(self.staff, Post(RoleKind.GUARANTOR_STAFF, guarantor), by=again(operator), at=NOW)
        town = Post(RoleKind.MUNICIPAL_LIAISON, jurisdiction=self.towns[0])
        grant_role(self.liaison, town, by=again(self.staff), at=NOW)
        self.exercise = begun(self.towns[0], "Ejercicio", self.staff)
        self.stm: Secretariat = secretariat(self.exercise, self.staff)
        self.at, self.begun, self.rows = NOW, 1, 0
        grant_role(self.stm.holder("guarantor"), Post(RoleKind.GUARANTOR_STAFF, guarantor), by=again(operator), at=NOW)
        self.live: Session | None = None
        published(self.exercise, self.staff)
        announced(self.exercise, self.staff, capacity=MANY)
        self.room = Room(self.exercise, self.staff)

    def grow(self, *, exercises: int, registered: int, rows: int) -> None:
        """Let there be so many exercises, members and attendees, and rows of every other list."""
        for town in self.towns[self.begun : exercises]:
            begun(town, f"Ejercicio de {town}", self.staff)
        self.begun = exercises
        there = self.exercise.registrations.count()
        members(self.exercise, registered - there, start=there)
        self.attend(registered)
        call = self.exercise.calls.get(key="participar")
        for number in range(self.rows, rows):
            answer = {"name": f"Red {number}", "person_name": f"Ana {number}"}
            applied(call, account(f"solicita-{number}"), **answer)
            self.meet(number)
            called(self.exercise, self.staff, question=f"Elección {number}")
            drafted(self.exercise, self.staff, question=f"Borrador {number}")
            published(self.exercise, self.staff, "widening")
            announced(self.exercise, self.staff, name=f"Taller {number}")
            told = Told(kind=ContactKind.CALL, held_on=day_of(NOW), with_whom="Enlace", agreed=f"Llamada {number}")
            log_contact(self.towns[0], told, by=again(self.staff), at=NOW)
            self.room.widen(number)
        self.rows = rows
        if self.live is None:
            self.live = self.stm.opened("guarantor", "civil_society", at=self.at, kind=SessionKind.EXTRAORDINARY)
            self.stm.say(self.stm.put(self.live), "guarantor")
            seat, chosen = self.stm.body.seats.get(role=SeatRole.FACILITATOR), self.stm.body.agreements.earliest("pk")
            holder = Holder("Persona que facilita", "Cargo", account=self.facilitator)
            fill_seat(seat, holder, act="Acuerdo", agreement=chosen, by=again(self.staff), at=NOW)
            away, days = self.stm.terms["civil_society"], {"starts_on": day_of(NOW), "last_on": day_of(self.at)}
            delegate_seat(away, **days, by=self.stm.holder("civil_society"), at=NOW)

    def attend(self, count: int) -> None:
        """Let so many have registered for the forum."""
        event = self.exercise.events.get(slug="foro-de-apertura")
        told = {"event": event, "state": AttendeeState.CONFIRMED, "sector": Sector.CITIZENS}
        Attendee.objects.bulk_create(
            Attendee(code=f"A{number:07}", email=f"a{number}@example.mx", **told)
            for number in range(event.attendees.count(), count)
        )

    def meet(self, number: int) -> None:
        """Hold a session with an agreement."""
        session = self.stm.opened("guarantor", "civil_society", at=self.at, kind=SessionKind.EXTRAORDINARY)
        self.stm.adopt(session, "guarantor", "civil_society", text=f"Acuerdo {number}")
        assert session.starts_at
        self.at = session.starts_at + timedelta(hours=1)
        close_session(session, by=again(self.staff), at=self.at)

    def address(self, path: str) -> str:
        """Return the address of a page."""
        body = self.exercise.bodies.get()
        assert self.live
        numbers = {
            "year": body.agreements.earliest("pk").year,
            "last": body.sessions.filter(state=SessionState.CLOSED).latest("pk").number,
            "live": self.live.number,
            "vote": self.exercise.elections.filter(state=ElectionState.CALLED).latest("number").number,
            **self.room.names(),
        }
        return path.format(slug=self.exercise.slug, place=self.towns[0].slug, **numbers)


def entered(person: User) -> Client:
    """Return a client in which a person has entered."""
    client = Client()
    client.force_login(again(person))
    return client


class Asked(NamedTuple):
    """What a page asked of the database, and what it weighs as it travels."""

    queries: int
    weight: int


def asked(client: Client, address: str) -> Asked:
    """Open a page of which nothing is kept."""
    drop_all(at=NOW)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    assert answer.status_code == 200, address
    return Asked(len(captured), len(gzip.compress(answer.content)))


def measured(state: State) -> dict[tuple[str, str], Asked]:
    """Open every page as who opens it: «guarantor» is of the staff and has a seat, the last two have only a seat."""
    everybody = {"staff": state.staff, "liaison": state.liaison, "facilitator": state.facilitator}
    everybody |= {name: state.stm.holder(name) for name in ("guarantor", "civil_society-2")}
    clients = {"visitor": Client()} | {name: entered(person) for name, person in everybody.items()}
    pages = {"visitor": PUBLIC, "staff": STAFF, "liaison": WORKING, "guarantor": STAFF}
    opened = [(who, path) for who in clients for path in pages.get(who, SITTING)]
    return {(who, path): asked(clients[who], state.address(path)) for who, path in opened}


def test_pages_ask_the_same_of_one_town_and_of_a_state(
    superuser: User, tmp_path: Path, plain_static_files: None
) -> None:
    shutil.copytree(EDOMEX, tmp_path / "edomex", ignore=shutil.ignore_patterns("planes"))
    load_pack(tmp_path / "edomex", by=None, at=NOW)
    operator = account("operadora")
    grant_role(operator, Post(RoleKind.OPERATOR), by=superuser, at=NOW)
    state = State(operator)
    state.grow(exercises=2, registered=6, rows=2)
    few = measured(state)
    state.grow(exercises=125, registered=MANY, rows=5)
    many = measured(state)
    lists = PUBLIC | STAFF
    assert state.exercise.elections.filter(state=ElectionState.CALLED).latest("number").roll_size == MANY
    assert {key: many[key].queries for key in many if many[key].queries > MOST + lists[key[1]]} == {}
    assert {key: (few[key], many[key]) for key in many if many[key].queries > few[key].queries} == {}
    assert {key: many[key].weight for key in many if many[key].weight > HEAVIEST} == {}
