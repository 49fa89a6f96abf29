"""The room's jobs; the kernel reads this module when it starts."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from tequio.cocreation.workflows import forget_receipts
from tequio.cocreation.workflows.kit_mail import send_to_latecomers
from tequio.kernel.periodic import DAY, every


@task()
def send_kits_to_latecomers() -> int:
    """Send published kits to who registered after they were sent; return to how many."""
    return send_to_latecomers(at=timezone.now())


@task()
def forget_receipts_of_kits() -> int:
    """Forget the marks of receipts of tables whose people were forgotten; return of how many."""
    return forget_receipts()


every("send_kits_to_latecomers", send_kits_to_latecomers, timedelta(hours=1))
every("forget_receipts_of_kits", forget_receipts_of_kits, DAY, shift=timedelta(hours=4))
