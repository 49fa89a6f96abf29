"""The words collegiate bodies use."""

from django.db import models


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
