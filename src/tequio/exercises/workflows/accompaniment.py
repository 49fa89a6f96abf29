"""Accompanying a municipality: who does it, what was agreed, what follows and who asked for help.

None of it is public, so none of it enters the ledger; each row keeps who wrote it and when. The municipality's row is
the lock: of two at once, the second finds what the first wrote, and a double tap writes once.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from tequio.accounts.enums import JurisdictionKind
from tequio.accounts.models import Jurisdiction, User
from tequio.exercises.enums import ACCOMPANY_PLACE, ASK_FOR_HELP, ContactKind
from tequio.exercises.models import Accompaniment, CallingRule, Contact, HelpRequest
from tequio.exercises.notices.accompaniment import tell_help_answered, tell_help_asked
from tequio.kernel.clock import day_of
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from django.contrib.auth.models import AnonymousUser

YEAR = 365


@dataclass(frozen=True, kw_only=True)
class Told:
    """What is told of a contact; with whom is a post and its institution, never a person's name."""

    kind: ContactKind
    held_on: date
    with_whom: str
    agreed: str
    next_step: str = ""
    next_step_on: date | None = None


@transaction.atomic
def log_contact(
    place: Jurisdiction, told: Told, *, answers: HelpRequest | None = None, by: User | AnonymousUser, at: datetime
) -> Contact:
    """Write down a contact with a municipality; one that answers its request for help closes it."""
    by = _allowed(by, ACCOMPANY_PLACE, place, f"Tu cuenta no acompaña a {place}.")
    _check(told, at=at)
    _locked(place)
    facts = {**asdict(told), "jurisdiction": place}
    same = Contact.objects.filter(**facts, written_by=by).first()
    if same:
        return same
    contact = Contact.objects.create(**facts, written_by=by, written_at=at)
    if answers:
        asked = HelpRequest.objects.get(pk=answers.pk, jurisdiction=place)
        if asked.closed_at:
            raise Refused("Esa petición de ayuda ya se había cerrado. Registra el contacto sin marcarla.")
        asked.closed_at, asked.answered_with = at, contact
        asked.save(update_fields=["closed_at", "answered_with"])
        tell_help_answered(asked, at=at)
    return contact


@transaction.atomic
def settle_next_step(contact: Contact, *, outcome: str, by: User | AnonymousUser, at: datetime) -> Contact:
    """Write what came of the next step that a contact left."""
    contact = Contact.objects.select_for_update(of=("self",)).select_related("jurisdiction").get(pk=contact.pk)
    by = _allowed(by, ACCOMPANY_PLACE, contact, f"Tu cuenta no acompaña a {contact.jurisdiction}.")
    outcome = outcome.strip()
    if not outcome:
        raise Refused("Escribe qué resultó; también vale decir que no se hizo y por qué.")
    if not contact.next_step:
        raise Refused("Este contacto no dejó un siguiente paso.")
    if contact.outcome == outcome:
        return contact
    if contact.outcome:
        raise Refused("Este paso ya tiene resultado. Si cambió algo, registre otro contacto.")
    contact.outcome, contact.settled_by, contact.settled_at = outcome, by, at
    contact.save(update_fields=["outcome", "settled_by", "settled_at"])
    return contact


@transaction.atomic
def assign_companion(
    place: Jurisdiction, account: User | None, *, by: User | AnonymousUser, at: datetime
) -> Accompaniment | None:
    """Say who of the guarantor's staff accompanies a municipality from today, or that nobody does."""
    by = _allowed(by, ACCOMPANY_PLACE, place, f"Tu cuenta no decide quién acompaña a {place}.")
    if account and not account.has_perm(ACCOMPANY_PLACE, place):
        raise Refused("Esa cuenta no es hoy del personal del órgano garante. Elige otra.")
    _locked(place)
    today = day_of(at)
    present = Accompaniment.objects.filter(jurisdiction=place, ends_on__isnull=True).first()
    if present and present.account == account:
        return present
    if present:
        present.ends_on = max(today, present.starts_on)
        present.save(update_fields=["ends_on"])
    if account is None:
        return None
    return Accompaniment.objects.create(
        jurisdiction=place, account=account, starts_on=today, assigned_by=by, assigned_at=at
    )


