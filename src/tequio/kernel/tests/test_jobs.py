from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tequio.kernel.jobs import ATTEMPTS, LEASE, enqueue, forget_finished, parked, queue_age, recover, revive, run_next
from tequio.kernel.models import JobRecord, PeriodicSlot
from tequio.kernel.periodic import Periodic, every, forget, schedule
from tequio.kernel.tests.people import NOON
from tequio.kernel.tests.tasks import done, note, poison, unwritable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_done() -> None:
    done.clear()


@pytest.fixture
def clock() -> Iterator[time_machine.Coordinates]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def together(action: Callable[[], object]) -> None:
    """Do something from four threads at the same moment."""
    barrier = Barrier(4)

    def act() -> None:
        barrier.wait()
        action()
        connection.close()

    threads = [Thread(target=act) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_a_job_is_queued_with_its_transaction_and_run_once() -> None:
    with transaction.atomic():
        enqueue(note, "no")
        transaction.set_rollback(True)
    enqueue(note, "sí")
    assert (run_next("w"), run_next("w"), done) == (True, False, ["sí"])


def test_a_key_keeps_a_second_one_out_only_while_the_first_waits() -> None:
    assert enqueue(note, "1", key="rebuild")
    assert not enqueue(note, "2", key="rebuild")
    assert enqueue(note, "3", key="other")
    assert run_next("w")
    assert enqueue(note, "4", key="rebuild")
    call_command("work", once=True)
    assert done == ["1", "3", "4"]


def test_a_poison_job_is_tried_five_times_with_longer_waits_and_then_parked(clock: time_machine.Coordinates) -> None:
    enqueue(poison)
    waits = []
    for _ in range(ATTEMPTS):
        assert run_next("w")
        assert not run_next("w")
        result = DBTaskResult.objects.get()
        waits.append(round((result.run_after - timezone.now()).total_seconds()))
        clock.move_to(result.run_after)
    assert waits == [10, 40, 160, 640, 0]
    assert not run_next("w")
    assert "this one never works" in parked().get().traceback
    assert queue_age(timezone.now()) == 0


def test_jobs_that_ended_well_are_forgotten_after_14_days_and_parked_ones_kept(
    clock: time_machine.Coordinates,
) -> None:
    enqueue(note, "old")
    enqueue(poison)
    for _ in range(ATTEMPTS + 1):
        run_next("w")
        clock.shift(1000)
    clock.move_to(NOON + timedelta(days=14))
    enqueue(note, "new")
    assert run_next("w")
    enqueue(note, "waiting", key="waits")
    assert forget_finished(NOON + timedelta(days=14)) == 0
    clock.move_to(NOON + timedelta(days=15))
    call_command("work", once=True)
    told = [(result.args_kwargs["args"], result.status) for result in DBTaskResult.objects.order_by("enqueued_at")]
    assert (["old"], "SUCCESSFUL") not in told
    assert (["new"], "SUCCESSFUL") in told
    assert ([], "FAILED") in told
    assert done == ["old", "new", "waiting"]
    assert JobRecord.objects.count() == DBTaskResult.objects.count()


def test_a_parked_job_can_be_given_its_attempts_again(clock: time_machine.Coordinates) -> None:
    enqueue(poison)
    for _ in range(ATTEMPTS):
        run_next("w")
        clock.shift(1000)
    revive(parked().get(), at=timezone.now())
    assert not parked().exists()
    assert run_next("w")
    assert DBTaskResult.objects.get().worker_ids == ["w"]


def test_a_result_that_is_not_json_is_a_failure_of_the_job_and_not_of_the_worker() -> None:
    enqueue(unwritable)
    assert run_next("w")
    assert "TypeError" in DBTaskResult.objects.get().traceback


def test_a_job_whose_function_is_gone_does_not_stop_the_worker() -> None:
    enqueue(note, "x")
    DBTaskResult.objects.update(task_path="tequio.kernel.tests.tasks.gone")
    enqueue(note, "y")
    call_command("work", once=True)
    assert done == ["y"]


@pytest.mark.parametrize("leased", [True, False])
def test_the_job_of_a_dead_worker_is_run_by_another_after_its_lease(
    clock: time_machine.Coordinates, *, leased: bool
) -> None:
    enqueue(note, "x")
    DBTaskResult.objects.get().claim("dead")
    JobRecord.objects.update(leased_until=timezone.now() + LEASE if leased else None)
    clock.shift(LEASE - timedelta(seconds=1))
    assert (recover(timezone.now()), run_next("alive")) == (0, False)
    clock.shift(timedelta(seconds=1))
    assert (recover(timezone.now()), run_next("alive"), done) == (1, True, ["x"])
    assert DBTaskResult.objects.get().worker_ids == ["dead", "alive"]


def test_a_job_that_kills_every_worker_is_parked(clock: time_machine.Coordinates) -> None:
    enqueue(note, "x")
    for n in range(ATTEMPTS):
        DBTaskResult.objects.get().claim(f"dead {n}")
        JobRecord.objects.update(leased_until=timezone.now() + LEASE)
        clock.shift(LEASE)
        recover(timezone.now())
    assert "worker died" in parked().get().traceback


def test_the_age_of_the_queue_counts_only_jobs_that_are_due(clock: time_machine.Coordinates) -> None:
    assert queue_age(NOON) == 0
    enqueue(note.using(run_after=NOON + timedelta(hours=1)))
    assert queue_age(NOON + timedelta(minutes=59)) == 0
    assert queue_age(NOON + timedelta(hours=1, seconds=5)) == 5
    enqueue(note)
    clock.shift(90)
    assert queue_age(timezone.now()) == 90


@pytest.fixture
def hourly() -> Iterator[Periodic]:
    yield every("hourly", note, timedelta(hours=1))
    forget("hourly")


@pytest.mark.usefixtures("hourly")
def test_a_slot_is_queued_once_and_old_ones_are_forgotten() -> None:
    def queued(at: datetime) -> list[str]:
        return [name for name in schedule(at) if name == "hourly"]

    assert queued(NOON) == ["hourly"]
    assert queued(NOON + timedelta(minutes=59)) == []
    assert queued(NOON + timedelta(hours=1)) == ["hourly"]
    assert PeriodicSlot.objects.filter(name="hourly").count() == 2
    schedule(NOON + timedelta(days=60))
    assert PeriodicSlot.objects.filter(name="hourly").count() == 1


def test_slots_are_counted_from_local_midnight() -> None:
    daily = Periodic("daily", note, timedelta(days=1), shift=timedelta(minutes=5))
    assert daily.slot_at(NOON) == datetime(2026, 1, 31, 6, 5, tzinfo=UTC)
    assert daily.slot_at(datetime(2026, 1, 31, 6, 4, tzinfo=UTC)) == datetime(2026, 1, 30, 6, 5, tzinfo=UTC)
    with pytest.raises(ValueError, match="divide"):
        Periodic("odd", note, timedelta(hours=7))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("hourly")
def test_four_schedulers_queue_a_slot_once() -> None:
    together(lambda: schedule(NOON))
    queued = DBTaskResult.objects.filter(task_path=note.module_path).count()
    assert (queued, PeriodicSlot.objects.filter(name="hourly").count()) == (1, 1)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_four_requests_at_once_leave_one_job_with_the_key() -> None:
    together(lambda: enqueue(note, "x", key="rebuild"))
    assert DBTaskResult.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_four_workers_take_a_job_once() -> None:
    enqueue(note, "x")
    together(lambda: run_next("w"))
    assert done == ["x"]
