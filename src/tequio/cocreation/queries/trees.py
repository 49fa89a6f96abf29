"""What the pages of problem trees show: a tree as rows, who changed what, and what there is to do in a review."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import TruncDate
from django.utils import timezone

from tequio.accounts.enums import RoleKind
from tequio.accounts.models import Role
from tequio.cocreation.enums import CommentState, NodeKind, TreeAct
from tequio.cocreation.models import ProblemTree, Theme, TreeChange, TreeComment, TreeReviewer
from tequio.cocreation.models.trees import MOST_LEVELS
from tequio.cocreation.queries.tree_shape import Shape, outline, shape_of
from tequio.governance.models import SeatTerm
from tequio.kernel.along import read_along

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.db.models import QuerySet

    from tequio.accounts.models import User
    from tequio.cocreation.models import ProblemNode
    from tequio.exercises.models import Exercise

SECOND: Final = 2
"""The level of what stands right beside the problem."""
MOST_TOLD: Final = 3
"""Changes of others that are told one by one; the rest are counted."""
VERBS: Final[dict[str, tuple[str, str]]] = {
    TreeAct.ADD: ("agregó", "Agregaste"),
    TreeAct.WRITE: ("cambió el texto de", "Cambiaste el texto de"),
    TreeAct.MOVE: ("movió", "Moviste"),
    TreeAct.REMOVE: ("quitó", "Quitaste"),
    TreeAct.RESTORE: ("restauró", "Restauraste"),
    TreeAct.IMPORT: ("importó una lista que termina en", "Importaste una lista que termina en"),
    TreeAct.UNDO: ("deshizo un cambio en", "Deshiciste un cambio en"),
}
"""What was done, as another did it and as oneself."""


@dataclass(slots=True)
class Row:
    """A box as a page shows it, with what is under it and which steps lead somewhere."""

    node: ProblemNode
    level: int
    turn: int
    beside: int
    seal: str
    steps: frozenset[str]
    under: list[Row] = field(default_factory=list)
    comments: int = 0

    @property
    def number(self) -> int:
        """Its number in the tree."""
        return self.node.order

    @property
    def kind_label(self) -> str:
        """What it is, in words."""
        return str(NodeKind(self.node.kind).label)

    @property
    def causes(self) -> list[Row]:
        """Of what is under it, the causes."""
        return [row for row in self.under if row.node.kind == NodeKind.CAUSE]

    @property
    def effects(self) -> list[Row]:
        """Of what is under it, the effects."""
        return [row for row in self.under if row.node.kind == NodeKind.EFFECT]


def rows_of(tree: ProblemTree, shape: Shape | None = None) -> Row:
    """Return the central problem of a tree with all that stands under it; `shape` spares reading it again."""
    shape = shape or shape_of(tree)
    waiting = TreeComment.objects.filter(tree=tree, state=CommentState.OPEN, node__isnull=False).order_by()
    comments = dict(waiting.values("node").annotate(count=Count("pk")).values_list("node", "count"))
    return row_of(shape, shape.root, 1, comments)


def row_of(shape: Shape, node: ProblemNode, level: int, comments: dict[int, int]) -> Row:
    """Return a box with what is under it."""
    siblings = shape.siblings(node)
    at, last = siblings.index(node), len(siblings) - 1
    leads = {
        "up": at > 0,
        "down": at < last,
        "in": at > 0 and level < MOST_LEVELS,
        "out": level > SECOND,
        "flip": True,
    }
    steps = frozenset(name for name, does in leads.items() if does) if node.parent_id else frozenset[str]()
    under = [row_of(shape, each, level + 1, comments) for each in shape.under(node)]
    return Row(node, level, at + 1, last + 1, shape.seal(node), steps, under, comments.get(node.pk, 0))


def targets(tree: ProblemTree, node: ProblemNode | None = None, shape: Shape | None = None) -> list[tuple[str, str]]:
    """Return where a box may go, as (number and kind, words): beside the problem on each side, or under any other.

    Of a box that is there already, what is under itself is left out.
    """
    shape = shape or shape_of(tree)
    own = {each.pk for each in shape.branch(shape.nodes[node.pk])} if node and not node.is_removed else set()
    found = []
    for side, words in ((NodeKind.CAUSE, "causa directa"), (NodeKind.EFFECT, "efecto directo")):
        found.append((f"{shape.root.order}:{side}", f"Junto al problema, como {words}"))
        for each in outline(shape, [side]):
            level = shape.level(each)
            if each.parent_id and each.pk not in own and level < MOST_LEVELS:
                found.append((f"{each.order}:", f"{'· ' * (level - 1)}Debajo de: {each.text[:90]}"))
    return found


def named(changes: QuerySet[TreeChange], exercise: Exercise) -> QuerySet[TreeChange]:
    """Read changes along with the seat or role in the exercise of whoever made each, as it was that day."""
    day = changes.annotate(day=TruncDate("changed_at", tzinfo=timezone.get_current_timezone()))
    seats = SeatTerm.objects.held_on(OuterRef("day")).filter(seat__body__exercise=exercise)
    roles = Role.objects.held_on(OuterRef("day")).filter(user=OuterRef("changed_by"))
    mine = seats.filter(account=OuterRef("changed_by")).order_by("pk")
    return day.annotate(
        seat_name=Subquery(mine.values("published_name")[:1]),
        role_kind=Subquery(roles.order_by("pk").values("kind")[:1]),
    )


def name_of(change: TreeChange, exercise: Exercise) -> str:
    """Say who made a change, as far as their seat or role in the exercise is public: never a private name."""
    if "seat_name" not in vars(change):
        change = named(TreeChange.objects.filter(pk=change.pk), exercise).get()
    told = vars(change)
    return told["seat_name"] or (str(RoleKind(told["role_kind"]).label) if told["role_kind"] else "Otra persona")


def told(change: TreeChange, exercise: Exercise, viewer: User) -> str:
    """Say a change in a sentence: who, what and of which box."""
    theirs, mine = VERBS[change.act]
    is_own = change.changed_by_id == viewer.pk
    who = mine if is_own else f"{name_of(change, exercise)} {theirs}"
    return f"{who} «{change.node.text}»"


def others_since(tree: ProblemTree, number: int, viewer: User) -> list[str]:
    """Say what others changed after a change that the viewer had seen."""
    made = named(tree.changes.filter(number__gt=number), tree.exercise).exclude(changed_by=viewer)
    rows = list(made.select_related("node").order_by("-number"))
    words = [f"{told(change, tree.exercise, viewer)}." for change in rows[:MOST_TOLD]]
    rest = len(rows) - MOST_TOLD
    return [*words, f"Y {rest} cambios más."] if rest > 0 else words


def standing_of(tree: ProblemTree, viewer: User) -> dict[str, Any]:
    """Return the number of a tree's last change, how many comments wait, and whether a viewer may undo a step."""
    mine = TreeChange.objects.filter(tree=OuterRef("pk"), changed_by=viewer, undone_by=None, number__gt=1)
    waiting = TreeComment.objects.filter(tree=OuterRef("pk"), state=CommentState.OPEN).order_by()
    asked = ProblemTree.objects.annotate(
        last=Subquery(TreeChange.objects.filter(tree=OuterRef("pk")).order_by("-number").values("number")[:1]),
        waiting=Subquery(waiting.values("tree").annotate(count=Count("pk")).values("count")),
        may_undo=Exists(mine.exclude(act=TreeAct.UNDO)),
    )
    found = asked.values("last", "waiting", "may_undo").get(pk=tree.pk)
    return {**found, "last": found["last"] or 0, "waiting": found["waiting"] or 0}


