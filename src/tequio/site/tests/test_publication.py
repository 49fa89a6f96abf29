"""What is published reaches kept pages and search without anybody's hand."""

from __future__ import annotations

import pytest
from django_tasks_db.models import DBTaskResult
from tests.volume import fill

from tequio.kernel.editionstamp import edition_stamp
from tequio.kernel.facts import FILE_ATTACHED, PUBLISHED, announce
from tequio.kernel.jobs import run_next
from tequio.kernel.models import SearchEntry

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_publication_drops_pages_and_queues_one_rebuild() -> None:
    before = edition_stamp().current()
    fill(plans=1, commitments=2)
    for number in (1, 2):
        announce(PUBLISHED, kind="plans.plan", subject="MED1", number=number)
    assert edition_stamp().current() != before
    queued = DBTaskResult.objects.ready().filter(task_path="tequio.site.tasks.rebuild_search")
    assert queued.count() == 1
    while queued.exists():
        assert run_next("test")
    assert SearchEntry.objects.filter(key="plans.commitment:MED1-02").exists()


def test_a_file_drops_pages() -> None:
    before = edition_stamp().current()
    announce(FILE_ATTACHED, kind="plans.plan", subject="MED1", number=1, name="pal.pdf")
    assert edition_stamp().current() != before
