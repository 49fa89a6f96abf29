"""The demo's mailbox: read in the demo, not there elsewhere, and never a way to another file."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from django.core.management import call_command

from tequio.kernel import mailfolder
from tequio.kernel.mail import post
from tequio.kernel.tests.people import NOON
from tequio.site.tests.test_status import elsewhere

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django.fixtures import SettingsWrapper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static_files")]
GOOD = "20260131T180000000000-" + "a" * 32 + ".eml"


@pytest.fixture
def demo(settings: SettingsWrapper, tmp_path: Path) -> Path:
    """The folder of a demo's messages."""
    settings.DEMO = True
    settings.EMAIL_HOST = ""
    settings.MAIL_FOLDER = tmp_path / "correo"
    settings.MAIL_FOLDER.mkdir()
    return settings.MAIL_FOLDER


def deliver(key: str, subject: str, body: str = "Tu código es 483920.", minutes: int = 0) -> None:
    post(key, "ana@example.org", subject, body, at=NOON + timedelta(minutes=minutes))
    call_command("work", once=True)


def test_whoever_tries_the_demo_reads_the_code(demo: Path, client: Client) -> None:
    assert "Todavía no hay mensajes" in client.get("/buzon/").text
    deliver("1", "Primero")
    deliver("2", "Segundo", minutes=1)
    answer = client.get("/buzon/")
    assert answer.text.index("Segundo") < answer.text.index("Primero")
    assert "no-store" in answer.headers["Cache-Control"]
    name = max(path.name for path in demo.iterdir())
    assert f'href="/buzon/{name}/"' in answer.text
    shown = client.get(f"/buzon/{name}/")
    assert "Tu código es 483920." in shown.text
    assert "ana@example.org" in shown.text
    assert "no-store" in shown.headers["Cache-Control"]
    assert not answer.cookies


def test_what_a_message_says_is_text(demo: Path, client: Client) -> None:
    deliver(
        "1", "<img src=x onerror=alert(1)>", '<script>alert(1)</script> javascript:alert(1) https://x.mx/"onclick="a'
    )
    for page in (client.get("/buzon/"), client.get(f"/buzon/{next(demo.iterdir()).name}/")):
        assert "<img src=x" not in page.text
        assert "<script>alert" not in page.text
        assert 'href="javascript' not in page.text
        assert '"onclick=' not in page.text


@pytest.mark.parametrize(
    "name",
    [
        "../secret-key", "..", ".", "%2e%2e", "secret.eml", f"../correo/{GOOD}", f"{GOOD}\n", f"{GOOD}\x00",
        f"{GOOD}.eml", GOOD.replace("0", "\u0660"), "<b>.eml", "a" * 5000, GOOD,
    ],
)  # fmt: skip
def test_a_hostile_name_is_no_message(demo: Path, client: Client, name: str) -> None:
    (demo.parent / "secret-key").write_text("secreto")
    (demo / "secret.eml").write_text("Subject: secreto\n\nsecreto")
    (demo / "<b>.eml").write_text("Subject: secreto\n\nsecreto")
    (demo / GOOD).symlink_to(demo.parent / "secret-key")
    for address in (f"/buzon/{quote(name, safe='')}/", f"/buzon/{quote(name, safe='/.%')}/"):
        assert "secreto" not in client.get(address, follow=True).text
    assert client.get(f"/buzon/{quote(name, safe='')}/").status_code in {301, 400, 404}
    assert mailfolder.read(name) is None
    assert "secreto" not in client.get("/buzon/").text


def test_outside_the_demo_there_is_no_mailbox(demo: Path, client: Client, settings: SettingsWrapper) -> None:
    deliver("1", "Primero")
    name = next(demo.iterdir()).name
    settings.DEMO = False
    assert [client.get(path).status_code for path in ("/buzon/", f"/buzon/{name}/")] == [404, 404]


def test_a_demo_in_public_is_refused(tmp_path: Path) -> None:
    public = {"TEQUIO_DEMO": "1", "TEQUIO_ADDRESS": "https://tequio.example.mx"}
    done = elsewhere(tmp_path, "-m", "django", "check", **public)
    assert "tequio.E002" in done.stderr
    assert done.returncode == 1
    assert elsewhere(tmp_path, "-m", "django", "check", TEQUIO_DEMO="1").returncode == 0
