"""Perception and misperception (Jervis 1970, 1976): beliefs about others, their ledger, signals, chances to read."""

from rashomon.measuring.misperception.beliefs import compatible_positions
from rashomon.measuring.misperception.ledgers import Belief, Ledger, measure_ledger, misperceptions
from rashomon.measuring.misperception.opportunities import Opportunities, Opportunity, measure_opportunities
from rashomon.measuring.misperception.signalling import (
    DeskRecord,
    Reading,
    Signal,
    Update,
    measure_signals,
    measure_updating,
    on_the_desk,
)

__all__ = [
    "Belief",
    "DeskRecord",
    "Ledger",
    "Opportunities",
    "Opportunity",
    "Reading",
    "Signal",
    "Update",
    "compatible_positions",
    "measure_ledger",
    "measure_opportunities",
    "measure_signals",
    "measure_updating",
    "misperceptions",
    "on_the_desk",
]
