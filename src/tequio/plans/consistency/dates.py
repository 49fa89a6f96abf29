"""Rules about dates: terms, periods and the same thing dated twice (requirement PL-10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tequio.kernel.models import DatePrecision
from tequio.plans.consistency.engine import Found, alike, bare, missing, of, rule, same_words
from tequio.plans.enums import FindingKind
from tequio.plans.queries.dossier import ActivityPart, CommitmentPart, Dossier, KeyActionPart, Period

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

MONTHS = (
    *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
    *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
)
WORKING_VERBS = ("diseno", "desarrollo", "elaboracion", "construccion")
USING_VERBS = ("implementacion", "puesta", "operacion", "lanzamiento")


def spoken(day: date) -> str:
    """Return a day as a person says it: «5 de marzo de 2021»."""
    return f"{day.day} de {MONTHS[day.month - 1]} de {day.year}"


def span(period: Period) -> str:
    """Return a period's known days in words."""
    return " a ".join(spoken(edge.on) for edge in (period.starts, period.ends) if edge.on)


def conflict(commitment: CommitmentPart, where: str, problem: str, **more: str) -> Found:
    """Return a contradiction inside a commitment."""
    return Found(FindingKind.CONTRADICTORY, of(commitment, where), problem, commitment=commitment.number, **more)


@rule("vigencia-no-declarada", "Planes cuyo documento no dice de cuándo a cuándo rigen")
def plan_term(dossier: Dossier) -> Iterator[Found]:
    """Find a plan without a stated term."""
    if not (dossier.term.starts.on and dossier.term.ends.on):
        problem = "El documento no declara la vigencia del plan: no hay plazo contra el cual medirlo."
        yield Found(FindingKind.MISSING, "El plan en su conjunto", problem)


@rule("fuera-de-vigencia", "Compromisos con fechas fuera de la vigencia del plan")
def outside_term(dossier: Dossier) -> Iterator[Found]:
    """Find commitments dated outside the plan's term."""
    for commitment in dossier.commitments:
        for edge, label in outside(commitment.period, dossier.term):
            yield conflict(
                commitment,
                "fechas del compromiso",
                f"El compromiso {label} fuera de la vigencia del plan.",
                says=spoken(edge),
                against=f"Vigencia del plan: {span(dossier.term)}",
            )


def outside(inner: Period, outer: Period) -> Iterator[tuple[date, str]]:
    """Yield the known edges of a period that lie outside another one."""
    if inner.starts.on and outer.starts.on and inner.starts.on < outer.starts.on:
        yield inner.starts.on, "empieza"
    if inner.ends.on and outer.ends.on and inner.ends.on > outer.ends.on:
        yield inner.ends.on, "termina"


@rule("fechas-al-reves", "Periodos que terminan antes de empezar")
def reversed_periods(dossier: Dossier) -> Iterator[Found]:
    """Find periods that end before they start."""
    for commitment in dossier.commitments:
        for where, part in dated_parts(commitment):
            if backwards(part.period):
                yield conflict(commitment, where, "Termina antes de empezar.", says=span(part.period))


def backwards(period: Period) -> bool:
    """Say whether a period ends before it starts."""
    return bool(period.starts.on and period.ends.on and period.ends.on < period.starts.on)


def dated_parts(
    commitment: CommitmentPart,
) -> Iterator[tuple[str, CommitmentPart | KeyActionPart | ActivityPart]]:
    """Yield what has dates in a commitment, with the words for its place."""
    yield "fechas del compromiso", commitment
    for action in commitment.key_actions:
        yield f"acción clave {action.number}", action
    for order, activity in enumerate(commitment.activities, 1):
        yield f"actividad {activity.label.rstrip('.)') or order}", activity


