"""Outside the demonstration there is nobody to enter as; in it, whatever pack it loads, somebody of each part."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.conf import settings as site
from django.core.management import call_command
from tests.cast import NOW, Land, read_notice

from tequio.accounts.enums import NoticeKey
from tequio.accounts.models import User
from tequio.kernel.refusal import Refused
from tequio.site.queries.demo import HOST, LIAISON, PARTS, people_to_try
from tequio.site.workflows import seed_demo

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django.fixtures import SettingsWrapper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static_files")]
PAGE = "/demostracion/"
TONALLI = site.ROOT / "tests" / "packs" / "tonalli"


@pytest.fixture
def demo(settings: SettingsWrapper) -> None:
    settings.DEMO = True


def test_elsewhere_there_is_neither_page_nor_person(land: Land, client: Client, settings: SettingsWrapper) -> None:
    with pytest.raises(Refused, match="solo de la demostración"):
        seed_demo(at=NOW)
    assert not User.objects.filter(email__endswith=HOST).exists()
    settings.DEMO = True
    for key in (NoticeKey.REGISTRATION, NoticeKey.EVENT):
        read_notice(key)
    seed_demo(at=NOW)
    settings.DEMO = False
    assert client.get(PAGE).status_code == client.post(PAGE, {"persona": LIAISON.key}).status_code == 404
    assert "_auth_user_id" not in client.session
    assert PAGE not in client.get("/").text


def test_the_first_page_of_the_demo_leads_there(demo: None, client: Client) -> None:
    assert f'href="{PAGE}"' in client.get("/").text
    assert "Todavía no hay personas de muestra" in client.get(PAGE).text


def test_a_pack_with_nowhere_to_try_leaves_nobody(demo: None) -> None:
    with pytest.raises(Refused, match="no hay dónde probar"):
        seed_demo(at=NOW)
    assert not User.objects.exists()


def test_the_demo_makes_them_from_whatever_pack_it_loads(
    first_pal: None, demo: None, settings: SettingsWrapper
) -> None:
    settings.PACKS = TONALLI.parent
    said = StringIO()
    call_command("load_demo", stdout=said)
    assert "personas de muestra" in said.getvalue()
    assert [each.part for each in people_to_try()] == list(PARTS)
