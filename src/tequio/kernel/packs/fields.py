"""The kinds of field a pack may have; each reads a text, or says what it expected."""

from __future__ import annotations

import re
import unicodedata
from abc import ABC, abstractmethod
from calendar import monthrange
from dataclasses import KW_ONLY, dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

from tequio.kernel.models.periods import DatePrecision
from tequio.kernel.packs.faults import is_hostile, quoted
from tequio.kernel.packs.nodes import suggestion
from tequio.kernel.packs.reading import Pending

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import TextChoices

    from tequio.kernel.packs.nodes import Node
    from tequio.kernel.packs.reading import Reading


class Unfit(Exception):
    """A text that is no value of its field: what was expected, and how to mend it."""

    def __init__(self, expected: str, remedy: str = "corrige el valor") -> None:
        super().__init__(expected)
        self.expected = expected
        self.remedy = remedy


@dataclass(frozen=True)
class Field(ABC):
    """A named value of a row or a section; `required` refuses a blank."""

    name: str
    _: KW_ONLY
    required: bool = False
    blank: ClassVar[Any] = None

    @abstractmethod
    def read(self, node: Node, reading: Reading) -> Any:
        """Return the value of a node, or the blank after noting its faults."""


@dataclass(frozen=True)
class Scalar(Field):
    """A field written as one text of at most `max_length` characters."""

    _: KW_ONLY
    max_length: int = 300

    @abstractmethod
    def parse(self, text: str) -> Any:
        """Return the value of a text that is not blank, or raise Unfit."""

    def read(self, node: Node, reading: Reading) -> Any:
        """Return the value of a node, or the blank after noting its faults."""
        text = node.value.strip() if isinstance(node.value, str) else None
        try:
            self._check(text)
            return self.parse(text) if text else self.blank
        except Unfit as unfit:
            found = "una sección o una lista" if text is None else quoted(text)
            reading.fault(node.place, found=found, expected=unfit.expected, remedy=unfit.remedy)
            return self.blank

    def _check(self, text: str | None) -> None:
        if text is None:
            raise Unfit("un texto", "escribe un solo valor")
        if self.required and not text:
            raise Unfit("un valor, porque es obligatorio", "escríbelo")
        if not text.isprintable() and any(map(is_hostile, text)):
            raise Unfit("un texto sin caracteres invisibles", "bórralos y escribe el texto a mano")
        if len(text) > self.max_length:
            raise Unfit(f"a lo más {self.max_length} caracteres (hay {len(text)})", "acorta el texto")


@dataclass(frozen=True)
class Text(Scalar):
    """A text; `pattern` must match all of it, and `shape` says so in words («cinco cifras»)."""

    _: KW_ONLY
    pattern: str = ""
    shape: str = ""
    blank: ClassVar[Any] = ""

    def parse(self, text: str) -> str:
        """Return the text if it has the shape."""
        if self.pattern and not re.fullmatch(self.pattern, text):
            raise Unfit(self.shape or f"un texto con la forma {self.pattern}")
        return text


@dataclass(frozen=True)
class Slug(Text):
    """A key: lower-case letters, digits and hyphens, without accents."""

    _: KW_ONLY
    max_length: int = 60
    pattern: str = r"[a-z0-9]+(-[a-z0-9]+)*"
    shape: str = "una clave de minúsculas, cifras y guiones, sin acentos"


@dataclass(frozen=True)
class Color(Text):
    """A colour as six hexadecimal digits."""

    _: KW_ONLY
    pattern: str = r"#[0-9a-fA-F]{6}"
    shape: str = "un color como #9b2247"


@dataclass(frozen=True)
class Url(Scalar):
    """A web address."""

    blank: ClassVar[Any] = ""

    def parse(self, text: str) -> str:
        """Return the address if it is one."""
        try:
            URLValidator(schemes=["http", "https"])(text)
        except ValidationError:
            raise Unfit("una dirección web que empiece con https:// o http://") from None
        return text


@dataclass(frozen=True)
class Email(Scalar):
    """A mail address."""

    blank: ClassVar[Any] = ""

    def parse(self, text: str) -> str:
        """Return the address if it is one."""
        try:
            validate_email(text)
        except ValidationError:
            raise Unfit("un correo como nombre@institucion.mx") from None
        return text


