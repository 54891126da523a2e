"""Who is heard on what, and who is silent: coverage, mentions, and topics of which one group speaks and another does not."""

from rashomon.measuring.silences.coverage import Coverage, CoverageCell, measure_coverage, require_covered
from rashomon.measuring.silences.measuring import Kept, Silence, Silences, measure_silences

__all__ = [
    "Coverage",
    "CoverageCell",
    "Kept",
    "Silence",
    "Silences",
    "measure_coverage",
    "measure_silences",
    "require_covered",
]
