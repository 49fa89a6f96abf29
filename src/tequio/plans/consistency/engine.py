"""The rules' registry, what a rule yields, and the words that places are told with."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tequio.kernel.placeholders import Missing, reading
from tequio.plans.enums import FindingKind
from tequio.plans.queries.dossier import CommitmentPart, Dossier


@dataclass(frozen=True)
class Found:
    """One finding: where in the document, what it says there, what is the matter, and against what."""

    kind: FindingKind
    place: str
    problem: str
    says: str = ""
    against: str = ""
    commitment: int | None = None
    activity: str = ""
    rule: str = ""


Check = Callable[[Dossier], Iterator[Found]]


@dataclass(frozen=True)
class Rule:
    """A named check; `about` tells a reader in one sentence what it looks for."""

    key: str
    about: str
    check: Check


_rules: dict[str, Rule] = {}


def rule(key: str, about: str) -> Callable[[Check], Check]:
    """Register a check under its key."""

    def register(check: Check) -> Check:
        _rules[key] = Rule(key, about, check)
        return check

    return register


def registered() -> list[Rule]:
    """Return every rule, in the order in which they report."""
    return list(_rules.values())


def check(dossier: Dossier) -> list[Found]:
    """Return everything the rules find in a plan, rule by rule, each place once."""
    found = [
        Found(f.kind, f.place, f.problem, f.says, f.against, f.commitment, f.activity, each.key)
        for each in registered()
        for f in each.check(dossier)
    ]
    return list(dict.fromkeys(found))


def of(commitment: CommitmentPart, where: str) -> str:
    """Return a place inside a commitment's form."""
    return f"Compromiso {commitment.number} ({commitment.responsible.short_name}), {where}"


def missing(text: str) -> Missing | None:
    """Return why a text says nothing, or None when it says something."""
    read = reading(text)
    return read if isinstance(read, Missing) else None


def kind_of(gap: Missing) -> FindingKind:
    """Tell an empty field from a template's leftover."""
    return FindingKind.PLACEHOLDER if gap.raw.strip() else FindingKind.MISSING


def same_words(text: str) -> str:
    """Return a text as its bare words, to compare what two places say whatever their case and punctuation."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def bare(text: str) -> str:
    """Return a text's words without accents, to find out whether two texts are about the same thing."""
    folded = unicodedata.normalize("NFKD", same_words(text))
    return "".join(letter for letter in folded if not unicodedata.combining(letter))


def alike(one: str, other: str) -> bool:
    """Say whether two texts are about the same thing: at least three of every four long words are shared."""
    ours, theirs = ({word[:6] for word in bare(text).split() if len(word) > LONG_WORD - 1} for text in (one, other))
    return bool(ours and theirs) and len(ours & theirs) >= ALIKE_SHARE * max(len(ours), len(theirs))


LONG_WORD = 4
ALIKE_SHARE = 0.75
