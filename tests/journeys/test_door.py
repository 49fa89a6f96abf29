"""The door of an event where there is no signal: volunteers' phones go on, lose nothing, and agree afterwards."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from playwright.sync_api import expect

from tequio.exercises.models import DoorPost, Event, Exercise
from tequio.exercises.tests.happenings import announced, registered
from tequio.exercises.workflows import check_in, close_post, open_post, publish_report
from tequio.kernel.canonical import sha256
from tests.cast import NOW, again
from tests.journeys.reader import WCAG

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

    from tequio.accounts.models import User
    from tests.journeys.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("notices"), pytest.mark.req("EX-09", "CO-02")]
KEY = "clave-de-prueba"
DOOR = "/entrada/clave-de-prueba/"
STORED = """async () => {
  const asked = indexedDB.open("entrada");
  const base = await new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  const all = async (name) => new Promise((done) => {
    const rows = base.transaction(name).objectStore(name).getAll();
    rows.onsuccess = () => done(rows.result);
  });
  const rows = [...await all("kept"), ...await all("queue")];
  base.close();
  const text = (value) => JSON.stringify(value, (_, part) =>
    part instanceof ArrayBuffer || ArrayBuffer.isView(part)
      ? new TextDecoder("latin1").decode(part instanceof ArrayBuffer ? part : part.buffer) : part);
  const caught = [];
  for (const name of await caches.keys()) {
    const kept = await caches.open(name);
    for (const request of await kept.keys()) {
      caught.push(request.url, await (await kept.match(request)).clone().text());
    }
  }
  const spoken = JSON.stringify({ ...localStorage, ...sessionStorage });
  return { rows: rows.length, text: text(rows) + caught.join("\\n") + spoken };
}"""


@pytest.fixture
def forum(exercise: Exercise, liaison: User) -> Event:
    """A forum that begins in an hour, for three people, with a post whose key is written here."""
    Exercise.objects.filter(pk=exercise.pk).update(slug="niebla")
    exercise.refresh_from_db()
    made = announced(exercise, liaison, name="Foro", capacity=3)
    soon = timezone.now() + timedelta(hours=1)
    Event.objects.filter(pk=made.pk).update(starts_at=soon, ends_at=soon + timedelta(hours=2))
    made.refresh_from_db()
    post = open_post(made, by=again(liaison), at=NOW).post
    DoorPost.objects.filter(pk=post.pk).update(key_sha256=sha256(KEY.encode()))
    return made


def phone(reader: Reader) -> BrowserContext:
    return reader.browser.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, locale="es-MX", reduced_motion="reduce"
    )


def loaded(context: BrowserContext, reader: Reader) -> Page:
    """Open the post where there is a network, and wait until it needs none."""
    page = context.new_page()
    page.goto(reader.site + DOOR)
    expect(page.locator("[data-status]")).to_contain_text("Lista de las")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("() => navigator.serviceWorker.controller")
    return page


def shut_tab(page: Page) -> None:
    """Close a tab while there is no network: the emulation of that ends before the page does."""
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('no network')); }")
    page.close()


def look_for(page: Page, words: str) -> None:
    page.get_by_label("Código o nombre").fill(words)
    page.get_by_role("button", name="Buscar a la persona").click()


def test_a_phone_without_a_network_loses_nothing(reader: Reader, forum: Event) -> None:
    ana, beto = (registered(forum, name, AnonymousUser(), name=f"{name.title()} Ñandú") for name in ("ana", "beto"))
    context = phone(reader)
    page = loaded(context, reader)
    context.set_offline(True)
    look_for(page, ana.code.lower())
    expect(page.locator(".door-answer")).to_contain_text("ADELANTE")
    expect(page.locator(".door-answer")).to_contain_text("Ana Ñandú")
    look_for(page, "nandu")
    page.get_by_role("button", name="Registrar llegada de Beto Ñandú").click()
    expect(page.locator(".door-answer")).to_contain_text("ADELANTE")
    look_for(page, ana.code)
    expect(page.locator(".door-answer")).to_contain_text("YA REGISTRADO")
    page.get_by_role("link", name="No se registró antes").click()
    page.get_by_label("Sociedad civil").check()
    expect(page.get_by_label("Sexo (si lo quiere decir)")).to_have_value("unsaid")
    page.get_by_label("Correo (si quiere recibir los resultados)").fill("caro@example.mx")
    page.get_by_role("button", name="Registrar y dejar pasar").click()
    expect(page.locator("[data-status]")).to_contain_text("3 por enviar. Sin conexión")
    expect(page.locator("[data-figures]")).to_have_text("Llegaron 3 de 3 personas con lugar.")
    kept = page.evaluate(STORED)
    assert kept["rows"] == 4
    for secret in ("Ñandú", ana.code, beto.code, "caro@", KEY, "Foro", json.dumps("Ñandú")[1:-1]):
        assert secret not in kept["text"], secret
    shut_tab(page)
    assert not forum.attendees.arrived().exists()
    page = context.new_page()
    page.goto(reader.site + DOOR)
    expect(page.locator("[data-status]")).to_contain_text("3 por enviar")
    expect(page.locator("[data-figures]")).to_have_text("Llegaron 3 de 3 personas con lugar.")
    look_for(page, beto.code)
    expect(page.locator(".door-answer")).to_contain_text("YA REGISTRADO")
    context.set_offline(False)
    expect(page.locator("[data-status]")).to_contain_text("Todo enviado", timeout=20_000)
    assert forum.attendees.arrived().count() == 3
    assert forum.attendees.get(is_walk_in=True).email == "caro@example.mx"
    context.close()


def test_two_phones_agree_three_hours_later(reader: Reader, forum: Event, liaison: User) -> None:
    ana, beto, caro, dani = (
        registered(forum, name, AnonymousUser(), name=name) for name in ("ana", "beto", "caro", "dani")
    )
    away, near = phone(reader), phone(reader)
    far = loaded(away, reader)
    away.set_offline(True)
    for code in (ana.code, beto.code):
        look_for(far, code)
        expect(far.locator(".door-answer")).to_contain_text("ADELANTE")
    look_for(far, dani.code)
    expect(far.locator(".door-answer")).to_contain_text("EN LISTA DE ESPERA")
    far.get_by_role("button", name="Dejar pasar").click()
    look_for(far, "NADA2345")
    expect(far.locator(".door-answer")).to_contain_text("NO ESTÁ")
    far.get_by_role("button", name="Dejar pasar").click()
    expect(far.locator("[data-status]")).to_contain_text("4 por enviar")
    shut_tab(far)
    page = loaded(near, reader)
    for code in (ana.code, caro.code):
        look_for(page, code)
        expect(page.locator(".door-answer")).to_contain_text("ADELANTE")
    expect(page.locator("[data-figures]")).to_have_text("Llegaron 2 de 3 personas con lugar; 1 en espera.")
    expect(page.locator("[data-status]")).to_contain_text("Todo enviado")
    Event.objects.update(starts_at=timezone.now() - timedelta(hours=2))
    away.set_offline(False)
    far = away.new_page()
    far.clock.install(time=timezone.now() + timedelta(hours=3))
    far.goto(reader.site + DOOR)
    expect(far.locator("[data-status]")).to_contain_text("Todo enviado", timeout=20_000)
    problems = far.locator("[data-problems]")
    expect(problems).to_contain_text("Nadie tiene ese código")
    expect(problems).to_contain_text("el cupo está lleno: 4 de 3")
    expect(far.locator("[data-figures]")).to_have_text("Llegaron 4 de 4 personas con lugar.")
    far.get_by_role("button", name="Ya lo revisé").click()
    expect(problems).to_be_hidden()
    ana.refresh_from_db()
    assert ana.arrived_at is not None
    assert ana.arrived_at < timezone.now()
    assert forum.attendees.arrived().count() == 4
    away.close()
    near.close()


def test_a_post_that_is_closed_leaves_nothing_on_the_phone(reader: Reader, forum: Event, liaison: User) -> None:
    ana = registered(forum, "ana", AnonymousUser(), name="Ana")
    context = phone(reader)
    page = loaded(context, reader)
    context.set_offline(True)
    look_for(page, ana.code)
    expect(page.locator("[data-status]")).to_contain_text("1 por enviar")
    page.once("dialog", lambda asked: asked.dismiss())
    page.get_by_role("button", name="Borrar la lista de este teléfono").click()
    assert page.evaluate(STORED)["rows"] == 2
    close_post(DoorPost.objects.get(), by=again(liaison), at=timezone.now())
    context.set_offline(False)
    expect(page.get_by_role("heading", level=1)).to_have_text("Este puesto se cerró", timeout=20_000)
    assert page.evaluate(STORED)["rows"] == 0
    page.goto(reader.site + DOOR)
    expect(page.get_by_role("heading", level=1)).to_have_text("Este puesto se cerró")
    assert page.evaluate(STORED)["rows"] == 0
    assert not forum.attendees.arrived().exists()
    context.close()


def test_a_list_is_wiped_by_hand_and_by_the_clock(reader: Reader, forum: Event) -> None:
    registered(forum, "ana", AnonymousUser(), name="Ana")
    context = phone(reader)
    page = loaded(context, reader)
    page.get_by_role("button", name="Borrar la lista de este teléfono").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("La lista se borró de este teléfono")
    assert page.evaluate(STORED)["rows"] == 0
    page = loaded(context, reader)
    assert page.evaluate(STORED)["rows"] == 1
    page.close()
    context.set_offline(True)
    later = context.new_page()
    later.clock.install(time=timezone.now() + timedelta(hours=16))
    later.goto(f"{reader.site}/entrada/")
    expect(later.get_by_role("heading", name="La entrada de un evento")).to_be_visible()
    later.wait_for_timeout(500)
    assert later.evaluate(STORED)["rows"] == 0
    context.close()


def test_a_code_read_by_the_phone_finds_the_open_post_without_a_network(reader: Reader, forum: Event) -> None:
    ana = registered(forum, "ana", AnonymousUser(), name="Ana")
    context = phone(reader)
    page = loaded(context, reader)
    camera = context.new_page()
    camera.goto(f"{reader.site}/entrada/c/{ana.code}/")
    expect(camera.get_by_role("button", name="Registrar llegada de Ana")).to_be_visible()
    context.set_offline(True)
    camera.goto(f"{reader.site}/entrada/c/{ana.code}/")
    expect(camera.locator(".door-answer")).to_contain_text("ADELANTE")
    page.close()
    camera.close()
    alone = context.new_page()
    alone.goto(f"{reader.site}/entrada/c/{ana.code}/")
    expect(alone.get_by_role("heading", name="La entrada de un evento")).to_be_visible()
    context.close()


def test_its_pages_are_read_in_every_way(reader: Reader, forum: Event, liaison: User) -> None:
    registered(forum, "ana", AnonymousUser(), name="Ana")
    cookies = {"csrftoken", "messages", "puesto"}
    reader.check_page("/entrada/")
    reader.check_page("/entrada/clave-de-prueba/", cookies=cookies)
    reader.check_page("/entrada/clave-de-prueba/sin-registro/", cookies=cookies)
    reader.check_form("/entrada/c/ABCD2345/")
    page = loaded(phone(reader), reader)
    page.get_by_role("link", name="No se registró antes").click()
    reader.axe(page, "walk-in", WCAG)
    reader.sizes(page)
    page.emulate_media(color_scheme="light")
    look_for_again = page.get_by_role("button", name="Volver a la entrada")
    look_for_again.click()
    for words in ("nadie", "ana"):
        look_for(page, words)
        reader.axe(page, words, WCAG)
        reader.sizes(page)
        page.emulate_media(color_scheme="light")
    assert reader.faults == []
    publish_report(forum, account="Fue.", by=again(liaison), at=timezone.now() + timedelta(hours=4))
    gone = reader.browser.new_page()
    gone.goto(reader.site + DOOR)
    expect(gone.get_by_role("heading", level=1)).to_have_text("Aquí no se registran llegadas")


def test_a_post_is_kept_without_scripts_and_with_the_keyboard(reader: Reader, forum: Event, liaison: User) -> None:
    ana, beto = (registered(forum, name, AnonymousUser(), name=name.title()) for name in ("ana", "beto"))
    plain = reader.browser.new_context(java_script_enabled=False, locale="es-MX").new_page()
    plain.goto(reader.site + DOOR)
    look_for(plain, "ana")
    plain.get_by_role("button", name="Registrar llegada de Ana").click()
    expect(plain.get_by_role("status")).to_contain_text("ADELANTE")
    plain.get_by_role("link", name="No se registró antes").click()
    plain.get_by_label("Ciudadanía").check()
    plain.get_by_role("button", name="Registrar y dejar pasar").click()
    expect(plain.get_by_text("Llegaron 2 de 3")).to_be_visible()
    plain.goto(f"{reader.site}/entrada/c/{beto.code}/")
    plain.get_by_role("button", name="Registrar llegada de Beto").click()
    expect(plain.get_by_role("status")).to_contain_text("ADELANTE")
    page = loaded(phone(reader), reader)
    check_in(forum, ana.code, by=again(liaison), at=timezone.now())
    page.get_by_label("Código o nombre").focus()
    page.keyboard.type("beto")
    page.keyboard.press("Enter")
    expect(page.locator("[data-found]")).to_contain_text("Ya registrado")
    page.keyboard.type(ana.code)
    page.keyboard.press("Enter")
    expect(page.locator(".door-answer")).to_contain_text("YA REGISTRADO")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="No se registró antes")).to_be_focused()
