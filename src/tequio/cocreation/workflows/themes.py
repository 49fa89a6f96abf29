"""Themes: proposed with their reasons, changed, approved by an agreement of the secretariat, or withdrawn."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from tequio.accounts.models import User
from tequio.cocreation.enums import APPROVE_THEME, PROPOSE_THEME, ProblemStatus, ThemeStatus
from tequio.cocreation.models import Theme
from tequio.cocreation.queries.themes import agreements_of, targets_in_force
from tequio.exercises.models import Exercise
from tequio.kernel.clock import day_of
from tequio.kernel.facts import CHANGED, announce
from tequio.kernel.ledger import record
from tequio.kernel.refusal import Refused
from tequio.kernel.workflow import Move, Workflow

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

    from tequio.governance.models import Agreement

TAKEN: Final = ("nueva",)
"""Words that stand in the address where a key would."""
SEPARATOR: Final = re.compile(r"[\s,;]+")


def is_justified(theme: Theme) -> str | None:
    """Block the approval of a theme that does not say why it is one."""
    return None if theme.justification else "Falta la justificación. Escríbela para poder aprobar la temática."


def is_aligned(theme: Theme) -> str | None:
    """Block the approval of a theme that does not say what it has to do with the development plan in force."""
    if theme.plan_document and theme.plan_alignment:
        return None
    return "Falta con qué se alinea del plan de desarrollo en vigor. Escríbelo para poder aprobar la temática."


def has_agreement(theme: Theme) -> str | None:
    """Block an approval that nobody agreed."""
    return None if theme.agreement_id else "Elige el acuerdo del secretariado que la aprobó."


def gives_reason(theme: Theme) -> str | None:
    """Block a withdrawal without its reason."""
    return None if theme.withdrawn_because else "Escribe por qué se retira."


THEMES: Final = Workflow(
    Theme,
    (
        Move(
            "approve",
            "Aprobar",
            (ThemeStatus.PROPOSED,),
            ThemeStatus.APPROVED,
            APPROVE_THEME,
            (is_justified, is_aligned, has_agreement),
        ),
        Move("withdraw", "Retirar", (ThemeStatus.PROPOSED,), ThemeStatus.WITHDRAWN, PROPOSE_THEME, (gives_reason,)),
    ),
)


@dataclass(frozen=True, kw_only=True)
class ThemePlan:
    """What somebody says of a theme that they propose; targets of the SDG by their codes, as «16.6, 11.3»."""

    name: str
    justification: str
    plan_document: str = ""
    plan_alignment: str = ""
    targets: str = ""
    table_place: str = ""
    table_dates: str = ""


@transaction.atomic
def propose_theme(exercise: Exercise, plan: ThemePlan, *, by: User | AnonymousUser, at: datetime) -> Theme:
    """Write a theme that only who prepares the exercise sees, until the secretariat approves it."""
    _permitted(exercise, by)
    exercise = Exercise.objects.select_for_update(no_key=True).get(pk=exercise.pk)
    columns = _columns(plan, at=at)
    used = {*exercise.themes.values_list("key", flat=True), *TAKEN}
    word = slugify(columns["name"])[:50].strip("-") or "tematica"
    key = next(name for n in range(len(used) + 1) if (name := f"{word}-{n + 1}" if n else word) not in used)
    last = exercise.themes.aggregate(last=Max("order"))["last"] or 0
    return Theme.objects.create(exercise=exercise, key=key, order=last + 1, status=ThemeStatus.PROPOSED, **columns)


@transaction.atomic
def change_theme(theme: Theme, plan: ThemePlan, *, by: User | AnonymousUser, at: datetime) -> Theme:
    """Change a theme while it is only proposed."""
    row = _held(theme)
    _permitted(row, by)
    if row.status != ThemeStatus.PROPOSED:
        raise Refused("Esta temática ya se aprobó o se retiró: no se cambia.")
    columns = _columns(plan, at=at)
    for name, value in columns.items():
        setattr(row, name, value)
    row.save(update_fields=list(columns))
    return row


@transaction.atomic
def approve_theme(theme: Theme, agreement: Agreement, *, by: User | AnonymousUser, at: datetime) -> Theme:
    """Note by which agreement the secretariat approved a theme: from now on it is public."""
    row = _held(theme)
    if not by.has_perm(APPROVE_THEME, row):
        raise Refused("Tu cuenta no puede registrar la aprobación de temáticas en este ejercicio.")
    if not agreements_of(row.exercise).filter(pk=agreement.pk).exists():
        raise Refused("Elige un acuerdo vigente del secretariado de este ejercicio.")
    if row.status == ThemeStatus.PROPOSED:  # else the move below says why not
        row.agreement = agreement
        row.save(update_fields=["agreement"])
    THEMES.run(row, "approve", by=by, at=at)
    facts = {"name": row.name, "agreement": agreement.reference, "targets": row.targets}
    record("cocreation.theme_approved", THEMES.subject(row), facts, by=None, at=at)
    announce(CHANGED, subject=THEMES.subject(row))
    return row


@transaction.atomic
def withdraw_theme(theme: Theme, reason: str, *, by: User | AnonymousUser, at: datetime) -> Theme:
    """Withdraw a theme that was only proposed; nobody's proposal is left in it without an answer."""
    row = _held(theme)
    _permitted(row, by)
    if grouped := row.problems.filter(status=ProblemStatus.GROUPED).count():
        raise Refused(f"Antes de retirarla, responde de otro modo las propuestas agrupadas en ella: {grouped}.")
    if row.status == ThemeStatus.PROPOSED:
        row.withdrawn_because = reason.strip()
        row.save(update_fields=["withdrawn_because"])
    THEMES.run(row, "withdraw", by=by, at=at)
    return row


def _permitted(thing: Theme | Exercise, by: User | AnonymousUser) -> User:
    """Return who may propose themes in an exercise that is not archived, or refuse."""
    exercise = thing if isinstance(thing, Exercise) else thing.exercise
    if exercise.archived_on or not isinstance(by, User) or not by.has_perm(PROPOSE_THEME, exercise):
        raise Refused("Tu cuenta no propone temáticas en este ejercicio.")
    return by


def _held(theme: Theme) -> Theme:
    rows = Theme.objects.select_for_update(no_key=True, of=("self",)).select_related("exercise")
    return rows.get(pk=theme.pk)


def _columns(plan: ThemePlan, *, at: datetime) -> dict[str, Any]:
    """Return what is written of a theme, checked."""
    columns: dict[str, Any] = {name: text.strip() for name, text in asdict(plan).items()}
    columns["name"] = " ".join(plan.name.split())
    if not columns["name"] or not columns["justification"]:
        raise Refused("Escribe el nombre de la temática y por qué se propone.")
    asked = [code.casefold() for code in SEPARATOR.split(columns["targets"]) if code]
    known = list(targets_in_force(day_of(at)).values_list("code", flat=True)) if asked else []
    if unknown := [code for code in asked if code not in known]:
        raise Refused(f"No conocemos la meta «{unknown[0][:20]}» de los ODS. Escribe claves de la lista, como 16.6.")
    columns["targets"] = [code for code in known if code in asked]  # in the list's order, each once
    return columns
