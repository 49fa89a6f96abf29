"""The diagnosis of an exercise and its co-creation tables."""

from tequio.cocreation.models.tables import (
    ClosedText,
    Placement,
    SmallTable,
    Stage,
    Table,
    TableTemplate,
    TemplateStage,
)
from tequio.cocreation.models.themes import Theme
from tequio.cocreation.models.trees import ProblemNode, ProblemTree

__all__ = [
    "ClosedText",
    "Placement",
    "ProblemNode",
    "ProblemTree",
    "SmallTable",
    "Stage",
    "Table",
    "TableTemplate",
    "TemplateStage",
    "Theme",
]
