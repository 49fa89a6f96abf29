"""Passkeys: whatever stands where a key's answer should is refused in words, and enters nobody."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client

if TYPE_CHECKING:
    from tequio.accounts.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static_files"), pytest.mark.req("SI-04")]

ENTER = "/entrar/llave/"
B64 = "AAAA"
RESPONSE = {"clientDataJSON": B64, "authenticatorData": B64, "signature": B64, "attestationObject": B64}
ODD = [
    "", "x", "[]", "1", "null", "{}", '"a"', '{"id": 1}', '{"id": "AAAA", "rawId": "AAAA", "type": "public-key"}',
    json.dumps({"id": B64, "rawId": B64, "type": "public-key", "response": RESPONSE}),
    json.dumps({"id": B64, "rawId": B64, "type": "public-key", "response": {**RESPONSE, "userHandle": "MQ"}}),
    json.dumps({"id": B64, "rawId": B64, "type": "other", "response": []}),
    json.dumps({"id": B64, "rawId": B64, "type": "public-key", "response": {**RESPONSE, "userHandle": ["a"]}}),
]  # fmt: skip


@pytest.mark.parametrize("credential", ODD)
@pytest.mark.parametrize("first", ["asked", "unasked"])
def test_what_is_no_key_does_not_enter(credential: str, first: str, operator: User) -> None:
    cache.clear()
    client = Client()
    if first == "asked":
        asked = client.get(ENTER, headers={"x-requested-with": "XMLHttpRequest"}).json()
        assert asked["request_options"]["publicKey"]["userVerification"] == "required"
    answer = client.post(ENTER, {"credential": credential})
    assert answer["Location"] == "/entrar/"
    assert client.get("/cuenta/").status_code == 302


@pytest.mark.parametrize("credential", ODD)
def test_what_is_no_key_is_not_kept(credential: str, stranger: User) -> None:
    cache.clear()
    client = Client()
    client.force_login(stranger)
    stranger.set_password("un nopal junto al camino")
    stranger.save()
    client.force_login(stranger)
    EmailAddress.objects.create(user=stranger, email="ajena@example.mx", verified=True, primary=True)
    path = "/cuenta/segundo-paso/llaves/nueva/"
    client.post(f"/cuenta/confirmar/contrasena/?next={path}", {"password": "un nopal junto al camino"})
    page = client.get(path)
    assert "Crear la llave" in page.text
    assert "publicKey" in page.text
    assert client.post(path, {"name": "Mía", "credential": credential}).status_code == 200
    assert not Authenticator.objects.exists()
