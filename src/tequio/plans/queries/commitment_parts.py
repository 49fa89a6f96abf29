"""The pieces of a plan's dossier that a commitment is made of: moments, institutions, activities, the form."""

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
