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
from typing import TYPE_CHECKING, Any, Final

from allauth.account.models import EmailAddress

from tequio.accounts.enums import RoleKind
from tequio.accounts.models import Post, Role
from tequio.accounts.workflows import invite_person
from tequio.cocreation.models import ProblemTree
from tests.attack.site import HOLE, ONE, REAL
from tests.cast import NOW

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
def invitation(scene: Scene) -> Example:
    """An invitation of the stranger to represent the land's group."""
    address = EmailAddress.objects.get(user=scene.person("stranger")).email
    post = Post(RoleKind.REPRESENTATIVE, scene.land.group)
    return Example({"token": invite_person(address, post, by=scene.person("liaison"), at=NOW).token})


@example("personas/invitaciones/<int:number>/retirar/")
def waiting_invitation(scene: Scene) -> Example:
    """An invitation that nobody has accepted."""
    post = Post(RoleKind.REPRESENTATIVE, scene.land.group)
    return Example(
        {"number": invite_person("nadie@example.mx", post, by=scene.person("liaison"), at=NOW).invitation.pk}
    )


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
def town(scene: Scene) -> Example:
    """The land's first municipality."""
    return Example({"slug": scene.land.town.slug})
