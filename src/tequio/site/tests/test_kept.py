"""Whatever pages keep in the process is asked again after a publication."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from tests.volume import DAY, fill

from tequio.accounts.models import Jurisdiction, Organization
from tequio.cocreation.models import Theme
from tequio.exercises.models import Exercise
from tequio.kernel import editions
from tequio.kernel.facts import PUBLISHED, announce
from tequio.kernel.models import Edition
from tequio.monitoring.models import CommitmentStanding
from tequio.monitoring.queries.board import board, counted
from tequio.monitoring.queries.changes import public_changes
from tequio.monitoring.queries.narrowing import Narrowing, public_choices
from tequio.opendata.models import Release
from tequio.opendata.queries.reading import catalogue_entries
from tequio.plans.models import Activity, Commitment
from tequio.plans.queries.reading import EDITION_KIND
from tequio.site.queries.commitment import commitment_page
from tequio.site.queries.home import public_home
from tequio.site.queries.places import all_places

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_django import DjangoCaptureOnCommitCallbacks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static_files")]
NEW = "Otro nombre"
NOW = datetime(2026, 11, 20, 18, tzinfo=UTC)
ASKED: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
    "choices": (
        lambda: [choice.name for choice in public_choices().institutions],
        lambda: Organization.objects.update(name=NEW),
    ),
    "changes": (
        lambda: [change.activity_title for change in public_changes(5)],
        lambda: Activity.objects.update(title=NEW),
    ),
    "counts": (
        lambda: counted(Narrowing(), viewer=None, today=DAY).unproved,
        lambda: CommitmentStanding.objects.update(evidence_count=7),
    ),
    "places": (
        lambda: [place.name for state in all_places() for place in state.places],
        lambda: Jurisdiction.objects.municipalities().update(name=NEW),
    ),
    "commitment": (
        lambda: getattr(commitment_page("medidas-1", 1), "row", Commitment()).name,
        lambda: Commitment.objects.update(name=NEW),
    ),
    "sheet": (
        lambda: [entry.name for entry in board(Narrowing(), sheet=1, viewer=None, today=DAY).entries],
        lambda: Commitment.objects.update(name=NEW),
    ),
    "home": (
        lambda: [exercise.name for exercise in public_home(DAY).exercises],
        lambda: Exercise.objects.update(name=NEW),
    ),
    "places page": (
        lambda: NEW in Client().get("/municipios/").content.decode(),
        lambda: Jurisdiction.objects.municipalities().update(name=NEW),
    ),
    "catalogue": (
        lambda: [entry.release and entry.release.version for entry in catalogue_entries()[0]],
        lambda: Release.objects.create(
            dataset="municipios", version="2026.11.20", created_at=NOW, rows=1, content_sha256="0" * 64, schema={}
        ),
    ),
}


@pytest.mark.parametrize("name", ASKED)
def test_what_is_kept_is_asked_again_after_a_publication(
    name: str, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    ask, change = ASKED[name]
    fill(plans=1, commitments=3)
    before = ask()
    change()
    assert ask() == before
    with django_capture_on_commit_callbacks(execute=True):
        announce(PUBLISHED, kind="plans.plan", subject="MED1", number=1)
    assert ask() != before


def tree_of(content: dict[str, Any], commitment: dict[str, Any]) -> dict[str, Any]:
    """Return the problem tree that a commitment answers."""
    return next(tree for tree in content["trees"] if tree["key"] == commitment["tree"])


PARTS: dict[str, Callable[[dict[str, Any]], str]] = {
    "": lambda content: content["phases"][0]["name"],
    "plan/": lambda content: content["chapters"][1]["title"],
    "compromisos/2/": lambda content: content["commitments"][1]["description"].split()[0],
    "compromisos/2/#problema": lambda content: tree_of(content, content["commitments"][1])["causes"][0],
}


@pytest.mark.parametrize("page", PARTS)
def test_a_new_edition_is_read_at_once(
    first_pal_client: Client, page: str, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    edition = Edition.objects.get(kind=EDITION_KIND, subject="PAL1")
    word = PARTS[page](edition.content)
    address = f"/ejercicios/edomex-2019-2021/{page}"
    before = first_pal_client.get(address).content.decode()
    assert (word in before, NEW in before) == (True, False)
    changed = json.loads(json.dumps(edition.content, ensure_ascii=False).replace(word, NEW))
    with django_capture_on_commit_callbacks(execute=True):
        editions.publish(EDITION_KIND, "PAL1", changed, by=None, at=NOW)
    after = first_pal_client.get(address).content.decode()
    assert after.count(NEW) >= before.count(word)


def test_what_has_no_edition_is_never_kept(client: Client, plain_static_files: None) -> None:
    fill(plans=1, commitments=1)
    exercise = "/ejercicios/medidas-1/"
    assert NEW not in client.get(exercise).content.decode()

    Theme.objects.update(name=NEW)
    assert NEW in client.get(exercise).content.decode()
