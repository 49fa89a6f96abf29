"""The words collegiate bodies use, and the names of their permissions."""

from typing import Final

from django.db import models

from tequio.accounts.enums import Sector
from tequio.kernel.topics import topic

SECRETARIAT: Final = topic(
    "secretariat", "Sesiones y acuerdos", "Lo que te toca en los órganos donde ocupas un asiento."
)

INSTALL_BODY: Final = "governance.install_body"
FILL_SEAT: Final = "governance.fill_seat"
DESIGNATE_MEMBER: Final = "governance.designate_member"
CONVENE_SESSION: Final = "governance.convene_session"
RUN_SESSION: Final = "governance.run_session"
"""What whoever conducts a session does: attendance, putting to decision, closing, the minutes."""
ATTEND_SESSION: Final = "governance.attend_session"
"""What whoever conducts a session or sits in its body may see."""
SPEAK_FOR_SEAT: Final = "governance.speak_for_seat"
"""What only the holder of a seat does: arrive, take a position, remark."""
SET_RULES: Final = "governance.set_rules"
FOLLOW_AGREEMENT: Final = "governance.follow_agreement"


class BodyKind(models.TextChoices):
    """Collegiate bodies of an exercise and of the guarantor (First PAL; Guía IX; Ruta «Comité de Seguimiento»)."""

    SECRETARIAT = "secretariat", "Secretariado técnico"
    OPERATIVE_GROUP = "operative_group", "Grupo operativo"
    FOLLOW_UP_COMMITTEE = "follow_up_committee", "Comité de seguimiento"
    COMMISSION = "commission", "Comisión"
    PLENARY = "plenary", "Pleno"


BODY_WORDS: Final[dict[str, str]] = {
    BodyKind.SECRETARIAT: "secretariado",
    BodyKind.OPERATIVE_GROUP: "grupo-operativo",
    BodyKind.FOLLOW_UP_COMMITTEE: "comite",
    BodyKind.COMMISSION: "comision",
    BodyKind.PLENARY: "pleno",
}
"""How the address of an agreement names its body; one body of each kind in an exercise."""


MINIMUM: Final[dict[str, tuple[Sector, ...]]] = {
    BodyKind.SECRETARIAT: (Sector.GUARANTOR, Sector.PUBLIC_BODIES, Sector.CIVIL_SOCIETY),
}
"""Sectors of which a body has at least one seat with vote, besides its facilitator (Guía, «¿Cómo se integra?»)."""


LONGEST_SILENCE: Final = 182
"""Days that a body of several sectors lets pass between sessions (OGP standard 1.1: one in every six months)."""


class SeatRole(models.TextChoices):
    """What a seat's holder does in the body (Guía, «¿Cómo se integra?»; Metodología, nota 4)."""

    TITULAR = "titular", "Titular"
    SUBSTITUTE = "substitute", "Suplente"
    FACILITATOR = "facilitator", "Facilitación, con voz y sin voto"


class SessionKind(models.TextChoices):
    """Kinds of meeting a body holds (First PAL, «Proceso de construcción»)."""

    INSTALLATION = "installation", "Sesión de instalación"
    ORDINARY = "ordinary", "Sesión ordinaria"
    EXTRAORDINARY = "extraordinary", "Sesión extraordinaria"
    SESSION = "session", "Sesión"
    MEETING = "meeting", "Reunión"


class Mode(models.TextChoices):
    """How people meet, which may change without losing anything (Metodología, «Propuesta», último párrafo)."""

    IN_PERSON = "in_person", "Presencial"
    REMOTE = "remote", "A distancia"
    MIXED = "mixed", "Presencial y a distancia"


class SessionState(models.TextChoices):
    """Where a session stands; one that only a document tells has no state."""

    CONVENED = "convened", "Convocada"
    OPEN = "open", "En curso"
    CLOSED = "closed", "Terminada"
    NOT_HELD = "not_held", "No se celebró"


class QuorumKind(models.TextChoices):
    """How many of the seats with vote must have somebody present (the governance mechanism of Guía, paso 3)."""

    MORE_THAN_HALF = "more_than_half", "Más de la mitad de los asientos con voto"
    TWO_THIRDS = "two_thirds", "Dos terceras partes de los asientos con voto"
    ALL = "all", "Todos los asientos con voto"
    NUMBER = "number", "Un número fijo de asientos con voto"


