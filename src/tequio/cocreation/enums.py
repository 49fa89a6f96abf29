"""The words of diagnosis and co-creation, and the names of their permissions."""

from typing import Final

from django.db import models

from tequio.kernel.topics import topic

PREPARE_TABLE: Final = "cocreation.prepare_table"
"""What whoever runs an exercise does before and after a table: convene, stages, report, close."""
CONDUCT_TABLE: Final = "cocreation.conduct_table"
"""What they and the facilitator do on the day: seating, stages, the plenary's text."""
TABLES: Final = topic("tables", "Mesas de cocreación", "Lo que falta antes, durante y después de cada mesa.")

PROPOSE_THEME: Final = "cocreation.propose_theme"
"""What whoever runs an exercise, or sits in its secretariat, does with a theme that nobody approved yet."""
APPROVE_THEME: Final = "cocreation.approve_theme"
"""Noting by which agreement the secretariat approved a theme."""
RUN_CONSULTATION: Final = "cocreation.run_consultation"
"""Opening the consultation of public problems, moderating it and answering each proposal."""
CONSULTATION: Final = topic("problems", "Consulta de problemas", "Propuestas de la consulta que esperan respuesta.")


class NodeKind(models.TextChoices):
    """What a node of a problem tree is (Metodología, fase 2)."""

    PROBLEM = "problem", "Problema central"
    CAUSE = "cause", "Causa"
    EFFECT = "effect", "Efecto"


class TableKind(models.TextChoices):
    """The two linked tables of a theme (Metodología, 3 y 3.2): what the first finds opens the second."""

    PROBLEM = "problem", "Problema y alternativas (tipo 1)"
    COMMITMENT = "commitment", "Compromiso y responsables (tipo 2)"


class Capture(models.TextChoices):
    """What a stage of a table leaves written (Metodología, etapas 0, 4, 5 y 7)."""

    NOTHING = "nothing", "Nada"
    ARRIVALS = "arrivals", "Llegadas"
    ANSWERS = "answers", "Respuestas"
    PRELIMINARY = "preliminary", "Preliminar"
    DEFINITIVE = "definitive", "Definitivo"

    @property
    def delivers(self) -> str:
        """What is there when the stage ends, for whoever conducts and whoever looks at the projector."""
        return DELIVERED[self]


DELIVERED: Final[dict[str, str]] = {
    Capture.NOTHING: "",
    Capture.ARRIVALS: "Todas las personas registradas y con lugar en una mesa.",
    Capture.ANSWERS: "Las respuestas de cada mesa y su propuesta de compromiso.",
    Capture.PRELIMINARY: "Un solo texto preliminar, con los ajustes acordados.",
    Capture.DEFINITIVE: "El objetivo de largo plazo y el compromiso definitivo.",
}


class TableOutcome(models.TextChoices):
    """What came of a table; one without a commitment says why (CO-10)."""

    PENDING = "pending", "Por realizarse"
    COMMITMENT = "commitment", "Compromiso preliminar"
    DIALOGUE = "dialogue", "Diálogo sin compromiso"


class DraftStage(models.TextChoices):
    """The closed texts of a table's commitment (Metodología, etapas 5 y 7)."""

    PRELIMINARY = "preliminary", "Compromiso preliminar"
    DEFINITIVE = "definitive", "Compromiso definitivo"


class Aspect(models.TextChoices):
    """What a table's commitment is judged by before it is defined (Metodología, fase 3, actividad 4)."""

    LEGAL = "legal", "Viabilidad jurídica"
    RESOURCES = "resources", "Recursos"
    TIME = "time", "Tiempo"

    @property
    def question(self) -> str:
        """What whoever judges it answers."""
        return ASKED[self]


ASKED: Final[dict[str, str]] = {
    Aspect.LEGAL: "¿Quien tendría que cumplirlo tiene facultades para hacerlo? Di con qué ley o reglamento.",
    Aspect.RESOURCES: "¿Hay personas, presupuesto y herramientas para hacerlo? Di cuáles, o qué falta.",
    Aspect.TIME: "¿Cabe en la vigencia del plan? Di qué toma más tiempo y de quién depende.",
}


class Judgement(models.TextChoices):
    """What an office says of one aspect of a table's commitment."""

    VIABLE = "viable", "Viable"
    WITH_CHANGES = "with_changes", "Viable con cambios"
    NOT_VIABLE = "not_viable", "No viable"


class Viability(models.TextChoices):
    """Where a table's commitment stands between its table and the plan: read from its verdicts, never typed."""

    TO_REVIEW = "to_review", "Por revisar"
    IN_REVIEW = "in_review", "En revisión"
    VIABLE = "viable", "Viable"
    WITH_CHANGES = "with_changes", "Viable con cambios"
    NOT_VIABLE = "not_viable", "No viable"
    DEFINED = "defined", "Definido en el plan"


