"""How a plan is written in a pack: `planes/<ejercicio>/plan.yaml` and a `compromiso-N.yaml` for each commitment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tequio.exercises.packs import LONG, organization
from tequio.kernel.packs.fields import Choice, Day, Integer, PartialDay, Reference, Slug, Text, Url, YesNo
from tequio.kernel.packs.loading import Part
from tequio.kernel.packs.moments import moment
from tequio.kernel.packs.schema import Document, Listing, Section
from tequio.plans.enums import ActorSector, BlockKind, ChapterKind, CommitmentKind, PlanKind
from tequio.plans.workflows import load_commitments, load_plans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tequio.kernel.packs.faults import Fault
    from tequio.kernel.packs.schema import Record

CHAPTER_WORDS: Final = {
    "secretariado": ChapterKind.SECRETARIAT,
    "miembros": ChapterKind.MEMBERS,
    "construccion": ChapterKind.CONSTRUCTION,
    "dialogos": ChapterKind.DIALOGUES,
    "problemas": ChapterKind.PROBLEMS,
    "arboles": ChapterKind.TREES,
    "redaccion": ChapterKind.DRAFTING,
    "firma": ChapterKind.SIGNATURE,
    "seguimiento": ChapterKind.FOLLOW_UP,
}
BLOCK_WORDS: Final = {"elemento": BlockKind.ITEM, "aviso": BlockKind.NOTICE}
ACTOR_WORDS: Final = {"agencias": ActorSector.AGENCIES, "sociedad_civil": ActorSector.CIVIL_SOCIETY}


def link_leads_to_the_web(block: Record) -> Iterator[Fault]:
    """Yield a fault if a link block is no web address, which a page could not offer safely."""
    if block["es"] == BlockKind.LINK and not block["dice"].startswith(("https://", "http://")):
        yield block.fault(
            "dice",
            expected="una dirección que empiece con https:// o http://",
            remedy="usa «parrafo» si no es una liga",
        )


ALIGNMENTS: Final = Listing(
    "alineaciones",
    unique=(("lista", "codigo"),),
    of=Section(
        "alineacion",
        fields=(
            Slug("lista", required=True),
            Text("codigo", required=True, max_length=60),
            Text("dice"),
            Text("lugar", required=True, max_length=200),
        ),
    ),
)
ANNEXES: Final = Listing("anexos", of=Section("anexo", fields=(Text("titulo", required=True), Url("url"))))
CHAPTERS: Final = Listing(
    "capitulos",
    of=Section(
        "capitulo",
        fields=(
            Choice("que_es", choices=ChapterKind, required=True, words=CHAPTER_WORDS),
            Text("titulo", required=True),
            Text("titulo_indice"),
            Integer("pagina", maximum=5_000),
            Integer("nivel", minimum=1, maximum=4),
            Listing(
                "bloques",
                of=Section(
                    "bloque",
                    fields=(
                        Choice("es", choices=BlockKind, required=True, words=BLOCK_WORDS),
                        Text("dice", required=True, max_length=LONG),
                    ),
                    checks=(link_leads_to_the_web,),
                ),
            ),
        ),
    ),
)
PLAN_DOCUMENT: Final = Document(
    (
        Slug("ejercicio", required=True, max_length=80),
        Section(
            "plan",
            required=True,
            fields=(
                Choice("tipo", choices=PlanKind, required=True, words={"pal": PlanKind.PAL, "pam": PlanKind.PAM}),
                Text("codigo", required=True, max_length=20, pattern="[A-Z0-9]+", shape="mayúsculas y cifras"),
                Slug("documento", required=True),
                Text("titulo", required=True, max_length=200),
                Text("subtitulo"),
                Section("vigencia", fields=(moment("inicio"), moment("fin"))),
                Day("corte"),
                Day("siguiente_corte"),
                Integer("meses_entre_cortes", minimum=1, maximum=120),
            ),
        ),
        CHAPTERS,
        ALIGNMENTS,
        ANNEXES,
    ),
    file="planes/*/plan.yaml",
    required=False,
)

CONTACTS: Final = Listing(
    "responsables",
    of=Section(
        "responsable",
        fields=(
            Reference("persona", to=("personas.csv",), key="clave"),
            organization(),
            Text("dice", max_length=200),
            Text("cargo"),
            Text("correo", max_length=200),
            Text("telefono", max_length=80),
        ),
    ),
)
FORM: Final = Section(
    "ficha",
    required=True,
    fields=(
        *(
            Text(name, max_length=LONG)
            for name in (
                "nos_comprometemos",
                "ayuda_a_resolver",
                "permitira",
                "en_que_consiste",
                "contribucion",
                "poblacion",
                "relevancia",
                "agenda_2030",
                "genero",
                "resultados",
            )
        ),
        moment("inicio"),
        moment("fin"),
    ),
)
LINES: Final = Listing(
    "lineas",
    unique=("numero",),
    of=Section(
        "linea",
        fields=(
            Integer("numero", required=True, minimum=1, maximum=500),
            Text("dice", max_length=LONG),
            Listing(
                "actividades",
                of=Section(
                    "actividad",
                    fields=(
                        Text("etiqueta", max_length=10),
                        Text("dice", max_length=LONG),
                        Text("descripcion", max_length=LONG),
                        Text("verificacion", max_length=LONG),
                    ),
                ),
            ),
        ),
    ),
)
KEY_ACTIONS: Final = Listing(
    "acciones_clave",
    unique=("numero",),
    of=Section(
        "accion",
        fields=(
            Integer("numero", required=True, minimum=1, maximum=500),
            Text("dice", max_length=LONG),
            Section("fechas", fields=(Text("dice"), PartialDay("inicio"), PartialDay("fin"), YesNo("suceso"))),
        ),
    ),
)
ACTIVITIES: Final = Listing(
    "actividades",
    of=Section(
        "actividad",
        fields=(
            Text("etiqueta", max_length=10),
            Text("dice", max_length=LONG),
            CONTACTS,
            Text("verificacion", max_length=LONG),
            moment("inicio"),
            moment("fin"),
        ),
    ),
)
COMMITMENT_DOCUMENT: Final = Document(
    (
        Slug("ejercicio", required=True, max_length=80),
        Section(
            "compromiso",
            required=True,
            fields=(
                Integer("numero", required=True, minimum=1, maximum=500),
                Integer("lugar_en_el_cuerpo", minimum=1, maximum=500),
                Choice("origen", choices=CommitmentKind, required=True),
                Text("eje", max_length=200),
                Integer("pagina_eje", maximum=5_000),
                Text("titulo_ficha"),
                Text("nombre_en_lista"),
                Text("nombre"),
                organization("responsable", required=True),
                Text("responsable_dice"),
                Slug("tematica"),
                Slug("arbol"),
            ),
        ),
        FORM,
        Section(
            "propuesta",
            fields=(Text("titulo"), Text("texto", max_length=LONG), Text("objetivo", max_length=LONG)),
        ),
        KEY_ACTIONS,
        ACTIVITIES,
        Section("contacto", fields=(Text("institucion_dice"), CONTACTS)),
        Listing(
            "otros_actores",
            of=Section(
                "actor",
                fields=(
                    Choice("sector", choices=ActorSector, required=True, words=ACTOR_WORDS),
                    Text("dice"),
                    organization(),
                ),
            ),
        ),
        ANNEXES,
        Text("titulo_lineas"),
        LINES,
        ALIGNMENTS,
    ),
    file="planes/*/compromiso-*.yaml",
    required=False,
)
PARTS: Final = (Part(PLAN_DOCUMENT, load_plans), Part(COMMITMENT_DOCUMENT, load_commitments))