@transaction.atomic
def assign_companions(
    places: Iterable[Jurisdiction], account: User | None, *, by: User | AnonymousUser, at: datetime
) -> list[Accompaniment | None]:
    """Say who accompanies each of some municipalities: all of them, or none if one is refused."""
    return [assign_companion(place, account, by=by, at=at) for place in sorted(places, key=lambda place: place.pk)]


@transaction.atomic
def ask_for_help(place: Jurisdiction, *, about: str, by: User | AnonymousUser, at: datetime) -> HelpRequest:
    """Ask the guarantor for help, as the municipality's liaison; its staff are told."""
    by = _allowed(by, ASK_FOR_HELP, place, f"Solo el enlace de {place} pide ayuda desde aquí.")
    about = about.strip()
    if not about:
        raise Refused("Escribe en qué necesita ayuda.")
    _locked(place)
    present = HelpRequest.objects.filter(jurisdiction=place, closed_at__isnull=True).first()
    if present and present.about == about:
        return present
    if present:
        raise Refused("Tu municipio ya tiene una petición sin respuesta. Retírala si quieres pedir otra cosa.")
    asked = HelpRequest.objects.create(jurisdiction=place, about=about, asked_by=by, asked_at=at)
    tell_help_asked(asked, at=at)
    return asked


@transaction.atomic
def withdraw_help(asked: HelpRequest, *, by: User | AnonymousUser, at: datetime) -> HelpRequest:
    """Take back a request for help that is no longer needed; taken back already, nothing changes."""
    _allowed(by, ASK_FOR_HELP, asked, "Solo el enlace del municipio retira esta petición.")
    _locked(asked.jurisdiction)
    asked = HelpRequest.objects.select_related("jurisdiction").get(pk=asked.pk)
    if asked.answered_with_id:
        raise Refused("El órgano garante ya atendió esta petición. Si falta algo, pide ayuda otra vez.")
    if asked.closed_at is None:
        asked.closed_at = at
        asked.save(update_fields=["closed_at"])
    return asked


@transaction.atomic
def set_quiet_days(state: Jurisdiction, days: int, *, by: User | AnonymousUser, at: datetime) -> CallingRule:
    """Set after how many days without a contact the municipalities of a state are to be called."""
    by = _allowed(by, ACCOMPANY_PLACE, state, f"Tu cuenta no fija la regla de {state}.")
    if not 1 <= days <= YEAR:
        raise Refused(f"Escribe un número de días entre 1 y {YEAR}.")
    rule, _ = CallingRule.objects.update_or_create(
        jurisdiction=state.parent or state, defaults={"quiet_days": days, "set_by": by, "set_at": at}
    )
    return rule


def _allowed(by: User | AnonymousUser, permission: str, thing: object, refusal: str) -> User:
    """Return the account if it may, or refuse."""
    if isinstance(by, User) and by.has_perm(permission, thing):
        return by
    raise Refused(refusal)


def _locked(place: Jurisdiction) -> None:
    """Wait for whoever writes of the same municipality; a state accompanies itself by nobody's log."""
    if Jurisdiction.objects.select_for_update(no_key=True).get(pk=place.pk).kind != JurisdictionKind.MUNICIPALITY:
        raise Refused(f"{place} no es un municipio. Elige un municipio.")


def _check(told: Told, *, at: datetime) -> None:
    """Refuse what no contact can be, each cause in its own words."""
    if told.held_on > day_of(at):
        raise Refused("El contacto no puede ser de un día que aún no llega. Si es una cita, es el siguiente paso.")
    if not told.with_whom.strip() or not told.agreed.strip():
        raise Refused("Escribe con qué cargo fue el contacto y qué se trató.")
    if bool(told.next_step) != bool(told.next_step_on):
        raise Refused("El siguiente paso lleva su fecha. Escribe los dos, o ninguno.")
    if told.next_step_on and told.next_step_on < told.held_on:
        raise Refused("El siguiente paso no puede ser anterior al contacto.")