class EntryKind(models.TextChoices):
    """What a small table writes (Metodología, etapa 4; CO-06)."""

    ANSWER = "answer", "Respuesta"
    ALTERNATIVE = "alternative", "Alternativa de solución"


class DocumentKind(models.TextChoices):
    """What a document of a kit is (Metodología, fase 2 and etapas 1 to 3; CO-09)."""

    TOPIC = "topic", "Documento del tema"
    TREE = "tree", "Árbol de problemas"
    ARTICLE = "article", "Artículo"
    AGENDA = "agenda", "Agenda"
    CRITERIA = "criteria", "Criterios"
    CONTEXT_TALK = "context_talk", "Presentación de contexto"
    TOPIC_TALK = "topic_talk", "Presentación del tema"
    INSTITUTIONAL_TALK = "institutional_talk", "Presentación institucional"


PRESENTATIONS: Final = (DocumentKind.CONTEXT_TALK, DocumentKind.TOPIC_TALK, DocumentKind.INSTITUTIONAL_TALK)
"""What says how it relates to the Agenda 2030, to gender equality and to inclusion."""


class StageTalk(models.TextChoices):
    """Which presentation of its kit a stage of a table shows (Metodología, etapas 1 to 3; CO-09)."""

    CONTEXT = DocumentKind.CONTEXT_TALK.value, "Presentación de contexto"
    TOPIC = DocumentKind.TOPIC_TALK.value, "Presentación del tema"
    INSTITUTIONAL = DocumentKind.INSTITUTIONAL_TALK.value, "Presentación institucional"


class ApproachKind(models.TextChoices):
    """How an institution was approached (CO-13)."""

    FORMAL = "formal", "Formal: oficio o invitación por escrito"
    INFORMAL = "informal", "Informal: llamada, mensaje o plática"


class ApproachOutcome(models.TextChoices):
    """What an institution answered (CO-13)."""

    NO_ANSWER = "no_answer", "Todavía no responde"
    WILL_ATTEND = "will_attend", "Asistirá"
    WILL_NOT = "will_not", "No asistirá"


class ThemeStatus(models.TextChoices):
    """Where a theme stands (Metodología, fase 1): only what was approved is public."""

    PROPOSED = "proposed", "Propuesta"
    APPROVED = "approved", "Aprobada"
    WITHDRAWN = "withdrawn", "Retirada"


class ProblemStatus(models.TextChoices):
    """What became of a problem that somebody proposed (Guía, etapa 1; DX-05)."""

    UNCONFIRMED = "unconfirmed", "Por confirmar"
    PENDING = "pending", "Sin respuesta todavía"
    GROUPED = "grouped", "Agrupada en una temática"
    DECLINED = "declined", "No se tomó"
    MERGED = "merged", "Unida a otra igual"
    HIDDEN = "hidden", "Con el texto oculto"
    WITHDRAWN = "withdrawn", "Retirada por quien la propuso"


ANSWERED: Final = (ProblemStatus.GROUPED, ProblemStatus.DECLINED, ProblemStatus.MERGED, ProblemStatus.HIDDEN)
"""What counts as an answer: what was done with a proposal, or why nothing."""
SHOWN: Final = (ProblemStatus.PENDING, *ANSWERED)
"""What the consultation lists: neither what nobody confirmed, nor what who proposed it took back."""
SUPPORTABLE: Final = (ProblemStatus.PENDING, ProblemStatus.GROUPED)
EDIT_TREE: Final = "cocreation.edit_tree"
"""Writing a problem tree: whoever runs its exercise, and whoever holds a seat of its secretariat."""
CONDUCT_TREE: Final = "cocreation.conduct_tree"
"""Sending a tree to review, inviting experts, making it final: whoever runs the exercise or facilitates."""
REVIEW_TREE: Final = "cocreation.review_tree"
"""Commenting on a tree: the experts who accepted the invitation to its review."""
TREES: Final = topic(
    "trees", "Árboles de problemas", "Los árboles que revisas y los comentarios que esperan respuesta."
)


class TreeState(models.TextChoices):
    """Where a problem tree stands (Metodología, fase 2); one that only a document tells never moves."""

    TOLD = "told", "Consta en un documento"
    PRELIMINARY = "preliminary", "Preliminar"
    IN_REVIEW = "in_review", "En revisión de personas expertas"
    FINAL = "final", "Final"


class TreeAct(models.TextChoices):
    """What somebody did to a tree, as its history says it."""

    ADD = "add", "Agregó"
    WRITE = "write", "Cambió el texto"
    MOVE = "move", "Movió"
    REMOVE = "remove", "Quitó"
    RESTORE = "restore", "Restauró"
    IMPORT = "import", "Importó una lista"
    UNDO = "undo", "Deshizo"


class CommentState(models.TextChoices):
    """What became of an expert's comment (design, page 6)."""

    OPEN = "open", "Abierta"
    ATTENDED = "attended", "Atendida"
    NOT_APPLICABLE = "not_applicable", "No procede"
