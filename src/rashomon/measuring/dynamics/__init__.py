"""Views over time: timelines, breaks, persistence, lead and lag, responses to events, what rises and falls together."""

from rashomon.measuring.dynamics.breaks import Break, Breaks, measure_breaks
from rashomon.measuring.dynamics.covarying import (
    ASKED,
    LONGEST,
    Together,
    Yearly,
    by_year,
    compare_series,
    image_series,
    pairs_within,
)
from rashomon.measuring.dynamics.leading import LeadLag, LeadLags, measure_lead_lag
from rashomon.measuring.dynamics.persistence import Lasting, Persistence, measure_persistence
from rashomon.measuring.dynamics.responding import KINDS, Response, Responses, measure_event_response, month_of
from rashomon.measuring.dynamics.timelines import SHOWN, Label, Tellers, Timeline, gather_timelines

__all__ = [
    "ASKED",
    "KINDS",
    "LONGEST",
    "SHOWN",
    "Break",
    "Breaks",
    "Label",
    "Lasting",
    "LeadLag",
    "LeadLags",
    "Persistence",
    "Response",
    "Responses",
    "Tellers",
    "Timeline",
    "Together",
    "Yearly",
    "by_year",
    "compare_series",
    "gather_timelines",
    "image_series",
    "measure_breaks",
    "measure_event_response",
    "measure_lead_lag",
    "measure_persistence",
    "month_of",
    "pairs_within",
]
