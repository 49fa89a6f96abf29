"""The one vocabulary of states: each word and the sign drawn before it; the words' rules are the rooms'."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Tone(StrEnum):
    """The signs a state may carry: how full the disc is, or that something is wrong or out of play."""

    NONE = "none"
    IDLE = "idle"
    PART = "part"
    MOST = "most"
    DONE = "done"
    OPEN = "open"
    LATE = "late"
    OFF = "off"


TONES: Final[dict[str, Tone]] = {
    # activity
    "Por iniciar": Tone.IDLE,
    "En curso": Tone.PART,
    "Con problema": Tone.LATE,
    "Reportada terminada": Tone.MOST,
    "Validada": Tone.DONE,
    "Cancelada por acuerdo": Tone.OFF,
    # derived from dates
    "A tiempo": Tone.PART,
    "Atrasada": Tone.LATE,
    # commitment: the completion scale of the Open Government Partnership
    "Sin evidencia": Tone.NONE,
    "No iniciado": Tone.IDLE,
    "Limitado": Tone.PART,
    "Sustancial": Tone.MOST,
    "Completo": Tone.DONE,
    # task
    "Pendiente": Tone.IDLE,
    "Hecha": Tone.DONE,
    "Vencida": Tone.LATE,
    # consultation
    "Próxima": Tone.IDLE,
    "Abierta": Tone.OPEN,
    "Cerrada": Tone.OFF,
    # election
    "Anulada": Tone.OFF,
    "Respondida": Tone.DONE,
    # answer to a call; a call that nobody sees yet
    "Recibida": Tone.IDLE,
    "Por corregir": Tone.LATE,
    "Aceptada": Tone.DONE,
    "No aceptada": Tone.OFF,
    "Retirada": Tone.OFF,
    "En preparación": Tone.IDLE,
    # what a source does not say
    "No consta": Tone.NONE,
    "No consta evidencia": Tone.NONE,
    "Sin respuesta": Tone.NONE,
}


def tone_of(word: str) -> Tone:
    """Return the sign of a state; «Atrasada (12 días)» is read by its first words."""
    return TONES.get(word.split(" (", maxsplit=1)[0], Tone.NONE)
