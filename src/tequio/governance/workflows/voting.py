"""Voting: one ballot per right, in an urn that does not know whose it is (docs/decisions/0015)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils.timezone import localtime
from django.views.decorators.debug import sensitive_variables

from tequio.accounts.models import User
from tequio.governance.enums import ElectionKind, ElectionState
from tequio.governance.models import Election, RollEntry, Turnout, Urn
from tequio.governance.workflows.urns import BLANK, Contents, fingerprint, receipt_of, seal, unseal
from tequio.kernel.clock import database_now
from tequio.kernel.refusal import Refused
from tequio.kernel.windows import WindowState

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

TOKEN: Final = re.compile(r"[0-9a-f]{32}")


@sensitive_variables()
@transaction.atomic
def cast_ballot(
    election: Election,
    *,
    mark: str,
    token: str,
    by: User | AnonymousUser,
    code: str = "",
    clock: Callable[[], datetime] = database_now,
) -> str:
    """Put a ballot in the urn and return its receipt; the same request again returns the same one.

    It takes a clock and no instant: the database's decides, read once it is this voter's turn, and nothing keeps what
    it says. It writes no record, no mail and no log: what has an hour would tell who voted when.
    """
    election = Election.objects.select_related("exercise").get(pk=election.pk)
    entry = right_to_vote(election, by=by, code=code)
    if not TOKEN.fullmatch(token):
        raise Refused("La página para votar venció. Ábrala de nuevo y elija otra vez.")
    receipt = receipt_of(token, seed=election.seed)
    turnout = Turnout.objects.select_for_update().get(election=election)
    urn = Urn.objects.get(election=election)
    election.refresh_from_db(fields=["state", "opens_at", "closes_at"])
    is_open = election.state == ElectionState.CALLED
    contents = unseal(urn.sealed, seed=election.seed) if is_open else Contents(receipts=urn.receipts or [])
    if entry.pk in turnout.voted:
        if receipt in contents.receipts:
            return receipt
        raise Refused("Ya votaste en esta elección. Cada quien vota una vez, y tu voto no se cambia.")
    _check_open(election, clock())
    _check_ballot(election, mark, receipt, contents)
    contents.put(mark, receipt)
    urn.sealed = seal(contents, seed=election.seed, roll_size=election.roll_size or 0)
    urn.save(update_fields=["sealed"])
    turnout.voted = sorted([*turnout.voted, entry.pk])
    turnout.save(update_fields=["voted"])
    return receipt


def right_to_vote(election: Election, *, by: User | AnonymousUser, code: str = "") -> RollEntry:
    """Return the entry of the roll by which somebody votes, or refuse."""
    if election.kind == ElectionKind.POLL:
        entry = RollEntry.objects.filter(election=election, code_hash=fingerprint(code)).first()
        if entry is None:
            raise Refused("Ese código no es de esta consulta. Revisa las letras de tu papeleta.")
        return entry
    entry = RollEntry.objects.filter(election=election, account=by).first() if isinstance(by, User) else None
    if entry is None or not by.is_active:
        raise Refused(
            "Tu cuenta no está en el padrón de esta elección. Votan quienes estaban inscritos en el sector, "
            "o en el pleno, el día en que se convocó."
        )
    return entry


def _check_open(election: Election, instant: datetime) -> None:
    """Refuse a ballot out of time."""
    if election.state == ElectionState.ANNULLED:
        raise Refused("Esta elección se anuló: ya no se vota en ella.")
    moment = election.window.state_at(instant)
    if moment is WindowState.UPCOMING:
        raise Refused(f"La votación abre el {localtime(election.opens_at):%d/%m/%Y a las %H:%M} h.")
    if moment is WindowState.CLOSED or election.state != ElectionState.CALLED:
        closed = localtime(election.closes_at)
        raise Refused(f"La votación cerró el {closed:%d/%m/%Y a las %H:%M} h. Tu voto no se contó.")


def _check_ballot(election: Election, mark: str, receipt: str, contents: Contents) -> None:
    """Refuse a mark that the ballot does not have, and a receipt that another ballot has."""
    if mark != BLANK and mark not in {each.mark for each in election.candidates.all()}:
        raise Refused("Elige una candidatura de la boleta, o el voto en blanco.")
    if receipt in contents.receipts:
        raise Refused("La página para votar venció. Ábrala de nuevo y elija otra vez.")
