"""The words exercises use, and the names of their permissions."""

from typing import Final

from django.db import models

from tequio.kernel.topics import Pace, topic

OPEN_EXERCISE: Final = "exercises.open_exercise"
RUN_EXERCISE: Final = "exercises.run_exercise"
"""What the guarantor's staff and the municipality's liaison do in an exercise: its working pages and their verbs."""
ACCOMPANY_EXERCISE: Final = "exercises.accompany_exercise"
"""What only the guarantor's staff do: accompany, review, hand over, close."""
REVIEW_APPLICATION: Final = "exercises.review_application"
"""Read what people wrote in a call's form and decide on it; nobody does so with their own."""
AMEND_APPLICATION: Final = "exercises.amend_application"
"""What people do with their own application: correct it, send it again, withdraw it."""
ACCOMPANY_PLACE: Final = "exercises.accompany_place"
"""What the guarantor's staff do in their state's municipalities, with an exercise or without one: its log."""
FOLLOW_PLACE: Final = "exercises.follow_place"
"""Reading a municipality's log: its liaison too."""
ASK_FOR_HELP: Final = "exercises.ask_for_help"
ACCOMPANIMENT: Final = topic(
    "accompaniment", "Acompañamiento", "Peticiones de ayuda de los municipios, sus respuestas y los pasos acordados."
)
EVENTS: Final = topic(
    "events", "Eventos que organizas", "La entrada el día del evento y su relatoría después.", pace=Pace.DAILY
)
QUIET_DAYS: Final = 30
"""Days without a contact after which to call a municipality, where its state's guarantor set no other number."""


CALLS: Final = topic(
    "calls", "Convocatorias y solicitudes", "Las solicitudes que esperan tu revisión y las tuyas que debes corregir."
)


class ExerciseState(models.TextChoices):
    """Where an exercise stands as a whole."""

    DRAFT = "draft", "En preparación"
    OPEN = "open", "En curso"
    CLOSED = "closed", "Concluido"


class MethodKind(models.TextChoices):
    """Documents that set the phases of an exercise (Ruta; Metodología; Guía básica para municipios)."""

    ROUTE = "route", "Ruta"
    METHODOLOGY = "methodology", "Metodología"
    GUIDE = "guide", "Guía"


class SetupStep(models.TextChoices):
    """What a municipality does from nothing to a published exercise with its secretariat (issue 3, 10)."""

    PLACE = "municipio", "Municipio y contacto"
    DECLARATION = "declaracion", "Declaración conjunta"
    CALL = "convocatoria", "Convocatoria"
    ELECTION = "eleccion", "Registro y elección de representantes"
    SECRETARIAT = "secretariado", "Instalar el secretariado"
    RULES = "reglas", "Reglas y agenda anual"
    PUBLIC_PAGE = "pagina", "Publicar la página"


class PhaseState(models.TextChoices):
    """Whether a phase is done (Metodología, «En cada una de las fases…»); unknown where no document says so."""

    DONE = "done", "Hecha"
    CURRENT = "current", "En curso"
    PENDING = "pending", "Aún no inicia"
    UNKNOWN = "unknown", "No consta"


class DocumentKind(models.TextChoices):
    """What a source document of an exercise is."""

    ROUTE = "route", "Ruta"
    METHODOLOGY = "methodology", "Metodología"
    GUIDE = "guide", "Guía"
    PLAN = "plan", "Plan de acción"
    WORK_PLAN = "work_plan", "Plan de trabajo"
    DECLARATION = "declaration", "Declaración conjunta"
    MINUTES = "minutes", "Acta"
    CALL = "call", "Convocatoria"
    OTHER = "other", "Otro documento"


class Counted(models.TextChoices):
    """The product's own counts that a document's number can be compared with."""

    MEMBERS = "members", "Miembros"
    FORUMS = "forums", "Foros"
    COMMITMENTS = "commitments", "Compromisos"
    SEATS = "seats", "Asientos"
    SESSIONS = "sessions", "Sesiones"
    TREES = "trees", "Árboles"
    TABLE_ACTIVITIES = "table_activities", "Actividades tabla"
    LINE_ACTIVITIES = "line_activities", "Actividades líneas"


class ContactKind(models.TextChoices):
    """How a municipality was accompanied (Plan de trabajo de la Comisión, GA-2)."""

    CALL = "call", "Llamada"
    VISIT = "visit", "Visita"
    MAIL = "mail", "Correo"
    TRAINING = "training", "Capacitación"
    ADVICE = "advice", "Asesoría"
    OTHER = "other", "Otro contacto"


