"""Campaigns: what a side's publicity, aid or visits were to move, against what was to be expected without them."""

from rashomon.measuring.campaigns.movements import (
    Event,
    LeftOutControl,
    Moment,
    Movement,
    Movements,
    Placebo,
    View,
    Weight,
    measure_campaigns,
)

__all__ = [
    "Event",
    "LeftOutControl",
    "Moment",
    "Movement",
    "Movements",
    "Placebo",
    "View",
    "Weight",
    "measure_campaigns",
]
