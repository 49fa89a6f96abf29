"""The whole of a plan as one frozen value: what an edition keeps, and what pages, documents and checks read."""

import datetime as dt

from tequio.plans.queries.commitment_parts import (
    ActivityPart,
    ActorPart,
    AlignmentPart,
    AnnexPart,
    CommitmentPart,
    Contact,
    Institution,
    KeyActionPart,
    LinePart,
    Moment,
    Part,
    Period,
)

__all__ = [
    "ActivityPart",
    "ActorPart",
    "AlignmentPart",
    "AnnexPart",
    "BlockPart",
    "BodyPart",
    "CallPart",
    "ChapterPart",
    "CommitmentPart",
    "Contact",
    "DocumentPart",
    "Dossier",
    "EventPart",
    "Institution",
    "KeyActionPart",
    "LinePart",
    "MemberPart",
    "Moment",
    "Part",
    "Period",
    "PhasePart",
    "SeatPart",
    "SeatTermPart",
    "SessionPart",
    "StatementPart",
    "ThemePart",
    "TreePart",
]


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
