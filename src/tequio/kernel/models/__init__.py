"""The kernel's tables, a file per aggregate."""

from tequio.kernel.models.concepts import Concept, ConceptScheme
from tequio.kernel.models.periods import DatePrecision, StatedPeriod
from tequio.kernel.models.search import SearchEntry

__all__ = ["Concept", "ConceptScheme", "DatePrecision", "SearchEntry", "StatedPeriod"]
