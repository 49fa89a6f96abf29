from __future__ import annotations

import stat
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives, send_mail
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tequio.kernel import delivery, mailfolder
from tequio.kernel.jobs import ATTEMPTS, parked, run_next
from tequio.kernel.mail import URGENT, Attachment, post
from tequio.kernel.models import OutboxMessage
from tequio.kernel.tasks import deliver_mail, retry_mail
from tequio.kernel.tests.mailserver import Post, free_port, mail_server
from tequio.kernel.tests.people import NOON

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db
CODE = "Tu código es 483920."
ANA = "ana@example.org"


@pytest.fixture
def folder(settings: SettingsWrapper, tmp_path: Path) -> Path:
    settings.EMAIL_HOST = ""
    settings.MAIL_FOLDER = tmp_path / "correo"
    return settings.MAIL_FOLDER


@pytest.fixture
def server(settings: SettingsWrapper) -> Iterator[Post]:
    with mail_server(Post()) as running:
        point_at(settings, running.port)
        yield running


def point_at(settings: SettingsWrapper, port: int) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.DEFAULT_FROM_EMAIL = "Gobierno abierto <avisos@example.mx>"


def write(key: str = "code:1", recipient: str = ANA, subject: str = "Código", **more: Any) -> bool:
    return post(key, recipient, subject, CODE, at=NOON, **more)


def stored() -> str:
    return repr([OutboxMessage.objects.values(), DBTaskResult.objects.values()])


def test_a_message_is_sent_once_and_only_the_receipt_stays(server: Post) -> None:
    assert write(html="<p>483920</p>", attachments=[Attachment("acta.txt", b"si", "text/plain")])
    assert not write()
    call_command("work", once=True)
    call_command("work", once=True)
    letter = server.received[0]
    assert (len(server.received), server.to) == (1, [ANA])
    assert (letter["Subject"], letter["To"], letter["Auto-Submitted"]) == ("Código", ANA, "auto-generated")
    assert letter["From"] == "Gobierno abierto <avisos@example.mx>"
    assert letter.get_body(("plain",)).get_content().strip() == CODE
    assert "<p>483920</p>" in letter.get_body(("html",)).get_content()
    assert [part.get_filename() for part in letter.iter_attachments()] == ["acta.txt"]
    receipt = OutboxMessage.objects.get()
    assert (receipt.key, receipt.recipient, receipt.tries) == ("code:1", ANA, 1)
    assert receipt.sent_at is not None
    assert "483920" not in stored()
    assert "Código" not in stored()
    assert not write()


def test_the_same_key_reaches_each_recipient(server: Post) -> None:
    assert write()
    assert write(recipient="beto@example.org")
    call_command("work", once=True)
    assert sorted(server.to) == [ANA, "beto@example.org"]


def test_what_is_rolled_back_is_not_sent(server: Post) -> None:
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    call_command("work", once=True)
    assert server.received == []


def test_a_code_does_not_wait_behind_a_digest(server: Post) -> None:
    write("digest", subject="Resumen")
    write("code", subject="Código", urgent=True)
    call_command("work", once=True)
    assert [letter["Subject"] for letter in server.received] == ["Código", "Resumen"]


def test_a_refusal_for_good_parks_the_message_with_the_servers_words_and_no_address(server: Post) -> None:
    server.answer_to_recipient = f"550 <{ANA}> no such mailbox"
    write()
    assert run_next("w")
    assert not run_next("w")
    assert parked().count() == 1
    assert OutboxMessage.objects.get().refusal == "550 <…> no such mailbox"
    assert "no such mailbox" in parked().get().traceback
    assert ANA not in parked().get().traceback
    with time_machine.travel(timezone.now() + timedelta(hours=1), tick=False):
        retry_mail.call()
    assert parked().count() == 1


@pytest.mark.parametrize("answer", ["450 try later", "530 sign in first"])
def test_a_refusal_for_now_is_tried_again(server: Post, answer: str) -> None:
    server.answer_to_recipient = answer
    write()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        assert run_next("w")
        assert (parked().count(), OutboxMessage.objects.get().sent_at) == (0, None)
        server.answer_to_recipient = "250 OK"
        clock.shift(10)
        assert run_next("w")
    assert len(server.received) == 1


