"""What is told of a workbook, as a page to be read and compared."""

from __future__ import annotations

from tequio.plans.roadmaps import Roadmap, Step, read


def told(data: bytes) -> str:
    """Return the faults, the warnings and what was read."""
    reading = read(data, "hoja")
    parts = [
        ("FALLAS", [fault.sentence for fault in reading.faults]),
        ("AVISOS", [warning.sentence for warning in reading.warnings]),
        ("LEÍDO", lines_of(reading.roadmap)),
    ]
    return "\n".join(f"{name}\n" + "".join(f"  {line}\n" for line in lines or ["nada"]) for name, lines in parts)


def lines_of(roadmap: Roadmap | None) -> list[str]:
    """Return a line for each thing of a roadmap."""
    if roadmap is None:
        return []
    result = [f"Resultado: {roadmap.result}"] if roadmap.result else []
    steps = [line_of(step) for step in roadmap.steps]
    measures = [
        f"{one.name} [{one.step}] {one.baseline} → {one.target} {one.unit} {one.frequency or ''}".rstrip()
        for one in roadmap.indicators
    ]
    return [*result, *steps, *measures]


def line_of(step: Step) -> str:
    """Return a step in a line."""
    who = f" ({step.responsible})" if step.responsible else ""
    after = f" tras {', '.join(step.after)}" if step.after else ""
    return f"{step.key} {step.kind}: {step.text!r} {step.starts} a {step.ends}{after}{who}"
