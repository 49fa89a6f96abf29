"""A whole table with sixty people in real browsers, from its invitation to its report: five doors, who facilitates,
a projector and twelve telephones, two of them without scripts and one with a keyboard alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from playwright.sync_api import expect

from tequio.accounts.enums import Sector
from tequio.cocreation.models import Placement, Table
from tequio.cocreation.tests.diagnosis import HOLDERS, proposed
from tequio.cocreation.tests.gatherings import QUESTIONS, template_of
from tequio.cocreation.workflows import approve_theme
from tequio.exercises.models import Event, Exercise
from tequio.exercises.tests.happenings import registered
from tequio.exercises.workflows import open_post
from tequio.governance.enums import SeatRole
from tequio.governance.tests.bodies import ACT, secretariat
from tequio.governance.workflows import Holder, fill_seat
from tequio.kernel.models import LedgerEntry, OutboxMessage
from tests.cast import NOW, account, again
from tests.journeys.test_people import inside

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tequio.accounts.models import User
    from tests.journeys.reader import Reader

pytestmark = [
    pytest.mark.browser,
    pytest.mark.long,
    pytest.mark.usefixtures("notices"),
    pytest.mark.req("CO-01", "CO-02", "CO-03", "CO-04", "CO-05", "CO-06", "CO-07", "CO-10", "CO-11"),
]
PEOPLE, DOORS, PHONES, WALK_INS = 60, 5, 12, 4
WITHOUT_SCRIPTS: Final = (10, 11)
KEYBOARD: Final = 9
SECTORS: Final = (Sector.CITIZENS, Sector.CIVIL_SOCIETY, Sector.PUBLIC_BODIES)
WORK: Final = "/ejercicios/niebla/trabajo/mesas/"
PROMISE: Final = "El municipio publica cada semana cuánta basura se recoge en cada colonia."


@dataclass
class Room:
    """Who is there, each with a browser of their own."""

    reader: Reader
    table: Table
    staff: Page
    facilitator: Page
    projector: Page
    phones: list[Page]

    @property
    def code(self) -> str:
        """The room's code."""
        return self.table.room_code


@pytest.fixture
def facilitator(exercise: Exercise, liaison: User) -> User:
    """Who facilitates, elected by the secretariat, which approved the theme too."""
    Exercise.objects.filter(pk=exercise.pk).update(slug="niebla")
    exercise.refresh_from_db()
    body = secretariat(exercise, liaison, substitutes=False)
    session = body.opened(*HOLDERS)
    elected, approved = (
        body.adopt(session, *HOLDERS, text=text).agreement for text in ("Se elige a quien facilita.", "Se aprueba.")
    )
    approve_theme(proposed(exercise, liaison, name="Residuos"), approved, by=again(liaison), at=NOW)
    person = account("facilita")
    seat = body.body.seats.get(role=SeatRole.FACILITATOR)
    holder = Holder("Persona que facilita", account=person)
    fill_seat(seat, holder, act=ACT, agreement=elected, by=again(liaison), at=NOW)
    return person


def convene(staff: Page, site: str) -> Table:
    """Let who runs the exercise prepare and announce the table, as a form asks it."""
    now = timezone.localtime()
    begins = now + timedelta(minutes=20 - now.minute % 5)
    staff.goto(f"{site}{WORK}nueva/")
    staff.get_by_label("Nombre").fill("Mesa de residuos")
    staff.get_by_label("Tipo de mesa").select_option("commitment")
    staff.get_by_label("Temática").select_option(label="Residuos")
    staff.get_by_label("Plantilla de las etapas").select_option(index=1)
    staff.get_by_label("Empieza").fill(f"{begins:%Y-%m-%dT%H:%M}")
    staff.get_by_label("Cómo se participa").select_option("in_person")
    staff.get_by_label("Lugar", exact=True).fill("Auditorio municipal")
    staff.get_by_label("Cupo").fill(str(PEOPLE))
    staff.get_by_role("button", name="Guardar").click()
    staff.get_by_role("button", name="Anunciar la mesa").click()
    expect(staff.get_by_text("Código de la sala")).to_be_visible()
    return Table.objects.select_related("event__exercise").get()


def register(phone: Page, site: str, number: int) -> None:
    """Let somebody register on their telephone from the table's page."""
    phone.goto(f"{site}/ejercicios/niebla/mesas/mesa-de-residuos/")
    phone.get_by_role("link", name="Registrarme").click()
    phone.get_by_label("Correo electrónico").fill(address(number))
    phone.get_by_label(str(SECTORS[number % 3].label), exact=True).check()
    phone.get_by_label("Leí el aviso de privacidad").check()
    phone.get_by_role("button", name="Registrarme").click()
    expect(phone.get_by_role("heading", name="Revisa tu correo")).to_be_visible()


