"""Reading a tree from an indented list or a table, with what is wrong told by its line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from tequio.cocreation.enums import NodeKind
from tequio.cocreation.models.trees import LONGEST_TEXT, MOST_LEVELS, MOST_NODES
from tequio.kernel.cells import unguarded
from tequio.kernel.spanish import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

SIDE: Final = re.compile(r"^\s*(causas?|efectos?)\s*:?\s*$", re.IGNORECASE)
PROBLEM: Final = re.compile(r"^\s*problema(?: central)?\s*:\s*(.*)$", re.IGNORECASE)
BULLET: Final = re.compile(r"^(?:[-*•·]|\d{1,3}[.)])(?:\s+|$)")
TAB: Final = 4
KINDS: Final = {"c": NodeKind.CAUSE, "e": NodeKind.EFFECT, "p": NodeKind.PROBLEM}
COLUMNS: Final = ("tipo", "nivel", "texto")


class Item(NamedTuple):
    """A box to be: its line in what was sent, how far it is from the problem (0 is the problem), kind and text."""

    line: int
    far: int
    kind: str
    text: str


class Read(NamedTuple):
    """What a list says, and what is wrong with it, a sentence for each line."""

    items: list[Item]
    faults: list[str]


def read_list(text: str) -> Read:
    """Read an indented list: «Causas» and «Efectos» on lines of their own, each box under them on a line."""
    items: list[Item] = []
    faults: list[str] = []
    kind, steps = "", [0]
    for line, row in enumerate(text.splitlines(), 1):
        if not row.strip():
            continue
        if side := SIDE.match(row):
            kind, steps = KINDS[side.group(1)[0].lower()], []
        elif problem := PROBLEM.match(row):
            items.append(Item(line, 0, NodeKind.PROBLEM, said(problem.group(1))))
        elif not kind:
            faults.append(f"Línea {line}: escribe antes «Causas» o «Efectos» en un renglón propio.")
        else:
            wide = row.expandtabs(TAB)
            indent = len(wide) - len(wide.lstrip())
            while len(steps) > 1 and steps[-1] > indent:
                steps.pop()
            if not steps or indent > steps[-1]:
                steps.append(indent)
            items.append(Item(line, len(steps), kind, said(wide)))
    return checked(items, faults)


def read_table(rows: Sequence[Sequence[str]]) -> Read:
    """Read a table whose first row names its columns: tipo, nivel and texto; any others are left aside."""
    names = [fold(cell.strip()) for cell in rows[0]] if rows else []
    if lacking := [name for name in COLUMNS if name not in names]:
        wanted = ", ".join(f"«{name}»" for name in lacking)
        return Read([], [f"Línea 1: falta la columna {wanted}. La primera fila lleva los nombres de las columnas."])
    places = [names.index(name) for name in COLUMNS]
    items: list[Item] = []
    faults: list[str] = []
    for line, row in enumerate(rows[1:], 2):
        told, level, text = (row[at].strip() if at < len(row) else "" for at in places)
        if not (told or level or text):
            continue
        kind = KINDS.get(fold(told)[:1], "")
        number = re.fullmatch(r"(\d{1,2})(?:\.0)?", level)
        if not kind:
            faults.append(f"Línea {line}: el tipo es «problema», «causa» o «efecto», y dice «{told[:40]}».")
        elif number is None or (int(number[1]) == 1) != (kind == NodeKind.PROBLEM) or not int(number[1]):
            faults.append(f"Línea {line}: el nivel es 1 para el problema y de 2 a {MOST_LEVELS} para lo demás.")
        else:
            items.append(Item(line, int(number[1]) - 1, kind, said(unguarded(text))))
    return checked(items, faults)


def said(text: str) -> str:
    """Return the text of a box in one line, without its bullet."""
    shown = "".join(sign if sign.isprintable() else " " for sign in text)
    return BULLET.sub("", " ".join(shown.split())).strip()


def checked(items: list[Item], faults: list[str]) -> Read:
    """Return what was read with what is wrong with each item, by line."""
    far, kind = 0, ""
    for item in items:
        if not item.text:
            faults.append(f"Línea {item.line}: falta el texto.")
        elif len(item.text) > LONGEST_TEXT:
            faults.append(f"Línea {item.line}: tiene {len(item.text)} letras; caben {LONGEST_TEXT}.")
        if item.far >= MOST_LEVELS:
            faults.append(f"Línea {item.line}: pasa de {MOST_LEVELS} niveles, con el problema.")
        if item.kind != NodeKind.PROBLEM:
            if item.far > 1 and (item.kind != kind or item.far > far + 1):
                faults.append(f"Línea {item.line}: no hay un recuadro justo arriba del cual dependa.")
            far, kind = item.far, item.kind
    if sum(item.kind == NodeKind.PROBLEM for item in items) > 1:
        faults.append("Hay más de un problema central. Deja uno.")
    if len(items) > MOST_NODES:
        faults.append(f"Son {len(items)} recuadros; caben {MOST_NODES}.")
    if not items and not faults:
        faults.append("No hay nada que importar. Escribe o pega una lista.")
    return Read(items, sorted(faults, key=by_line))


def by_line(fault: str) -> int:
    """Return the line that a sentence is about; those about the whole come last."""
    found = re.match(r"Línea (\d+)", fault)
    return int(found[1]) if found else 10**9
