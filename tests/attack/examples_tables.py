"""Real co-creation tables for the addresses of the matrix: of the first municipality's exercise, by the cast."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from tequio.cocreation.enums import TableOutcome
from tequio.cocreation.forms.paper import ROWS
from tequio.cocreation.tests.gatherings import announced_table, begun_table, convened, theme_of
from tequio.cocreation.workflows import foretell_papers
from tequio.cocreation.workflows.paper import Line
from tequio.cocreation.workflows.paper_lists import read_papers
from tequio.exercises.workflows import AttendeeDetails, admit_walk_in
from tequio.kernel.sheets import csv_rows
from tests.attack.examples import Example, Scene, example, under_way

if TYPE_CHECKING:
    from tequio.cocreation.models import Table

PUBLIC = "ejercicios/<slug:slug>/mesas/"
WORK = "ejercicios/<slug:slug>/trabajo/mesas/"
ROOM = "sala/<slug:code>/"


def an_announced_table(scene: Scene) -> Table:
    """Return a table that is announced and has not begun."""
    return announced_table(under_way(scene), scene.person("liaison"))


def a_table(scene: Scene) -> Table:
    """Return a table that is under way, with two small tables."""
    soon = timezone.now() + timedelta(hours=1)
    return begun_table(under_way(scene), scene.person("liaison"), starts_at=soon, ends_at=soon + timedelta(hours=5))


def of_table(table: Table, **sent: str) -> Example:
    """Return the parts of a table's address."""
    return Example({"slug": table.exercise.slug, "key": table.event.slug}, dict(sent))


@example(PUBLIC)
def public_tables(scene: Scene) -> Example:
    """The list of an exercise's tables."""
    return Example({"slug": an_announced_table(scene).exercise.slug})


@example(f"{PUBLIC}<slug:key>/")
def public_table(scene: Scene) -> Example:
    """An announced table."""
    return of_table(an_announced_table(scene))


@example(WORK)
def working_list(scene: Scene) -> Example:
    """The working list of an exercise's tables."""
    return Example({"slug": an_announced_table(scene).exercise.slug})


@example(f"{WORK}nueva/")
def new_table(scene: Scene) -> Example:
    """An exercise with a theme."""
    exercise = under_way(scene)
    sent = {"title": "Mesa", "kind": "commitment", "theme": str(theme_of(exercise).pk), "mode": "in_person"}
    return Example({"slug": exercise.slug}, sent | {"starts_at": "2027-04-16T09:30", "place": "Plaza"})


@example(f"{WORK}<slug:key>/")
def running(scene: Scene) -> Example:
    """A table in preparation, to announce."""
    return of_table(convened(under_way(scene), scene.person("liaison")), move="publish")


@example(f"{WORK}<slug:key>/plenaria/")
def writing(scene: Scene) -> Example:
    """The text of a table under way."""
    return of_table(a_table(scene), move="write", seen="0", title="Datos", text="Abrir los datos.")


@example(f"{WORK}<slug:key>/editar/")
@example(f"{WORK}<slug:key>/etapas/")
def changing(scene: Scene) -> Example:
    """An announced table, and a form that lacks everything."""
    return of_table(an_announced_table(scene))


@example(f"{WORK}<slug:key>/invitar/")
def inviting(scene: Scene) -> Example:
    """A table that follows another, to which somebody came who left an address."""
    liaison = scene.person("liaison")
    before = a_table(scene)
    came = AttendeeDetails(sector="citizens", email="nadie@example.mx")
    admit_walk_in(before.event, came, by=liaison, at=timezone.now())
    later = timezone.now() + timedelta(days=12)
    hours = {"starts_at": later, "ends_at": later + timedelta(hours=5)}
    table = announced_table(before.exercise, liaison, theme=before.theme, follows=before, capacity=9, **hours)
    return of_table(table, until=f"{timezone.localdate() + timedelta(days=3):%Y-%m-%d}")


@example(f"{WORK}<slug:key>/conduccion/")
def conducting(scene: Scene) -> Example:
    """A table under way."""
    return of_table(a_table(scene), move="more", seen="0")


@example(f"{WORK}<slug:key>/cierre/")
def closing(scene: Scene) -> Example:
    """A table under way."""
    return of_table(a_table(scene), outcome=TableOutcome.DIALOGUE, reason="No vinieron.")


@example(ROOM)
@example(f"{ROOM}estado.json")
@example(f"{ROOM}proyector/")
def room(scene: Scene) -> Example:
    """The room of a table under way."""
    return Example({"code": a_table(scene).room_code})


@example(f"{ROOM}hoja/<slug:key>/")
def sheet(scene: Scene) -> Example:
    """The sheet of a small table."""
    small = a_table(scene).small_tables.get(number=1)
    return Example({"code": small.table.room_code, "key": small.key}, {"move": "alternative", "text": "Plantar"})


@example(f"{WORK}<slug:key>/acomodo/")
def seating(scene: Scene) -> Example:
    """A table under way to which six people came."""
    table = a_table(scene)
    for _ in range(6):
        admit_walk_in(table.event, AttendeeDetails(sector="citizens"), by=scene.person("liaison"), at=timezone.now())
    return of_table(table, move="seat")


@example(f"{WORK}<slug:key>/tarjetas/")
def cards(scene: Scene) -> Example:
    """The cards of a table under way."""
    return of_table(a_table(scene))


@example(f"{WORK}<slug:key>/papel/")
@example(f"{WORK}<slug:key>/papel/lista.csv")
def papers(scene: Scene) -> Example:
    """The sheets to print of a table under way."""
    return of_table(a_table(scene))


@example(f"{WORK}<slug:key>/papel/<int:number>/")
def typed_paper(scene: Scene) -> Example:
    """The paper of a small table, read and accepted."""
    table = a_table(scene)
    lines = [Line("Pregunta 1, renglón 1", 1, 0, "Separar en casa")]
    seal = foretell_papers(table, lines, at=timezone.now()).seal
    told = of_table(table, move="accept", seal=seal, question_0="Separar en casa")
    told.parts["number"] = 1
    blank = {f"alternativa-{n}-{name}": "" for n in range(ROWS) for name in ("text", "causes", "place")}
    counts = {"alternativa-TOTAL_FORMS": str(ROWS), "alternativa-INITIAL_FORMS": "0"}
    told.sent.update(counts | blank | {"question_1": "", "title": "", "text": ""})
    return told


@example(f"{WORK}<slug:key>/papel/lista/")
def listed_papers(scene: Scene) -> Example:
    """A table with the papers of two small tables, read and accepted."""
    table = a_table(scene)
    text = "mesa,pregunta,texto\n1,1,Separar en casa\n2,alternativa,Plantar\n"
    seal = foretell_papers(table, read_papers(csv_rows(text), table.questions).lines, at=timezone.now()).seal
    return of_table(table, move="accept", seal=seal, text=text)
