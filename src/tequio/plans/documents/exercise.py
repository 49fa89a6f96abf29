"""The chapters that tell the exercise: who takes part, what was done, and which problems were found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tequio.exercises.enums import EventKind
from tequio.governance.enums import BodyKind
from tequio.kernel.spoken import long_date
from tequio.plans.documents.blocks import Block, Cell, Field, Prose, Tree, Words
from tequio.plans.documents.sections import Section, section
from tequio.plans.documents.words import (
    alignments,
    annexed,
    known,
    lead,
    listed,
    minor,
    named,
    note,
    said,
    table,
    told,
    when,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tequio.plans.queries.dossier import (
        BodyPart,
        Dossier,
        EventPart,
        MemberPart,
        SeatPart,
        SessionPart,
        ThemePart,
        TreePart,
    )

LARGEST_DRAWING: Final = 24
"""Causes and effects that one page can draw; a larger tree is only told."""


def introduction(dossier: Dossier) -> Iterator[Section]:
    """Yield the exercise in our words, and the goals that the plan cites."""
    guarantor = named(dossier.guarantor) if dossier.guarantor else ""
    facts = {"El ejercicio, en breve": dossier.exercise_summary, "Órgano garante": guarantor}
    yield from section("", known(facts))
    yield from section("Objetivos que cita el plan", alignments(dossier.alignments))


def secretariat(dossier: Dossier) -> Iterator[Section]:
    """Yield the secretariat's seats."""
    yield from (each for body in dossier.bodies if body.kind == BodyKind.SECRETARIAT for each in seated(body))


def members(dossier: Dossier) -> Iterator[Section]:
    """Yield the registered members by sector; private citizens are counted, never named."""
    for sector in dict.fromkeys(member.sector_label for member in dossier.members):
        registered = [member for member in dossier.members if member.sector_label == sector]
        rows = ([told(member.name), detail(member)] for member in registered if member.name or detail(member))
        unnamed = sum(not member.name and not detail(member) for member in registered)
        counted = "una persona registrada" if unnamed == 1 else f"{unnamed} personas registradas"
        protected = [note(f"Hay {counted}; los nombres de particulares no se publican.")] if unnamed else []
        listed = table(f"Miembros inscritos: {sector}", {"Nombre publicado": 6, "Institución o rótulo": 7}, rows)
        yield Section(sector, [*listed, *protected])


def detail(member: MemberPart) -> Cell:
    """Return what is known of a member besides the published name."""
    return told(member.institution.name if member.institution else "", member.label)


def construction(dossier: Dossier) -> Iterator[Section]:
    """Yield the phases, the calls, the other bodies and every session."""
    phases = {"Fase": 4, "Objetivo y producto": 7, "Quiénes y qué": 6, "Estado y fechas": 4}
    rows = (
        [
            told(f"{p.order}. {p.name}"),
            told(p.objective, p.product),
            told(p.people, p.activities),
            [*told(p.state_label), *when(p.period), *minor(p.source)],
        ]
        for p in dossier.phases
    )
    yield from section("Fases", table("Fases del ejercicio", phases, rows))
    calls = {"Convocatoria": 6, "Resultado": 6, "Fechas": 4, "Fuente": 4}
    rows = (
        [[*told(c.title), *minor(c.kind_label)], told(c.outcome), when(c.period), told(c.source, c.url)]
        for c in dossier.calls
    )
    yield from section("Convocatorias", table("Convocatorias del ejercicio", calls, rows))
    elsewhere = (BodyKind.SECRETARIAT, BodyKind.FOLLOW_UP_COMMITTEE)
    yield from (each for body in dossier.bodies if body.kind not in elsewhere for each in seated(body))
    for body in dossier.bodies:
        yield from section(f"Sesiones: {body.name}", sessions(body))


def seated(body: BodyPart) -> Iterator[Section]:
    """Yield a collegiate body with its seats and who held them."""
    name = f"{body.name} ({body.acronym})" if body.acronym else body.name
    described = [Prose(words=Words(text=body.description))] if body.description else []
    columns = {"Asiento": 4, "Quién": 8, "Periodo": 4, "Nota y fuente": 5}
    rows = (row for seat in body.seats for row in holders(seat))
    yield Section(name, [*described, *table(f"Asientos de {body.name}", columns, rows)])


def holders(seat: SeatPart) -> Iterator[list[Cell]]:
    """Yield a row for each holder of a seat, or one that says that there is none."""
    label = told(seat.role_label, seat.sector_label)
    if not seat.terms:
        yield [label, [said("")], [], []]
    for term in seat.terms:
        institution = minor(term.institution.name if term.institution else "")
        yield [
            label,
            [lead(said(term.name)), *told(term.post), *institution],
            when(term.period),
            [*told(term.note), *minor(term.source)],
        ]


