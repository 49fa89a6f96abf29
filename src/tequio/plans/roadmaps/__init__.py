"""A roadmap as a workbook, in and out, and its critical path (docs/roadmaps.md). It knows no database."""

from tequio.plans.roadmaps.faults import Caution, Fault, Reading, Spot
from tequio.plans.roadmaps.paths import Path, critical_path
from tequio.plans.roadmaps.reading import read
from tequio.plans.roadmaps.roadmap import Frequency, Indicator, Kind, Roadmap, Step
from tequio.plans.roadmaps.writing import indicators_csv, steps_csv, template, written

__all__ = [
    "Caution",
    "Fault",
    "Frequency",
    "Indicator",
    "Kind",
    "Path",
    "Reading",
    "Roadmap",
    "Spot",
    "Step",
    "critical_path",
    "indicators_csv",
    "read",
    "steps_csv",
    "template",
    "written",
]
