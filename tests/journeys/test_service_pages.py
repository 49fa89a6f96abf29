"""The pages about the service, the editorial ones and those of failure, as people with other eyes meet them."""

from __future__ import annotations

from email.message import EmailMessage
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from tequio.content.tests.desk import seed
from tequio.kernel import mailfolder
from tequio.kernel.tests.people import NOON
from tequio.site.workflows import seed_demo
from tests.cast import NOW
from tests.journeys.reader import PHONE, WCAG

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

    from tests.cast import Land
    from tests.journeys.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.req("SI-01", "SI-03")]


def test_pages_about_the_service_are_fit_for_everyone(reader: Reader) -> None:
    reader.check_page("/estado/")
    reader.check_page("/registro/")


def test_mailbox_of_the_demo_is_fit_for_everyone(reader: Reader, settings: SettingsWrapper, tmp_path: Path) -> None:
    settings.DEMO, settings.EMAIL_HOST, settings.MAIL_FOLDER = True, "", tmp_path
    reader.check_page("/buzon/")
    letter = EmailMessage()
    letter["Subject"], letter["To"] = "Tu código para entrar", "ana.de-nombre-muy-largo@example.org"
    letter.set_content("Tu código es 483920. También puedes abrir https://example.mx/entrar/")
    mailfolder.keep(letter, identifier=UUID(int=1), at=NOON)
    reader.check_page("/buzon/")
    reader.check_page("/buzon/20260131T180000000000-00000000000000000000000000000001.eml/")


def test_who_can_be_tried_in_the_demo_is_fit_for_everyone(
    reader: Reader, settings: SettingsWrapper, land: Land, notices: None
) -> None:
    settings.DEMO = True
    reader.check_form("/demostracion/")
    seed_demo(at=NOW)
    reader.check_form("/demostracion/")


def test_editorial_pages_are_fit_for_everyone(reader: Reader) -> None:
    seed()
    for path in ("/que-es-gobierno-abierto/", "/noticias/", "/noticias/como-leer-no-consta/"):
        reader.check_page(path)


@pytest.mark.parametrize("failure", ["400", "403", "403_csrf", "404", "500", "503"])
def test_pages_of_failure_have_no_barrier(reader: Reader, failure: str) -> None:
    page = reader.browser.new_page(viewport=PHONE, locale="es-MX")
    page.goto(f"{reader.site}/no-existe/")  # so that the stylesheet has an address to come from
    if failure != "404":
        written = render_to_string(f"{failure}.html", {}, RequestFactory().get("/no-existe/"))
        page.set_content(written, wait_until="load")
    reader.axe(page, failure, WCAG)
    page.close()
    assert reader.faults == []
