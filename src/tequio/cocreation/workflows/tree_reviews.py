"""The review of a tree: published as preliminary, commented by invited experts, answered one by one, then final."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from tequio.accounts.models import User
from tequio.accounts.workflows import give_consent
from tequio.cocreation.enums import CONDUCT_TREE, EDIT_TREE, REVIEW_TREE, CommentState, NodeKind, TreeState
from tequio.cocreation.models import ProblemTree, TreeComment, TreeReviewer
from tequio.cocreation.notices.trees import tell_answered, tell_final, tell_invited
from tequio.cocreation.queries.tree_versions import KIND, content_of
from tequio.cocreation.workflows.tree_turns import allowed, locked
from tequio.exercises.enums import ExerciseState
from tequio.kernel.editions import publish
from tequio.kernel.facts import CHANGED, announce
from tequio.kernel.refusal import Refused
from tequio.kernel.workflow import Move, Workflow

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from tequio.accounts.models import PrivacyNotice

SALT: Final = "cocreation.review"
LASTS: Final = timedelta(days=30)
MOST_INVITED: Final = 30
LONGEST: Final = 2000
LONGEST_CREDIT: Final = 200


def has_both_sides(tree: ProblemTree) -> str | None:
    """Block the review of a tree without causes or effects."""
    kinds = set(tree.nodes.standing().values_list("kind", flat=True))
    lacking = [name for kind, name in ((NodeKind.CAUSE, "causas"), (NodeKind.EFFECT, "efectos")) if kind not in kinds]
    return f"Faltan {' y '.join(lacking)}: un árbol se revisa completo." if lacking else None


def is_in_sight(tree: ProblemTree) -> str | None:
    """Block the publication of a tree of an exercise that nobody sees yet."""
    if tree.exercise.state == ExerciseState.DRAFT:
        return "El ejercicio todavía no es público: arranca cuando se firma su declaración conjunta."
    return None


def was_reviewed(tree: ProblemTree) -> str | None:
    """Block the end of a review that nobody made."""
    there = any(reviewer.done_at for reviewer in tree.reviewers.all()) or tree.comments.all()
    return None if there else "Falta que al menos una persona experta lo revise. Invítala."


def is_answered(tree: ProblemTree) -> str | None:
    """Block the end of a review with comments that wait for an answer."""
    waiting = sum(comment.state == CommentState.OPEN for comment in tree.comments.all())
    return f"Comentarios sin respuesta: {waiting}. Respóndelos uno por uno." if waiting else None


TREES: Final = Workflow(
    ProblemTree,
    (
        Move(
            "review",
            "Enviar a revisión",
            (TreeState.PRELIMINARY,),
            TreeState.IN_REVIEW,
            CONDUCT_TREE,
            (is_in_sight, has_both_sides),
        ),
        Move(
            "finish",
            "Dejarlo como final",
            (TreeState.IN_REVIEW,),
            TreeState.FINAL,
            CONDUCT_TREE,
            (has_both_sides, was_reviewed, is_answered),
        ),
        Move("reopen", "Reabrir para cambiarlo", (TreeState.FINAL,), TreeState.PRELIMINARY, CONDUCT_TREE),
    ),
    field="state",
)


@transaction.atomic
def send_to_review(tree: ProblemTree, *, by: User | AnonymousUser, at: datetime) -> ProblemTree:
    """Publish a tree as preliminary and open its review."""
    row = locked(tree)
    allowed(row, CONDUCT_TREE, by, "enviar a revisión este árbol")
    if row.state == TreeState.PRELIMINARY and row.published_at is None:
        ProblemTree.objects.filter(pk=row.pk).update(published_at=at)
    TREES.run(row, "review", by=by, at=at)
    publish(KIND, row.code, content_of(row, "review"), by=None, at=at)
    announce(CHANGED, subject=TREES.subject(row))
    return row


@transaction.atomic
def make_final(tree: ProblemTree, *, by: User | AnonymousUser, at: datetime) -> ProblemTree:
    """Publish the final version of a tree whose review is answered, and tell who reviewed it."""
    row = locked(tree)
    allowed(row, CONDUCT_TREE, by, "dejar como final este árbol")
    TREES.run(row, "finish", by=by, at=at)
    publish(KIND, row.code, content_of(row, "final"), by=None, at=at)
    announce(CHANGED, subject=TREES.subject(row))
    tell_final(row, at=at)
    return row


@transaction.atomic
def reopen_tree(tree: ProblemTree, *, by: User | AnonymousUser, at: datetime) -> ProblemTree:
    """Open a final tree to be changed; its versions stay, and the public reads the last until there is another."""
    row = locked(tree)
    allowed(row, CONDUCT_TREE, by, "reabrir este árbol")
    TREES.run(row, "reopen", by=by, at=at)
    announce(CHANGED, subject=TREES.subject(row))
    return row


@transaction.atomic
def invite_reviewer(tree: ProblemTree, email: str, *, by: User | AnonymousUser, at: datetime) -> str:
    """Send an expert the link by which they accept to review a tree; return its secret, which is not kept."""
    row = locked(tree)
    allowed(row, CONDUCT_TREE, by, "invitar a revisar este árbol")
    if row.state != TreeState.IN_REVIEW:
        raise Refused("Envía primero el árbol a revisión: quien llegue debe poder leerlo.")
    email = email.strip().casefold()
    try:
        validate_email(email)
    except ValidationError as wrong:
        raise Refused("Escribe un correo completo, como nombre@ejemplo.mx.") from wrong
    if row.reviewers.filter(email=email).exists():
        raise Refused("Ya invitaste a ese correo. Retira la invitación si quieres enviar otra.")
    if row.reviewers.count() >= MOST_INVITED:
        raise Refused(f"Un árbol lo revisan {MOST_INVITED} personas como máximo.")
    reviewer = TreeReviewer.objects.create(tree=row, email=email, invited_at=at)
    told = {"reviewer": reviewer.pk, "until": (at + LASTS).isoformat()}
    token = signing.dumps(told, salt=SALT)
    tell_invited(reviewer, token, at=at)
    return token


@transaction.atomic
def withdraw_reviewer(reviewer: TreeReviewer, *, by: User | AnonymousUser) -> None:
    """Take back an invitation that nobody accepted; its address goes with it."""
    row = locked(reviewer.tree)
    allowed(row, CONDUCT_TREE, by, "retirar invitaciones de este árbol")
    found = row.reviewers.filter(pk=reviewer.pk).first()
    if found is not None and found.account_id:
        raise Refused("Esa persona ya aceptó: su revisión se queda.")
    row.reviewers.filter(pk=reviewer.pk).delete()


@transaction.atomic
def accept_review(token: str, *, verified_email: str, by: User | AnonymousUser, at: datetime) -> TreeReviewer:
    """Let the account whose address was invited review the tree; asked twice, it is the same."""
    if not isinstance(by, User) or not by.is_active:
        raise Refused("Entra con tu cuenta para aceptar la revisión.")
    reviewer = reviewer_of_token(token, at=at)
    if reviewer is None:
        raise Refused("Esta liga no sirve o venció. Pide otra a quien te invitó.")
    row = locked(reviewer.tree)
    reviewer.refresh_from_db()
    known = row.reviewers.filter(account=by).first()
    if known is not None:
        return known
    if reviewer.account_id or reviewer.email != verified_email.strip().casefold():
        raise Refused("La invitación llegó a otro correo. Entra con la cuenta de ese correo.")
    reviewer.account, reviewer.accepted_at, reviewer.email = by, at, ""
    reviewer.save(update_fields=["account", "accepted_at", "email"])
    return reviewer


def reviewer_of_token(token: str, *, at: datetime) -> TreeReviewer | None:
    """Return the invitation of a link that still serves, or nothing."""
    try:
        told: dict[str, str] = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    if at >= datetime.fromisoformat(told["until"]):
        return None
    return TreeReviewer.objects.select_related("tree__exercise").filter(pk=told["reviewer"]).first()


def reviewing(tree: ProblemTree, *, by: User | AnonymousUser) -> TreeReviewer:
    """Return an expert at work on a tree, its row locked, or refuse."""
    row = locked(tree)
    who = allowed(row, REVIEW_TREE, by, "revisar este árbol")
    if row.state != TreeState.IN_REVIEW:
        raise Refused("Este árbol no está en revisión: ya no recibe comentarios.")
    return row.reviewers.select_related("tree__exercise").get(account=who)


@transaction.atomic
def comment_tree(
    tree: ProblemTree, text: str, *, number: int | None = None, by: User | AnonymousUser, at: datetime
) -> TreeComment:
    """Say something of a box, or of the whole tree; sent twice, it is one comment."""
    reviewer = reviewing(tree, by=by)
    text = text.strip()
    if not text:
        raise Refused("Escribe tu comentario.")
    if len(text) > LONGEST:
        raise Refused(f"Tu comentario tiene {len(text)} letras; caben {LONGEST}. Divídelo en dos.")
    node = None
    if number is not None:
        node = reviewer.tree.nodes.filter(order=number).first()
        if node is None:
            raise Refused("Ese recuadro no está en este árbol. Actualiza la página.")
    said = reviewer.comments.filter(node=node, text=text).first()
    return said or TreeComment.objects.create(
        tree=reviewer.tree, node=node, reviewer=reviewer, text=text, about=node.text if node else "", written_at=at
    )


@transaction.atomic
def finish_review(tree: ProblemTree, *, by: User | AnonymousUser, at: datetime) -> TreeReviewer:
    """Say that one has read the whole tree and commented what one had to."""
    reviewer = reviewing(tree, by=by)
    reviewer.done_at = reviewer.done_at or at
    reviewer.save(update_fields=["done_at"])
    return reviewer


@transaction.atomic
def answer_comment(
    comment: TreeComment, state: str, answer: str, *, by: User | AnonymousUser, at: datetime
) -> TreeComment:
    """Answer a comment: what was changed for it, or why it does not apply; who wrote it is told."""
    row = locked(comment.tree)
    allowed(row, EDIT_TREE, by, "responder comentarios de este árbol")
    if row.state == TreeState.FINAL:
        raise Refused("El árbol ya es final. Reábrelo para cambiar una respuesta.")
    answer = answer.strip()
    if state not in {CommentState.ATTENDED, CommentState.NOT_APPLICABLE}:
        raise Refused("Di si el comentario se atendió o no procede.")
    if not answer or len(answer) > LONGEST:
        raise Refused(f"Escribe qué se cambió, o por qué no procede, en {LONGEST} letras como máximo.")
    found = TreeComment.objects.select_related("reviewer__account", "tree__exercise").get(pk=comment.pk)
    if (found.state, found.answer) == (state, answer):
        return found
    found.state, found.answer, found.answered_at = state, answer, at
    found.save(update_fields=["state", "answer", "answered_at"])
    tell_answered(found, at=at)
    return found


@transaction.atomic
def credit_reviewer(
    tree: ProblemTree, credit: str, notice: PrivacyNotice, *, by: User | AnonymousUser, at: datetime
) -> TreeReviewer:
    """Name an expert among those who reviewed a tree, as they ask and with their consent."""
    row = locked(tree)
    who = allowed(row, REVIEW_TREE, by, "aparecer entre quienes revisaron este árbol")
    reviewer = row.reviewers.get(account=who)
    credit = " ".join(credit.split())
    if not credit or len(credit) > LONGEST_CREDIT:
        raise Refused(f"Escribe cómo quieres que se te nombre, en {LONGEST_CREDIT} letras como máximo.")
    give_consent(notice, by=who, at=at)
    reviewer.credit = credit
    reviewer.save(update_fields=["credit"])
    announce(CHANGED, subject=TREES.subject(row))
    return reviewer


@transaction.atomic
def uncredit_reviewer(tree: ProblemTree, *, by: User | AnonymousUser) -> None:
    """Take one's own name off those who reviewed a tree."""
    row = locked(tree)
    who = allowed(row, REVIEW_TREE, by, "quitar su nombre de este árbol")
    row.reviewers.filter(account=who).update(credit="")
    announce(CHANGED, subject=TREES.subject(row))


@transaction.atomic
def forget_credits(account: int) -> None:
    """Take the name of somebody who took their consent back off every tree that they reviewed."""
    mine = TreeReviewer.objects.filter(account=account).exclude(credit="")
    trees = ProblemTree.objects.filter(pk__in=mine.values("tree")).select_related("exercise")
    subjects = [TREES.subject(tree) for tree in trees]
    mine.update(credit="")
    for subject in subjects:
        announce(CHANGED, subject=subject)
