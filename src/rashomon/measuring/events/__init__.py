"""Machine-coded events by the hundred million: directed series between sides, counted by DuckDB or Spark."""

from rashomon.measuring.events.answers import DyadPeriod, EventSeries, EventSet, EveryPair
from rashomon.measuring.events.scales import KINDS, differing, goldstein, kind_of
from rashomon.measuring.events.whole import check_events, count_every_pair, measure_events

__all__ = [
    "KINDS",
    "DyadPeriod",
    "EventSeries",
    "EventSet",
    "EveryPair",
    "check_events",
    "count_every_pair",
    "differing",
    "goldstein",
    "kind_of",
    "measure_events",
]
