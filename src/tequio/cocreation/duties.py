"""What co-creation asks of a person: trees, kits, institutions, answers to what people proposed, reviews of trees."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count, Q
from django.urls import reverse

from tequio.cocreation.enums import CONSULTATION, TABLES, TREES, CommentState, TreeState
from tequio.cocreation.models import ProblemTree, TreeReviewer
from tequio.cocreation.queries.institutions import mapped, tables_to_come, warnings_of
from tequio.cocreation.queries.kits import AHEAD, kits_to_publish
from tequio.cocreation.queries.problems import waiting_consultations
from tequio.cocreation.queries.tree_timing import trees_to_finish
from tequio.cocreation.queries.viability import lacking_in, path_of, tables_to_review
from tequio.exercises.models import Exercise
from tequio.governance.enums import BodyKind
from tequio.governance.models import SeatTerm
from tequio.kernel.clock import day_of
from tequio.kernel.duties import Duty, duties, read_in_one

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from django.db.models import QuerySet

    from tequio.accounts.models import User

OPEN_TREES: Final = (TreeState.PRELIMINARY, TreeState.IN_REVIEW)


@read_in_one
def asked_of(person: User, at: datetime) -> dict[str, QuerySet[Any]]:
    """Return the rows from which the duties below follow."""
    waiting, day = Q(comments__state=CommentState.OPEN), day_of(at)
    seats = SeatTerm.objects.held_on(day).filter(account=person, seat__body__kind=BodyKind.SECRETARIAT)
    mine = Q(exercise__in=seats.values("seat__body__exercise")) | Q(
        exercise__in=Exercise.objects.run_by(person).values("pk")
    )
    trees = ProblemTree.objects.filter(waiting, mine, state__in=OPEN_TREES, exercise__archived_on=None)
    reviews = TreeReviewer.objects.filter(
        account=person, done_at__isnull=True, tree__state=TreeState.IN_REVIEW, tree__exercise__archived_on=None
    )
    return {
        "kits": kits_to_publish(person, at),
        "unfinished": trees_to_finish(person, at),
        "tables": tables_to_come(person, at),
        "consultations": waiting_consultations(person, day),
        "viability": tables_to_review(person, at),
        "reviews": reviews.select_related("tree__exercise"),
        "trees": trees.select_related("exercise").annotate(waiting=Count("comments", filter=waiting, distinct=True)),
    }


@duties
def publish_kits(person: User, at: datetime) -> Iterator[Duty]:
    """Yield the kit of each table that is near and has none published; it is due two weeks before the table."""
    for table in asked_of(person, at)["kits"]:
        if table.event.starts_at:
            yield Duty(
                key=f"cocreation.publish_kit:{table.pk}",
                topic=TABLES,
                verb="Publica",
                thing=f"el kit de «{table}»",
                why="Se publica al menos dos semanas antes de la mesa; si sale tarde, su página dice por cuántos días.",
                address=reverse("cocreation:run_kit", args=[table.exercise.slug, table.event.slug]),
                button="Preparar el kit",
                where=str(table.exercise.jurisdiction),
                due_on=day_of(table.event.starts_at) - timedelta(days=AHEAD),
            )


@duties
def ask_verdicts(person: User, at: datetime) -> Iterator[Duty]:
    """Yield each commitment of a table with an aspect that nobody was asked to judge, or whose verdict is late."""
    for table in asked_of(person, at)["viability"]:
        lacking, late = lacking_in(path_of(table), day_of(at))
        if not lacking and not late:
            continue
        named = ", ".join(str(aspect.label).lower() for aspect in (*lacking, *late))
        yield Duty(
            key=f"cocreation.ask_verdict:{table.pk}",
            topic=TABLES,
            verb="Pide" if lacking else "Recuerda",
            thing=f"el dictamen de viabilidad de «{table}»: {named}",
            why="Quienes escribieron el compromiso esperan saber si se puede cumplir; sin dictamen no entra al plan.",
            address=reverse("cocreation:run_viability", args=[table.exercise.slug, table.event.slug]),
            button="Ver los dictámenes",
            where=str(table.exercise.jurisdiction),
        )


@duties
def finish_trees(person: User, at: datetime) -> Iterator[Duty]:
    """Yield the tree of each table that is near and whose theme has none final; it is due two weeks before it."""
    for table in asked_of(person, at)["unfinished"]:
        key = vars(table)["tree_key"]
        slug, name = table.exercise.slug, "tree_review" if key else "new_tree"
        if table.event.starts_at:
            yield Duty(
                key=f"cocreation.finish_tree:{table.pk}",
                topic=TREES,
                verb="Cierra" if key else "Empieza",
                thing=f"el árbol de «{table.theme}», que se trabaja en «{table}»",
                why="El árbol final, revisado por personas expertas, se publica al menos dos semanas antes de la mesa.",
                address=reverse(f"cocreation:{name}", args=[slug, key] if key else [slug]),
                button="Ver su revisión" if key else "Empezar el árbol",
                where=str(table.exercise.jurisdiction),
                due_on=day_of(table.event.starts_at) - timedelta(days=AHEAD),
            )


@duties
def approach_institutions(person: User, at: datetime) -> Iterator[Duty]:
    """Yield the map of each table to come that warns of something; it is due before the table."""
    for table in asked_of(person, at)["tables"]:
        warnings = warnings_of(mapped(table.institutions.all()))
        if not warnings:
            continue
        yield Duty(
            key=f"cocreation.approach_institutions:{table.pk}",
            topic=TABLES,
            verb="Asegura",
            thing=f"que vengan las instituciones competentes a «{table}»",
            why=warnings[0] + (f" Y {len(warnings) - 1} más." if warnings[1:] else ""),
            address=reverse("cocreation:run_institutions", args=[table.exercise.slug, table.event.slug]),
            button="Ver las instituciones",
            where=str(table.exercise.jurisdiction),
            due_at=table.event.starts_at,
        )


@duties
def answer_problems(person: User, at: datetime) -> Iterator[Duty]:
    """Yield each consultation with proposals that nobody answered."""
    for consultation in asked_of(person, at)["consultations"]:
        count = vars(consultation)["waiting"]
        yield Duty(
            key=f"cocreation.answer_problems:{consultation.pk}",
            topic=CONSULTATION,
            verb="Responde",
            thing=f"{count} propuestas de problemas públicos" if count > 1 else "1 propuesta de un problema público",
            why="Quien la hizo espera saber qué pasó con ella, y la consulta publica cuántas faltan.",
            where=consultation.exercise.name,
            address=reverse("cocreation:work_problems", args=[consultation.exercise.slug]),
            button="Ver las propuestas",
        )


@duties
def review_trees(person: User, at: datetime) -> Iterator[Duty]:
    """Yield each tree that the person accepted to review and has not finished."""
    for reviewer in asked_of(person, at)["reviews"]:
        tree = reviewer.tree
        yield Duty(
            key=f"cocreation.review:{tree.code}",
            topic=TREES,
            verb="Revisa",
            thing=f"el árbol «{tree.title}»",
            why="Lo que comentes se responde antes de que el árbol sea final.",
            where=tree.exercise.name,
            address=reverse("cocreation:review", args=[tree.exercise.slug, tree.key]),
            button="Revisar",
        )


@duties
def answer_comments(person: User, at: datetime) -> Iterator[Duty]:
    """Yield each tree of the person's exercises with comments that wait for an answer."""
    for tree in asked_of(person, at)["trees"]:
        count = vars(tree)["waiting"]
        yield Duty(
            key=f"cocreation.answer_comments:{tree.code}",
            topic=TREES,
            verb="Responde",
            thing=f"{count} comentario{'' if count == 1 else 's'} a «{tree.title}»",
            why="Sin respuesta a cada comentario, el árbol no puede ser final.",
            where=tree.exercise.name,
            address=reverse("cocreation:tree_review", args=[tree.exercise.slug, tree.key]),
            button="Responder",
        )
