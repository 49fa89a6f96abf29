"""Rules about what a document leaves empty or as the template left it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tequio.plans.consistency.engine import Found, kind_of, missing, of, rule
from tequio.plans.enums import ActorSector, BlockKind, ChapterKind, FindingKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tequio.plans.queries.dossier import ActivityPart, CommitmentPart, Dossier

FORM = {
    "name": "Nombre",
    "promise": "Nos comprometemos a",
    "helps_to_solve": "El compromiso ayuda a resolver",
    "will_allow": "El compromiso permitirá",
    "description": "¿En qué consiste el compromiso?",
    "contribution": "¿De qué forma el compromiso contribuirá a resolver el problema?",
    "target_population": "Población Objetivo",
    "relevance": "¿Por qué el compromiso es relevante para los valores de la AGA?",
    "agenda_2030": "¿Cómo contribuye el compromiso a la Agenda 2030 y los ODS?",
    "gender": "¿Cómo incorpora este compromiso la perspectiva de género?",
    "expected_results": "Descripción de los resultados esperados",
    "responsible_text": "Institución Responsable",
}
"""The fields of the form and their printed labels (First PAL, «Información general de compromiso proactivo»)."""


def says_nothing(what: str, raw: str) -> str:
    """Return the sentence for a field that says nothing."""
    return f"{what} está sin llenar: dice «{raw.strip()}»." if raw.strip() else f"{what} está en blanco."


@rule("ficha-sin-llenar", "Campos de la ficha del compromiso en blanco o con el texto de la plantilla")
def form_fields(dossier: Dossier) -> Iterator[Found]:
    """Find the form's fields that say nothing."""
    for commitment in dossier.commitments:
        for name, label in FORM.items():
            text = getattr(commitment, name)
            if gap := missing(text):
                yield Found(
                    kind_of(gap),
                    of(commitment, f"ficha, «{label}»"),
                    says_nothing(f"«{label}»", text),
                    says=text,
                    commitment=commitment.number,
                )


@rule("objetivo-sin-llenar", "Propuestas de compromiso sin objetivo en el capítulo de redacción")
def proposals(dossier: Dossier) -> Iterator[Found]:
    """Find the proposals whose objective says nothing."""
    for commitment in dossier.commitments:
        if commitment.proposal_title and (gap := missing(commitment.proposal_objective)):
            yield Found(
                kind_of(gap),
                f"Redacción de los compromisos, «{commitment.proposal_title}»",
                says_nothing("«Objetivo del Compromiso»", commitment.proposal_objective),
                commitment=commitment.number,
            )


@rule("accion-clave-sin-llenar", "Acciones clave sin texto o sin fechas")
def key_actions(dossier: Dossier) -> Iterator[Found]:
    """Find key actions with an empty cell."""
    for commitment in dossier.commitments:
        for action in commitment.key_actions:
            cells = {"Acción clave": action.text, "Fechas de implementación": action.dates_text}
            yield from row(commitment, f"acciones clave, renglón {action.number}", cells)


@rule("actividad-sin-llenar", "Actividades con celdas en blanco o de plantilla")
def activities(dossier: Dossier) -> Iterator[Found]:
    """Find activities of both lists with an empty cell."""
    for commitment in dossier.commitments:
        for order, activity in enumerate(commitment.activities, 1):
            yield from row(
                commitment,
                f"actividades a desarrollar, renglón {order}",
                {
                    "Actividad": activity.title,
                    "Persona responsable": responsible_text(activity),
                    "Medio de verificación": activity.verification,
                    "Fecha de inicio": activity.period.starts.text,
                    "Fecha de finalización": activity.period.ends.text,
                },
                activity,
            )
        for line in commitment.lines:
            if gap := missing(line.text):
                place = of(commitment, f"línea de acción {line.number}")
                problem = says_nothing("El texto de la línea", line.text)
                yield Found(kind_of(gap), place, problem, says=line.text, commitment=commitment.number)
            for order, activity in enumerate(line.activities, 1):
                yield from row(
                    commitment,
                    f"línea de acción {line.number}, renglón {order}",
                    {
                        "Actividad": activity.title,
                        "Descripción / Objetivo": activity.description,
                        "Medio de verificación": activity.verification,
                    },
                    activity,
                )


def responsible_text(activity: ActivityPart) -> str:
    """Return the first responsible's name that says something, or what stands in its place."""
    names = [contact.name for contact in activity.responsibles]
    return next((name for name in names if not missing(name)), names[0] if names else "")


def row(
    commitment: CommitmentPart, where: str, cells: dict[str, str], activity: ActivityPart | None = None
) -> Iterator[Found]:
    """Yield one finding for the cells of a table's row that say nothing."""
    gaps = {label: gap for label, text in cells.items() if (gap := missing(text))}
    if not gaps:
        return
    written = [gap.raw.strip() for gap in gaps.values() if gap.raw.strip()]
    yield Found(
        FindingKind.PLACEHOLDER if written else FindingKind.MISSING,
        of(commitment, where),
        ("Falta: " if len(gaps) == 1 else "Faltan: ") + ", ".join(label.lower() for label in gaps) + ".",
        says=" · ".join(written),
        commitment=commitment.number,
        activity=activity.code if activity else "",
    )