class CallReason(models.TextChoices):
    """Why a municipality is to be called, from the first to the last: the order of this list is the rule."""

    HELP = "ayuda", "Pidió ayuda"
    OVERDUE = "vencido", "Su siguiente paso venció"
    LATE = "atraso", "Su ejercicio va atrasado"
    QUIET = "silencio", "Sin contacto reciente"


class CallKind(models.TextChoices):
    """What a call invites to (First PAL, «Proceso de construcción»; Metodología, notas 3 y 4)."""

    PARTICIPATION = "participation", "Participar en el ejercicio"
    FACILITATOR = "facilitator", "Facilitar el secretariado"
    EVENT = "event", "Asistir a un evento"
    SUBSTITUTE = "substitute", "Elegir suplente"
    WIDENING = "widening", "Ampliar la participación"


CALLS_ONLINE: Final = (CallKind.PARTICIPATION, CallKind.FACILITATOR, CallKind.SUBSTITUTE, CallKind.WIDENING)
"""The calls that are answered here, with a form; whoever attends an event registers with the event."""
MAKING_MEMBERS: Final = (CallKind.PARTICIPATION, CallKind.WIDENING)
"""The calls whose answers, once accepted, are members of the exercise."""
CANDIDACIES: Final = (CallKind.FACILITATOR, CallKind.SUBSTITUTE)
"""The calls whose answers are candidacies to be elected."""


class CallState(models.TextChoices):
    """What was done with a call; whether it is open is for its window to say."""

    DRAFT = "draft", "En preparación"
    PUBLISHED = "published", "Publicada"
    CLOSED = "closed", "Terminada"


class ApplicationState(models.TextChoices):
    """Where somebody's answer to a call stands."""

    SUBMITTED = "submitted", "Recibida"
    RETURNED = "returned", "Por corregir"
    ACCEPTED = "accepted", "Aceptada"
    DECLINED = "declined", "No aceptada"
    WITHDRAWN = "withdrawn", "Retirada"


class EventKind(models.TextChoices):
    """Acts of an exercise outside its bodies' sessions (First PAL, «Eventos», «Diálogos»; Guía, pasos 1 y 2)."""

    LETTER = "letter", "Carta de intención"
    DECLARATION = "declaration", "Firma de la declaración conjunta"
    FORUM = "forum", "Foro"
    SENSITISATION = "sensitisation", "Sensibilización"
    TRAINING = "training", "Capacitación"
    WORKSHOP = "workshop", "Taller"
    ELECTION = "election", "Elección"
    OPEN_DIALOGUE = "open_dialogue", "Diálogo abierto"
    TABLE = "table", "Mesa de participación"
    PRESS = "press", "Conferencia de prensa"
    LAUNCH = "launch", "Presentación del plan"
    OTHER = "other", "Otro acto"


class EventState(models.TextChoices):
    """Where an event stands; one that only a document tells never moves."""

    TOLD = "told", "Consta en un documento"
    DRAFT = "draft", "En preparación"
    PUBLISHED = "published", "Anunciado"
    HELD = "held", "Realizado"
    CANCELLED = "cancelled", "Cancelado"


class EventMode(models.TextChoices):
    """How one takes part (Metodología, last paragraph: in person, remote or mixed)."""

    IN_PERSON = "in_person", "Presencial"
    REMOTE = "remote", "A distancia"
    MIXED = "mixed", "Presencial y a distancia"


class AttendeeState(models.TextChoices):
    """Whether somebody who registered has a place."""

    CONFIRMED = "confirmed", "Con lugar"
    WAITING = "waiting", "En lista de espera"
    CANCELLED = "cancelled", "Canceló"


class AccessNeed(models.TextChoices):
    """What a person may ask for so that they can take part; organisers read only how many ask for each."""

    WHEELCHAIR = "wheelchair", "Entrada y espacio para silla de ruedas"
    SIGN_LANGUAGE = "sign_language", "Intérprete de Lengua de Señas Mexicana"
    CAPTIONS = "captions", "Subtítulos o texto de lo que se dice"
    LARGE_PRINT = "large_print", "Materiales con letra grande o para lector de pantalla"
    LANGUAGE = "language", "Intérprete de una lengua indígena"
    CHILDCARE = "childcare", "Espacio para niñas y niños que me acompañan"


class DoorAnswer(models.TextChoices):
    """What the door says of somebody who comes (design, page 7: one word that is read from afar)."""

    COME_IN = "come_in", "ADELANTE"
    ALREADY = "already", "YA REGISTRADO"
    WAITING = "waiting", "EN LISTA DE ESPERA"
    NOT_THERE = "not_there", "NO ESTÁ"
