"""One way of mending each kind of inconsistency, in a plain copy of a dossier: what an editor would do by hand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tequio.plans.consistency.forms import FORM
from tequio.plans.enums import ActorSector

if TYPE_CHECKING:
    from collections.abc import Callable

    from tequio.plans.consistency import Found

Plain = dict[str, Any]
MENDS: dict[str, Callable[[Plain, Found], None]] = {}
WORDS = "Un texto que sí dice algo"
A_DAY = {"text": "31 de julio de 2021", "on": "2021-07-31", "precision": "day"}


def mends(*rules: str) -> Callable[[Callable[[Plain, Found], None]], Callable[[Plain, Found], None]]:
    """Say which rules a mend is for."""

    def register(mend: Callable[[Plain, Found], None]) -> Callable[[Plain, Found], None]:
        MENDS.update(dict.fromkeys(rules, mend))
        return mend

    return register


def commitment(plan: Plain, found: Found) -> Plain:
    return next(c for c in plan["commitments"] if c["number"] == found.commitment)


def activity(plan: Plain, found: Found) -> Plain:
    rows = commitment(plan, found)["activities"]
    rows = rows + [row for line in commitment(plan, found)["lines"] for row in line["activities"]]
    return next(row for row in rows if row["code"] == found.activity)


def number(found: Found, word: str) -> int:
    match = re.search(rf"{word} (\d+)", found.place)
    assert match, found.place
    return int(match[1])


def part(plan: Plain, found: Found) -> Plain:
    """Return the dated part of a commitment that a place names."""
    own = commitment(plan, found)
    if "acción clave" in found.place:
        return next(a for a in own["key_actions"] if a["number"] == number(found, "acción clave"))
    if match := re.search(r"actividad (\w+)$", found.place):
        rows = enumerate(own["activities"], 1)
        return next(a for order, a in rows if match[1] in {a["label"].rstrip(".)"), str(order)})
    return own


@mends("vigencia-no-declarada")
def term(plan: Plain, _: Found) -> None:
    plan["term"] = {
        "starts": {"text": "2016", "on": "2016-01-01", "precision": "year"},
        "ends": {"text": "2030", "on": "2030-12-31", "precision": "year"},
    }


@mends("fechas-al-reves", "actividad-fuera-del-compromiso")
def inside(plan: Plain, found: Found) -> None:
    part(plan, found)["period"] = commitment(plan, found)["period"]
    if found.rule == "fechas-al-reves":
        part(plan, found)["period"] = {"starts": A_DAY, "ends": A_DAY}


@mends("fin-despues-de-sus-actividades")
def ends_with_its_activities(plan: Plain, found: Found) -> None:
    commitment(plan, found)["period"]["ends"] = A_DAY


@mends("fecha-distinta-en-dos-tablas")
def one_date(plan: Plain, found: Found) -> None:
    wanted = number(found, "acción clave")
    action = next(a for a in commitment(plan, found)["key_actions"] if a["number"] == wanted)
    action["period"] = activity(plan, found)["period"]


@mends("fin-sin-fecha", "compromiso-sin-fechas")
def dated(plan: Plain, found: Found) -> None:
    period = part(plan, found)["period"]
    period["ends"] = A_DAY
    period["starts"] = period["starts"] if period["starts"]["on"] else A_DAY


@mends("lineas-sin-fechas")
def own_dates(plan: Plain, found: Found) -> None:
    for line in commitment(plan, found)["lines"]:
        for row in line["activities"]:
            row["period"] = {"starts": A_DAY, "ends": A_DAY}


@mends("se-usa-antes-de-estar-hecho")
def used_once_made(plan: Plain, found: Found) -> None:
    activity(plan, found)["period"]["ends"] = activity(plan, found)["period"]["starts"]


@mends("acto-sin-fecha")
def dated_act(plan: Plain, found: Found) -> None:
    for event in plan["events"]:
        if f"«{event['name']}»" in found.place:
            event["period"]["starts"] = A_DAY
    for body in plan["bodies"]:
        for session in body["sessions"]:
            if f"«{session['name']}»" in found.place:
                session["period"]["starts"] = A_DAY
        for seat in body["seats"]:
            if "relevó" in found.problem and len(seat["terms"]) > 1:
                seat["terms"][1]["period"]["starts"] = A_DAY


@mends("ficha-sin-llenar")
def filled(plan: Plain, found: Found) -> None:
    field = next(name for name, label in FORM.items() if f"«{label}»" in found.place)
    commitment(plan, found)[field] = WORDS


@mends("objetivo-sin-llenar")
def objective(plan: Plain, found: Found) -> None:
    commitment(plan, found)["proposal_objective"] = WORDS


@mends("accion-clave-sin-llenar")
def key_action(plan: Plain, found: Found) -> None:
    row = commitment(plan, found)["key_actions"][number(found, "renglón") - 1]
    row.update(text=WORDS, dates_text="31 de julio de 2021", period={"starts": A_DAY, "ends": A_DAY})


@mends("actividad-sin-llenar")
def filled_row(plan: Plain, found: Found) -> None:
    if found.activity:
        row = activity(plan, found)
        row.update(title=WORDS, description=WORDS, verification=WORDS, period={"starts": A_DAY, "ends": A_DAY})
        row["responsibles"] = [{"name": "Ana Ruiz Soto", "post": "Directora", "mail": "", "phone": "722 000 0000"}]
    else:
        lines = commitment(plan, found)["lines"]
        next(line for line in lines if line["number"] == number(found, "línea de acción"))["text"] = WORDS


@mends("contacto-sin-llenar")
def reachable(plan: Plain, found: Found) -> None:
    if found.activity:
        for contact in activity(plan, found)["responsibles"]:
            contact["phone"] = "722 000 0000"
    else:
        commitment(plan, found)["contacts"] = [{"name": "Ana Ruiz Soto", "phone": "722 000 0000"}]


@mends("otros-actores-sin-llenar")
def named_actor(plan: Plain, found: Found) -> None:
    for sector in ActorSector:
        if f"«{sector.label}»" in found.problem:
            actors = [a for a in commitment(plan, found)["actors"] if a["sector"] != sector.value]
            new = {"sector": sector.value, "sector_label": sector.label, "text": WORDS}
            commitment(plan, found)["actors"] = [*actors, new]


@mends("anexo-sin-contenido")
def annexed(plan: Plain, found: Found) -> None:
    annexes = commitment(plan, found)["annexes"] if found.commitment else plan["annexes"]
    for annex in annexes:
        if found.commitment or annex["title"] == found.says:
            annex["url"] = "https://example.org/anexo.pdf"


@mends("capitulo-vacio", "fuera-del-indice", "aviso-de-pendiente")
def chapter(plan: Plain, found: Found) -> None:
    for own in plan["chapters"]:
        if f"«{own['title']}»" in found.place:
            own["blocks"] = [{"kind": "paragraph", "text": WORDS}]
            own["index_page"] = own["index_page"] or 1


@mends("arbol-no-publicado")
def tree(plan: Plain, found: Found) -> None:
    for own in plan["trees"]:
        if f"«{own['title']}»" in found.place:
            own.update(problem=WORDS, causes=[WORDS], effects=[WORDS])


@mends("orden-distinto")
def one_order(plan: Plain, _: Found) -> None:
    for own in plan["commitments"]:
        own["body_order"] = own["number"]


@mends("numeracion-incompleta")
def numbered(plan: Plain, found: Found) -> None:
    own = commitment(plan, found)
    if "línea" not in found.place:
        own["relevance"] = WORDS
    for line in own["lines"]:
        if f"línea de acción {line['number']}" in found.place:
            for order, row in enumerate(line["activities"], 1):
                row["label"] = f"{order}."


@mends("dos-textos-de-lo-mismo")
def one_text(plan: Plain, found: Found) -> None:
    for line in commitment(plan, found)["lines"]:
        if line["number"] == number(found, "línea de acción"):
            line["text"] = found.says


@mends("copiado-de-otra-ficha")
def its_own(plan: Plain, found: Found) -> None:
    commitment(plan, found)["target_population"] = WORDS
    for row in commitment(plan, found)["activities"]:
        row["verification"] = f"{WORDS} {row['code']}"


@mends("tematica-sin-compromiso")
def covered(plan: Plain, found: Found) -> None:
    if found.commitment:
        commitment(plan, found)["theme"] = plan["themes"][0]["key"]
    for theme in plan["themes"]:
        if f"«{theme['name']}»" in found.place:
            theme["reason_without_commitment"] = WORDS


@mends("ods-distintos")
def cited_in_both(plan: Plain, found: Found) -> None:
    own = found.commitment
    cited = commitment(plan, found)["alignments"] if own else plan["alignments"]
    other = plan["alignments"] if own else plan["commitments"][0]["alignments"]
    other.extend(a for a in cited if f"objetivo {a['code']}" in found.problem)


@mends("nombre-no-oficial")
def official(plan: Plain, found: Found) -> None:
    if found.commitment:
        field = "responsible_text" if "responsable" in found.place else "contact_institution_text"
        commitment(plan, found)[field] = found.against
    for member in plan["members"]:
        if not found.commitment and member["name"] == found.says:
            member["name"] = found.against


@mends("ods-con-otro-nombre")
def official_goal(plan: Plain, found: Found) -> None:
    cited = commitment(plan, found)["alignments"] if found.commitment else plan["alignments"]
    for own in cited:
        if own["quoted_name"] == found.says:
            own["quoted_name"] = found.against


@mends("correo-de-otra-institucion")
def own_mail(plan: Plain, found: Found) -> None:
    own = commitment(plan, found)
    for contact in [*own["contacts"], *(c for row in own["activities"] for c in row["responsibles"])]:
        if contact["mail"] == found.says:
            contact["mail"] = ""
            contact["phone"] = "722 000 0000"


@mends("suma-que-no-da", "cuenta-que-no-da", "dicho-de-dos-modos")
def agreed(plan: Plain, found: Found) -> None:
    told = [s for s in plan["statements"] if found.problem.casefold().startswith(s["subject"].casefold())]
    for statement in told:
        statement.update(value=told[0]["value"], parts=[], counted="")


@mends("fuera-de-vigencia")
def within_the_term(plan: Plain, found: Found) -> None:
    commitment(plan, found)["period"] = plan["term"]
