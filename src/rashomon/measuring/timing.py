"""When views change: at named dates, before or after each other, and around the other side's moves.

Three measures, each in a module of its own with its core: :func:`measure_breaks` (:mod:`rashomon.measuring.breaks`),
:func:`measure_lead_lag` (:mod:`rashomon.measuring.leading`) and :func:`measure_event_response`
(:mod:`rashomon.measuring.responding`). All read changes within voices only (:mod:`rashomon.measuring.timelines`), say how many
tests were made, and adjust for them after Holm.
"""

from __future__ import annotations

from rashomon.measuring.breaks import Break, Breaks, measure_breaks
from rashomon.measuring.leading import Asked, LeadLag, LeadLags, measure_lead_lag
from rashomon.measuring.responding import KINDS, Response, Responses, measure_event_response

__all__ = [
    "KINDS",
    "Asked",
    "Break",
    "Breaks",
    "LeadLag",
    "LeadLags",
    "Response",
    "Responses",
    "measure_breaks",
    "measure_event_response",
    "measure_lead_lag",
]
