"""A tree is written by buttons without JavaScript, by keyboard alone, by dragging, and by three people at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tequio.cocreation.models import ProblemTree
from tequio.cocreation.queries.tree_shape import shape_of
from tequio.cocreation.tests.groves import PROBLEM, begun_tree, drawn, grown_tree, node, reviewed_tree, theme_of
from tequio.cocreation.workflows import answer_comment, comment_tree, make_final, write_node
from tequio.exercises.models import Exercise
from tequio.governance.tests.bodies import secretariat
from tests.cast import NOW, again
from tests.journeys.reader import NARROW, WCAG
from tests.journeys.test_people import inside

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tequio.accounts.models import User
    from tests.journeys.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.req("DX-02", "SI-05")]
WORK = "/ejercicios/niebla/trabajo/arboles/"
TREE = f"{WORK}tramites-lentos/"


@pytest.fixture
def mist(exercise: Exercise) -> Exercise:
    """The exercise at an address that is written here."""
    Exercise.objects.filter(pk=exercise.pk).update(slug="niebla")
    exercise.refresh_from_db()
    return exercise


@pytest.fixture
def tree(mist: Exercise, liaison: User) -> ProblemTree:
    """A tree of five boxes."""
    return grown_tree(mist, liaison)


def menu(page: Page, text: str, button: str) -> None:
    """Press a button of a box's menu."""
    page.get_by_text(f"Acciones de «{text}»").locator("xpath=..").click()
    page.locator(".more[open]").get_by_role("button", name=button).click()


def test_a_text_written_without_a_network_is_sent_when_it_is_back(
    reader: Reader, tree: ProblemTree, liaison: User
) -> None:
    page = inside(reader, liaison, scripts=True)
    page.goto(reader.site + TREE)
    page.context.set_offline(True)
    for number, text, key in (
        (4, "Los formatos piden de más", "F2"),
        (4, "Piden lo mismo dos veces", "F2"),
        (2, "Nadie suple", "Shift+Enter"),
    ):
        page.locator(f"[data-node='{number}']").focus()
        page.keyboard.press(key)
        page.keyboard.press("Control+a")
        page.keyboard.type(text)
        page.keyboard.press("Enter")
    expect(page.locator("[data-said]")).to_contain_text("Sin conexión, 2 cambios en este equipo; se enviarán al volver")
    expect(page.locator("[data-said]")).to_contain_text("«Piden lo mismo dos veces»")
    page.context.set_offline(False)
    expect(page.locator("[data-said]")).to_contain_text("lo que escribiste ya está guardado", timeout=15_000)
    expect(page.get_by_text("Nadie suple", exact=True)).to_have_count(1)
    assert node(tree, 4).text == "Piden lo mismo dos veces"
    assert page.evaluate("localStorage.length") == 0


def test_where_a_box_goes_is_searched_without_javascript(reader: Reader, tree: ProblemTree, liaison: User) -> None:
    page = inside(reader, liaison)
    page.goto(f"{reader.site}{TREE}recuadros/4/")
    page.get_by_label("Buscar a dónde").fill("PERSONAS faltan")
    page.get_by_role("button", name="Buscar un lugar").click()
    options = page.get_by_label("A dónde", exact=True).locator("option")
    expect(options).to_have_count(1)
    page.get_by_role("button", name="Mover", exact=True).click()
    assert drawn(tree, 2) == {"Faltan personas": ["No hay presupuesto", "Los formatos son largos"]}
    page.goto(f"{reader.site}{TREE}recuadros/4/?busca=nada%20as%C3%AD")
    expect(page.get_by_role("status")).to_contain_text("Ningún recuadro dice «nada así»")
    typed = inside(reader, liaison, scripts=True)
    typed.goto(f"{reader.site}{TREE}recuadros/4/")
    typed.get_by_label("Buscar a dónde").type("presupuesto")
    expect(typed.get_by_label("A dónde", exact=True).locator("option")).to_have_count(1)


