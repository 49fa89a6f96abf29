"""The diagnosis of an exercise and its co-creation tables."""

from tequio.cocreation.models.institutions import Approach, TableInstitution
from tequio.cocreation.models.kits import Kit, KitDocument
from tequio.cocreation.models.problems import Problem, ProblemConsultation, Support
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
from tequio.cocreation.models.tree_work import TreeChange, TreeComment, TreeReviewer
from tequio.cocreation.models.trees import ProblemNode, ProblemTree
from tequio.cocreation.models.viability import Verdict, ViabilityReview

__all__ = [
    "Approach",
    "ClosedText",
    "Kit",
    "KitDocument",
    "Placement",
    "Problem",
    "ProblemConsultation",
    "ProblemNode",
    "ProblemTree",
    "SmallTable",
    "Stage",
    "Support",
    "Table",
    "TableInstitution",
    "TableTemplate",
    "TemplateStage",
    "Theme",
    "TreeChange",
    "TreeComment",
    "TreeReviewer",
    "Verdict",
    "ViabilityReview",
]