class DecisionWay(models.TextChoices):
    """How an agreement is reached (EX-08)."""

    CONSENSUS = "consensus", "Por consenso"
    VOTE = "vote", "Por votación"


class Majority(models.TextChoices):
    """What a vote needs to be won."""

    SIMPLE = "simple", "Más votos a favor que en contra"
    ABSOLUTE = "absolute", "Más de la mitad de los asientos con voto"
    TWO_THIRDS = "two_thirds", "Dos terceras partes de los asientos presentes"


class TieRule(models.TextChoices):
    """What happens when as many are in favour as against."""

    NOT_ADOPTED = "not_adopted", "El empate no aprueba"
    CASTING_VOTE = "casting_vote", "Decide el voto de calidad de un asiento"


class Choice(models.TextChoices):
    """What a seat says of a proposal: the first three by consensus; in favour, against or abstaining by vote."""

    FAVOUR = "favour", "A favor"
    RESERVATIONS = "reservations", "A favor, con reservas"
    BLOCK = "block", "Bloqueo"
    AGAINST = "against", "En contra"
    ABSTAIN = "abstain", "Abstención"


CHOICES: Final[dict[str, tuple[Choice, ...]]] = {
    DecisionWay.CONSENSUS: (Choice.FAVOUR, Choice.RESERVATIONS, Choice.BLOCK),
    DecisionWay.VOTE: (Choice.FAVOUR, Choice.AGAINST, Choice.ABSTAIN),
}
"""What may be said in each way of deciding."""


class Outcome(models.TextChoices):
    """What became of a proposal."""

    OPEN = "open", "En deliberación"
    ADOPTED = "adopted", "Aprobado"
    REJECTED = "rejected", "No aprobado"
    NO_QUORUM = "no_quorum", "Rechazado por falta de quórum"
    WITHDRAWN = "withdrawn", "Retirado"


class AgreementStatus(models.TextChoices):
    """Whether an agreement is done (EX-08: followed until done)."""

    PENDING = "pending", "Pendiente"
    DONE = "done", "Hecha"
    CANCELLED = "cancelled", "Cancelada por acuerdo"


DRAFT_ELECTION: Final = "governance.draft_election"
OPEN_ELECTION: Final = "governance.open_election"
CLOSE_ELECTION: Final = "governance.close_election"
ANNUL_ELECTION: Final = "governance.annul_election"

ELECTIONS: Final = topic(
    "elections", "Elecciones en que votas", "Cuándo puedes votar y qué resultó, si estás en el padrón."
)


class ElectionKind(models.TextChoices):
    """What is elected, and by whom (Guía, paso 3; Metodología, nota 4; First PAL, «Diálogo Abierto»)."""

    REPRESENTATIVES = "representatives", "Representantes de un sector"
    FACILITATOR = "facilitator", "Quien facilita el secretariado"
    POLL = "poll", "Consulta entre asistentes"


class ElectionState(models.TextChoices):
    """Where an election stands; whether one may vote now is its window's to say."""

    DRAFT = "draft", "En preparación"
    CALLED = "called", "Convocada"
    CLOSED = "closed", "Cerrada"
    ANNULLED = "annulled", "Anulada"


class Fills(models.TextChoices):
    """The seats that an election of representatives fills (Guía, paso 3: «los titulares y los suplentes»)."""

    BOTH = "both", "Titular y suplente"
    TITULAR = "titular", "Titular"
    SUBSTITUTE = "substitute", "Suplente"


class WinningMajority(models.TextChoices):
    """How many votes elect (Metodología, «por mayoría de votos»)."""

    SIMPLE = "simple", "Gana quien tiene más votos"
    ABSOLUTE = (
        "absolute",
        "Más de la mitad, o segunda vuelta",
    )


class TieBreak(models.TextChoices):
    """What settles a tie; no document of the method says it, so each election says it beforehand."""

    LOT = "lot", "Sorteo que cualquiera repite"
    SECOND_ROUND = "second_round", "Segunda vuelta"
