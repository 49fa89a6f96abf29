"""The objects of the addresses of kits and maps: a table of the land's first municipality, announced by its liaison."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser

from tequio.cocreation.queries.kits import receipt_token
from tequio.cocreation.tests.kits import paper, published, ready_table, with_paper
from tequio.cocreation.workflows import InstitutionDetails, map_institution
from tequio.exercises.tests.happenings import registered
from tests.attack.examples import Example, example, under_way
from tests.cast import NOW

if TYPE_CHECKING:
    from tequio.cocreation.models import Table
    from tests.attack.examples import Scene

KIT = "ejercicios/<slug:slug>/mesas/<slug:key>/kit/"
WORK = "ejercicios/<slug:slug>/trabajo/mesas/<slug:key>/"
DOCUMENT = f"{WORK}kit/documentos/"
MAP = f"{WORK}instituciones/"


def gathering(scene: Scene, **parts: Any) -> tuple[Table, dict[str, Any]]:
    """A table with all that its kit needs, and the keys of its address."""
    table = ready_table(under_way(scene), scene.person("liaison"))
    return table, {"slug": table.exercise.slug, "key": table.event.slug, **parts}


@example("ejercicios/<slug:slug>/mesas/<slug:key>/")
@example(WORK)
@example(f"{WORK}kit/")
@example(f"{WORK}kit/textos/")
def prepared_kit(scene: Scene) -> Example:
    """A kit in preparation, which could be published."""
    return Example(gathering(scene)[1], {"context": "Otra cosa."})


@example("ejercicios/<slug:slug>/trabajo/mesas/")
def own_tables(scene: Scene) -> Example:
    """The tables of the first municipality."""
    return Example({"slug": under_way(scene).slug})


@example(KIT)
@example(f"{KIT}archivos/<str:name>")
@example(f"{KIT}opinion/")
@example(f"{KIT}recibido/<str:token>/")
def published_kit(scene: Scene) -> Example:
    """A published kit, and somebody who registered for its table."""
    table, keys = gathering(scene)
    published(table, scene.person("liaison"))
    token = receipt_token(registered(table.event, "nadie", AnonymousUser()))
    return Example({**keys, "name": "kit.pdf", "token": token})


@example(f"{DOCUMENT}nuevo/")
def document_to_add(scene: Scene) -> Example:
    """A document to be added."""
    return Example(gathering(scene)[1], {"document": paper()})


@example(f"{DOCUMENT}<int:number>/")
@example(f"{DOCUMENT}<int:number>/archivo")
@example(f"{DOCUMENT}<int:number>/quitar/")
@example(f"{DOCUMENT}<int:number>/subir/")
def document(scene: Scene) -> Example:
    """The second of two documents."""
    table, keys = gathering(scene)
    with_paper(table, scene.person("liaison"))
    return Example(
        {**keys, "number": with_paper(table, scene.person("liaison"), title="Otro").pk}, {"title": "Tercero"}
    )


@example(MAP)
@example(f"{MAP}<int:number>/")
@example(f"{MAP}<int:number>/acercamiento/")
@example(f"{MAP}<int:number>/quitar/")
def institution(scene: Scene) -> Example:
    """An institution in the map, another to put there, and what it answered."""
    table, keys = gathering(scene)
    details = InstitutionDetails(name="Limpia", faculty="Rutas")
    one = map_institution(table, details, by=scene.person("liaison"), at=NOW)
    told = {"organization": "", "other": "Obras", "faculty": "Calles", "held_on": f"{NOW - timedelta(days=2):%Y-%m-%d}"}
    return Example({**keys, "number": one.pk}, {**told, "account": "Oficio 1."})