def sessions(body: BodyPart) -> Iterator[Block]:
    """Yield the table of a body's sessions."""
    columns = {"Sesión": 5, "Fecha": 4, "Qué se trató": 7, "Fuente": 4}
    rows = ([session_name(s), when(s.period) or [said("")], told(s.summary), told(s.source)] for s in body.sessions)
    return table(f"Sesiones de {body.name}", columns, rows)


def session_name(session: SessionPart) -> Cell:
    """Return a session's name, its kind, and how many it stands for."""
    several = f"Son {session.how_many}" if session.how_many != 1 else ""
    return [*told(session.name), *minor(session.kind_label if session.kind_label != session.name else "", several)]


def events(dossier: Dossier) -> Iterator[Section]:
    """Yield the acts that are not dialogues."""
    for event in dossier.events:
        if event.kind != EventKind.OPEN_DIALOGUE:
            yield Section(event.name, told_event(event))


def dialogues(dossier: Dossier) -> Iterator[Section]:
    """Yield the open dialogues."""
    for event in dossier.events:
        if event.kind == EventKind.OPEN_DIALOGUE:
            yield Section(event.name, told_event(event))


def told_event(event: EventPart) -> list[Block]:
    """Return everything that is known of an act."""
    facts: dict[str, str | Cell] = {
        "Tipo": event.kind_label,
        "Fecha": when(event.period) or [said("")],
        "Hora": event.time_text,
        "Lugar": event.place,
        "Asistencia": event.attendance,
        "Qué pasó": event.account,
        "Invitación": event.invitation,
        "Grabación": event.recording_url,
        "Registro": event.registration_url,
        "Fuente": event.source,
    }
    return list(known(facts))


def problems(dossier: Dossier) -> Iterator[Section]:
    """Yield the approved themes, and each problem with its causes and effects."""
    for theme in dossier.themes:
        yield Section(theme.name, list(told_theme(dossier, theme)))
    for tree in dossier.trees:
        yield Section(tree.title, list(told_tree(dossier, tree)))


def told_theme(dossier: Dossier, theme: ThemePart) -> Iterator[Block]:
    """Yield what is known of a theme."""
    source = dossier.document_of(theme.document)
    return known(
        {
            "Justificación": theme.justification,
            "Otros nombres": "; ".join(theme.other_names),
            "Sede de la mesa": theme.table_place,
            "Fechas de la mesa": theme.table_dates,
            "Por qué no tiene compromiso": theme.reason_without_commitment,
            "Documento": source.title if source else "",
        }
    )


def told_tree(dossier: Dossier, tree: TreePart) -> Iterator[Block]:
    """Yield a problem with its causes and effects."""
    theme = next((each.name for each in dossier.themes if each.key == tree.theme), "")
    yield from known({"Temática": theme, "Texto de la plantilla": tree.template_text})
    yield Field(label="Problemática central", lines=[said(tree.problem)])
    yield Field(label="Causas", lines=listed(tree.causes))
    yield Field(label="Efectos", lines=listed(tree.effects))


def trees(dossier: Dossier) -> Iterator[Section]:
    """Yield the drawing of each tree, with what the document writes on it."""
    for tree in dossier.trees:
        parts: list[Block] = [note(tree.drawing_note)] if tree.drawing_note else []
        if tree.problem and len(tree.causes) + len(tree.effects) <= LARGEST_DRAWING:
            parts.append(drawing(tree))
        else:
            parts.append(note("El árbol no se dibuja aquí; el capítulo anterior dice lo que consta de él."))
        yield Section(tree.drawing_title or tree.title, parts)


def drawing(tree: TreePart) -> Tree:
    """Return a tree to be drawn: the effects above, the problem in the middle, the causes below."""
    alt = f"Efectos: {'; '.join(tree.effects)}. Problema central: {tree.problem}. Causas: {'; '.join(tree.causes)}."
    return Tree(
        alt=alt,
        problem=said(tree.problem),
        causes=[said(text) for text in tree.causes],
        effects=[said(text) for text in tree.effects],
    )


def follow_up(dossier: Dossier) -> Iterator[Section]:
    """Yield the follow-up committee and the dates of the cuts."""
    cuts = {"Fecha de corte": dossier.cut_on, "Siguiente corte": dossier.next_cut_on}
    yield from section("", known({label: long_date(day) for label, day in cuts.items() if day}))
    yield from (each for body in dossier.bodies if body.kind == BodyKind.FOLLOW_UP_COMMITTEE for each in seated(body))


def sources(dossier: Dossier) -> Iterator[Section]:
    """Yield the plan's annexes and the documents of the exercise."""
    yield from section("", (annexed(annex) for annex in dossier.annexes))
    columns = {"Documento": 7, "Tipo": 4, "Fecha": 4, "Aprobado por, dónde y nota": 6}
    rows = (
        [told(d.title), told(d.kind_label), when(d.period), told(d.approved_by, d.url, d.note)]
        for d in dossier.documents
    )
    yield from section("Documentos del ejercicio", table("Documentos del ejercicio", columns, rows))