def address(number: int) -> str:
    return f"persona-{number}@example.mx"


def let_in(reader: Reader, table: Table, liaison: User) -> None:
    """Let everybody in by five doors, of which two lose the network half way and one takes who did not register."""
    codes = list(table.event.attendees.order_by("pk").values_list("code", flat=True))
    doors = []
    for number in range(DOORS):
        key = open_post(Event.objects.get(pk=table.event_id), by=again(liaison), at=timezone.now()).key
        door = reader.browser.new_page(viewport={"width": 360, "height": 740}, locale="es-MX", reduced_motion="reduce")
        door.goto(f"{reader.site}/entrada/{key}/")
        expect(door.locator("[data-status]")).to_contain_text("Lista de las")
        doors.append((door, codes[number::DOORS]))
    for number, (door, mine) in enumerate(doors):
        for place, code in enumerate(mine):
            if number in {1, 2} and place == len(mine) // 2:
                door.context.set_offline(True)
            door.get_by_label("Código o nombre").fill(code)
            door.keyboard.press("Enter")
            expect(door.locator("[data-answer]")).to_contain_text("ADELANTE")
    for _ in range(WALK_INS):
        walk_in(doors[0][0])
    repeated = doors[4][0]
    repeated.get_by_label("Código o nombre").fill(codes[4])
    repeated.keyboard.press("Enter")
    expect(repeated.locator("[data-answer]")).to_contain_text("YA REGISTRADO")
    for door, _ in doors:
        door.context.set_offline(False)
        expect(door.locator("[data-status]")).to_contain_text("Todo enviado", timeout=20_000)
        door.context.close()


def walk_in(door: Page) -> None:
    """Let in somebody who did not register."""
    door.get_by_role("link", name="No se registró antes").click()
    door.get_by_label("Ciudadanía").check()
    door.get_by_role("button", name=re.compile("dejar pasar")).click()
    expect(door.locator("[data-answer]")).to_contain_text("ADELANTE")


def go_on(room: Room, name: str, *, verb: str = "Siguiente") -> None:
    """Begin the next stage on the facilitator's telephone; every screen follows by itself."""
    room.facilitator.goto(f"{room.reader.site}{WORK}mesa-de-residuos/conduccion/")
    room.facilitator.get_by_role("button", name=f"{verb}: {name}").click()
    for screen in (room.facilitator, room.projector, room.phones[0]):
        expect(screen.get_by_role("heading", level=1)).to_have_text(name, timeout=15_000)


def sheet_of(room: Room, number: int) -> str:
    """Return the address on the card of the small table where somebody sits."""
    small = Placement.objects.get(attendee__email=address(number)).small_table
    return f"{room.reader.site}/sala/{room.code}/hoja/{small.key}/"


def write(room: Room, phone: Page, number: int) -> None:
    """Write an answer and an alternative on the sheet of one's small table."""
    phone.goto(sheet_of(room, number))
    if number == KEYBOARD:
        reach(phone, "textarea", "nueva-0")
        phone.keyboard.type(f"Idea {number}")
        phone.keyboard.press("Tab")
        phone.keyboard.press("Enter")
    else:
        phone.get_by_label(f"Un aporte a: {QUESTIONS[0]}").fill(f"Idea {number}")
        phone.get_by_role("button", name=f"Agregar a: {QUESTIONS[0]}").click()
    expect(phone.locator(".entry > p").get_by_text(f"Idea {number}", exact=True)).to_be_visible()
    phone.get_by_label("Una alternativa").fill(f"Alternativa {number}")
    phone.get_by_role("button", name="Agregar la alternativa").click()
    expect(phone.locator(".entry > p").get_by_text(f"Alternativa {number}", exact=True)).to_be_visible()


def reach(phone: Page, tag: str, name: str) -> None:
    """Press Tab until a field has the focus."""
    for _ in range(80):
        phone.keyboard.press("Tab")
        if phone.evaluate("document.activeElement.id") == name:
            return
    raise AssertionError(f"no {tag} {name} is reached by keyboard")


def propose(room: Room) -> int:
    """Write a proposal on the sheet of each small table; return how many there are."""
    keys = list(room.table.small_tables.values_list("number", "key"))
    phone = room.phones[1]
    for number, key in keys:
        phone.goto(f"{room.reader.site}/sala/{room.code}/hoja/{key}/")
        phone.get_by_label("Nombre del compromiso").fill("Basura a la vista")
        phone.get_by_label("Cómo se redacta").fill(f"Publicar cuánta basura se recoge. Lo dice la mesa {number}.")
        phone.get_by_role("button", name="Guardar la propuesta").click()
        expect(phone.get_by_label("Nombre del compromiso")).to_have_value("Basura a la vista")
    return len(keys)


