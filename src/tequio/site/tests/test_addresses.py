"""Every address has one form, what nothing can have is refused, and every answer carries its headers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static_files"), pytest.mark.req("SI-01")]

MOVED = [
    ("/estado", "/estado/"),
    ("/registro?a=1&b=%C3%B1", "/registro/?a=1&b=%C3%B1"),
    ("/salud/", "/salud"),
    ("/registro.jsonl/", "/registro.jsonl"),
    ("/verificador.py/?x=1", "/verificador.py?x=1"),
    ("/gestion", "/gestion/"),
    ("/una/pagina", "/una/pagina/"),
]
STAYING = ["/", "/estado/", "/salud", "/registro.jsonl", "/estilo/"]
NOWHERE = [
    *("/api/v1/nada", "/nada.txt", "/nada.txt/"),
    *("//mal.example", "//mal.example/", "///mal.example//", "/\\mal.example", "//estado", "//salud/"),
]
UNREADABLE = [
    "/%00",
    "/estado/%00/",
    "/a%0Ab",
    "/a%0D%0ASet-Cookie:x",
    "/estado/?q=%00",
    "/estado/?%00=1",
    "/?a=%1B",
    "/x%7F",
]
HEADERS = {
    "Content-Security-Policy": "default-src 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=()",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


@pytest.mark.parametrize(("asked", "right"), MOVED)
def test_other_form_redirects_for_good(client: Client, asked: str, right: str) -> None:
    response = client.get(asked)
    assert (response.status_code, response.headers["Location"]) == (301, right)


def test_other_form_of_a_post_keeps_its_body(client: Client) -> None:
    response = client.post("/salud/", {"a": "1"})
    assert (response.status_code, response.headers["Location"]) == (308, "/salud")


@pytest.mark.parametrize("path", STAYING)
def test_right_form_does_not_move(client: Client, path: str) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", NOWHERE)
def test_nothing_leads_nowhere_nor_elsewhere(client: Client, path: str) -> None:
    response = client.get("/", PATH_INFO=path)  # as it comes: the client would read «//» as a host
    assert response.status_code == 404
    assert not response.has_header("Location")


@pytest.mark.parametrize("path", UNREADABLE)
def test_control_characters_are_refused_in_spanish(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 400
    assert "No entendimos la dirección" in response.text


def test_a_pasted_line_feed_in_a_question_is_no_offence(client: Client) -> None:
    assert client.get("/estado/", {"q": "dos\nrenglones\ty más"}).status_code == 200


@pytest.mark.parametrize(
    "path", ["/estado/", "/salud", "/registro.jsonl", "/no-existe/", "/%00", "/estado", "/api/v1/nada"]
)
def test_every_answer_carries_the_headers(client: Client, path: str) -> None:
    response = client.get(path)
    for name, part in HEADERS.items():
        assert part in response.headers[name], name
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert not response.cookies


def test_programs_get_problems(client: Client) -> None:
    response = client.get("/api/v1/nada")
    assert response.headers["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == response.status_code == 404
    assert problem["instance"] == "/api/v1/nada"
    assert "compromisos" in problem["detail"]


def test_lost_readers_find_the_search_box_and_the_short_addresses(client: Client) -> None:
    page = client.get("/no-existe/").text
    assert 'id="buscar-aqui"' in page
    assert "<code>/c/</code>" in page


def test_a_form_from_elsewhere_is_refused_in_spanish(client: Client) -> None:
    from_elsewhere = type(client)(enforce_csrf_checks=True)
    response = from_elsewhere.post("/entrar/", {"email": "a"})
    assert response.status_code == 403
    assert "No pudimos recibir el formulario" in response.text
