"""The door of an event and its photographs: one answer for each who comes, nothing hidden in what is published."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from PIL import Image
from tests.cast import NOW, again

from tequio.accounts.enums import Sector, Sex
from tequio.exercises.enums import AttendeeState, DoorAnswer
from tequio.exercises.models import Attendee, EventPhoto
from tequio.exercises.queries.events import found_at_the_door, photo_path
from tequio.exercises.tests.happenings import END, START, announced, registered
from tequio.exercises.workflows import (
    AttendeeDetails,
    add_photo,
    admit_walk_in,
    check_in,
    hold_event,
    publish_report,
    remove_photo,
)
from tequio.kernel.attachments import MOST_BYTES
from tequio.kernel.models import LedgerEntry
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from pathlib import Path

    from django.contrib.auth.models import AnonymousUser
    from pytest_django.fixtures import SettingsWrapper

    from tequio.accounts.models import User
    from tequio.exercises.models import Event, Exercise

pytestmark = [pytest.mark.django_db, pytest.mark.req("EX-09")]
CITIZEN = AttendeeDetails(sector=Sector.CITIZENS)


@pytest.fixture
def event(exercise: Exercise, liaison: User) -> Event:
    """An announced forum for two people."""
    return announced(exercise, liaison, capacity=2)


@pytest.fixture
def held(event: Event, liaison: User) -> Event:
    """The forum, once it took place."""
    return hold_event(event, by=again(liaison), at=END)


@pytest.fixture
def files(settings: SettingsWrapper, tmp_path: Path) -> Path:
    """A folder of its own for what is uploaded."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 30), **more: object) -> bytes:
    """Return a picture as a telephone sends it, with where it was taken."""
    made, image = BytesIO(), Image.new("RGB", size, "white")
    if kind == "JPEG":
        told = image.getexif()
        told[0x010F] = "Secreto-zq"
        told[0x0112] = 6
        more["exif"] = told
    image.save(made, kind, **more)
    return made.getvalue()


def test_who_comes_is_noted_once(event: Event, liaison: User, visitor: AnonymousUser) -> None:
    attendee = registered(event, "ana", visitor)
    answers = [check_in(event, code, by=again(liaison), at=at) for code, at in (
        (attendee.code.lower(), START),
        (attendee.code, START + timedelta(minutes=2)),
        ("", START),
        ("NOESTA22", START),
    )]  # fmt: skip
    told = [(answer.answer, answer.attendee and answer.attendee.arrived_at) for answer in answers]
    assert told == [
        (DoorAnswer.COME_IN, START),
        (DoorAnswer.ALREADY, START),
        (DoorAnswer.NOT_THERE, None),
        (DoorAnswer.NOT_THERE, None),
    ]


def test_who_waits_comes_in_while_there_is_room(event: Event, liaison: User, visitor: AnonymousUser) -> None:
    ana, beto, caro = (registered(event, name, visitor) for name in ("ana", "beto", "caro"))
    by = again(liaison)
    assert check_in(event, caro.code, by=by, at=START).answer == DoorAnswer.WAITING
    assert check_in(event, caro.code, is_let_in=True, by=by, at=START).answer == DoorAnswer.COME_IN
    check_in(event, ana.code, by=by, at=START)
    with pytest.raises(Refused, match="ya entraron 2 de 2"):
        admit_walk_in(event, CITIZEN, by=by, at=START)
    assert check_in(event, beto.code, by=by, at=START).answer == DoorAnswer.COME_IN


def test_who_did_not_register_comes_in_with_three_answers(event: Event, liaison: User, visitor: AnonymousUser) -> None:
    known = registered(event, "ana", visitor)
    first = admit_walk_in(event, CITIZEN, by=again(liaison), at=START)
    assert first.attendee is not None
    assert (first.attendee.is_walk_in, first.attendee.email) == (True, "")
    same = AttendeeDetails(sector=Sector.CITIZENS, sex=Sex.MAN, email="ANA@example.mx")
    assert admit_walk_in(event, same, by=again(liaison), at=START).attendee == known
    assert event.attendees.arrived().count() == 2


def test_the_door_opens_on_the_day_and_closes_with_the_report(
    event: Event, liaison: User, visitor: AnonymousUser
) -> None:
    attendee, by = registered(event, "ana", visitor), again(liaison)
    with pytest.raises(Refused, match="12 horas antes"):
        check_in(event, attendee.code, by=by, at=START - timedelta(hours=13))
    publish_report(event, account="Fue.", by=by, at=END)
    with pytest.raises(Refused, match="están cerradas"):
        check_in(event, attendee.code, by=by, at=END)


