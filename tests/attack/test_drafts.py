"""A draft exercise has a token in every text: no visitor nor stranger reads one, anywhere."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from tequio.accounts.models import User
from tequio.exercises.enums import ExerciseState
from tequio.kernel.packs import load_pack
from tequio.kernel.packs.fields import Choice, Text
from tequio.opendata.workflows import release_datasets
from tequio.plans.models import ActionPlan, Activity, Commitment
from tests.attack.reading import crawl, words
from tests.attack.rewriting import rewritten
from tests.attack.site import HOLE, addresses
from tests.packs.broken import GOOD

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django import DjangoDbBlocker

    from tequio.kernel.packs.fields import Scalar

pytestmark = pytest.mark.req("SI-01")

AT = datetime(2026, 1, 15, 18, tzinfo=UTC)
DRAFT = "tonalli-2023-2025"
OPEN = "xochitepetl-2024"
CANARY = "Zqcanario"
FILES = ("pal.pdf", "pal.docx", "pal.csv", "pal.jsonl", "pal.xlsx", "pal.jsonld", "pal.json", "pam.pdf", "pam.docx")
QUESTIONS = ("?q=Zqcanario", "?q=zqcanario+1", "?q=TON1", "?q=Tonalli", "?edicion=1")


def drafted(folder: Path) -> Path:
    """Return the invented pack with its state's exercise as a draft and a token in each of its texts."""
    numbers = count(1)

    def change(field: Scalar, text: str) -> str:
        if isinstance(field, Choice) and field.choices is ExerciseState:
            return "en_preparacion"
        marked = f"{CANARY} {next(numbers)} {text}"
        fits = type(field) is Text and not field.pattern and len(marked) <= field.max_length
        return marked if fits and field.name != "codigo" else text

    return rewritten(GOOD, folder, change, only=f"planes/{DRAFT}/*")


@pytest.fixture(scope="module")
def draft(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Load the draft beside a published exercise and release the data, once for the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_pack(drafted(tmp_path_factory.mktemp("draft")), by=None, at=AT)
        release_datasets(by=None, at=AT, reason="Primera versión.")
        yield
        transaction.set_rollback(True)


@pytest.fixture(params=["visitor", "stranger"])
def client(request: pytest.FixtureRequest, draft: None, db: None, plain_static_files: None) -> Client:
    client = Client()
    if request.param == "stranger":
        client.force_login(User.objects.create_user("stranger"))
    return client


def guesses() -> Iterator[str]:
    """Yield every address with the draft's own keys in its holes: an attacker knows or guesses them."""
    codes = [row.code for model in (ActionPlan, Commitment, Activity) for row in model.objects.order_by("code")[:1]]
    known = {
        "slug": [DRAFT],
        "code": [*codes, *map(str.lower, codes)],
        "clave": codes,
        "number": ["1", "2"],
        "name": [*FILES],
        "key": ["agua", "actividades", "planes"],
        "colour": ["9b2247"],
        "extension": ["ttl"],
    }
    for address in addresses():
        if address.pattern.startswith("/gestion/") or len(set(address.holes) - set(known)):
            continue
        paths = [address.pattern]
        for name in address.holes:
            paths = [HOLE.sub(value, path, count=1) for path in paths for value in known[name]]
        yield from paths
        if address.parameters:
            yield from (f"{path}?{name}={DRAFT}" for path in paths[:2] for name in address.parameters)
    yield from (f"{page}{asked}" for page in ("/buscar/", "/municipios/", "/tablero/") for asked in QUESTIONS)


def test_no_word_of_a_draft_is_read_by_anybody(client: Client) -> None:
    assert Commitment.objects.filter(name__contains=CANARY).exists()
    starts = list(dict.fromkeys(["/", f"/ejercicios/{OPEN}/", "/sitemap.xml", "/data.json", *guesses()]))
    signed_in = settings.SESSION_COOKIE_NAME in client.cookies  # what links lead to, the visitor's turn reads
    read = list(crawl(client, starts, most=len(starts) if signed_in else 5_000))
    said = {path: words(body, kind).lower() for path, body, kind in read}
    asked = {path for path in said if CANARY.lower() in path.lower()}  # these repeat the question
    assert sorted(path for path in said if CANARY.lower() in said[path] and path not in asked) == []
    assert sorted(path for path in said if DRAFT in said[path] and DRAFT not in path) == []
    assert any(OPEN in path for path, _, _ in read)
