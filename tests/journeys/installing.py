"""How a municipality goes from nothing to a secretariat, each person on a phone of their own."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.utils import timezone
from playwright.sync_api import expect

from tequio.exercises.models import Exercise
from tequio.governance.models import Session
from tequio.kernel.models import OutboxMessage
from tests.journeys.reader import OVERFLOW, PHONE, WCAG
from tests.journeys.test_calls import newest_code
from tests.journeys.test_people import inside
from tests.journeys.test_sessions import press

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tequio.accounts.models import Jurisdiction, User
    from tests.journeys.reader import Reader

PATIENCE = 15_000
SECTORS = ("Órgano garante", "Entes públicos", "Sociedad civil")


def follow(page: Page, name: str | re.Pattern[str]) -> None:
    """Follow the first link of a name and wait for its page; hidden words may stand a space apart."""
    named = re.compile(rf"^{re.escape(name).replace(':', ' ?:')}$") if isinstance(name, str) else name
    with page.expect_navigation():
        page.get_by_role("link", name=named).first.click()


def now(minutes: int = 0) -> str:
    """Return an instant as the field of a day and an hour takes it."""
    return f"{timezone.localtime() + timedelta(minutes=minutes):%Y-%m-%dT%H:%M}"


@dataclass
class Journey:
    """A municipality on its way, its liaison's phone and those of the others."""

    reader: Reader
    place: Jurisdiction
    liaison: User
    scripts: bool
    page: Page = field(init=False)
    opened: int = 0

    def __post_init__(self) -> None:
        self.page = self.own_phone()

    @property
    def wizard(self) -> str:
        """The address of the steps."""
        return f"{self.reader.site}/municipios/{self.place.slug}/alta/"

    @property
    def exercise(self) -> Exercise:
        """The exercise that was opened."""
        return Exercise.objects.get(jurisdiction=self.place)

    def own_phone(self) -> Page:
        """Return another phone of the liaison's, whose pages are counted."""
        page = self.phone(self.liaison)
        page.on("domcontentloaded", self.count)
        return page

    def count(self, _page: Page) -> None:
        """Count a page that the liaison opened."""
        self.opened += 1

    def phone(self, person: User) -> Page:
        """Return the phone of somebody who entered."""
        page = inside(self.reader, person, scripts=self.scripts)
        page.set_default_timeout(PATIENCE)
        return page

    def anybody(self) -> Page:
        """Return the phone of somebody without an account."""
        context = self.reader.browser.new_context(viewport=PHONE, java_script_enabled=self.scripts, locale="es-MX")
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        self.reader.listen(page)
        return page

    def goes_on_elsewhere(self, done: int) -> None:
        """Open the steps on another device, where as many are done, and go on from there."""
        self.page.context.close()
        self.page = self.own_phone()
        self.page.goto(self.wizard)
        expect(self.page.get_by_text(f"{done} de 7 pasos hechos")).to_be_visible()
        expect(self.page.locator(".setup > li.done")).to_have_count(done)
        if self.scripts:
            self.reader.axe(self.page, f"{done} steps done", WCAG)
            self.reader.note("scrolls sideways", wrong=self.page.evaluate(OVERFLOW) > 0)

    def do_step(self, name: str) -> None:
        """Go from the steps to where a step is done."""
        self.page.goto(self.wizard)
        follow(self.page, f"Hacer este paso: {name}")

    def opens_the_exercise(self) -> None:
        """Open it from «Mis ejercicios»."""
        self.page.goto(f"{self.reader.site}/mis-ejercicios/")
        follow(self.page, re.compile("Hacer el alta"))
        follow(self.page, "Hacer este paso: Municipio y contacto")
        press(self.page, "Abrir el ejercicio")
        assert self.page.url == self.wizard

    def signs_the_declaration(self, folder: Path) -> None:
        """Prepare the declaration from its model, upload what was signed, and give it as signed."""
        page, signed = self.page, folder / "declaracion.pdf"
        signed.write_bytes(b"%PDF-1.7 firmada")
        self.do_step("Declaración conjunta")
        follow(page, "Lugar y día de la firma")
        page.get_by_label("Lugar de la firma").fill("Kiosco")
        page.get_by_label("Día previsto").fill(now()[:10])
        press(page, "Guardar lugar y día")
        follow(page, "Quiénes firman")
        for sector in SECTORS:
            page.get_by_label("Sector").select_option(label=sector)
            page.get_by_label("Institución u organización").fill(f"Parte de {sector}")
            press(page, "Agregar firmante")
        follow(page, "Volver a los pasos")
        follow(page, "Texto de la declaración")
        press(page, "Guardar el texto")
        follow(page, "Documento firmado")
        page.get_by_label("Documento firmado").set_input_files(signed)
        press(page, "Subir el documento")
        follow(page, "Dar por firmada y arrancar el ejercicio")
        press(page, "Dar por firmada la declaración")
        follow(page, "Volver al alta, paso a paso")

    def publishes_the_call(self) -> None:
        """Publish the call from its model, open from now."""
        page = self.page
        self.do_step("Convocatoria")
        follow(page, "Participar en el ejercicio")
        page.get_by_label("Abre", exact=True).fill(now())
        press(page, "Guardar el borrador")
        follow(page, "Ver como se publicará")
        press(page, "Publicar la convocatoria")

    def registers(self, mail: str, name: str, sector: str) -> Page:
        """Let somebody open an account with a code and register; return their phone."""
        theirs = self.anybody()
        theirs.goto(f"{self.reader.site}/participa/")
        follow(theirs, re.compile("Convocatoria para participar"))
        follow(theirs, "Inscribirme")
        follow(theirs, re.compile("No tengo cuenta"))
        theirs.get_by_label("Correo electrónico").fill(mail)
        press(theirs, "Enviar el código")
        theirs.get_by_label("Código", exact=True).fill(newest_code())
        press(theirs, "Comprobar")
        theirs.get_by_label("¿A quién representas?").select_option(sector)
        theirs.get_by_label("Nombre de la organización o del ente público").fill(name)
        theirs.get_by_label("Tu nombre").fill(f"Quien inscribe a {name}")
        theirs.get_by_label("Tu cargo").fill("Enlace" if sector == "public_bodies" else "")
        theirs.get_by_label("Leí el aviso de privacidad").check()
        press(theirs, "Enviar mi solicitud")
        return theirs

    def accepts(self, *names: str) -> None:
        """Accept those who registered."""
        page = self.page
        page.goto(self.wizard)
        follow(page, "Ver o cambiar: Convocatoria")
        follow(page, re.compile("Convocatoria para participar"))
        for name in names:
            follow(page, name)
            page.get_by_label("Decisión").select_option("accepted")
            press(page, "Enviar la decisión")

    def elects(self, candidate: str, *voters: Page) -> None:
        """Let civil society elect: prepare, call, vote and count."""
        page = self.page
        self.do_step("Registro y elección de representantes")
        follow(page, "Representantes de un sector")
        page.get_by_label("Sector que vota").select_option("civil_society")
        page.get_by_label("Abre").fill(now(-60))
        press(page, "Guardar y seguir con la boleta")
        for name in (candidate, "Otra persona"):
            page.get_by_label("Nombre en la boleta").fill(name)
            page.get_by_label("La persona aceptó").check()
            press(page, "Agregar")
        follow(page, "Convocar…")
        press(page, "Convocar")
        for theirs in voters:
            theirs.goto(f"{self.reader.site}/ejercicios/{self.exercise.slug}/elecciones/1/")
            follow(theirs, "Votar")
            theirs.get_by_label(candidate).check()
            press(theirs, "Revisar mi voto")
            press(theirs, "Depositar mi voto")
        page.reload()
        press(page, "Contar los votos")
        expect(page.get_by_text("El resultado está publicado")).to_be_visible()

    def fills(self, seat: str, name: str, mail: str) -> None:
        """Say who holds a seat and invite their account."""
        follow(self.page, f"Ocupar el asiento {seat}")
        self.page.get_by_label("Nombre", exact=True).fill(name)
        self.page.get_by_label("Por qué acto").fill("Acta de elección del sector")
        self.page.get_by_label("Correo de la persona").fill(mail)
        press(self.page, "Guardar")

    def takes_seat(self, theirs: Page, mail: str) -> None:
        """Let somebody follow the link of their invitation and act in the seat."""
        told = OutboxMessage.objects.filter(recipient=mail, body__contains="/asiento/").latest("pk")
        found = re.search(r"/asiento/\S+", told.body)
        assert found
        theirs.goto(self.reader.site + found[0])
        press(theirs, "Actuar con esta cuenta")

    def session(self, kind: str) -> str:
        """Convene a session, let its hour come, and return the address of its page while it is held."""
        follow(self.page, "Convocar a una sesión")
        self.page.get_by_label("Tipo").select_option(kind)
        self.page.get_by_label("Día y hora").fill(now(4 * 24 * 60))
        self.page.get_by_label("Lugar").fill("Palacio municipal, sala 1")
        press(self.page, "Convocar")
        newest = Session.objects.latest("number")
        Session.objects.filter(pk=newest.pk).update(starts_at=timezone.now())
        self.page.reload()
        return self.page.url

    def everybody_arrives(self, *names: str) -> None:
        """Note who is there and open."""
        for name in names:
            press(self.page, f"Llegó {name}")
        press(self.page, "Abrir la sesión")

    def agrees(self, live: str, text: str, adopts: str, *theirs: Page) -> None:
        """Put a text to the decision, let each seat say that it agrees, and settle it."""
        self.page.get_by_label("Texto del acuerdo").fill(text)
        if adopts:
            value = self.page.locator("option", has_text=adopts).first.get_attribute("value")
            self.page.get_by_label("Qué aprueba").select_option(value)
        press(self.page, "Someter a decisión")
        for phone in theirs:
            phone.goto(live)
            press(phone, "A favor")
        press(self.page, "Resolver")
        expect(self.page.get_by_role("heading", name=re.compile("Aprobado")).last).to_be_visible()


def with_address(person: User) -> User:
    """Show that the address of an account is its person's."""
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person
