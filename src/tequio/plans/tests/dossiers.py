"""A synthetic plan that says something in every field, and leaves some as a template does."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tequio.kernel.models import DatePrecision
from tequio.plans.queries import dossier as d

WORDS = (
    "Publicar en un sitio abierto el padrón de obras con sus avances y costos para que cualquier persona lo consulte"
    " sin registro, lo descargue y avise cuando algo no coincida con lo que ve en su colonia."
)
BODY = d.Institution(
    key="consejo-transparencia",
    name="Consejo de Transparencia de Valle Sereno",
    acronym="CTVS",
    mail_domain="ctvs.example",
    accent="#1f5a4c",
)
WORKS = d.Institution(key="obras", name="Secretaría de Obras de Valle Sereno", acronym="SOVS")


def day(year: int, month: int, number: int, text: str = "") -> d.Moment:
    return d.Moment(text=text, on=dt.date(year, month, number), precision=DatePrecision.DAY)


def period(start: str = "A partir del 10 de abril de 2031", end: str = "30 de noviembre de 2031") -> d.Period:
    return d.Period(starts=day(2031, 4, 10, start), ends=day(2031, 11, 30, end))


def contact(number: int) -> d.Contact:
    return d.Contact(
        name=f"Mtra. Itzel Ñuño Pérez {number}",
        post=f"Jefa de la Unidad de Datos {number}",
        mail=f"itzel.nuno.perez{number}@obras.vallesereno.example",
        phone=f"(722) 555.01.{number:02} ext. 8400",
        institution=WORKS,
    )


def activity(code: str, order: int, line: int = 0) -> d.ActivityPart:
    return d.ActivityPart(
        code=f"{code}-{'L' if line else 'A'}{line or ''}{order}",
        line=line,
        label=f"{order}." if line else f"{'ABCDEF'[order - 1]}.",
        title=f"Actividad {order} de {code}, línea {line}: reunir el padrón y revisarlo con vecinas y vecinos.",
        description=f"Descripción {order}: {WORDS}" if line else "",
        verification="Reportes en las reuniones del Grupo Operativo." if order != 2 else "Por definir",
        period=d.Period() if line else d.Period(starts=day(2031, 5, order, f"0{order}-05-2031"), ends=day(2031, 9, 1)),
        responsibles=[] if line else [contact(order), contact(order + 1)],
    )


def commitment(number: int) -> d.CommitmentPart:
    code = f"PAL9-C{number}"
    field = {
        name: f"{name.capitalize()} del compromiso {number}. {WORDS}\nSegundo párrafo de {name}: «así» y “asá”."
        for name in (
            *("helps_to_solve", "will_allow", "description", "contribution", "target_population"),
            *("relevance", "agenda_2030", "gender", "expected_results", "proposal_text", "proposal_objective"),
        )
    }
    if number == 2:
        field |= {"gender": "xxx", "target_population": ""}
    return d.CommitmentPart(
        number=number,
        code=code,
        kind="proactive" if number % 2 else "cocreated",
        kind_label="Proactivo" if number % 2 else "Cocreado",
        body_order=number,
        title=f"Obras a la vista {number}",
        axis="COMBATE A LA CORRUPCIÓN" if number < 3 else "CULTURA DE GOBIERNO ABIERTO",
        axis_page=22,
        form_title=f"INFORMACIÓN GENERAL DE COMPROMISO {number}",
        listed_name=f"Obras a la vista, herramienta {number}.",
        name=f"Obras a la vista {number}",
        promise=f"Generar confianza en la obra pública, parte {number}.",
        proposal_title=f"Propuesta de compromiso {number} de obras.",
        lines_title=f"Compromiso {number} de la Secretaría de Obras",
        responsible=WORKS,
        responsible_text="Secretaría de Obras de Valle Sereno (SOVS).",
        contact_institution_text="Secretaria de Obras",
        theme="obra-publica",
        tree="obra-oculta",
        period=period(),
        **field,
        key_actions=[
            d.KeyActionPart(number=n, text=f"Acción clave {n} del compromiso {number}. {WORDS}", dates_text=dates)
            for n, dates in enumerate(["Del 3 al 9 de mayo de 2031", "2031-XX-XX", ""], 1)
        ],
        activities=[activity(code, order) for order in (1, 2, 3)],
        lines=[
            d.LinePart(
                number=line, text=f"Línea {line} de {code}.", activities=[activity(code, o, line) for o in (1, 2)]
            )
            for line in (1, 2)
        ],
        contacts=[contact(7)],
        actors=[
            d.ActorPart(sector="agencies", sector_label="Agencias gubernamentales", text="Contraloría de Valle Sereno"),
            d.ActorPart(sector="academia", sector_label="Academia", text=""),
        ],
        annexes=[d.AnnexPart(title="Indicadores del compromiso", url="https://vallesereno.example/anexos/1")],
        alignments=[alignment(16, number)],
    )


def alignment(code: int, number: int) -> d.AlignmentPart:
    return d.AlignmentPart(
        scheme="ods",
        code=str(code),
        name="Paz, justicia e instituciones sólidas",
        quoted_name="Paz, Justicia e Instituciones Fuertes",
        place=f"Introducción, párrafo {number}",
    )


CHAPTERS = (
    ("cover", "Noveno Plan de Acción Local", 1),
    ("introduction", "INTRODUCCIÓN", 1),
    ("secretariat", "INTEGRANTES DEL SECRETARIADO TÉCNICO LOCAL", 1),
    ("members", "MIEMBROS INSCRITOS", 1),
    ("members", "CIUDADANÍA", 2),
    ("members", "ORGANIZACIONES DE LA SOCIEDAD CIVIL", 2),
    ("construction", "PROCESO DE CONSTRUCCIÓN", 1),
    ("events", "EVENTOS", 1),
    ("dialogues", "DIÁLOGOS CON LA SOCIEDAD CIVIL Y ACADEMIA", 1),
    ("problems", "IDENTIFICACIÓN DE PROBLEMAS PÚBLICOS", 1),
    ("trees", "ÁRBOLES DE PROBLEMAS", 1),
    ("drafting", "REDACCIÓN DE LOS COMPROMISOS", 1),
    ("drafting", "Propuesta de compromiso 1 de obras.", 2),
    ("commitments", "COMPROMISOS", 1),
    ("commitments", "COMBATE A LA CORRUPCIÓN", 2),
    ("commitments", "CULTURA DE GOBIERNO ABIERTO", 2),
    ("signature", "FIRMA DE COMPROMISOS", 1),
    ("annexes", "ANEXOS", 1),
)


def chapters() -> list[d.ChapterPart]:
    return [
        d.ChapterPart(
            kind=kind,
            title=title,
            index_title=f"Rótulo de {title.lower()} en el índice" if kind == "events" else title,
            index_page=order,
            depth=depth,
            blocks=blocks(kind),
        )
        for order, (kind, title, depth) in enumerate(CHAPTERS, 1)
    ]


def blocks(kind: str) -> list[d.BlockPart]:
    if kind == "cover":
        return [d.BlockPart(kind="notice", text="IMAGEN OFICIAL PENDIENTE")]
    if kind in ("introduction", "construction", "dialogues"):
        return [
            d.BlockPart(kind="paragraph", text=f"Párrafo de {kind}. {WORDS}"),
            d.BlockPart(kind="heading", text=f"Subtítulo de {kind}"),
            d.BlockPart(kind="item", text=f"1. Elemento de {kind}"),
            d.BlockPart(kind="link", text=f"https://vallesereno.example/{kind}?ver=todo"),
        ]
    return []


def exercise() -> dict[str, Any]:
    return what_was_done() | who_takes_part() | what_was_found()


def what_was_done() -> dict[str, Any]:
    common: dict[str, Any] = {"period": period("4 de octubre de 2030", ""), "source": "Ruta, fase 2"}
    return {
        "phases": [
            d.PhasePart(
                **common,
                order=order,
                name=f"Fase de {name}",
                objective=f"Objetivo de {name}",
                product=f"Producto de {name}",
                people="El secretariado",
                activities=f"Actividades de {name}",
                state="done",
                state_label="Hecha",
            )
            for order, name in enumerate(["arranque", "mesas", "redacción"], 1)
        ],
        "documents": [
            d.DocumentPart(
                key="pal",
                kind="plan",
                kind_label="Plan de acción",
                title="Plan publicado",
                approved_by="El secretariado",
                url="https://vallesereno.example/pal.pdf",
                note="Versión sin imagen",
                period=period("abril de 2031", ""),
            )
        ],
        "calls": [
            d.CallPart(
                **common,
                kind="participation",
                kind_label="Participar en el ejercicio",
                title="Convocatoria para participar",
                outcome="24 inscritos",
                url="https://vallesereno.example/convocatoria",
            )
        ],
    }


def who_takes_part() -> dict[str, Any]:
    return {
        "members": [
            d.MemberPart(sector="citizens", sector_label="Ciudadanía"),
            d.MemberPart(sector="citizens", sector_label="Ciudadanía"),
            d.MemberPart(
                sector="civil_society",
                sector_label="Sociedad civil",
                name="Vecinas por el Agua A.C.",
                label="Logotipo de Vecinas",
                institution=d.Institution(key="vecinas", name="Vecinas por el Agua, Asociación Civil"),
            ),
        ],
        "events": [
            event("forum", "Foro", "Primer foro"),
            event("open_dialogue", "Diálogo abierto", "Diálogo de obras"),
        ],
        "bodies": [
            body("secretariat", "Secretariado Técnico Local", "STL"),
            body("operative_group", "Grupo Operativo"),
        ],
    }


def what_was_found() -> dict[str, Any]:
    return {
        "themes": [
            d.ThemePart(
                key="obra-publica",
                name="Obra pública",
                document="pal",
                justification=f"Justificación. {WORDS}",
                table_place="Auditorio municipal",
                table_dates="5 y 6 de mayo de 2031",
                reason_without_commitment="La mesa se suspendió",
                other_names=["Infraestructura", "Obras"],
            )
        ],
        "trees": [
            d.TreePart(
                key="obra-oculta",
                title="Problemática de obra pública",
                theme="obra-publica",
                drawing_title="Propuesta de árbol de obra pública",
                drawing_note="El dibujo dice «Causas (Raíz)».",
                template_text="a) Causas, b) Efectos",
                problem="Nadie sabe cuánto cuesta ni cuándo termina la obra de su calle.",
                causes=[f"Causa {n}: los expedientes se guardan en papel" for n in range(1, 6)],
                effects=[f"Efecto {n}: desconfianza en las instituciones" for n in range(1, 5)],
            )
        ],
        "statements": [
            d.StatementPart(
                document="pal",
                subject="Reuniones del grupo operativo",
                value="11",
                parts=["9", "3"],
                counted="sessions",
                place="Proceso de construcción, último párrafo",
                quote="11 reuniones (9 en 2030 y 3 en 2031)",
                note="La suma da 12",
            )
        ],
    }


def event(kind: str, label: str, name: str) -> d.EventPart:
    return d.EventPart(
        slug=kind,
        kind=kind,
        kind_label=label,
        name=name,
        period=d.Period(starts=day(2030, 8, 15), ends=day(2030, 8, 15)),
        time_text="11:00 horas",
        place=f"Auditorio del {name.lower()}",
        attendance="25 inscritos",
        account=f"Relato del {name.lower()}. {WORDS}",
        invitation="El Consejo tiene el honor de invitarle",
        recording_url=f"https://vallesereno.example/grabacion/{kind}",
        registration_url=f"https://vallesereno.example/registro/{kind}",
        source=f"Eventos, párrafo del {name.lower()}",
    )


def body(kind: str, name: str, acronym: str = "") -> d.BodyPart:
    term = d.SeatTermPart(
        name=f"Rosa Elena Cruz, de {name}",
        post="Comisionada presidenta",
        institution=BODY,
        note="Relevada en 2031",
        source="Integrantes",
        period=period("15 de octubre de 2030", "hasta nuevo aviso"),
    )
    return d.BodyPart(
        kind=kind,
        name=name,
        acronym=acronym,
        description=f"Qué hace: {name}.",
        seats=[
            d.SeatPart(
                role="titular", role_label="Titular", sector="guarantor", sector_label="Órgano garante", terms=[term]
            ),
            d.SeatPart(role="facilitator", role_label="Facilitación, con voz y sin voto"),
        ],
        sessions=[
            d.SessionPart(
                kind="meeting",
                kind_label="Reunión",
                name=f"Reuniones de {name}",
                how_many=9,
                summary=f"Resumen de {name}",
                source="Construcción, último párrafo",
                period=period("2030", ""),
            )
        ],
    )


def rich(commitments: int = 3, **changes: Any) -> d.Dossier:
    """Return a plan of this many commitments with something in every field."""
    fields: dict[str, Any] = {
        "exercise_slug": "valle-sereno-2030-2032",
        "exercise_name": "Gobierno abierto en Valle Sereno 2030-2032",
        "exercise_state": "open",
        "exercise_summary": "Un ejercicio para que la obra pública se vea.",
        "jurisdiction_code": "99",
        "jurisdiction_name": "Valle Sereno",
        "jurisdiction_kind": "state",
        "jurisdiction_slug": "valle-sereno",
        "first_year": 2030,
        "last_year": 2032,
        "guarantor": BODY,
        "code": "PAL9",
        "kind": "pal",
        "kind_label": "Plan de Acción Local",
        "document": "pal",
        "title": "Noveno Plan de Acción Local",
        "subtitle": "Gobierno Abierto de Valle Sereno 2030-2032",
        "term": period("enero de 2031", "diciembre de 2032"),
        "cut_on": dt.date(2031, 7, 31),
        "next_cut_on": dt.date(2032, 1, 31),
        "chapters": chapters(),
        "commitments": [commitment(number) for number in range(1, commitments + 1)],
        "alignments": [alignment(17, 3)],
        "annexes": [
            d.AnnexPart(title="DECLARATORIA DE GOBIERNO ABIERTO", url="https://vallesereno.example/declaratoria")
        ],
    }
    return d.Dossier(**fields | exercise() | changes)