@dataclass(frozen=True, slots=True)
class Passage:
    """A change as the history shows it."""

    change: TreeChange
    words: str
    details: tuple[str, ...]
    restorable: bool


def history(tree: ProblemTree, viewer: User, first: int, most: int) -> Iterator[Passage]:
    """Yield the changes of a tree, the newest first, each in words, with what can be restored from it."""
    shape = shape_of(tree)
    made = named(tree.changes.select_related("node", "undone_by"), tree.exercise)
    rows = made.order_by("-number")[first : first + most]
    for change in rows:
        own = next((each for each in change.touched if each["node"] == change.node_id), None)
        restorable = change.act == TreeAct.REMOVE and shape.nodes[change.node_id].is_removed
        yield Passage(change, told(change, tree.exercise, viewer), tuple(details_of(change, own, shape)), restorable)


def details_of(change: TreeChange, own: dict[str, dict[str, str]] | None, shape: Shape) -> Iterator[str]:
    """Yield what a change did, before and after, in sentences."""
    before, after = (own or {}).get("before"), (own or {}).get("after")
    if before and after and before["text"] != after["text"]:
        yield f"Antes: «{before['text']}». Después: «{after['text']}»."
    if before and after and before["parent"] != after["parent"]:
        above = [shape.nodes[int(each["parent"])].text for each in (before, after)]
        yield f"Estaba debajo de «{above[0]}» y pasó debajo de «{above[1]}»."
    if before and after and before["kind"] != after["kind"]:
        yield f"Era {NodeKind(before['kind']).label.lower()} y pasó a ser {NodeKind(after['kind']).label.lower()}."
    if (count := len(change.touched)) > 1:
        yield f"Con lo que tiene debajo: {count} recuadros."


