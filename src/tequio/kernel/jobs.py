"""Jobs over django-tasks: queued with the transaction, run at least once, retried, then parked where people see it.

The queue, its claim and its results are those of django-tasks-db. The kernel adds the lease, the retry and the key
of waiting jobs. A handler must be idempotent: the job of a worker that dies is run again.
"""

from __future__ import annotations

import logging
import threading
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, cast

from django.db import IntegrityError, connection, transaction
from django.db.models import F, Min, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django_tasks.base import TaskContext, TaskResultStatus
from django_tasks.utils import normalize_json
from django_tasks_db.models import DBTaskResult, get_date_max

from tequio.kernel.models.jobs import JobRecord

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet
    from django_tasks.base import Task, TaskResult

    AnyResult = DBTaskResult[Any, Any]

ATTEMPTS: Final = 5
LEASE: Final = timedelta(seconds=60)
FIRST_WAIT: Final = timedelta(seconds=10)
REMEMBERED: Final = timedelta(days=14)

logger = logging.getLogger(__name__)


class LeaseLostError(Exception):
    """The worker that ran a job died before it finished."""


class GivenUpError(Exception):
    """A handler raises this when trying again would not help: its job is parked at once."""


def enqueue(task: Task[..., Any], *args: Any, key: str | None = None, **kwargs: Any) -> bool:
    """Queue a job with the present transaction; return False if one with this key already waits.

    That one is held back until this transaction ends, so it will see what this transaction wrote.
    """
    with transaction.atomic():
        if key and JobRecord.objects.select_for_update().filter(key=key).first():
            return False
        try:
            with transaction.atomic():
                result = task.enqueue(*args, **kwargs)
                JobRecord.objects.create(result_id=result.id, key=key)
        except IntegrityError:  # another transaction queued it in between: hold that one
            return enqueue(task, *args, key=key, **kwargs)
    return True


def queue_age(at: datetime) -> float:
    """Return for how many seconds the oldest job that is due has waited; 0 if none waits."""
    ready = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    oldest = ready.aggregate(
        plain=Min("enqueued_at", filter=Q(run_after=get_date_max())),
        due=Min("run_after", filter=Q(run_after__lte=at)),
    )
    return max((at - since).total_seconds() if since else 0.0 for since in (*oldest.values(), at))


def parked() -> QuerySet[AnyResult]:
    """Return the jobs that were given up; a person decides about them."""
    return DBTaskResult.objects.failed()


def revive(result: AnyResult, *, at: datetime) -> None:
    """Give a parked job its attempts again."""
    parked().filter(pk=result.pk).update(status=TaskResultStatus.READY, worker_ids=[], finished_at=None, run_after=at)


def forget_finished(at: datetime) -> int:
    """Erase the jobs that ended well over 14 days ago, and return how many; parked ones stay until a person decides."""
    _, erased = DBTaskResult.objects.successful().filter(finished_at__lt=at - REMEMBERED).delete()
    return erased.get(DBTaskResult._meta.label, 0)


def retry_parked(task: Task[..., Any], *, since: datetime, at: datetime) -> None:
    """Give a task's parked jobs their attempts again, those given up for good or queued long ago apart."""
    waiting = parked().filter(task_path=task.module_path, enqueued_at__gte=since)
    for result in waiting.exclude(exception_class_path=f"{GivenUpError.__module__}.{GivenUpError.__qualname__}"):
        revive(result, at=at)


def run_next(worker: str, *, lease: timedelta = LEASE) -> bool:
    """Take the next job that is due and run it; return False if there is none."""
    result = _take(worker, lease)
    if result is None:
        return False
    with _renewed(result, lease):
        try:
            value = _call(result)
        except Exception as error:
            logger.exception("job %s (%s) failed", result.pk, result.task_path)
            _finish(result, worker, error=error)
        else:
            _finish(result, worker, value=value)
    return True


def recover(at: datetime, *, lease: timedelta = LEASE) -> int:
    """Put back the jobs whose worker died; return how many."""
    expired = (
        DBTaskResult.objects.running()
        .annotate(until=Coalesce("record__leased_until", F("started_at") + lease))
        .filter(until__lte=at)
    )
    with transaction.atomic():
        lost = list(expired.select_for_update(of=("self",), skip_locked=True))
        for result in lost:
            _retry_or_park(result, LeaseLostError("the worker died before it finished"))
    return len(lost)


def _take(worker: str, lease: timedelta) -> AnyResult | None:
    """Claim the next job, lease it, and give its key back: from here on a new one may wait."""
    if not DBTaskResult.objects.ready().exists():
        return None
    with transaction.atomic():
        result = DBTaskResult.objects.ready().get_locked()
        if result:
            result.claim(worker)
            until = timezone.now() + lease
            JobRecord.objects.update_or_create(pk=result.pk, defaults={"key": None, "leased_until": until})
    return result


def _call(result: AnyResult) -> Any:
    """Run the function of a job."""
    handle = result.task_result
    context = [TaskContext(task_result=cast("TaskResult[Any]", handle))] if result.task.takes_context else []
    return normalize_json(result.task.call(*context, *handle.args, **handle.kwargs))


def _finish(result: AnyResult, worker: str, *, value: Any = None, error: Exception | None = None) -> None:
    """Write how a job ended, unless the lease was lost and another worker has it now."""
    with transaction.atomic():
        held = DBTaskResult.objects.select_for_update().get(pk=result.pk)
        if held.status != TaskResultStatus.RUNNING or held.worker_ids[-1] != worker:
            return
        if error:
            _retry_or_park(held, error)
        else:
            held.set_successful(value)


def _retry_or_park(result: AnyResult, error: Exception) -> None:
    """Queue a failed job again after 10, 40, 160 and 640 seconds, one whose worker died at once; park at the fifth."""
    attempts = len(result.worker_ids)
    result.set_failed(error)
    if attempts < ATTEMPTS and not isinstance(error, GivenUpError):
        result.status = TaskResultStatus.READY
        result.finished_at = None
        wait = timedelta(0) if isinstance(error, LeaseLostError) else FIRST_WAIT * 4 ** (attempts - 1)
        result.run_after = timezone.now() + wait
        result.save(update_fields=["status", "finished_at", "run_after"])


@contextmanager
def _renewed(result: AnyResult, lease: timedelta) -> Iterator[None]:
    """Renew the lease from a thread of its own while the job runs, however long it takes."""
    done = threading.Event()

    def renew() -> None:
        while not done.wait(lease.total_seconds() / 3):
            try:
                JobRecord.objects.filter(pk=result.pk).update(leased_until=timezone.now() + lease)
            except Exception:
                logger.exception("the lease of job %s was not renewed", result.pk)
        connection.close()

    thread = threading.Thread(target=renew, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
