"""Real objects for the addresses of the matrix: one small function each, where the usual keys do not suffice.

    @example("invitacion/<str:token>/")
    def invitation(scene: Scene) -> Example:
        return Example({"token": ...}, {"field": "what the form sends, when filling it in is not enough"})

A scene has the cast and its land; `scene.ask("name")` gives any fixture. Objects are the first municipality's own:
`liaison` acts there, `other_liaison` in the next one, `guarantor_staff` in its state, `far_staff` in another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile

from tequio.accounts.enums import NoticeKey, RoleKind
from tequio.accounts.models import Post, Role
from tequio.accounts.notices import way_out
from tequio.accounts.workflows import invite_person, make_calendar_key
from tequio.cocreation.models import ProblemTree
from tequio.exercises.enums import ContactKind
from tequio.exercises.models import Attendee, Event, Exercise
from tequio.exercises.queries.events import invitation_of, token_of
from tequio.exercises.tests.happenings import START, announced, registered
from tequio.exercises.tests.test_event_door import picture
from tequio.exercises.workflows import Told, add_photo, ask_for_help, log_contact
from tequio.kernel.clock import day_of
from tests.attack.site import HOLE, ONE, REAL
from tests.cast import NOW, begun, read_notice

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from tequio.accounts.models import User
    from tests.cast import Land

USUAL: Final = {**REAL, "name": "pal.csv", "slug": "tonalli-2023-2025"}


@dataclass(frozen=True)
class Scene:
    """The cast and its land, and any other fixture."""

    request: pytest.FixtureRequest
    sessions: dict[str, str] = field(default_factory=dict)
    """The session of each person who entered, by name (asking.py)."""

    @property
    def land(self) -> Land:
        """The land where the examples are."""
        found: Land = self.request.getfixturevalue("land")
        return found

    def person(self, part: str) -> User:
        """Return a person of the cast."""
        found: User = self.request.getfixturevalue(part)
        return found

    def ask(self, name: str) -> Any:
        """Return any fixture."""
        return self.request.getfixturevalue(name)


@dataclass(frozen=True)
class Example:
    """What stands in an address, or a whole one; and what its form sends beyond what its page already fills in."""

    parts: dict[str, Any] = field(default_factory=dict)
    sent: dict[str, Any] = field(default_factory=dict)
    whole: str = ""
    pages: dict[str, str | None] = field(default_factory=dict)
    """What each person was shown at the address, whose form they send back."""

    def path(self, address: str) -> str:
        """Return the address with its parts."""
        if self.whole:
            return self.whole
        bare = re.sub(r"[$^]|\\Z|\*$", "", address)
        return "/" + HOLE.sub(lambda hole: str({**USUAL, **self.parts}.get(hole.group(1) or "", ONE)), bare)


EXAMPLES: dict[str, Callable[[Scene], Example]] = {}


def example(address: str, case: str = "") -> Callable[[Callable[[Scene], Example]], Callable[[Scene], Example]]:
    """Keep what makes the objects of an address, or of a case of it."""

    def keep(make: Callable[[Scene], Example]) -> Callable[[Scene], Example]:
        assert (address, case) not in EXAMPLES, address
        EXAMPLES[address + case] = make
        return make

    return keep


def example_of(address: str, case: str, scene: Scene) -> Example:
    """Return the example of an address; without one, the usual keys."""
    make = EXAMPLES.get(address + case)
    return make(scene) if make else Example()


@example("invitacion/<str:token>/")
@example("cuenta/invitaciones/<int:number>/")
@example("personas/invitaciones/<int:number>/retirar/")
def invitation(scene: Scene) -> Example:
    """An invitation of the stranger to represent the land's group, by its link and as it waits."""
    address = EmailAddress.objects.get(user=scene.person("stranger")).email
    post = Post(RoleKind.REPRESENTATIVE, scene.land.group)
    sent = invite_person(address, post, by=scene.person("liaison"), at=NOW)
    return Example({"token": sent.token, "number": sent.invitation.pk})


