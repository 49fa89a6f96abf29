"""The cast on the site of the invented pack, for what asks every address of every person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.db import transaction

from tequio.kernel.packs import load_pack
from tests.attack.asking import sessions_of
from tests.attack.examples import Scene
from tests.cast import NOW
from tests.packs.broken import GOOD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoDbBlocker

    from tequio.accounts.models import User


@pytest.fixture(scope="module")
def invented(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Load the invented pack once; what each request writes leaves with its own transaction."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_pack(GOOD, by=None, at=NOW)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def scene(
    request: pytest.FixtureRequest, invented: None, db: None, cast: dict[str, User], plain_static_files: None
) -> Scene:
    """The cast on the site of the invented pack, each with an address shown to be theirs."""
    cache.clear()
    EmailAddress.objects.bulk_create(
        EmailAddress(user=person, email=person.email or "ajena@example.mx", verified=True, primary=True)
        for person in cast.values()
    )
    scene = Scene(request)
    scene.sessions.update(sessions_of(scene))
    return scene
