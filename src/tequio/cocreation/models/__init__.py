"""The diagnosis of an exercise and its co-creation tables."""

from tequio.cocreation.models.themes import Theme
from tequio.cocreation.models.tree_work import TreeChange, TreeComment, TreeReviewer
from tequio.cocreation.models.trees import ProblemNode, ProblemTree

__all__ = ["ProblemNode", "ProblemTree", "Theme", "TreeChange", "TreeComment", "TreeReviewer"]