def trees_at_work(exercise: Exercise) -> QuerySet[ProblemTree]:
    """Return the trees that are written in an exercise, each with its boxes and the comments that wait."""
    return (
        ProblemTree.objects.live()
        .filter(exercise=exercise)
        .select_related("theme", "exercise")
        .annotate(
            boxes=Count("nodes", filter=Q(nodes__is_removed=False), distinct=True),
            waiting=Count("comments", filter=Q(comments__state=CommentState.OPEN), distinct=True),
        )
        .order_by("order")
    )


def themes_of(exercise: Exercise) -> QuerySet[Theme]:
    """Return the themes of which a tree may be begun."""
    return Theme.objects.filter(exercise=exercise).order_by("order")


def tree_at_work(slug: str, key: str, *hung: str) -> ProblemTree | None:
    """Return a tree that is written here, with what hangs from it that the page names."""
    rows = ProblemTree.objects.live().select_related("exercise__jurisdiction", "theme")
    return next(iter(read_along(rows.filter(exercise__slug=slug, key=key), *hung)), None)


def tree_kept(slug: str, key: str) -> ProblemTree | None:
    """Return a tree that was written here, also if it was discarded."""
    rows = ProblemTree.objects.written().select_related("exercise__jurisdiction", "theme")
    return rows.filter(exercise__slug=slug, key=key).first()


def discarded_trees(exercise: Exercise) -> QuerySet[ProblemTree]:
    """Return the trees of an exercise that were discarded."""
    return ProblemTree.objects.written().filter(exercise=exercise, discarded_at__isnull=False)


def comments_of(tree: ProblemTree) -> Sequence[TreeComment]:
    """Return the comments of a tree, those without an answer first."""
    return sorted(tree.comments.all(), key=lambda each: (each.state != CommentState.OPEN, each.pk))


def tree_shown(slug: str, key: str) -> ProblemTree | None:
    """Return a tree written here of which anybody may read a version."""
    shown = ProblemTree.objects.visible_to(None).live().select_related("exercise", "theme")
    return shown.filter(exercise__slug=slug, key=key).first()


def comment_of(tree: ProblemTree, number: int) -> TreeComment | None:
    """Return a comment of a tree."""
    return tree.comments.select_related("node", "tree__exercise").filter(pk=number).first()


def tree_reviewed(slug: str, key: str, viewer: User) -> TreeReviewer | None:
    """Return the review that an account accepted of a tree."""
    mine = TreeReviewer.objects.select_related("tree__exercise", "tree__theme").filter(account=viewer)
    return mine.filter(tree__exercise__slug=slug, tree__key=key).first()
