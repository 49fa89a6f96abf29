"""Whoever reads a page, file or feed finds no private word that is not theirs (H2), and no log tells one (H7)."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import TYPE_CHECKING, Final

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from tequio.accounts.enums import RoleKind
from tequio.accounts.models import Post
from tequio.accounts.workflows import grant_role, revoke_role
from tequio.kernel.access import PUBLIC
from tequio.kernel.models import OutboxMessage
from tequio.kernel.refusal import Refused
from tests.attack.asking import entered
from tests.attack.canaries import FILE, Canary, lines, mark, plant, texts_of_people
from tests.attack.examples import EXAMPLES, Example
from tests.attack.matrix import PERSONS, rows
from tests.attack.reading import crawl, words
from tests.cast import NOW, account

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tequio.accounts.models import User
    from tests.attack.examples import Scene

pytestmark = [pytest.mark.once, pytest.mark.req("SI-04")]

BESIDE: Final = 60
"""How many of the public pages that the visitor's links lead to are read too; the drafts' test reads them all."""


@pytest.fixture
def acted(scene: Scene, cast: dict[str, User]) -> dict[str, Example]:
    """The cast with words of their own, and everything that the examples make."""
    mark(cast)
    for part, person in cast.items():
        vars(scene.person(part)).update(username=person.username, email=person.email)
    done = Post(RoleKind.MUNICIPAL_LIAISON, jurisdiction=scene.land.other_town)
    role = grant_role(account("antes"), done, by=scene.person("guarantor_staff"), at=NOW)
    revoke_role(role, reason="Cambió de puesto", by=scene.person("guarantor_staff"), at=NOW)
    made = {}
    for address, make in EXAMPLES.items():
        with suppress(Refused, IntegrityError), transaction.atomic():  # each was made to be alone
            made[address] = make(scene)
    return made


def read(text: str, canaries: list[Canary], part: str) -> Iterator[str]:
    """Yield the private words in a text that a person may not read."""
    for canary in canaries:
        if canary.word in text and not canary.may_be_read_by(part):
            yield f"{canary.field} of {canary.owner or 'somebody'}"


def pages(made: dict[str, Example], part: str) -> list[str]:
    """Return the addresses to read as a person; what is for everybody is one copy, which the visitor reads.

    What a secret opens is for whoever holds it.
    """
    shown = [row for row in rows() if "GET" in row.methods and ":token>" not in row.address]
    asked = [row for row in shown if part == "visitor" or row.access != PUBLIC]
    return list(dict.fromkeys(made.get(row.address + row.case, Example()).path(row.address) for row in asked))


@pytest.mark.parametrize("part", PERSONS)
def test_nobody_reads_what_is_not_theirs(
    scene: Scene, cast: dict[str, User], acted: dict[str, Example], part: str, caplog: pytest.LogCaptureFixture
) -> None:
    canaries, paths = plant(cast), pages(acted, part)
    with caplog.at_level(logging.INFO):
        answers = list(crawl(entered(scene, part), paths, most=len(paths) + BESIDE))
    seen = {path: found for path, body, kind in answers if (found := list(read(words(body, kind), canaries, part)))}
    assert not seen, f"{part} reads:\n" + "\n".join(f"{path}: {sorted(set(found))}" for path, found in seen.items())
    assert list(read(caplog.text, canaries, "log")) == [], "a log tells these"


def test_no_log_tells_the_secret_of_an_address(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    path = EXAMPLES["invitacion/<str:token>/"](scene).path("invitacion/<str:token>/")
    client = entered(scene, "other_liaison")
    assert client.post(path).status_code == 409
    assert client.get("/invitacion/otra-liga/").status_code == 404
    guarded = Client(enforce_csrf_checks=True)
    guarded.force_login(scene.person("liaison"))
    assert guarded.post(path).status_code == 403
    assert caplog.text.count("/invitacion/[oculto]/") >= 3
    assert path not in caplog.text
    assert "otra-liga" not in caplog.text


def test_a_message_tells_its_reader_of_nobody_else(acted: dict[str, Example], cast: dict[str, User]) -> None:
    messages = list(OutboxMessage.objects.exclude(body=""))
    assert messages
    for message in messages:
        said = f"{message.subject} {message.body} {message.html} {message.headers}"
        others = [person for person in cast.values() if person.email != message.recipient]
        private = {
            each for person in others for each in (person.username, person.first_name, person.last_name, person.email)
        }
        assert [each for each in private if each in said] == [], message.key


def test_every_private_text_has_a_line_and_a_canary(acted: dict[str, Example], cast: dict[str, User]) -> None:
    missing = sorted(set(texts_of_people()) - set(lines()))
    assert not missing, f"say in tests/attack/{FILE.name} who may read:\n" + "\n".join(f"{name}," for name in missing)
    planted = {canary.field for canary in plant(cast)}
    assert {"accounts.User.email", "accounts.Invitation.email", "accounts.Role.revocation_reason"} <= planted


def test_a_word_in_a_page_is_found() -> None:
    canary = Canary("zq0123456789ab", "accounts.User.email", "liaison")
    readers = [part for part in PERSONS if not list(read("a zq0123456789ab b", [canary], part))]
    assert readers == ["liaison", "guarantor_staff"]
