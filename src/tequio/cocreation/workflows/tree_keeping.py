"""Renaming a tree, and discarding one that was begun by mistake: its rows stay as its history, and it can come back."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from django.db import transaction

from tequio.cocreation.enums import CONDUCT_TREE, EDIT_TREE, TreeState
from tequio.cocreation.workflows.tree_turns import allowed, locked
from tequio.kernel.refusal import Refused

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import User
    from tequio.cocreation.models import ProblemTree

logger = logging.getLogger(__name__)
LONGEST_NAME: Final = 200


@transaction.atomic
def rename_tree(tree: ProblemTree, title: str, *, was: str, by: User | AnonymousUser, at: datetime) -> ProblemTree:
    """Call a tree by another name, unless somebody did meanwhile; its address and its versions stay."""
    row = locked(tree)
    allowed(row, EDIT_TREE, by, "cambiar el nombre de este árbol")
    title = " ".join(title.split())
    if not row.is_open:
        raise Refused("El árbol no está abierto: reábrelo para cambiarle el nombre.")
    if not title or len(title) > LONGEST_NAME:
        raise Refused(f"El nombre dice algo y cabe en {LONGEST_NAME} letras.")
    if row.title != was:
        raise Refused(f"Otra persona ya le cambió el nombre. Ahora se llama «{row.title}».")
    row.title = title
    row.save(update_fields=["title"])
    logger.info("árbol con otro nombre: %s, %s", row.code, at)
    return row


@transaction.atomic
def discard_tree(tree: ProblemTree, *, by: User | AnonymousUser, at: datetime) -> ProblemTree:
    """Put away a tree of which nothing was published; who began it may while nobody else wrote, and who conducts."""
    row = _kept(tree, by)
    if row.state != TreeState.PRELIMINARY or row.published_at:
        raise Refused("Este árbol ya se envió a revisión: sus versiones son públicas y no se desecha.")
    if row.discarded_at is None:
        row.discarded_at = at
        row.save(update_fields=["discarded_at"])
    return row


@transaction.atomic
def recover_tree(tree: ProblemTree, *, by: User | AnonymousUser, at: datetime) -> ProblemTree:
    """Bring back a tree that was discarded, as it was."""
    row = _kept(tree, by)
    row.discarded_at = None
    row.save(update_fields=["discarded_at"])
    logger.info("árbol recuperado: %s, %s", row.code, at)
    return row


def _kept(tree: ProblemTree, by: User | AnonymousUser) -> ProblemTree:
    """Return a tree, locked, that somebody may put away or bring back."""
    row = locked(tree)
    who = allowed(row, EDIT_TREE, by, "desechar este árbol")
    if not who.has_perm(CONDUCT_TREE, row) and row.changes.exclude(changed_by=who).exists():
        raise Refused("Otra persona también escribió en este árbol: lo desecha quien coordina o facilita el ejercicio.")
    return row