def test_a_tree_by_plain_buttons(reader: Reader, mist: Exercise, liaison: User) -> None:
    theme_of(mist)
    page = inside(reader, liaison)
    page.goto(reader.site + WORK)
    page.get_by_role("link", name="Empezar un árbol").click()
    page.get_by_label("Temática").select_option("Trámites")
    page.get_by_label("Título del árbol").fill("Trámites lentos")
    page.get_by_label("Problema central").fill(PROBLEM)
    page.get_by_role("button", name="Empezar").click()
    for text, to in (
        ("Faltan personas", "Junto al problema, como causa directa"),
        ("Los formatos son largos", "Junto al problema, como causa directa"),
        ("La gente deja de hacerlos", "Junto al problema, como efecto directo"),
        ("No hay presupuesto", re.compile("Debajo de: Faltan personas")),
    ):
        page.get_by_label("Texto del recuadro nuevo").fill(text)
        label = page.get_by_label("A dónde").locator("option").filter(has_text=to).first.inner_text()
        page.get_by_label("A dónde").select_option(label)
        page.get_by_role("button", name="Agregar", exact=True).click()
    menu(page, "Los formatos son largos", "Subir")
    menu(page, "Faltan personas", "Meter en el anterior")
    tree = ProblemTree.objects.get(exercise=mist)
    assert drawn(tree, 3) == {"Los formatos son largos": [{"Faltan personas": ["No hay presupuesto"]}]}
    menu(page, "Faltan personas", "Quitar")
    expect(page.get_by_role("status").first).to_contain_text("Quitaste «Faltan personas» y 1 de debajo")
    page.get_by_role("button", name="Deshacer mi último paso").click()
    expect(page.get_by_text("No hay presupuesto", exact=True)).to_be_visible()
    page.get_by_text("Acciones de «La gente deja de hacerlos»").locator("xpath=..").click()
    page.locator(".more[open]").get_by_role("link", name="Editar").click()
    page.get_by_label("Texto", exact=True).fill("La gente ya no los hace")
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_text("La gente ya no los hace", exact=True)).to_be_visible()


def test_fifteen_boxes_by_keyboard_alone(reader: Reader, mist: Exercise, liaison: User) -> None:
    tree = begun_tree(mist, liaison)
    page = inside(reader, liaison, scripts=True)
    page.goto(reader.site + TREE)
    page.get_by_role("treeitem").first.focus()
    keys = page.keyboard

    def write(*pressed: str, text: str) -> None:
        for key in pressed:
            keys.press(key)
        keys.type(text)
        keys.press("Enter")
        expect(page.get_by_role("treeitem", name=text)).to_be_focused()

    write("Shift+Enter", text="Causa 1")
    for number in range(2, 8):
        write("Enter", text=f"Causa {number}")
    write("Shift+Enter", text="Causa 7.1")
    write("Control+Enter", text="Efecto 1")
    for number in range(2, 7):
        write("Enter", text=f"Efecto {number}")
    assert tree.nodes.count() == 15
    keys.press("Alt+ArrowRight")
    expect(page.locator("[data-said]")).to_contain_text("efecto de nivel 3, 1 de 1, debajo de «Efecto 5»")
    expect(page.get_by_role("treeitem", name="Efecto 6")).to_have_attribute("aria-level", "3")
    keys.press("Alt+ArrowLeft")
    expect(page.get_by_role("treeitem", name="Efecto 6")).to_have_attribute("aria-level", "2")
    keys.press("Alt+ArrowUp")
    expect(page.locator("[data-said]")).to_contain_text("5 de 6")
    keys.press("F2")
    keys.type("Efecto sexto")
    keys.press("Enter")
    expect(page.get_by_role("treeitem", name="Efecto sexto")).to_be_focused()
    keys.press("Delete")
    expect(page.locator("[data-said]")).to_contain_text("Quitaste «Efecto sexto»")
    keys.press("Control+z")
    expect(page.get_by_role("treeitem", name="Efecto sexto")).to_be_visible()
    keys.press("Home")
    expect(page.get_by_role("treeitem", name=PROBLEM)).to_be_focused()
    keys.press("Tab")
    keys.press("Tab")
    keys.press("Tab")
    assert page.evaluate("!document.activeElement.closest('.tree')")
    assert len(shape_of(tree).standing) == 15


def test_a_box_is_dragged_beside_and_into_another(reader: Reader, tree: ProblemTree, liaison: User) -> None:
    page = inside(reader, liaison, scripts=True)
    page.set_viewport_size({"width": 1280, "height": 1600})
    for view, into in (("esquema", 4), ("arbol", 5), ("fichas", 4)):
        page.goto(f"{reader.site}{TREE}?vista={view}")
        page.locator("[data-node='3'] > .box > .grip").hover()
        page.mouse.down()
        box = page.locator(f"[data-node='{into}'] > .box").bounding_box()
        assert box
        page.mouse.move(box["x"] + 40, box["y"] + box["height"] / 2, steps=4)
        page.mouse.up()
        expect(page.locator("[data-said]")).to_contain_text("«No hay presupuesto»")
        expect(page.locator(f"[data-node='{into}'] [data-node='3']")).to_be_visible()
        assert node(tree, 3).parent == node(tree, into)