@example("avisos/baja/<str:token>/")
def way_out_of_notices(scene: Scene) -> Example:
    """The link of a message to the liaison: whoever has it may use it, entered or not."""
    return Example({"token": way_out(scene.person("liaison"), "account").rsplit("/", 2)[1]})


@example("mi-trabajo/<str:token>.ics")
def own_calendar(scene: Scene) -> Example:
    """The secret address of the liaison's calendar."""
    return Example({"token": make_calendar_key(by=scene.person("liaison"), at=NOW)})


@example("personas/papeles/<int:number>/retirar/")
def role(scene: Scene) -> Example:
    """The role of the land's liaison."""
    return Example({"number": Role.objects.get(user=scene.person("liaison")).pk})


@example(r"^((?:[\w-]+/)*)$")
def page_of_editors(_scene: Scene) -> Example:
    """A page that no other address has."""
    return Example(whole="/no-hay/")


@example("ejercicios/<slug:slug>/arboles/<slug:key>/")
def tree(_scene: Scene) -> Example:
    """A problem tree of the invented state."""
    return Example({"key": ProblemTree.objects.filter(exercise__slug=USUAL["slug"])[:1].get().key})


@example("municipios/<slug:slug>/")
@example("municipios/<slug:slug>/alta/")
def town(scene: Scene) -> Example:
    """The land's first municipality."""
    return Example({"slug": scene.land.town.slug})


def under_way(scene: Scene) -> Exercise:
    """The exercise of the first municipality, made anew for each request, which undoes it."""
    return begun(scene.land.town, "Ejercicio de Niebla", scene.person("guarantor_staff"))


def in_exercise(exercise: Exercise, sent: dict[str, Any] | None = None, **parts: Any) -> Example:
    """Return the example of an address under an exercise's, with its other parts and what its form sends."""
    return Example({"slug": exercise.slug, **parts}, sent or {})


def forum(scene: Scene, state: str = "published", **columns: Any) -> tuple[Event, dict[str, Any]]:
    """A forum of the first municipality, as its liaison announced it, and the keys of its address."""
    read_notice(NoticeKey.EVENT)
    event = announced(under_way(scene), scene.person("liaison"), capacity=9)
    Event.objects.filter(pk=event.pk).update(state=state, **columns)
    event.refresh_from_db()
    return event, {"slug": event.exercise.slug, "key": event.slug}


UNDER_WAY: Final = {"starts_at": NOW - timedelta(hours=1), "ends_at": NOW + timedelta(days=1)}
EVENTS: Final = "ejercicios/<slug:slug>/eventos/"
EVENT_WORK: Final = "ejercicios/<slug:slug>/trabajo/eventos/"
EVENT: Final = f"{EVENT_WORK}<slug:key>/"


@example(f"{EVENTS}<slug:key>/")
@example(f"{EVENTS}<slug:key>.ics")
@example(f"{EVENTS}<slug:key>/qr.svg")
@example(f"{EVENTS}<slug:key>/registro/")
@example(f"{EVENT}editar/")
@example(f"{EVENT}cancelar/")
@example(f"{EVENT}registros/")
def announced_event(scene: Scene) -> Example:
    """A forum that is to come."""
    return Example(forum(scene)[1])


@example(EVENT)
def prepared_event(scene: Scene) -> Example:
    """A forum in preparation."""
    return Example(forum(scene, "draft")[1])


@example(EVENT_WORK)
@example(f"{EVENT_WORK}nuevo/")
def own_exercise(scene: Scene) -> Example:
    """The exercise of the first municipality; what is planned there ends after it begins."""
    return in_exercise(under_way(scene), {"ends_at": f"{START + timedelta(days=11):%Y-%m-%dT%H:%M}"})


