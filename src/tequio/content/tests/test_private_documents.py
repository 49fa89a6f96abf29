"""A document of a private collection is for those whom the desk lets in, and for nobody who only knows its address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from wagtail.documents.models import Document
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from tequio.content.models import ContentPage
from tequio.content.tests.desk import editor, front

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase
    from django.test import Client

    from tequio.accounts.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static_files"), pytest.mark.req("SI-01")]
SECRET = b"acta que nadie ha aprobado"


def filed(restriction: str, *, below: bool = False) -> Document:
    """Return a document of a collection restricted in a way, or of one inside it."""
    front()
    private = Collection.get_first_root_node().add_child(name="Reservados")
    rule = CollectionViewRestriction.objects.create(
        collection=private, restriction_type=restriction, password="una contraseña" if restriction == "password" else ""
    )
    if restriction == "groups":
        rule.groups.add(Group.objects.create(name="Comité"))
    home = private.add_child(name="Actas") if below else private
    return Document.objects.create(title="Acta", collection=home, file=ContentFile(SECRET, "acta.txt"))


def asked(client: Client, document: Document) -> HttpResponseBase:
    """Return the answer to a document's own address, after seeing that the storage serves it nowhere else."""
    assert client.get(f"/media/{document.file.name}").status_code == 404
    return client.get(document.url, follow=True)


def is_refused(response: HttpResponseBase, person: User | None) -> bool:
    """Tell whether who entered was refused, and a visitor led to the door."""
    return response.redirect_chain[-1][0].startswith("/entrar/") if person is None else response.status_code == 403


def asks_password(response: HttpResponseBase) -> bool:
    """Tell whether the answer is the page on which a document's password is written."""
    return response.status_code == 200 and 'type="password"' in response.text


def body(response: HttpResponseBase) -> bytes:
    return b"".join(response)


@pytest.mark.parametrize("below", [False, True])
@pytest.mark.parametrize("restriction", ["groups", "password"])
def test_a_private_document_is_refused_to_visitor_stranger_and_who_only_edits(
    client: Client, stranger: User, restriction: str, *, below: bool
) -> None:
    document = filed(restriction, below=below)
    for person in (None, stranger, editor()):
        if person:
            client.force_login(person)
        response = asked(client, document)
        assert is_refused(response, person) if restriction == "groups" else asks_password(response)
        assert SECRET not in body(response)


def test_a_document_for_those_who_sign_in_is_refused_to_a_visitor(client: Client) -> None:
    response = asked(client, filed("login"))
    assert is_refused(response, None)
    assert SECRET not in body(response)


def test_a_document_is_read_by_who_was_let_in(client: Client, stranger: User) -> None:
    document = filed("groups")
    stranger.groups.add(Group.objects.get(name="Comité"))
    client.force_login(stranger)
    assert body(asked(client, document)) == SECRET


def test_a_document_with_a_password_is_read_by_who_knows_it(client: Client) -> None:
    document = filed("password")
    (rule,) = CollectionViewRestriction.objects.all()
    where = f"/documentos/authenticate_with_password/{rule.pk}/"
    client.post(where, {"password": "otra", "return_url": document.url})
    assert SECRET not in body(asked(client, document))
    client.post(where, {"password": "una contraseña", "return_url": document.url})
    assert body(asked(client, document)) == SECRET


@pytest.mark.parametrize("restriction", ["login", "groups"])
def test_a_private_page_is_refused_to_a_visitor(client: Client, restriction: str) -> None:
    page = front().add_child(instance=ContentPage(title="Reservada", slug="reservada", lede="Secreta."))
    PageViewRestriction.objects.create(page=page, restriction_type=restriction)
    response = client.get("/reservada/", follow=True)
    assert is_refused(response, None)
    assert "Secreta" not in response.text
