"""Published pages: public, without cookies, from memory, and clean whatever was written in them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.cast import without_second_step

from tequio.content.findable import entries
from tequio.content.models import ContentPage, NewsIndexPage, NewsPage
from tequio.content.models.blocks import cleaned
from tequio.content.tests.desk import editor, front
from tequio.content.workflows import announce_pages
from tequio.kernel.facts import PUBLISHED, subscribe, unsubscribe
from tequio.kernel.tests.people import NOON

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.contrib.auth.models import AbstractUser
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static_files"), pytest.mark.req("SI-01")]

HOSTILE = """<p onclick="a()">Hola</p><script>a()</script><img src=x onerror=a()><iframe src="https://a.mx"></iframe>
<a href="javascript:a()">uno</a><a href="data:text/html,a">dos</a><style>p{}</style><p style="color:red">tres</p>"""


def written(text: str, slug: str = "prueba") -> ContentPage:
    """Return a published page with a text block."""
    page = ContentPage(title="Prueba", slug=slug, lede="Una prueba.")
    page.body = json.dumps([{"type": "text", "value": text}])
    front().add_child(instance=page)
    page.save_revision().publish()
    return page


@pytest.fixture
def announced() -> Iterator[list[str]]:
    """The subjects of what is published meanwhile."""
    subjects: list[str] = []

    def note(*, subject: str, **_fact: object) -> None:
        subjects.append(subject)

    subscribe(PUBLISHED, note)
    yield subjects
    unsubscribe(PUBLISHED, note)


def test_page_is_public_and_sets_no_cookie(client: Client) -> None:
    written("<p>Hola</p>")
    response = client.get("/prueba/")
    assert response.status_code == 200
    assert not response.cookies
    assert "<p>Hola</p>" in response.text
    assert "Cookie" not in response.get("Vary", "")


def test_draft_is_not_found(client: Client) -> None:
    front().add_child(instance=ContentPage(title="Borrador", slug="borrador", live=False))
    assert client.get("/borrador/").status_code == 404


def test_hostile_text_in_the_database_never_reaches_a_page(client: Client) -> None:
    written(HOSTILE)
    page = client.get("/prueba/").text
    main = page[page.index("<main") : page.index("</main>")]
    assert "Hola" in main
    for word in ("<script", "<img", "<iframe", "onclick", "onerror", "javascript:", "data:", "style"):
        assert word not in main


def test_cleaning_keeps_what_an_editor_can_write() -> None:
    text = '<h2>A</h2><p><b>b</b> <a linktype="page" id="3">c</a> <a href="https://a.mx">d</a></p><ul><li>e</li></ul>'
    assert cleaned(text) == text


def test_all_that_an_editor_does_is_announced(
    announced: list[str], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        page = written("<p>a</p>")
    with django_capture_on_commit_callbacks(execute=True):
        page.unpublish()
    with django_capture_on_commit_callbacks(execute=True):
        announce_pages(page)
    assert announced == [page.url_path] * 3


def test_published_pages_are_findable() -> None:
    written("<h2>Dónde</h2><p>Estamos</p>")
    assert [(entry.title, entry.text, entry.url) for entry in entries()] == [
        ("Prueba", "Una prueba. Dónde Estamos", "/prueba/")
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_the_news(
    client: Client, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    index = front().add_child(instance=NewsIndexPage(title="Noticias", slug="noticias"))
    for number in range(count):
        index.add_child(instance=NewsPage(title=f"Noticia {number}", slug=f"n-{number}", dated_on=NOON.date()))
    client.get("/noticias/")
    with django_assert_max_num_queries(8):
        assert client.get("/noticias/").text.count("<h2><a") == count


@pytest.mark.parametrize("asked", ["0", "-1", "99999999999999999999", "x", "2"])
def test_a_sheet_that_is_not_there_is_no_error(client: Client, asked: str) -> None:
    front().add_child(instance=NewsIndexPage(title="Noticias", slug="noticias"))
    response = client.get("/noticias/", {"pagina": asked})
    assert response.status_code == 200
    assert "Todavía no hay noticias" in response.text


def test_stranger_does_not_enter_the_desk(client: Client, stranger: AbstractUser) -> None:
    assert client.get("/gestion/").headers["Location"] == "/entrar/?next=/gestion/"
    client.force_login(stranger)
    for path in ("/gestion/", "/gestion/pages/", "/gestion/images/", f"/gestion/pages/{front().pk}/edit/"):
        assert client.get(path).status_code == 403, path
    client.force_login(editor())
    assert client.get("/gestion/").status_code == 200


def test_an_editor_shows_a_second_step_before_the_desk(client: Client) -> None:
    person = editor()
    client.force_login(person)
    without_second_step(client)
    led = "/cuenta/segundo-paso/?next=/gestion/pages/"
    assert client.get("/gestion/pages/").headers["Location"] == led
    assert client.get("/gestion/pages/", headers={"x-requested-with": "XMLHttpRequest"}).status_code == 403
    client.force_login(person)
    assert client.get("/gestion/").status_code == 200


def test_desk_has_its_own_policy_and_nobody_else(client: Client) -> None:
    written("<p>a</p>")
    assert "unsafe" not in client.get("/prueba/").headers["Content-Security-Policy"]
    client.force_login(editor())
    desk = client.get("/gestion/").headers["Content-Security-Policy"]
    assert "style-src 'self' 'unsafe-inline'" in desk
    assert "script-src 'self';" in f"{desk};"
    preview = client.get(f"/gestion/pages/{front().pk}/")
    assert preview.headers["Content-Security-Policy"].count("frame-ancestors 'self'") == 1


def test_pictures_are_served_from_their_own_folder_only(client: Client) -> None:
    for path in ("/media/images/no.png", "/media/images/..%2Ftequio.sqlite3", "/media/secret-key"):
        assert client.get(path).status_code == 404, path