def test_three_people_in_one_subtree_lose_nothing(
    reader: Reader, tree: ProblemTree, liaison: User, guarantor_staff: User, mist: Exercise
) -> None:
    sitting = secretariat(mist, liaison).holder("civil_society")
    one, two, three = (inside(reader, each, scripts=True) for each in (liaison, guarantor_staff, sitting))
    for page in (one, two, three):
        page.goto(reader.site + TREE)
        page.get_by_role("treeitem").first.focus()
    menu(one, "No hay presupuesto", "Sacar")
    expect(one.locator("[data-said]")).to_contain_text("«No hay presupuesto», causa de nivel 2")
    two.locator("[data-node='3']").focus()
    two.keyboard.press("F2")
    two.keyboard.type("No alcanza el presupuesto")
    two.keyboard.press("Enter")
    expect(two.get_by_role("alert")).to_contain_text("cambió mientras tanto")
    expect(two.get_by_role("alert")).to_contain_text("Enlace municipal movió «No hay presupuesto»")
    two.get_by_role("button", name="Guardar este texto").click()
    expect(two.get_by_text("No alcanza el presupuesto", exact=True)).to_be_visible()
    menu(three, "Faltan personas", "Quitar")
    expect(three.get_by_role("alert")).to_contain_text("lo que tiene debajo cambió mientras tanto")
    three.get_by_role("button", name="Quitarlo como está ahora").click()
    expect(three.get_by_role("status").first).to_contain_text("Quitaste «Faltan personas»")
    expect(one.locator("[data-said]")).to_contain_text("quitó «Faltan personas»", timeout=20_000)
    expect(one.get_by_text("No alcanza el presupuesto", exact=True)).to_be_visible()
    assert tree.nodes.count() == 5
    assert {each.text for each in shape_of(tree).standing} >= {"No alcanza el presupuesto", "Los formatos son largos"}


def test_the_editor_is_readable_in_each_view(reader: Reader, tree: ProblemTree, liaison: User) -> None:
    write_node(tree, 2, "Palabra " * 30, revision=0, by=again(liaison), at=NOW)
    page = inside(reader, liaison, scripts=True)
    page.set_viewport_size(NARROW)
    for path in (
        WORK,
        f"{WORK}nuevo/",
        f"{TREE}recuadros/2/",
        f"{TREE}historia/",
        f"{TREE}importar/",
        f"{TREE}revision/",
    ):
        page.goto(reader.site + path)
        reader.axe(page, path, WCAG)
        reader.sizes(page)
        page.emulate_media(color_scheme="light")
    for view in ("esquema", "arbol", "fichas"):
        page.goto(f"{reader.site}{TREE}?vista={view}")
        page.locator(".more > summary").nth(1).click()
        reader.axe(page, view, WCAG)
        reader.sizes(page)
        page.emulate_media(color_scheme="light")
    assert reader.faults == []


@pytest.mark.req("DX-03")
def test_an_expert_comments_is_answered_and_credited(
    reader: Reader, mist: Exercise, liaison: User, representative: User, notices: None
) -> None:
    tree = reviewed_tree(mist, liaison, representative)
    expert = inside(reader, representative)
    expert.goto(f"{reader.site}/ejercicios/niebla/arboles/tramites-lentos/revision/")
    expert.get_by_text("Comentar «Faltan personas»").click()
    expert.locator("details[open] textarea").fill("Es consecuencia, no causa.")
    expert.locator("details[open]").get_by_role("button", name="Enviar").click()
    expect(expert.get_by_text("Comentario enviado")).to_be_visible()
    expert.get_by_role("button", name="Terminé mi revisión").click()
    expert.get_by_role("link", name="Aparecer entre quienes lo revisaron").click()
    expert.get_by_label("Cómo quieres que se te nombre").fill("Rosa Niebla, academia")
    expert.get_by_label("Leí el aviso").check()
    expert.get_by_role("button", name="Aparecer").click()
    staff = inside(reader, liaison)
    staff.goto(f"{reader.site}{TREE}revision/")
    staff.get_by_role("link", name="Responder").click()
    staff.get_by_label("No procede").check()
    staff.get_by_label("Respuesta", exact=True).fill("El diagnóstico de 2025 lo midió como causa.")
    staff.get_by_role("button", name="Responder").click()
    staff.get_by_role("button", name="Dejarlo como final").click()
    visitor = reader.browser.new_context(java_script_enabled=False, locale="es-MX").new_page()
    visitor.goto(f"{reader.site}/ejercicios/niebla/arboles/tramites-lentos/")
    expect(visitor.get_by_text("Rosa Niebla, academia")).to_be_visible()
    expect(visitor.get_by_text("El diagnóstico de 2025 lo midió como causa.")).to_be_visible()
    assert tree.nodes.count() == 5


def test_anybody_reads_each_version(reader: Reader, mist: Exercise, liaison: User, representative: User) -> None:
    tree, editor = reviewed_tree(mist, liaison, representative), again(liaison)
    comment = comment_tree(tree, "Falta precisar.", number=2, by=again(representative), at=NOW)
    write_node(tree, 2, "Faltan personas capacitadas", revision=0, by=editor, at=NOW)
    answer_comment(comment, "attended", "Se precisó.", by=editor, at=NOW)
    make_final(tree, by=editor, at=NOW)
    reader.check_page("/ejercicios/niebla/arboles/tramites-lentos/")
    reader.check_page("/ejercicios/niebla/arboles/tramites-lentos/versiones/1/")
    reader.check_page("/ejercicios/niebla/arboles/tramites-lentos/comparar/")
