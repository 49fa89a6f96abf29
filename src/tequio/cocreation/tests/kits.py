"""What tests of kits stand on: a table whose kit could be published, and a printer that costs nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.cast import NOW, again

from tequio.cocreation.enums import DocumentKind, NodeKind
from tequio.cocreation.models import ProblemNode, ProblemTree, Table
from tequio.cocreation.tests.gatherings import announced_table
from tequio.cocreation.workflows import DocumentDetails, KitTexts, add_document, publish_kit, write_kit

if TYPE_CHECKING:
    from tequio.accounts.models import User
    from tequio.cocreation.models import KitDocument
    from tequio.exercises.models import Exercise
    from tequio.kernel.models import Edition

CONTEXT = "En el municipio se tiran 300 toneladas de basura al día.\n\nDos de cada tres colonias no separan."
CRITERIA = "Que sea posible en dos años."
SAYS = {"agenda_2030": "Meta 11.6.", "equality": "Las mujeres separan más.", "inclusion": "Con intérprete."}


def light(_content: dict[str, Any]) -> bytes:
    """Print nothing, quickly."""
    return b"%PDF-1.7 kit"


def ready_table(exercise: Exercise, by: User, *, days: int = 30, **other: Any) -> Table:
    """Announce a table that has all that a kit needs: tree, agenda, criteria and context."""
    starts_at = (NOW + timedelta(days=days)).replace(minute=0, second=0, microsecond=0)
    told = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=2), "criteria": CRITERIA, **other}
    table = announced_table(exercise, by, **told)
    plant(table)
    write_kit(table, KitTexts(context=CONTEXT, glossary="Lixiviado: líquido de la basura"), by=again(by), at=NOW)
    return table


def plant(table: Table) -> None:
    """Write the tree of a table's theme."""
    order = table.exercise.problem_trees.count() + 1
    tree = ProblemTree.objects.create(
        exercise=table.exercise, theme=table.theme, key=f"arbol-{order}", order=order, title="Residuos sin separar"
    )
    nodes = [(NodeKind.PROBLEM, "La basura no se separa"), (NodeKind.CAUSE, "No hay rutas"), (NodeKind.EFFECT, "Ratas")]
    ProblemNode.objects.bulk_create(
        ProblemNode(tree=tree, kind=kind, order=n, text=text) for n, (kind, text) in enumerate(nodes)
    )


def saying(kind: str = DocumentKind.TOPIC, **other: Any) -> DocumentDetails:
    """Return what is said of a document."""
    plain = {"kind": kind, "title": "Estudio de residuos", "made_by": "Universidad de la Niebla", "minutes": 10}
    return DocumentDetails(**{**plain, **other})


def paper(name: str = "estudio.pdf", inside: bytes = b"estudio") -> SimpleUploadedFile:
    """Return a PDF as a browser sends it."""
    return SimpleUploadedFile(name, b"%PDF-1.7 " + inside, "application/pdf")


def with_paper(table: Table, by: User, **other: Any) -> KitDocument:
    """Add a PDF to a kit as the next request would."""
    return add_document(table, saying(**other), paper(), by=again(by), at=NOW)


def published(table: Table, by: User, *, note: str = "", at: Any = NOW) -> Edition:
    """Publish a kit as the next request would, on light paper."""
    return publish_kit(Table.objects.get(pk=table.pk), light, note=note, by=again(by), at=at)
