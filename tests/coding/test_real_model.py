"""The coder ``model`` against a real server that whoever runs the tests names; what it proposes is not foreseen."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from serving_model import passage, settings

from rashomon.coding.model import ModelCoder
from rashomon.study import open_study
from studies import write_study

ENDPOINT = os.environ.get("RASHOMON_MODEL_ENDPOINT", "")
TEXTS = ["The North wants peace. Nobody believed it.", "The South fears gain. The North demands trade."]


@pytest.mark.skipif(not ENDPOINT, reason="RASHOMON_MODEL_ENDPOINT names no model to ask (http://host:port/v1)")
def test_a_real_model_answers_and_no_proposal_says_what_its_passage_does_not(tmp_path: Path) -> None:
    study = open_study(write_study(tmp_path))
    named = os.environ.get("RASHOMON_MODEL", "default")
    coder = ModelCoder(settings(ENDPOINT, model=named, timeout=600.0, at_once=1))
    proposals = list(coder.code([passage(text, number) for number, text in enumerate(TEXTS, 1)], study))
    report = coder.report()
    assert report.answered + report.failed == len(TEXTS)
    assert report.answered
    assert report.usage.requests >= len(TEXTS)
    for one in proposals:
        assert TEXTS[int(one.address[-1]) - 1][one.start : one.end] == one.quote
