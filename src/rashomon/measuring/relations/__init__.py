"""Sides in relation: what two hold of each other and take each other to hold, façades, triads, arenas."""

from rashomon.measuring.relations.arenas import Arenas, ArenaTone, measure_arenas
from rashomon.measuring.relations.coorientation import (
    ALIKE,
    LEVEL,
    MIRROR,
    Comparison,
    Mirror,
    Pair,
    compare,
    measure_asymmetries,
    measure_coorientation,
    measure_mirror,
    measure_realisation,
    periods_of,
)
from rashomon.measuring.relations.facades import Facade, Facades, measure_facades
from rashomon.measuring.relations.triads import Balance, Relation, Triads, measure_triads

__all__ = [
    "ALIKE",
    "LEVEL",
    "MIRROR",
    "ArenaTone",
    "Arenas",
    "Balance",
    "Comparison",
    "Facade",
    "Facades",
    "Mirror",
    "Pair",
    "Relation",
    "Triads",
    "compare",
    "measure_arenas",
    "measure_asymmetries",
    "measure_coorientation",
    "measure_facades",
    "measure_mirror",
    "measure_realisation",
    "measure_triads",
    "periods_of",
]