@example(f"{EVENT}puerta/sin-registro/")
@example(f"{EVENT}relatoria/")
def event_under_way(scene: Scene) -> Example:
    """A forum that began."""
    return Example(forum(scene, **UNDER_WAY)[1])


@example(f"{EVENT}puerta/")
@example(f"{EVENT}puerta/<slug:code>/")
@example(f"{EVENTS}<slug:key>/mi-registro/<str:token>/")
def who_registered(scene: Scene) -> Example:
    """Somebody with a place in a forum that began."""
    event, keys = forum(scene, **UNDER_WAY)
    attendee = registered(event, "nadie", AnonymousUser())
    return Example({**keys, "code": attendee.code, "token": token_of(attendee)}, {"words": attendee.code})


@example(f"{EVENTS}<slug:key>/invitacion/<str:token>/")
def who_is_invited(scene: Scene) -> Example:
    """Somebody who came to a forum that began, invited to another."""
    before, _ = forum(scene, **UNDER_WAY)
    guest = registered(before, "nadie", AnonymousUser())
    Attendee.objects.filter(pk=guest.pk).update(arrived_at=NOW)
    event = announced(before.exercise, scene.person("liaison"), capacity=9, name="Taller")
    return Example({"slug": event.exercise.slug, "key": event.slug, "token": invitation_of(event, guest)})


@example(f"{EVENTS}<slug:key>/fotos/<str:name>")
@example(f"{EVENT}fotos/")
@example(f"{EVENT}fotos/<int:number>/retirar/")
def photo_of_event(scene: Scene) -> Example:
    """A photograph of a forum that took place, and another to send."""
    event, keys = forum(scene, "held", **UNDER_WAY)
    photo = add_photo(event, picture(), text="La sala", has_consent=True, by=scene.person("liaison"), at=NOW)
    another = SimpleUploadedFile("sala.png", picture("PNG"), "image/png")
    return Example({**keys, "name": f"{photo.sha256}.jpg", "number": photo.pk}, {"photo": another})


@example("garante/municipios/<slug:slug>/")
@example("garante/municipios/<slug:slug>/ayuda/retirar/")
def followed(scene: Scene) -> Example:
    """The land's first municipality, which asks for help."""
    ask_for_help(scene.land.town, about="Modelos", by=scene.person("liaison"), at=NOW)
    return Example({"slug": scene.land.town.slug})


@example("garante/municipios/<slug:slug>/ayuda/")
@example("garante/municipios/<slug:slug>/contactos/nuevo/")
@example("garante/municipios/<slug:slug>/acompanante/")
def accompanied(scene: Scene) -> Example:
    """What its liaison asks, a contact with it, and who accompanies it."""
    contact = {"kind": "call", "with_whom": "Secretaría", "agreed": "Nada."}
    sent = {"about": "Modelos", "account": scene.person("guarantor_staff").username, **contact}
    return Example({"slug": scene.land.town.slug}, sent)


@example("garante/municipios/<slug:slug>/contactos/<int:number>/resultado/")
def contacted(scene: Scene) -> Example:
    """The outcome of a contact's next step."""
    day = day_of(NOW)
    words = {"with_whom": "Secretaría", "agreed": "Nada.", "next_step": "Llamar", "next_step_on": day}
    told = Told(kind=ContactKind.CALL, held_on=day, **words)
    contact = log_contact(scene.land.town, told, by=scene.person("guarantor_staff"), at=NOW)
    return Example({"slug": scene.land.town.slug, "number": contact.pk}, {"outcome": "Hecho."})


@example("garante/reparto/<slug:slug>/")
@example("garante/regla/<slug:slug>/")
def whole_state(scene: Scene) -> Example:
    """Who accompanies several municipalities of the land, and its days of silence."""
    sent = {"account": scene.person("guarantor_staff").username, "places": scene.land.town.slug, "days": "15"}
    return Example({"slug": scene.land.state.slug}, sent)
