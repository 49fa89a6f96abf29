"""The pages about the service, the editorial ones and those of failure, as people with other eyes meet them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from tequio.content.tests.desk import seed
from tests.journeys.reader import PHONE, WCAG

if TYPE_CHECKING:
    from tests.journeys.reader import Reader

pytestmark = [pytest.mark.browser, pytest.mark.req("SI-01", "SI-03")]


def test_pages_about_the_service_are_fit_for_everyone(reader: Reader) -> None:
    reader.check_page("/estado/")
    reader.check_page("/registro/")


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
