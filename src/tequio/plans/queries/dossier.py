"""The whole of a plan as one frozen value: what an edition keeps, and what pages, documents and checks read."""

import datetime as dt
from functools import cached_property

from pydantic import BaseModel, ConfigDict

from tequio.kernel.models import DatePrecision


class Part(BaseModel):
    """A piece of a dossier; frozen, and strict about what it knows."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Moment(Part):
    """One edge of a period: the document's words and the day they mean, if any."""

    text: str = ""
    on: dt.date | None = None
    precision: DatePrecision = DatePrecision.MISSING


class Period(Part):
    """A start and an end as a document states them."""

    starts: Moment = Moment()
    ends: Moment = Moment()

    @property
    def starts_on(self) -> dt.date | None:
        """The day it starts, if known: a period is read as a row's stated period is."""
        return self.starts.on

    @property
    def ends_on(self) -> dt.date | None:
        """The day it ends, if known."""
        return self.ends.on

    @property
    def starts_text(self) -> str:
        """The start in the document's words."""
        return self.starts.text

    @property
    def ends_text(self) -> str:
        """The end in the document's words."""
        return self.ends.text

    @property
    def starts_precision(self) -> DatePrecision:
        """How exactly the start is known."""
        return self.starts.precision

    @property
    def ends_precision(self) -> DatePrecision:
        """How exactly the end is known."""
        return self.ends.precision


class Institution(Part):
    """An organization: its key, official name, acronym and mail domain."""

    key: str
    name: str
    acronym: str = ""
    mail_domain: str = ""
    accent: str = ""

    @property
    def short_name(self) -> str:
        """The acronym where there is one, else the name."""
        return self.acronym or self.name


class Contact(Part):
    """Who answers for something, as the document names them."""

    name: str
    post: str = ""
    mail: str = ""
    phone: str = ""
    institution: Institution | None = None


class ActivityPart(Part):
    """An activity of a commitment's dated table (line 0) or of one of its lines."""

    code: str
    line: int = 0
    label: str = ""
    title: str = ""
    description: str = ""
    verification: str = ""
    period: Period = Period()
    responsibles: list[Contact] = []


class KeyActionPart(Part):
    """A key action and the one cell of its dates."""

    number: int
    text: str = ""
    dates_text: str = ""
    period: Period = Period()


class LinePart(Part):
    """A line of action and its activities."""

    number: int
    text: str = ""
    activities: list[ActivityPart] = []


class AlignmentPart(Part):
    """A goal, value or axis that the plan or a commitment cites."""

    scheme: str
    code: str
    name: str
    quoted_name: str = ""
    place: str = ""


class ActorPart(Part):
    """Another actor that the form names, by sector."""

    sector: str
    sector_label: str
    text: str = ""


class AnnexPart(Part):
    """An annex that is announced, with its address if there is one."""

    title: str
    url: str = ""


class CommitmentPart(Part):
    """A commitment, field by field of the form."""

    number: int
    code: str
    kind: str
    kind_label: str
    body_order: int
    title: str
    axis: str = ""
    axis_page: int | None = None
    form_title: str = ""
    listed_name: str = ""
    name: str = ""
    promise: str = ""
    helps_to_solve: str = ""
    will_allow: str = ""
    description: str = ""
    contribution: str = ""
    target_population: str = ""
    relevance: str = ""
    agenda_2030: str = ""
    gender: str = ""
    expected_results: str = ""
    proposal_title: str = ""
    proposal_text: str = ""
    proposal_objective: str = ""
    lines_title: str = ""
    responsible: Institution
    responsible_text: str = ""
    contact_institution_text: str = ""
    theme: str = ""
    tree: str = ""
    period: Period = Period()
    key_actions: list[KeyActionPart] = []
    activities: list[ActivityPart] = []
    lines: list[LinePart] = []
    contacts: list[Contact] = []
    actors: list[ActorPart] = []
    annexes: list[AnnexPart] = []
    alignments: list[AlignmentPart] = []

    @cached_property
    def line_activities(self) -> list[ActivityPart]:
        """Every activity of the lines, in order."""
        return [activity for line in self.lines for activity in line.activities]

    @cached_property
    def all_activities(self) -> list[ActivityPart]:
        """Every activity of both lists, the dated table first."""
        return [*self.activities, *self.line_activities]


class BlockPart(Part):
    """A quoted piece of a chapter."""

    kind: str
    text: str