def agree(room: Room, tables: int) -> None:
    """Merge every proposal in the plenary, close the preliminary text, adjust it and close the definitive one."""
    page = room.facilitator
    page.goto(f"{room.reader.site}{WORK}mesa-de-residuos/plenaria/")
    boxes = page.get_by_role("checkbox")
    expect(boxes).to_have_count(tables)
    for box in boxes.all():
        box.check()
    page.get_by_role("button", name="Sumar al texto las elegidas").click()
    page.get_by_role("button", name="Cerrar el texto preliminar").click()
    page.get_by_label("Redacción").fill(PROMISE)
    page.get_by_label("Objetivo de largo plazo").fill("Que nadie viva junto a un tiradero.")
    page.get_by_label("Compromiso definitivo").fill(PROMISE)
    page.get_by_role("button", name="Guardar el texto").click()
    expect(page.get_by_role("heading", name="Qué cambió desde el preliminar")).to_be_visible()
    expect(room.projector.get_by_text("Que nadie viva junto a un tiradero.")).to_be_visible(timeout=15_000)
    page.get_by_role("button", name="Cerrar el compromiso definitivo").click()
    expect(page.get_by_role("heading", name="El compromiso definitivo")).to_be_visible()


def close(room: Room) -> None:
    """Close the table with its commitment and publish its report."""
    page, now = room.staff, timezone.now()
    Event.objects.filter(pk=room.table.event_id).update(starts_at=now - timedelta(hours=5), ends_at=now)
    page.goto(f"{room.reader.site}{WORK}mesa-de-residuos/cierre/")
    page.get_by_label("Compromiso preliminar").check()
    page.get_by_label("Aprendizajes").fill("Empezar a tiempo.")
    page.get_by_role("button", name="Cerrar la mesa").click()
    page.get_by_role("button", name="Publicar la relatoría").click()
    expect(page.get_by_text("La relatoría se publicó")).to_be_visible()


def test_sixty_people_from_the_invitation_to_the_report(
    reader: Reader, exercise: Exercise, liaison: User, facilitator: User
) -> None:
    template_of(exercise)
    staff = inside(reader, liaison, scripts=True)
    table = convene(staff, reader.site)
    phones = [
        reader.browser.new_page(
            viewport={"width": 360, "height": 740}, java_script_enabled=n not in WITHOUT_SCRIPTS, locale="es-MX"
        )
        for n in range(PHONES)
    ]
    for number, phone in enumerate(phones):
        register(phone, reader.site, number)
    for number in range(PHONES, PEOPLE - WALK_INS):
        registered(table.event, f"persona-{number}", AnonymousUser(), sector=SECTORS[number % 3])
    let_in(reader, table, liaison)
    assert table.event.attendees.arrived().count() == table.event.attendees.count() == PEOPLE
    projector = reader.browser.new_page(viewport={"width": 1920, "height": 1080})
    projector.goto(f"{reader.site}/sala/{table.room_code}/proyector/")
    phones[0].goto(f"{reader.site}/sala/{table.room_code}/")
    room = Room(reader, table, staff, inside(reader, facilitator, scripts=True), projector, phones)
    room.facilitator.goto(f"{reader.site}{WORK}mesa-de-residuos/acomodo/")
    room.facilitator.get_by_role("button", name="Repartir en mesas").click()
    expect(room.facilitator.get_by_role("heading", name="Las mesas")).to_be_visible()
    assert Placement.objects.count() == PEOPLE
    go_on(room, "Registro", verb="Empezar")
    for name in ("Bienvenida", "Formulación"):
        go_on(room, name)
    for number, phone in enumerate(phones):
        write(room, phone, number)
    told = propose(room)
    phones[0].goto(f"{reader.site}/sala/{table.room_code}/")
    go_on(room, "Deliberación")
    agree(room, told)
    close(room)
    kept = [small.sheet for small in table.small_tables.all()]
    assert sorted(one["t"] for sheet in kept for one in sheet["answers"].get("0", ())) == sorted(
        f"Idea {n}" for n in range(PHONES)
    )
    assert sum(len(sheet.get("alternatives", ())) for sheet in kept) == PHONES
    assert not Placement.objects.exists()
    assert LedgerEntry.objects.filter(kind="cocreation.text_closed").count() == 2
    visitor = reader.browser.new_context(java_script_enabled=False).new_page()
    visitor.goto(f"{reader.site}/ejercicios/niebla/mesas/mesa-de-residuos/")
    expect(visitor.get_by_text(f"Llegaron {PEOPLE} personas")).to_be_visible()
    expect(visitor.get_by_text(PROMISE).first).to_be_visible()
    for number in range(PHONES):
        expect(visitor.get_by_text(f"Idea {number}", exact=True)).to_be_visible()
    assert "example.mx" not in visitor.content()
    assert OutboxMessage.objects.filter(recipient=address(3), subject__contains="Mesa de residuos").exists()
    assert reader.faults == []