def test_a_server_without_encryption_gets_no_message(server: Post, settings: SettingsWrapper) -> None:
    settings.EMAIL_USE_TLS = True
    write()
    assert run_next("w")
    assert (server.received, parked().count()) == ([], 0)
    assert "STARTTLS" in DBTaskResult.objects.get().traceback


def test_a_server_that_was_away_for_hours_gets_the_message(settings: SettingsWrapper) -> None:
    port = free_port()
    point_at(settings, port)
    write()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(ATTEMPTS):
            assert run_next("w")
            clock.shift(3600)
        assert parked().count() == 1
        with mail_server(Post(), port) as server:
            retry_mail.call()
            assert run_next("w")
    assert len(server.received) == 1
    assert OutboxMessage.objects.get().sent_at


def test_a_message_sent_meanwhile_is_not_sent_again(server: Post) -> None:
    write()
    identifier = str(OutboxMessage.objects.get().pk)
    delivery.deliver(identifier)
    delivery.deliver(identifier)
    assert len(server.received) == 1


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\x00", "\x85", "\u2028"])
def test_nobody_writes_headers_through_a_field(end: str) -> None:
    hostile = f"x{end}Bcc: todos@example.org"
    for fields in (
        {"recipient": f"{ANA}{end}"},
        {"recipient": f"ana@example.org{end}Bcc: todos@example.org"},
        {"subject": hostile},
        {"headers": {"X-A": hostile}},
        {"headers": {hostile: "x"}},
        {"attachments": [Attachment(hostile, b"")]},
        {"attachments": [Attachment("a", b"", hostile)]},
    ):
        with pytest.raises(ValueError, match=r"line break|cannot carry"):
            write(**fields)
    assert not OutboxMessage.objects.exists()


@pytest.mark.parametrize("name", ["Bcc", "To", "From", "Content-Type", "Resent-To", "subject"])
def test_a_header_that_the_outbox_writes_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="cannot carry"):
        write(headers={name: "x@example.org"})


@pytest.mark.parametrize(
    "recipient", ["", "ana", "a@b@c", "ana@example.org, beto@example.org", "Ana <ana@example.org>"]
)
def test_what_is_no_address_is_refused(recipient: str) -> None:
    with pytest.raises(ValidationError):
        write(recipient=recipient)


def test_an_address_is_one_however_its_domain_is_written() -> None:
    assert write(recipient="ana@peña.mx")
    assert not write(recipient="ana@PEÑA.mx")
    assert OutboxMessage.objects.get().recipient == "ana@xn--pea-8ma.mx"


def test_the_database_keeps_no_text_of_a_message_that_was_sent() -> None:
    write()
    with pytest.raises(IntegrityError, match="outboxmessage_wiped"), transaction.atomic():
        OutboxMessage.objects.update(sent_at=NOON)


def test_without_a_server_a_message_is_a_file_of_its_owner(folder: Path) -> None:
    write()
    call_command("work", once=True)
    file = next(folder.iterdir())
    assert (stat.S_IMODE(file.stat().st_mode), stat.S_IMODE(folder.stat().st_mode)) == (0o600, 0o700)
    letter = mailfolder.newest(5)[0]
    assert (letter.recipient, letter.subject, letter.body.strip()) == (ANA, "Código", CODE)
    assert OutboxMessage.objects.get().sent_at


def test_what_libraries_send_goes_through_the_outbox(settings: SettingsWrapper, server: Post) -> None:
    settings.EMAIL_BACKEND = "tequio.project.mail.OutboxBackend"
    letter = EmailMultiAlternatives(
        "Hola", "texto", "otro@example.org", [f"Ana <{ANA}>"], ["beto@example.org"], reply_to=["r@example.org"]
    )
    letter.attach_alternative("<b>texto</b>", "text/html")
    letter.attach("a.csv", "x,y", "text/csv")
    assert letter.send() == 1
    assert send_mail("Hola", "otra vez", None, [ANA]) == 1
    assert server.received == []
    call_command("work", once=True)
    assert sorted(server.to) == [ANA, ANA, "beto@example.org"]
    first = next(each for each in server.received if each["To"] == "beto@example.org")
    assert (first["From"], first["Reply-To"]) == ("Gobierno abierto <avisos@example.mx>", "r@example.org")
    assert [part.get_content().strip() for part in first.iter_attachments()] == ["x,y"]
    mail = DBTaskResult.objects.filter(task_path=deliver_mail.module_path)
    assert {result.priority for result in mail} == {URGENT}