@dataclass(frozen=True)
class Integer(Scalar):
    """A whole number, within the bounds that the database keeps."""

    _: KW_ONLY
    minimum: int = 0
    maximum: int = 2_147_483_647

    def parse(self, text: str) -> int:
        """Return the number."""
        expected = f"un número entero, de {self.minimum} a {self.maximum}, sin comas ni puntos"
        if not re.fullmatch(r"-?[0-9]{1,10}", text) or not self.minimum <= int(text) <= self.maximum:
            raise Unfit(expected)
        return int(text)


@dataclass(frozen=True)
class YesNo(Scalar):
    """«sí» or «no»; blank is unknown."""

    def parse(self, text: str) -> bool:
        """Return True for sí."""
        answers = {"sí": True, "si": True, "no": False}
        if text.lower() not in answers:
            raise Unfit("«sí» o «no»")
        return answers[text.lower()]


@dataclass(frozen=True)
class Choice(Scalar):
    """A member of an enumeration, by its Spanish label («Órgano garante» or «organo_garante») or a word of its own."""

    _: KW_ONLY
    choices: type[TextChoices]
    words: Mapping[str, TextChoices] = field(default_factory=dict)

    def parse(self, text: str) -> TextChoices:
        """Return the member."""
        known = {as_key(str(member.label)): member for member in self.choices} | dict(self.words)
        if as_key(text) not in known:
            names = {member: str(member.label) for member in self.choices}
            names |= {member: word for word, member in self.words.items()}
            shown = list(names.values())
            raise Unfit(f"alguno de estos valores: {', '.join(shown)}", suggestion(text, shown))
        return known[as_key(text)]


def as_key(text: str) -> str:
    """Return a label as a pack may write it: lower case, without accents, words joined by an underscore."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "_".join(re.findall(r"[a-z0-9]+", "".join(c for c in folded if not unicodedata.combining(c))))


@dataclass(frozen=True)
class Day(Scalar):
    """A date, AAAA-MM-DD."""

    def parse(self, text: str) -> date:
        """Return the date, if the calendar has it."""
        return partial_day(text, "una fecha AAAA-MM-DD que exista", DatePrecision.DAY).first


class Span(NamedTuple):
    """The days that a date of some precision covers, with its text."""

    text: str
    first: date
    last: date
    precision: DatePrecision


@dataclass(frozen=True)
class PartialDay(Scalar):
    """A date as far as it is known: AAAA, AAAA-MM or AAAA-MM-DD."""

    def parse(self, text: str) -> Span:
        """Return the days it covers."""
        return partial_day(text, "una fecha AAAA, AAAA-MM o AAAA-MM-DD que exista", *DatePrecision)


def partial_day(text: str, expected: str, *accepted: DatePrecision) -> Span:
    """Read a date of an accepted precision, or raise Unfit."""
    precisions = [DatePrecision.YEAR, DatePrecision.MONTH, DatePrecision.DAY]
    remedy = "escribe año, mes y día con guiones y revisa el calendario"
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", text):
        raise Unfit(expected, remedy)
    numbers = [int(part) for part in text.split("-")]
    precision = precisions[len(numbers) - 1]
    year, month, day = (*numbers, 1, 1)[:3]
    try:
        first = date(year, month, day)
        end_month = month if len(numbers) > 1 else 12
        last = first if precision == DatePrecision.DAY else date(year, end_month, monthrange(year, end_month)[1])
    except ValueError:
        raise Unfit(expected, remedy) from None
    if precision not in accepted:
        raise Unfit(expected, remedy)
    return Span(text, first, last, precision)


@dataclass(frozen=True)
class Reference(Scalar):
    """A key that must exist in one of the pack's sources `to`, in their field or path `key`.

    Without `to` it must exist in the same file; the value read is the key itself.
    """

    _: KW_ONLY
    key: str
    to: tuple[str, ...] = ()
    blank: ClassVar[Any] = ""

    def read(self, node: Node, reading: Reading) -> Any:
        """Return the key, leaving the look-up for when everything has been read."""
        value = super().read(node, reading)
        if value:
            reading.pending.append(Pending(node.place, value, self.to or (node.place.file,), self.key))
        return value

    def parse(self, text: str) -> str:
        """Return the key."""
        return text