@rule("actividad-fuera-del-compromiso", "Acciones y actividades fechadas fuera de su compromiso")
def outside_commitment(dossier: Dossier) -> Iterator[Found]:
    """Find key actions and activities dated outside their commitment."""
    for commitment in dossier.commitments:
        for where, part in dated_parts(commitment):
            if backwards(commitment.period):
                break  # its own rule says so; nothing can be measured against it
            for edge, label in outside(part.period, commitment.period):
                yield conflict(
                    commitment,
                    where,
                    f"{label.capitalize()} el {spoken(edge)}, fuera de las fechas del compromiso.",
                    says=span(part.period),
                    against=stated(commitment.period),
                )


def stated(period: Period) -> str:
    """Return a commitment's period in the document's words."""
    return f"El compromiso: inicio «{period.starts.text}»; finalización «{period.ends.text}»."


@rule("fin-despues-de-sus-actividades", "Compromisos que terminan cuando ya no tienen actividades")
def longer_than_its_activities(dossier: Dossier) -> Iterator[Found]:
    """Find commitments whose end is later than that of every activity, all of them dated."""
    for commitment in dossier.commitments:
        ends = [activity.period.ends.on for activity in commitment.activities]
        own = commitment.period.ends
        if not own.on or not ends or None in ends:
            continue
        last = max(day for day in ends if day)
        if same_month(last, own.on) if own.precision == DatePrecision.MONTH else last >= own.on:
            continue
        if last < own.on:
            yield conflict(
                commitment,
                "fecha de finalización",
                f"El compromiso termina en «{own.text}» y su última actividad, el {spoken(last)}.",
                says=own.text,
                against=f"Última actividad: {spoken(last)}",
            )


def same_month(one: date, other: date) -> bool:
    """Say whether two days fall in one month."""
    return (one.year, one.month) == (other.year, other.month)


@rule("fecha-distinta-en-dos-tablas", "La misma acción con fechas distintas en dos tablas")
def dated_twice(dossier: Dossier) -> Iterator[Found]:
    """Find key actions and activities of the same words and other dates."""
    for commitment in dossier.commitments:
        for action in commitment.key_actions:
            for activity in commitment.activities:
                if missing(action.text) or same_words(action.text) != same_words(activity.title):
                    continue
                ours, theirs = action.period, activity.period
                if (ours.starts.on, ours.ends.on) != (theirs.starts.on, theirs.ends.on):
                    yield conflict(
                        commitment,
                        f"acción clave {action.number} y la actividad del mismo texto",
                        "La misma acción tiene fechas distintas en dos tablas.",
                        says=f"Acciones clave: {span(ours)}",
                        against=f"Actividades a desarrollar: {span(theirs)}",
                        activity=activity.code,
                    )


@rule("fin-sin-fecha", "Finales que son un suceso, o que no se dicen")
def open_ends(dossier: Dossier) -> Iterator[Found]:
    """Find ends that name an event instead of a day, and key actions that only say when they start."""
    for commitment in dossier.commitments:
        for where, part in dated_parts(commitment):
            ends = part.period.ends
            if ends.precision == DatePrecision.EVENT:
                problem = "El final es un suceso, no una fecha: no se puede saber si hay retraso."
            elif isinstance(part, KeyActionPart) and part.period.starts.on and not ends.on:
                problem = "Dice cuándo empieza y no cuándo termina."
            elif isinstance(part, KeyActionPart) and not part.period.starts.on and not missing(part.dates_text):
                problem = "El inicio es un suceso, no una fecha, y no dice cuándo termina."
            else:
                continue
            words = part.dates_text if isinstance(part, KeyActionPart) else ends.text
            place = of(commitment, where)
            yield Found(FindingKind.MISSING, place, problem, says=words, commitment=commitment.number)


@rule("compromiso-sin-fechas", "Compromisos sin inicio o sin final")
def undated_commitments(dossier: Dossier) -> Iterator[Found]:
    """Find commitments whose form states no start or no end."""
    for commitment in dossier.commitments:
        for edge, label in ((commitment.period.starts, "inicio"), (commitment.period.ends, "finalización")):
            if edge.precision == DatePrecision.MISSING:
                place = of(commitment, f"fecha de {label}")
                problem = f"La ficha no dice la fecha de {label}."
                yield Found(FindingKind.MISSING, place, problem, says=edge.text, commitment=commitment.number)


