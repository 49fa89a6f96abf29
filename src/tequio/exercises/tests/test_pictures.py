"""The pictures of answers: small, private until they are accepted, and nobody's who registers alone."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from tests.cast import NOW, account, again

from tequio.exercises.enums import CallKind
from tequio.exercises.models import Application, Exercise, Registration
from tequio.exercises.queries.calls import public_picture
from tequio.exercises.tests.answering import (
    CANDIDATE,
    CITIZEN,
    ORGANIZATION,
    accepting,
    applied,
    drawing,
    pictures,
    published,
    upload,
)
from tequio.exercises.workflows import accept_application, amend_application
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from tequio.accounts.models import User
    from tequio.exercises.models import Call
    from tequio.exercises.workflows import Answer

pytestmark = [pytest.mark.django_db, pytest.mark.req("EX-03", "SI-04")]


@pytest.fixture
def call(exercise: Exercise, liaison: User) -> Call:
    return published(exercise, liaison)


def test_a_logo_is_private_until_its_organization_is_a_member(call: Call, liaison: User) -> None:
    application = applied(call, picture=upload(drawing(size=(2000, 1000)), "../../etc/passwd.png"))
    kept = pictures().get()
    assert "passwd" not in kept.file.name
    with kept.file.open("rb") as file:
        assert Image.open(BytesIO(file.read())).size == (320, 160)
    assert public_picture(kept.pk) is None
    accept_application(application, by=again(liaison), at=NOW)
    assert Registration.objects.get().picture == kept
    assert public_picture(kept.pk) == kept
    Exercise.objects.update(state="draft")
    assert public_picture(kept.pk) is None


def test_a_candidate_s_photograph_is_private_until_the_candidacy_is(exercise: Exercise, liaison: User) -> None:
    call = published(exercise, liaison, CallKind.FACILITATOR)
    application = applied(call, answer=CANDIDATE, picture=upload(drawing("JPEG")))
    assert public_picture(application.picture_id or 0) is None
    accept_application(application, by=again(liaison), at=NOW)
    assert public_picture(application.picture_id or 0) == application.picture


def test_a_citizen_sends_no_picture(call: Call) -> None:
    with pytest.raises(Refused, match="no se pide imagen"):
        applied(call, account("beto"), CITIZEN, picture=upload(drawing()))
    assert not pictures().exists()


@pytest.mark.parametrize(
    "hostile", [b"", b"<svg><script>alert(1)</script></svg>", b"GIF89a" + bytes(60), b"MZ" + bytes(99)]
)
def test_a_hostile_file_is_refused_and_nothing_is_kept(call: Call, hostile: bytes) -> None:
    with pytest.raises(Refused, match="Se espera un archivo JPG, PNG"):
        applied(call, picture=upload(hostile))
    assert not Application.objects.exists()
    assert not pictures().exists()


def test_a_picture_is_changed_taken_away_and_dropped_with_the_sector(call: Call) -> None:
    person = account("ana")
    application = applied(call, person, picture=upload(drawing()))
    first = application.picture_id
    for picture, is_kept in ((None, True), (upload(drawing("JPEG")), True), (False, False)):
        answer = Application.objects.get()
        done = amend_application(answer, replaced(picture), by=again(person), at=NOW)
        assert bool(done.picture_id) is is_kept
        assert pictures().count() == is_kept
    assert not pictures().filter(pk=first).exists()
    amend_application(application, replaced(upload(drawing())), by=again(person), at=NOW)
    amend_application(application, accepting(CITIZEN), by=again(person), at=NOW)
    assert not pictures().exists()


def replaced(picture: object) -> Answer:
    """Return the organization's answer with another picture, or none."""
    return replace(accepting(ORGANIZATION), picture=picture)
