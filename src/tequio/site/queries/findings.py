"""The inconsistencies of a plan's document, by kind and by the rule that found each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tequio.kernel.components import Choice, Filter
from tequio.plans.consistency import registered
from tequio.plans.enums import FindingKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tequio.plans.models import Finding
    from tequio.plans.queries import Dossier


@dataclass(frozen=True, slots=True)
class RuleFindings:
    """What one rule found: the rule in plain words and each place."""

    about: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class KindFindings:
    """The findings of a kind, rule by rule."""

    key: str
    name: str
    count: int
    rules: tuple[RuleFindings, ...]


@dataclass(frozen=True, slots=True)
class FindingsPage:
    """The findings that a filter leaves, what it chose from, and the rules that ran."""

    kinds: list[KindFindings]
    filters: tuple[Filter, ...]
    left: int
    total: int
    rules: list[str]


def findings_page(dossier: Dossier, rows: list[Finding], *, kind: str, commitment: str) -> FindingsPage:
    """Return a plan's findings, those of one kind and one commitment if they are given."""
    numbers = {str(part.number): part.responsible.short_name for part in dossier.commitments}
    of_commitment = [row for row in rows if not commitment or number(row) == commitment]
    of_kind = [row for row in rows if not kind or row.kind == kind]
    left = [row for row in of_commitment if not kind or row.kind == kind]
    by_kind, by_number = Counter(row.kind for row in of_commitment), Counter(number(row) for row in of_kind)
    kinds = tuple(Choice(each.value, each.label, by_kind[each.value]) for each in FindingKind)
    commitments = tuple(Choice(n, f"Compromiso {n}, {name}", by_number[n]) for n, name in numbers.items())
    return FindingsPage(
        kinds=grouped(left),
        filters=(
            Filter("tipo", "Qué pasa", kinds, kind),
            Filter("compromiso", "Compromiso", commitments, commitment),
        ),
        left=len(left),
        total=len(rows),
        rules=[rule.about for rule in registered()],
    )


def number(row: Finding) -> str:
    """Return the number of the commitment of a finding, which the query has brought; nothing for the document's own."""
    return str(row.commitment.number) if row.commitment else ""


def grouped(rows: Iterable[Finding]) -> list[KindFindings]:
    """Return findings by kind, and inside each by rule, in the order in which the rules report."""
    abouts = {rule.key: rule.about for rule in registered()}
    by_kind: dict[str, dict[str, list[Finding]]] = {kind.value: {} for kind in FindingKind}
    for row in rows:
        by_kind[row.kind].setdefault(row.rule, []).append(row)
    return [
        KindFindings(
            kind,
            FindingKind(kind).label,
            sum(len(found) for found in rules.values()),
            tuple(RuleFindings(abouts.get(key, key), tuple(found)) for key, found in rules.items()),
        )
        for kind, rules in by_kind.items()
        if rules
    ]
