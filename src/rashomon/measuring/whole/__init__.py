"""The study as a whole: all measures in one go, and what would be found if one voice were not heard."""

from rashomon.measuring.whole.jackknifing import Jackknife, LeftOut, Shift, Spread, measure_headlines, measure_jackknife
from rashomon.measuring.whole.measures import (
    Beliefs,
    Comparisons,
    Desk,
    Images,
    Measures,
    Mirrors,
    Signals,
    Updates,
    choose_images,
    choose_pair,
    lay_out_desk,
    measure_all,
)

__all__ = [
    "Beliefs",
    "Comparisons",
    "Desk",
    "Images",
    "Jackknife",
    "LeftOut",
    "Measures",
    "Mirrors",
    "Shift",
    "Signals",
    "Spread",
    "Updates",
    "choose_images",
    "choose_pair",
    "lay_out_desk",
    "measure_all",
    "measure_headlines",
    "measure_jackknife",
]
