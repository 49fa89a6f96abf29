"""What the demonstration shows of co-creation: a theme, its final tree, its kit, and a room that is writing now.

Written by the product's own verbs, on the days on which people would have done it; nobody in it exists.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import cycle
from typing import TYPE_CHECKING, Final

from django.db.models import Q

from tequio.accounts.enums import NoticeKey, Sector, Sex
from tequio.accounts.models import PrivacyNotice
from tequio.cocreation.documents.kit import pdf
from tequio.cocreation.enums import Capture, DocumentKind, EntryKind, NodeKind, TableKind
from tequio.cocreation.models import Table, TableTemplate
from tequio.cocreation.queries.themes import targets_in_force
from tequio.cocreation.workflows import (
    DocumentDetails,
    KitTexts,
    Spot,
    StagePlan,
    TablePlan,
    ThemePlan,
    accept_review,
    add_document,
    add_entry,
    add_node,
    answer_comment,
    approve_theme,
    begin_tree,
    comment_tree,
    convene_table,
    finish_review,
    invite_reviewer,
    make_final,
    next_stage,
    propose_theme,
    publish_kit,
    seat_everyone,
    send_to_review,
    write_kit,
    write_proposal,
    write_stages,
)
from tequio.exercises.enums import EventKind, EventMode
from tequio.exercises.workflows import AttendeeDetails, EventDetails, check_in, publish_event, register_for_event
from tequio.governance.enums import BodyKind, Choice, Mode, SeatRole, SessionKind
from tequio.governance.models import SeatTerm
from tequio.governance.workflows import (
    Asked,
    Holder,
    Meeting,
    Point,
    arrive,
    close_session,
    convene_session,
    decide,
    fill_seat,
    install_body,
    open_session,
    put_to_decision,
    take_position,
)
from tequio.kernel.clock import day_of
from tequio.site.queries.demo import EXPERT, FACILITATOR, HOST, SEATED

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from tequio.accounts.models import User
    from tequio.cocreation.models import ProblemTree, SmallTable, Theme
    from tequio.exercises.models import Event, Exercise
    from tequio.governance.models import Agreement, Session

PEOPLE: Final = 34
ABSENT: Final = 4
ACT: Final = "Acta de muestra de la elección del sector"
THEME: Final = ThemePlan(
    name="Agua en las colonias",
    justification="El agua llega sin horario y nadie sabe cuándo ni por qué falta. Afecta más a quien cuida una casa.",
    plan_document="Plan de Desarrollo Municipal (muestra)",
    plan_alignment="Servicios públicos: agua potable",
)
TARGETS: Final = ("6.1", "11.3", "16.6")
"""Of the Sustainable Development Goals, those of them that the pack has."""
AGREED: Final = (
    "Se elige a quien facilita el secretariado.",
    f"Se aprueba la temática «{THEME.name}» y se prepara su mesa de cocreación.",
)
STAGES: Final = (
    StagePlan(name="Registro", minutes=30, captures=Capture.ARRIVALS),
    StagePlan(name="Formulación del compromiso", minutes=90, captures=Capture.ANSWERS),
    StagePlan(name="Plenaria", minutes=60, captures=Capture.PRELIMINARY),
)
"""Of a pack whose method does not describe its tables."""
PROBLEM: Final = "Las familias no saben cuándo tendrán agua"
CAUSES: Final = (
    ("El calendario del tandeo no se publica", ("Cada zona lo lleva en papel", "Los cambios se avisan de palabra")),
    ("Las fugas tardan semanas en repararse", ("No hay un solo lugar para reportarlas",)),
)
EFFECTS: Final = ("Se compra agua en pipa, más cara", "Mujeres y niñas pasan horas esperando el agua")
CONTEXT: Final = (
    "Texto de muestra. En la cabecera el agua se reparte por zonas, dos veces por semana. El calendario existe, pero "
    "solo en las oficinas.\n\nQueremos que cualquiera sepa cuándo le toca y qué pasa si no llega."
)
ANSWERS: Final = (
    "Publicar cada lunes el calendario por colonia",
    "Avisar por mensaje cuando cambie el horario",
    "Pegar el calendario en tiendas y escuelas",
    "Contar cuántas fugas hay y cuántas se repararon",
    "Decir quién responde en cada zona",
)
ALTERNATIVES: Final = ("Calendario del agua abierto, con aviso de cambios", "Un solo número para reportar fugas")
TITLE: Final = "Calendario del agua a la vista"
PROPOSAL: Final = (
    "El organismo de agua publica cada lunes el calendario por colonia, avisa de los cambios el mismo día y muestra "
    "cada mes cuántas fugas se reportaron y cuántas se repararon."
)


def hold_table(exercise: Exercise, seated: dict[str, User], *, by: User, at: datetime) -> Table:
    """Write the theme, the tree, the kit and the table that is under way, as of an instant; return the table."""
    agreement = agree(exercise, seated, by=by, at=at - timedelta(days=60))
    known = targets_in_force(day_of(at)).filter(code__in=TARGETS).values_list("code", flat=True)
    plan = replace(THEME, targets=", ".join(known))
    theme = propose_theme(exercise, plan, by=by, at=at - timedelta(days=56))
    theme = approve_theme(theme, agreement, by=by, at=at - timedelta(days=55))
    grow(exercise, theme, seated[EXPERT.key], by=by, at=at - timedelta(days=40))
    table = announce(exercise, theme, by=by, at=at)
    give_kit(table, by=by, at=at - timedelta(days=20))
    fill(table.event, by=by, at=at)
    return write(table, by=seated[FACILITATOR.key], at=at)


def agree(exercise: Exercise, seated: dict[str, User], *, by: User, at: datetime) -> Agreement:
    """Install the secretariat, whose first session elects who facilitates and approves the theme; return that."""
    sectors = {Sector.GUARANTOR: SEATED[0], Sector.PUBLIC_BODIES: SEATED[1], Sector.CIVIL_SOCIETY: SEATED[2]}
    body = install_body(
        exercise, BodyKind.SECRETARIAT, name="Secretariado Técnico de muestra", sectors=tuple(sectors), by=by, at=at
    )
    for sector, part in sectors.items():
        seat = body.seats.get(sector=sector, role=SeatRole.TITULAR)
        fill_seat(seat, Holder(part.name, part.post, account=seated[part.key]), act=ACT, by=by, at=at)
    begins = at + timedelta(days=1)
    meeting = Meeting(begins, Mode.IN_PERSON, "Sala de cabildos")
    points = [Point("Quién facilita"), Point("Temáticas del ejercicio")]
    session = convene_session(body, SessionKind.INSTALLATION, meeting, points, by=by, at=at)
    terms = SeatTerm.objects.filter(seat__body=body)
    for term in terms:
        arrive(session, term, by=by, at=begins)
    session = open_session(session, by=by, at=begins)
    elected, approved = (adopt(session, text, terms, by=by, at=begins) for text in AGREED)
    close_session(session, by=by, at=begins + timedelta(hours=1))
    holder = Holder(FACILITATOR.name, account=seated[FACILITATOR.key])
    facilitator = body.seats.get(role=SeatRole.FACILITATOR)
    fill_seat(facilitator, holder, act=ACT, agreement=elected, by=by, at=begins)
    return approved


def adopt(session: Session, text: str, terms: Iterable[SeatTerm], *, by: User, at: datetime) -> Agreement:
    """Put a text to a session, let every seat agree, and return the agreement."""
    proposal = put_to_decision(session, Asked(text), by=by, at=at)
    for term in terms:
        if term.account:
            take_position(proposal, term, Choice.FAVOUR, reason="", version=1, by=term.account, at=at)
    return decide(proposal, by=by, at=at).agreement


def grow(exercise: Exercise, theme: Theme, expert: User, *, by: User, at: datetime) -> ProblemTree:
    """Write the tree of the theme, have it reviewed by an expert, and make it final."""
    tree = begin_tree(exercise, theme, title=THEME.name, problem=PROBLEM, by=by, at=at)
    for cause, roots in CAUSES:
        number = add_node(tree, Spot(1, NodeKind.CAUSE), cause, by=by, at=at).order
        for root in roots:
            add_node(tree, Spot(number), root, by=by, at=at)
    for effect in EFFECTS:
        add_node(tree, Spot(1, NodeKind.EFFECT), effect, by=by, at=at)
    tree = send_to_review(tree, by=by, at=at)
    token = invite_reviewer(tree, expert.email, by=by, at=at)
    accept_review(token, verified_email=expert.email, by=expert, at=at)
    said = comment_tree(tree, "¿El tandeo cambia por falta de agua o por falta de aviso?", number=2, by=expert, at=at)
    finish_review(tree, by=expert, at=at)
    answer_comment(said, "attended", "Por falta de aviso: se separó en dos causas.", by=by, at=at + timedelta(days=2))
    return make_final(tree, by=by, at=at + timedelta(days=3))


def announce(exercise: Exercise, theme: Theme, *, by: User, at: datetime) -> Table:
    """Convene the table for today and announce it three weeks before; it began an hour ago."""
    place = Q(method__state=exercise.jurisdiction.parent)
    template = TableTemplate.objects.filter(place, kind=TableKind.COMMITMENT).first()
    begins = at.replace(minute=0, second=0, microsecond=0) - timedelta(hours=1)
    town = exercise.jurisdiction
    details = EventDetails(
        kind=EventKind.TABLE,
        name=f"Mesa de muestra: {THEME.name}",
        starts_at=begins,
        ends_at=begins + timedelta(hours=2),
        mode=EventMode.IN_PERSON,
        place=f"Casa de cultura de {town.seat or town.name}",
        arrival="Frente al jardín.",
        accessibility="La entrada tiene rampa.",
        capacity=60,
        invitation="Una mañana para escribir entre todas las personas un compromiso sobre el agua.",
        programme="",
    )
    plan = TablePlan(theme=theme, kind=TableKind.COMMITMENT, template=template, criteria="Que se note en un año.")
    before = at - timedelta(days=21)
    table = convene_table(exercise, plan, details, by=by, at=before)
    if template is None:
        write_stages(table, STAGES, by=by, at=before)
    publish_event(table.event, by=by, at=before)
    return Table.objects.get(pk=table.pk)


def give_kit(table: Table, *, by: User, at: datetime) -> None:
    """Publish the kit in time."""
    texts = KitTexts(context=CONTEXT, glossary="Tandeo: repartir el agua por zonas y por turnos")
    write_kit(table, texts, by=by, at=at)
    told = DocumentDetails(
        kind=DocumentKind.ARTICLE,
        title="Cómo se publica un calendario de agua (muestra)",
        made_by="Universidad de Muestra",
        minutes=8,
        url="https://example.org/calendario",
    )
    add_document(table, told, by=by, at=at)
    publish_kit(table, lambda content: pdf(content, day_of(at)), by=by, at=at)


def fill(event: Event, *, by: User, at: datetime) -> None:
    """Register people of every group and let most of them in."""
    notice = PrivacyNotice.objects.current(NoticeKey.EVENT)
    groups = cycle(event.groups or [{"key": "", "sector": sector.value} for sector in Sector])
    sexes = cycle((Sex.WOMAN, Sex.MAN, Sex.WOMAN, Sex.UNSAID))
    before = at - timedelta(days=10)
    for number, group, sex in zip(range(PEOPLE), groups, sexes, strict=False):
        told = AttendeeDetails(
            sector=group["sector"],
            group=group["key"],
            email=f"asistente-{number + 1}@{HOST}",
            sex=sex,
            institution=f"Organización de muestra {number % 9 + 1}",
            notice=notice,
        )
        attendee = register_for_event(event, told, by=by, at=before)
        if number >= ABSENT:
            check_in(event, attendee.code, by=by, at=at - timedelta(minutes=30))


def write(table: Table, *, by: User, at: datetime) -> Table:
    """Seat everybody, run the stages until the one that writes, and let each small table begin."""
    seat_everyone(table, seed="demostracion", by=by, at=at)
    seen = None
    for stage in table.stages.all():
        next_stage(table, seen=seen, by=by, at=at)
        seen = stage.order
        if stage.captures == Capture.ANSWERS:
            break
    for number, small in enumerate(table.small_tables.all()):
        jot(small, number, at=at)
    return Table.objects.get(pk=table.pk)


def jot(small: SmallTable, number: int, *, at: datetime) -> None:
    """Write on a sheet what a table would have by now, a little different on each."""
    if small.table.questions:
        for text in ANSWERS[number % 2 :: 2]:
            add_entry(small, EntryKind.ANSWER, text, question=0, at=at)
    add_entry(small, EntryKind.ALTERNATIVE, ALTERNATIVES[number % 2], at=at)
    if number == 0:
        write_proposal(small, title=TITLE, text=PROPOSAL, was="", at=at)
