"""Our lexicon beside a general one: VADER's valences (Hutto & Gilbert 2014, ICWSM), of the package vaderSentiment (MIT)."""

from __future__ import annotations

import warnings

import pytest

from rashomon.measuring.feeling import OPPOSITES, shipped

GOOD = tuple(OPPOSITES)
BAD = (*OPPOSITES.values(), "threat")
TAKEN_OTHERWISE = {"intrigues", "pretending"}
"""Words that VADER rates as good: who intrigues is of interest, too, and children pretend."""


def test_words_of_good_will_are_good_and_of_ill_will_bad_in_a_general_lexicon_too() -> None:
    pytest.importorskip("vaderSentiment", reason="needs vaderSentiment, with which our lexicon is compared")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the requests package, which VADER brings and does not need here
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

        valence = SentimentIntensityAnalyzer().lexicon
    assert all(valence[form] > 0 for form in TAKEN_OTHERWISE)
    of = {
        (one.category, form): valence[form]
        for one in shipped().entries
        if one.language == "en" and len(one.pieces) == 1
        for form in one.pieces[0].forms
        if form in valence and form not in TAKEN_OTHERWISE
    }
    good = [value for (category, _), value in of.items() if category in GOOD]
    bad = [value for (category, _), value in of.items() if category in BAD]
    assert len(good) >= 25
    assert len(bad) >= 100
    assert min(good) > 0 > max(bad)