@pytest.mark.parametrize("part", ["operator", "far_staff", "other_liaison", "representative", "stranger"])
def test_nobody_else_keeps_the_door_or_the_photographs(
    held: Event, cast: dict[str, User], visitor: AnonymousUser, files: Path, liaison: User, part: str
) -> None:
    photo = add_photo(held, picture(), text="La sala", has_consent=True, by=again(liaison), at=END)
    other = cast[part]
    acts = [
        lambda: check_in(held, "X", by=other, at=START),
        lambda: check_in(held, "X", by=visitor, at=START),
        lambda: admit_walk_in(held, CITIZEN, by=other, at=START),
        lambda: add_photo(held, picture("PNG"), text="x", has_consent=True, by=other, at=END),
        lambda: remove_photo(photo, by=other, at=END),
    ]
    for act in acts:
        with pytest.raises(Refused, match="no puede organizar"):
            act()
    assert held.photos.get() == photo
    assert not held.attendees.exists()


def test_the_door_finds_by_name_address_or_code(event: Event, visitor: AnonymousUser) -> None:
    ana = registered(event, "ana", visitor, name="María Ánimas")
    beto = registered(event, "beto", visitor)
    for words in ("maría", "ana@", ana.code.lower()):
        assert found_at_the_door(event, words) == [ana]
    assert found_at_the_door(event, "example.mx") == [ana, beto]
    assert found_at_the_door(event, "  ") == found_at_the_door(event, "nadie") == []


def test_who_came_had_a_place(event: Event, visitor: AnonymousUser) -> None:
    attendee = registered(event, "ana", visitor)
    with pytest.raises(IntegrityError, match="attendee_came_to_a_place"), transaction.atomic():
        Attendee.objects.filter(pk=attendee.pk).update(state=AttendeeState.WAITING, arrived_at=START)


def test_a_photograph_is_drawn_anew_without_what_it_hid(held: Event, liaison: User, files: Path) -> None:
    photo = add_photo(held, picture(size=(2000, 1000)), text="La sala\nllena", has_consent=True, by=liaison, at=END)
    assert (photo.text, photo.width, photo.height) == ("La sala llena", 640, 1280)
    for is_small, longest in ((False, 1280), (True, 320)):
        with default_storage.open(photo_path(photo.sha256, is_small=is_small)) as kept:
            data = kept.read()
        assert b"Secreto-zq" not in data
        with Image.open(BytesIO(data)) as image:
            assert (max(image.size), dict(image.getexif()), image.format) == (longest, {}, "JPEG")
    assert add_photo(held, picture(size=(2000, 1000)), text="Otra vez", has_consent=True, by=liaison, at=END) == photo
    remove_photo(photo, by=again(liaison), at=END)
    remove_photo(photo, by=again(liaison), at=END)
    assert list(LedgerEntry.objects.filter(kind__contains="photo").values_list("kind", flat=True)) == [
        "exercises.event_photo_published",
        "exercises.event_photo_removed",
    ]


@pytest.mark.django_db(transaction=True)
def test_a_photograph_taken_away_leaves_no_file(held: Event, liaison: User, files: Path) -> None:
    photo = add_photo(held, picture(), text="La sala", has_consent=True, by=liaison, at=END)
    paths = [photo_path(photo.sha256), photo_path(photo.sha256, is_small=True)]
    assert all(default_storage.exists(path) for path in paths)
    remove_photo(photo, by=again(liaison), at=END)
    assert not any(default_storage.exists(path) for path in paths)


def test_what_is_no_photograph_is_refused(held: Event, liaison: User, files: Path) -> None:
    huge = BytesIO()
    Image.new("1", (9000, 9000)).save(huge, "PNG")
    hostile = {
        "está vacío": [b""],
        "no se reconoce": [b"<svg onload=alert(1)>", b"GIF89a<script>", picture("GIF")],
        "está dañada": [picture()[:200], picture("PNG")[:60], b"RIFF" + bytes(60)],
        "9000 por 9000": [huge.getvalue()],
        "más de 10 MB": [b"\xff" * (MOST_BYTES + 1)],
    }
    for said, files_sent in hostile.items():
        for data in files_sent:
            with pytest.raises(Refused, match=said):
                add_photo(held, data, text="x", has_consent=True, by=again(liaison), at=END)
    with pytest.raises(Refused, match="consentimiento"):
        add_photo(held, picture(), text="x", has_consent=False, by=again(liaison), at=END)
    with pytest.raises(Refused, match="Describe"):
        add_photo(held, picture(), text=" ", has_consent=True, by=again(liaison), at=END)
    assert not EventPhoto.objects.exists()


def test_six_photographs_and_only_once_held(event: Event, exercise: Exercise, liaison: User, files: Path) -> None:
    with pytest.raises(Refused, match="ya se dio por realizado"):
        add_photo(event, picture(), text="x", has_consent=True, by=again(liaison), at=NOW)
    held = hold_event(event, by=again(liaison), at=END)
    for number in range(6):
        add_photo(held, picture(size=(40, 20 + number)), text="x", has_consent=True, by=again(liaison), at=END)
    with pytest.raises(Refused, match="6 fotos como máximo"):
        add_photo(held, picture(size=(40, 50)), text="x", has_consent=True, by=again(liaison), at=END)
