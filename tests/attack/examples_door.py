"""Real objects for the addresses of a door's posts."""

from __future__ import annotations

import json
from uuid import uuid4

from django.contrib.auth.models import AnonymousUser

from tequio.exercises.tests.happenings import registered
from tequio.exercises.workflows import open_post
from tests.attack.examples import EVENT, UNDER_WAY, Example, Scene, example, forum
from tests.cast import NOW, again

POST = "entrada/<str:token>/"


@example(f"{EVENT}puestos/")
def posts(scene: Scene) -> Example:
    """The posts of a forum that began."""
    return Example(forum(scene, **UNDER_WAY)[1])


@example(POST)
@example(f"{POST}actos")
@example(f"{POST}sin-registro/")
@example("entrada/c/<slug:code>/")
def post(scene: Scene) -> Example:
    """A post of a forum that began, to which somebody who registered comes."""
    event, _ = forum(scene, **UNDER_WAY)
    code = registered(event, "nadie", AnonymousUser()).code
    told = {"kind": "arrival", "mark": str(uuid4()), "hour": NOW.isoformat(), "code": code}
    key = open_post(event, by=again(scene.person("liaison")), at=NOW).key
    return Example({"token": key, "code": code}, {"acts": json.dumps([told]), "words": code})
