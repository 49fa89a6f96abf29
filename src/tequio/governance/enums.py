"""The words collegiate bodies use."""

from typing import Final

from django.db import models

from tequio.kernel.topics import topic


class BodyKind(models.TextChoices):
    """Collegiate bodies of an exercise and of the guarantor (First PAL; Guía IX; Ruta «Comité de Seguimiento»)."""

    SECRETARIAT = "secretariat", "Secretariado técnico"
    OPERATIVE_GROUP = "operative_group", "Grupo operativo"
    FOLLOW_UP_COMMITTEE = "follow_up_committee", "Comité de seguimiento"
    COMMISSION = "commission", "Comisión"
    PLENARY = "plenary", "Pleno"


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


class Majority(models.TextChoices):
    """How many votes elect (Metodología, «por mayoría de votos»)."""

    SIMPLE = "simple", "Gana quien tiene más votos"
    ABSOLUTE = (
        "absolute",
        "Más de la mitad, o segunda vuelta",
    )


class TieRule(models.TextChoices):
    """What settles a tie; no document of the method says it, so each election says it beforehand."""

    LOT = "lot", "Sorteo que cualquiera repite"
    SECOND_ROUND = "second_round", "Segunda vuelta"
