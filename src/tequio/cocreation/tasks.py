"""The room's jobs, and what it does when it hears of others; the kernel reads this module when it starts."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from tequio.accounts.enums import NoticeKey
from tequio.accounts.workflows import CONSENT_WITHDRAWN
from tequio.cocreation.workflows import forget_credits, forget_receipts
from tequio.cocreation.workflows.kit_mail import send_to_latecomers
from tequio.kernel.facts import subscribe
from tequio.kernel.periodic import DAY, every


@task()
def send_kits_to_latecomers() -> int:
    """Send published kits to who registered after they were sent; return to how many."""
    return send_to_latecomers(at=timezone.now())


@task()
def forget_receipts_of_kits() -> int:
    """Forget the marks of receipts of tables whose people were forgotten; return of how many."""
    return forget_receipts()


def take_names_off(*, key: str, account: int | None = None, **_told: object) -> None:
    """Stop naming who reviewed a tree once they take their consent back."""
    if key == NoticeKey.CONSULTATION and account is not None:
        forget_credits(account)


every("send_kits_to_latecomers", send_kits_to_latecomers, timedelta(hours=1))
every("forget_receipts_of_kits", forget_receipts_of_kits, DAY, shift=timedelta(hours=4))
subscribe(CONSENT_WITHDRAWN, take_names_off)
