"""The pages of a tree by plain buttons: writing it with others, its review, its versions and its files."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.cast import NOW, again

from tequio.cocreation.tests.groves import PROBLEM, drawn, grown_tree, node, seal, theme_of
from tequio.cocreation.workflows import Spot, add_node, remove_node, write_node

if TYPE_CHECKING:
    from django.test import Client

    from tequio.accounts.models import User
    from tequio.cocreation.models import ProblemTree
    from tequio.exercises.models import Exercise

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("plain_static_files", "notices"),
    pytest.mark.req("DX-02"),
]
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


@pytest.fixture
def tree(exercise: Exercise, liaison: User) -> ProblemTree:
    return grown_tree(exercise, liaison)


@pytest.fixture
def staff(client: Client, liaison: User) -> Client:
    client.force_login(liaison)
    return client


def address(tree: ProblemTree, rest: str = "") -> str:
    return f"/ejercicios/{tree.exercise.slug}/trabajo/arboles/{tree.key}/{rest}"


def test_a_tree_is_begun_from_its_theme(staff: Client, exercise: Exercise) -> None:
    place = f"/ejercicios/{exercise.slug}/trabajo/arboles/"
    assert "no tiene temáticas" in staff.get(place).content.decode()
    theme = theme_of(exercise)
    assert "Todavía no hay ningún árbol" in staff.get(place).content.decode()
    assert staff.post(f"{place}nuevo/", {"theme": theme.pk, "problem": ""}).status_code == 200
    answer = staff.post(f"{place}nuevo/", {"theme": theme.pk, "problem": PROBLEM})
    assert answer.headers["Location"] == f"{place}tramites/"
    assert PROBLEM in staff.get(f"{place}tramites/").content.decode()


@pytest.mark.parametrize("view", ["esquema", "arbol", "fichas"])
def test_each_view_has_every_box_and_every_button(staff: Client, tree: ProblemTree, view: str) -> None:
    page = staff.get(address(tree), {"vista": view}).content.decode()
    for text in ("Faltan personas", "No hay presupuesto", "Los formatos son largos", "La gente deja de hacerlos"):
        assert page.count(f">{text}</span>") == 1
    for value in ("up 4 0", "down 2 0", "in 4 0", "out 3 0", "flip 5 0", f"remove 2 {seal(tree, 2)}", "undo"):
        assert f'value="{value}"' in page
    assert staff.get(address(tree), {"vista": "otra"}).status_code == 400


def test_buttons_do_what_they_say(staff: Client, tree: ProblemTree) -> None:
    answer = staff.post(address(tree), {"do": "in 4 0"}, follow=True)
    assert "«Los formatos son largos», causa de nivel 3, 2 de 2" in answer.content.decode()
    answer = staff.post(address(tree), {"do": f"remove 2 {seal(tree, 2)}"}, follow=True)
    assert "Quitaste «Faltan personas» y 2 de debajo" in answer.content.decode()
    answer = staff.post(address(tree), {"do": "undo"}, follow=True)
    assert "Deshiciste el último paso: quitó «Faltan personas»" in answer.content.decode()
    staff.post(address(tree), {"to": "1:effect", "text": "Nadie confía"})
    assert node(tree, 6).text == "Nadie confía"
    staff.post(address(tree), {"do": "move 6 0 5 effect 0"})
    assert node(tree, 6).parent == node(tree, 5)


@pytest.mark.parametrize(
    "do",
    ["", "x", "up", "up 4", "up 4 0 7", "up a b", "up 99999999999 0", "remove 2", "add 1", "move 2 0", "write 2 0"],
)
def test_what_no_button_says_is_refused_in_words(staff: Client, tree: ProblemTree, do: str) -> None:
    before = drawn(tree)
    answer = staff.post(address(tree), {"do": do})
    assert answer.status_code == 409
    assert "No se pudo hacer" in answer.content.decode()
    assert drawn(tree) == before


def test_two_texts_of_one_box_are_shown_and_one_chosen(staff: Client, tree: ProblemTree, guarantor_staff: User) -> None:
    write_node(tree, 2, "Falta personal", revision=0, by=again(guarantor_staff), at=NOW)
    answer = staff.post(address(tree, "recuadros/2/"), {"text": "Hay poca gente", "revision": "0"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Falta personal" in page
    assert "Hay poca gente" in page
    assert "Personal del órgano garante cambió el texto de" in page
    assert staff.post(address(tree), {"do": "write 2 1", "text": "Hay poca gente"}).status_code == 302
    assert node(tree, 2).text == "Hay poca gente"


def test_a_text_for_a_removed_box_is_not_lost(staff: Client, tree: ProblemTree, guarantor_staff: User) -> None:
    remove_node(tree, 2, seal=seal(tree, 2), by=again(guarantor_staff), at=NOW)
    page = staff.post(address(tree, "recuadros/3/"), {"text": "No alcanza", "revision": "0"}).content.decode()
    assert 'value="restore 3"' in page
    assert "Restaurarlo con este texto" in page
    staff.post(address(tree), {"do": "restore 3", "text": "No alcanza"})
    assert drawn(tree, 2) == {"Faltan personas": ["No alcanza"]}


def test_who_acts_is_told_what_others_did_meanwhile(staff: Client, tree: ProblemTree, guarantor_staff: User) -> None:
    seen = tree.changes.count()
    write_node(tree, 2, "Falta personal", revision=0, by=again(guarantor_staff), at=NOW)
    assert "cambió el texto de «Falta personal»" in staff.get(address(tree, "pulso"), {"desde": seen}).content.decode()
    assert staff.get(address(tree, "pulso"), {"desde": "x"}).status_code == 200
    answer = staff.post(address(tree), {"do": "up 4 0", "seen": seen}, follow=True)
    assert "Mientras tanto: Personal del órgano garante" in answer.content.decode()


def test_what_was_removed_is_restored_from_the_history(staff: Client, tree: ProblemTree) -> None:
    before = drawn(tree)
    staff.post(address(tree), {"do": f"remove 2 {seal(tree, 2)}"})
    assert 'name="restore" value="2"' in staff.get(address(tree, "historia/")).content.decode()
    staff.post(address(tree, "historia/"), {"restore": "2"})
    assert drawn(tree) == before
    assert staff.post(address(tree, "historia/"), {"restore": "x"}).status_code == 409


def test_a_list_with_faults_is_told_by_line(staff: Client, tree: ProblemTree) -> None:
    answer = staff.post(address(tree, "importar/"), {"text": "suelto\nCausas\nbien"})
    assert answer.status_code == 409
    assert "Línea 1: escribe antes" in answer.content.decode()
    assert staff.post(address(tree, "importar/"), {"text": "Causas\n  Otra\n    Más"}).status_code == 302
    assert node(tree, 7).parent == node(tree, 6)


def workbook(rows: list[list[str]]) -> bytes:
    made = BytesIO()
    book = xlsxwriter.Workbook(made)
    sheet = book.add_worksheet()
    for place, row in enumerate(rows):
        sheet.write_row(place, 0, row)
    book.close()
    return made.getvalue()


ROWS = [["tipo", "nivel", "texto"], ["causa", "2", "De la hoja"], ["causa", "3", "Debajo"]]


@pytest.mark.parametrize(
    ("name", "data", "status"),
    [
        ("a.csv", b"tipo;nivel;texto\ncausa;2;De la hoja\ncausa;3;Debajo", 302),
        ("a.txt", b"Causas\n De la hoja\n  Debajo", 302),
        ("a.xlsx", workbook(ROWS), 302),
        ("a.xlsx", workbook([["otra"]]), 409),
        ("a.xlsx", b"PK\x03\x04" + b"\x00" * 200, 200),
        ("a.csv", b"\x00\xff\xfe" * 50, 409),
    ],
)
def test_a_file_is_read_by_what_it_holds(staff: Client, tree: ProblemTree, name: str, data: bytes, status: int) -> None:
    answer = staff.post(address(tree, "importar/"), {"text": "", "file": SimpleUploadedFile(name, data)})
    assert answer.status_code == status
    if status == 302:
        assert drawn(tree, 6) == {"De la hoja": ["Debajo"]}


def test_hostile_texts_stay_texts(staff: Client, tree: ProblemTree) -> None:
    write_node(tree, 2, HOSTILE, revision=0, by=tree.changes.get(number=1).changed_by, at=NOW)
    for place in ("", "?vista=arbol", "recuadros/2/", "historia/", "arbol.svg"):
        page = staff.get(address(tree) + place).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_the_files_say_every_box(staff: Client, tree: ProblemTree) -> None:
    got: dict[str, Any] = {
        extension: staff.get(address(tree, f"arbol.{extension}")) for extension in ("svg", "pdf", "docx", "csv")
    }
    assert all(answer["Content-Disposition"].startswith("attachment") for answer in got.values())
    assert "No hay presupuesto" in got["svg"].content.decode()
    with pikepdf.open(BytesIO(got["pdf"].content)) as document:
        assert "/StructTreeRoot" in document.Root
    assert got["docx"].content[:2] == b"PK"
    assert got["docx"].content == staff.get(address(tree, "arbol.docx")).content
    assert "3,Causa,3,2,No hay presupuesto" in got["csv"].content.decode("utf-8-sig")
    assert staff.get(address(tree, "arbol.exe")).status_code == 404


def test_the_stranger_finds_nothing(client: Client, tree: ProblemTree, stranger: User, other_liaison: User) -> None:
    for person, expected in ((stranger, 403), (other_liaison, 404)):
        client.force_login(again(person))
        for place in ("", "recuadros/2/", "historia/", "importar/", "pulso", "revision/", "arbol.svg"):
            assert client.get(address(tree, place)).status_code == expected
    assert client.get(f"/ejercicios/{tree.exercise.slug}/arboles/{tree.key}/").status_code == 404


def test_the_drawing_comes_as_a_picture_too(staff: Client, tree: ProblemTree) -> None:
    answer = staff.get(address(tree, "arbol.png"))
    assert answer["Content-Type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG")
    assert answer.content == staff.get(address(tree, "arbol.png")).content


def test_the_editor_asks_the_database_as_often_for_many_boxes(
    staff: Client, tree: ProblemTree, django_assert_max_num_queries: Any
) -> None:
    staff.post(address(tree, "importar/"), {"text": "Causas\n" + "\n".join(f"  C {n}" for n in range(120))})
    with django_assert_max_num_queries(8):
        staff.get(address(tree))


def test_the_history_asks_the_database_as_often_for_many_changes_of_others(
    staff: Client, tree: ProblemTree, guarantor_staff: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        add_node(tree, Spot(1, "cause"), f"Causa {number}", by=again(guarantor_staff), at=NOW)
    with django_assert_max_num_queries(8):
        page = staff.get(address(tree, "historia/")).text
    assert page.count("Personal del órgano garante agregó") == 12