@rule("contacto-sin-llenar", "Personas responsables sin nombre, o sin modo alguno de escribirles")
def contacts(dossier: Dossier) -> Iterator[Found]:
    """Find contacts that say nothing and responsibles nobody can reach."""
    for commitment in dossier.commitments:
        place = of(commitment, "información de contacto")
        if not commitment.contacts:
            yield Found(FindingKind.MISSING, place, "No hay persona de contacto.", commitment=commitment.number)
        for contact in commitment.contacts:
            if gap := missing(contact.name):
                problem = says_nothing("La persona de contacto", contact.name)
                yield Found(kind_of(gap), place, problem, says=contact.name, commitment=commitment.number)
        yield from unreachable(commitment)


def unreachable(commitment: CommitmentPart) -> Iterator[Found]:
    """Find those who answer for an activity and have neither mail nor telephone anywhere in the form."""
    reachable = {
        contact.name
        for group in [commitment.contacts, *(a.responsibles for a in commitment.activities)]
        for contact in group
        if contact.mail or contact.phone
    }
    for activity in commitment.activities:
        for contact in activity.responsibles:
            if contact.name not in reachable and not missing(contact.name):
                yield Found(
                    FindingKind.MISSING,
                    of(commitment, f"actividad {activity.label.rstrip('.)') or activity.code}, personas responsables"),
                    f"«{contact.name}» no trae nombre de persona, correo ni teléfono.",
                    says=contact.name,
                    commitment=commitment.number,
                    activity=activity.code,
                )


@rule("otros-actores-sin-llenar", "Sectores de «Otros actores involucrados» en blanco o ausentes")
def actors(dossier: Dossier) -> Iterator[Found]:
    """Find the sectors of actors that the form leaves empty, or does not print."""
    for commitment in dossier.commitments:
        printed = {actor.sector: actor for actor in commitment.actors}
        place = of(commitment, "otros actores involucrados")
        for sector in ActorSector:
            actor = printed.get(sector.value)
            if actor is None:
                problem = f"La ficha no trae el renglón «{sector.label}»."
                yield Found(FindingKind.MISSING, place, problem, commitment=commitment.number)
            elif gap := missing(actor.text):
                problem = says_nothing(f"«{sector.label}»", actor.text)
                yield Found(kind_of(gap), place, problem, says=actor.text, commitment=commitment.number)


@rule("anexo-sin-contenido", "Anexos anunciados que el documento no trae")
def annexes(dossier: Dossier) -> Iterator[Found]:
    """Find annexes without an address; a form's printed list of possible annexes counts once."""
    for annex in dossier.annexes:
        if not annex.url:
            problem = "El anexo se anuncia y el documento no lo trae ni dice dónde está."
            yield Found(FindingKind.MISSING, "Anexos", problem, says=annex.title)
    for commitment in dossier.commitments:
        empty = [annex.title for annex in commitment.annexes if not annex.url]
        if empty:
            yield Found(
                FindingKind.MISSING,
                of(commitment, "información extra (anexos)"),
                "La ficha enumera anexos y no trae ninguno de estos.",
                says=" · ".join(empty),
                commitment=commitment.number,
            )


@rule("capitulo-vacio", "Capítulos con título y sin contenido")
def empty_chapters(dossier: Dossier) -> Iterator[Found]:
    """Find chapters that have a heading and nothing under it."""
    told = {
        ChapterKind.SECRETARIAT: dossier.bodies,
        ChapterKind.MEMBERS: dossier.members,
        ChapterKind.EVENTS: dossier.events,
        ChapterKind.DIALOGUES: [e for e in dossier.events if e.kind == "open_dialogue"],
        ChapterKind.PROBLEMS: dossier.trees,
        ChapterKind.TREES: dossier.trees,
        ChapterKind.DRAFTING: dossier.commitments,
        ChapterKind.COMMITMENTS: dossier.commitments,
        ChapterKind.ANNEXES: dossier.annexes,
    }
    for chapter in dossier.chapters:
        if not chapter.blocks and not told.get(ChapterKind(chapter.kind), ()):
            page = f", página {chapter.index_page} del índice" if chapter.index_page else ""
            problem = "El capítulo tiene título y nada más."
            yield Found(FindingKind.MISSING, f"Capítulo «{chapter.title}»{page}", problem)


@rule("aviso-de-pendiente", "Avisos del propio documento de que algo falta")
def notices(dossier: Dossier) -> Iterator[Found]:
    """Find the notices by which the document itself says that something is pending."""
    for chapter in dossier.chapters:
        for block in chapter.blocks:
            if block.kind == BlockKind.NOTICE:
                problem = "El documento mismo avisa que falta."
                yield Found(FindingKind.MISSING, f"Capítulo «{chapter.title}»", problem, says=block.text)


@rule("arbol-no-publicado", "Identificaciones de problemas sin problema, causas o efectos")
def trees(dossier: Dossier) -> Iterator[Found]:
    """Find problem identifications that were not published."""
    for tree in dossier.trees:
        parts = {"problema central": tree.problem, "causas": tree.causes, "efectos": tree.effects}
        lacking = [name for name, value in parts.items() if not value]
        if lacking:
            yield Found(
                FindingKind.PLACEHOLDER if tree.template_text else FindingKind.MISSING,
                f"Identificación de problemas públicos, «{tree.title}»",
                f"No se publicaron: {', '.join(lacking)}.",
                says=tree.template_text,
            )