@rule("lineas-sin-fechas", "Actividades de las líneas de acción, que no tienen fechas ni responsables propios")
def undated_lines(dossier: Dossier) -> Iterator[Found]:
    """Find, once per commitment, that the lines' activities have no dates or responsibles of their own."""
    for commitment in dossier.commitments:
        rows = [a for a in commitment.line_activities if not missing(a.title)]
        bare_rows = [a for a in rows if not a.period.starts.on and not a.period.ends.on and not a.responsibles]
        if bare_rows:
            yield Found(
                FindingKind.MISSING,
                of(commitment, "líneas de acción"),
                f"{len(bare_rows)} de {len(rows)} actividades de las líneas no tienen fechas ni responsables propios, "
                "y el documento no las liga con la tabla fechada: no heredan nada.",
                commitment=commitment.number,
            )


@rule("se-usa-antes-de-estar-hecho", "Desarrollos que acaban después de ponerse en marcha lo que desarrollan")
def used_before_made(dossier: Dossier) -> Iterator[Found]:
    """Find an activity that makes something and ends after the one that puts it to use has started."""
    for commitment in dossier.commitments:
        for making in commitment.activities:
            for using in commitment.activities:
                if makes(making) and uses(using) and late(making, using) and alike(thing(making), thing(using)):
                    yield conflict(
                        commitment,
                        f"actividades {making.label.rstrip('.)')} y {using.label.rstrip('.)')}",
                        "Lo que se desarrolla se pone en marcha antes de terminar su desarrollo.",
                        says=f"{making.title} {span(making.period)}",
                        against=f"{using.title} {span(using.period)}",
                        activity=making.code,
                    )


def makes(activity: ActivityPart) -> bool:
    """Say whether an activity's first words are about making something."""
    return any(word in WORKING_VERBS for word in bare(activity.title).split()[:4])


def uses(activity: ActivityPart) -> bool:
    """Say whether an activity's first words are about putting something to use."""
    return any(word in USING_VERBS for word in bare(activity.title).split()[:3])


def late(making: ActivityPart, using: ActivityPart) -> bool:
    """Say whether the making ends after the use began."""
    return bool(making.period.ends.on and using.period.starts.on and making.period.ends.on > using.period.starts.on)


def thing(activity: ActivityPart) -> str:
    """Return what an activity is about: its title without the verbs."""
    skip = {*WORKING_VERBS, *USING_VERBS}
    return " ".join(word for word in bare(activity.title).split() if word not in skip and len(word) > 1)


@rule("acto-sin-fecha", "Actos y relevos sin fecha completa")
def undated_acts(dossier: Dossier) -> Iterator[Found]:
    """Find events without a full date, sessions known only by their number, and seats that changed hands undated."""
    for event in dossier.events:
        if event.period.starts.precision in {DatePrecision.MISSING, DatePrecision.EVENT}:
            yield Found(
                FindingKind.MISSING,
                f"Eventos y diálogos, «{event.name}»",
                "El documento no dice la fecha completa.",
                says=event.period.starts.text,
            )
    for body in dossier.bodies:
        for session in body.sessions:
            if session.how_many > 1 and not session.period.starts.on:
                problem = f"El documento dice cuántas hubo ({session.how_many}) y no las fechas ni los acuerdos."
                yield Found(FindingKind.MISSING, f"{body.name}, «{session.name}»", problem)
        for seat in body.seats:
            for before, after in zip(seat.terms, seat.terms[1:], strict=False):
                if DatePrecision.DAY not in {before.period.ends.precision, after.period.starts.precision}:
                    yield Found(
                        FindingKind.MISSING,
                        f"{body.name}, {seat.role_label.lower()} de {seat.sector_label.lower()}",
                        f"No consta la fecha en que {after.name} relevó a {before.name}.",
                    )