class ChapterPart(Part):
    """A chapter of the document."""

    kind: str
    title: str
    index_title: str = ""
    index_page: int | None = None
    depth: int = 1
    blocks: list[BlockPart] = []


class SeatTermPart(Part):
    """Who held a seat and when."""

    name: str
    post: str = ""
    institution: Institution | None = None
    note: str = ""
    source: str = ""
    period: Period = Period()


class SeatPart(Part):
    """A seat of a body and its holders over time."""

    role: str
    role_label: str
    sector: str = ""
    sector_label: str = ""
    terms: list[SeatTermPart] = []


class SessionPart(Part):
    """A session or meeting of a body, or a number of them."""

    kind: str
    kind_label: str
    name: str
    how_many: int = 1
    summary: str = ""
    source: str = ""
    period: Period = Period()


class BodyPart(Part):
    """A collegiate body, its seats and sessions."""

    kind: str
    name: str
    acronym: str = ""
    description: str = ""
    seats: list[SeatPart] = []
    sessions: list[SessionPart] = []


class MemberPart(Part):
    """A registered member; private citizens have no name."""

    sector: str
    sector_label: str
    name: str = ""
    label: str = ""
    institution: Institution | None = None


class EventPart(Part):
    """An act of the exercise."""

    slug: str
    kind: str
    kind_label: str
    name: str
    period: Period = Period()
    time_text: str = ""
    place: str = ""
    attendance: str = ""
    account: str = ""
    invitation: str = ""
    recording_url: str = ""
    registration_url: str = ""
    source: str = ""


class CallPart(Part):
    """A public call."""

    kind: str
    kind_label: str
    title: str
    outcome: str = ""
    url: str = ""
    source: str = ""
    period: Period = Period()


class DocumentPart(Part):
    """A source document."""

    key: str
    kind: str
    kind_label: str
    title: str
    approved_by: str = ""
    url: str = ""
    note: str = ""
    period: Period = Period()


class PhasePart(Part):
    """A phase of the exercise."""

    order: int
    name: str
    objective: str = ""
    product: str = ""
    people: str = ""
    activities: str = ""
    state: str
    state_label: str
    source: str = ""
    period: Period = Period()


class ThemePart(Part):
    """An approved theme."""

    key: str
    name: str
    document: str
    justification: str = ""
    table_place: str = ""
    table_dates: str = ""
    reason_without_commitment: str = ""
    other_names: list[str] = []


class TreePart(Part):
    """A problem tree: its central problem, causes and effects."""

    key: str
    title: str
    theme: str = ""
    drawing_title: str = ""
    drawing_note: str = ""
    template_text: str = ""
    problem: str = ""
    causes: list[str] = []
    effects: list[str] = []


class StatementPart(Part):
    """A comparable statement of a document."""

    document: str
    subject: str
    value: str
    parts: list[str] = []
    counted: str = ""
    place: str
    quote: str
    note: str = ""


class Dossier(Part):
    """A plan with everything its document says, and the facts of its exercise."""

    exercise_slug: str
    exercise_name: str
    exercise_state: str
    exercise_summary: str = ""
    jurisdiction_code: str
    jurisdiction_name: str
    jurisdiction_kind: str
    jurisdiction_slug: str
    first_year: int
    last_year: int
    guarantor: Institution | None = None
    code: str
    kind: str
    kind_label: str
    document: str
    title: str
    subtitle: str = ""
    term: Period = Period()
    cut_on: dt.date | None = None
    next_cut_on: dt.date | None = None
    chapters: list[ChapterPart] = []
    commitments: list[CommitmentPart] = []
    alignments: list[AlignmentPart] = []
    annexes: list[AnnexPart] = []
    phases: list[PhasePart] = []
    documents: list[DocumentPart] = []
    calls: list[CallPart] = []
    members: list[MemberPart] = []
    events: list[EventPart] = []
    bodies: list[BodyPart] = []
    themes: list[ThemePart] = []
    trees: list[TreePart] = []
    statements: list[StatementPart] = []

    def commitment(self, number: int) -> CommitmentPart | None:
        """Return a commitment by its number, or nothing."""
        return next((part for part in self.commitments if part.number == number), None)

    def tree(self, key: str) -> TreePart | None:
        """Return a problem tree by its key, or nothing."""
        return next((part for part in self.trees if part.key == key), None)

    def document_of(self, key: str) -> DocumentPart | None:
        """Return a source document by its key, or nothing."""
        return next((part for part in self.documents if part.key == key), None)
