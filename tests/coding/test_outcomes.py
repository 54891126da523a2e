"""How right a coder proved by what people decided: a random sample by construction, and nothing claimed of what was picked."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from rashomon.cli import cli
from rashomon.coding import Review, outcome_lines, outcomes
from rashomon.coding.proposal_files import drawn_order, write_proposals
from rashomon.errors import RashomonError
from rashomon.study import open_study
from studies import DECLARED, read_cells, write_study

MORE = DECLARED + "".join(
    f"\n[[source]]\nid = \"s{n}\"\ntitle = \"Source {n}\"\nauthors = [\"A. {n}\"]\npublished = \"1999\"\nkind = \"book\"\n"
    for n in range(8)
)
STEM = {"path": "north-government", "modality": "believes", "topic": "border", "when": "1986", "locator": "p. 1", "coder": "echo"}
CHANGES = {"path": {"path": "north-public"}, "topic": {"topic": "north-aim", "stance": "peace"}, "stance": {"stance": "move"}}
RIGHT = {"kept": (1, 1, 1, 1), "filled": (1, 1, None, 1), "stance": (1, 1, 0, 0), "topic": (1, 0, 0, 0), "path": (0, 0, 0, 0),
         "rejected": (0, 0, 0, 0), "withdrawn": (0, 0, 0, 0), "coded before": (1, 1, None, None)}  # fmt: skip
"""By what was decided: whether path, topic, stance and all of it are right; None where that is not asked."""


def written(root: Path, fates: Mapping[str, str], certainty: float = 0.7) -> Path:
    """A study with a proposal of each id, of which became what its fate says; "waiting" for what was not decided."""
    proposals, statements = [], []
    for number, (name, fate) in enumerate(fates.items()):
        row = {**STEM, "id": name, "source": f"s{number % 8}", "certainty": f"{certainty}",
               "stance": "" if fate == "filled" else "keep"}  # fmt: skip
        status = {"waiting": "proposed", "rejected": "rejected", "coded before": "superseded"}.get(fate, "accepted")
        proposals.append(row | {"status": status})
        if status == "accepted" and fate != "withdrawn":
            statements.append(row | {"stance": "keep"} | CHANGES.get(fate, {}) | {"status": "accepted"})
    write_study(root, MORE, statements=statements)
    write_proposals(root, "echo", proposals)
    return root


def names(count: int) -> list[str]:
    return [f"echo-{number}" for number in range(count)]


@given(st.lists(st.sampled_from([*RIGHT, "waiting"]), min_size=1, max_size=60))
def test_shares_are_those_of_the_run_that_is_decided_from_the_beginning(
    tmp_path_factory: pytest.TempPathFactory, fates: list[str]
) -> None:
    given_to = dict(zip(names(len(fates)), fates, strict=True))
    found = outcomes(open_study(written(tmp_path_factory.mktemp("outcomes"), given_to)), "echo")
    order = drawn_order(given_to)
    decided = [name for name in order if given_to[name] != "waiting"]
    run = next((order[:n] for n, name in enumerate(order) if given_to[name] == "waiting"), order)
    assert (found.proposals, found.decided, found.drawn, found.random) == (len(order), len(decided), len(run), len(run) >= 10)
    sample = [RIGHT[given_to[name]] for name in (run if found.random else decided)]
    first = found.rows[0]
    assert first.n == len(sample)
    for place, estimate in enumerate((first.path, first.topic, first.stance, first.whole)):
        told = [one[place] for one in sample if one[place] is not None]
        assert estimate.n == len(told)
        assert math.isnan(estimate.estimate) if len(told) < 10 else estimate.estimate == pytest.approx(sum(told) / len(told))
    if not found.random:
        assert {row.verdict for row in found.rows} == {"undetermined"}
        assert all(math.isnan(row.path.low) for row in found.rows)


@given(st.permutations(names(30)))
def test_the_drawn_order_does_not_depend_on_how_proposals_come(mixed: list[str]) -> None:
    assert drawn_order(mixed) == drawn_order(names(30))
    assert sorted(drawn_order(mixed)) == sorted(mixed)


def test_what_is_drawn_stands_for_all_where_what_is_picked_does_not() -> None:
    rng = Random(7)
    drawn, picked = [], []
    for study in range(400):
        right = {f"{study}-{number}": rng.random() < 0.6 for number in range(200)}
        drawn += [right[name] for name in drawn_order(right)[:40]]
        picked += sorted(right.values(), reverse=True)[:40]  # who takes what looks clear
    assert sum(drawn) / len(drawn) == pytest.approx(0.6, abs=0.015)  # four standard errors
    assert sum(picked) / len(picked) > 0.95


@pytest.mark.parametrize(
    ("certainty", "wrong", "verdict"),
    [(0.95, 3, "too sure"), (0.3, 5, "too modest"), (0.7, 3, "not contradicted")],
)
def test_certainties_are_held_against_what_was_right(tmp_path: Path, certainty: float, wrong: int, verdict: str) -> None:
    fates = {name: "rejected" if number % wrong == 0 else "kept" for number, name in enumerate(names(60))}
    found = outcomes(open_study(written(tmp_path / "s", fates, certainty)), "echo")
    assert found.rows[0].verdict == verdict
    assert verdict.replace("not contradicted", "are not contradicted") in "\n".join(outcome_lines([found]))


def test_one_document_has_no_band_and_few_no_share(tmp_path: Path) -> None:
    root = written(tmp_path / "s", dict.fromkeys(names(12), "kept"))
    text = (root / "proposals" / "echo.csv").read_text(encoding="utf-8")
    for number in range(8):
        text = text.replace(f",s{number},", ",book,")
    (root / "proposals" / "echo.csv").write_text(text, encoding="utf-8")
    first = outcomes(open_study(root), "echo").rows[0]
    assert first.path.estimate == 1.0
    assert math.isnan(first.path.low)
    assert (first.verdict, first.because) == ("undetermined", "all in one document")
    few = outcomes(open_study(written(tmp_path / "few", dict.fromkeys(names(9), "kept"))), "echo")
    assert math.isnan(few.rows[0].path.estimate)
    assert (few.rows[0].verdict, few.rows[0].because) == ("undetermined", "fewer than 10 decided")


def test_who_has_proposed_nothing_has_no_outcomes(tmp_path: Path) -> None:
    study = open_study(written(tmp_path / "s", {"echo-1": "waiting"}))
    with pytest.raises(RashomonError, match="R004"):
        outcomes(study, "nobody")
    assert outcomes(study, "echo").rows[0].n == 0


def test_a_reviewer_decides_what_was_drawn_and_sees_how_right_the_coder_is(tmp_path: Path) -> None:
    root = written(tmp_path / "s", dict.fromkeys(names(30), "waiting"))
    order = drawn_order(names(30))
    Review(open_study(root), "A. Reader").accept(order[20])  # one that was picked
    listed = json.loads(CliRunner().invoke(cli, ["review", str(root), "--drawn", "12", "--list", "--json"]).stdout)
    assert [row["id"] for row in listed["result"]["waiting"]] == order[:12]
    asked = CliRunner().invoke(cli, ["review", str(root), "--drawn", "12", "--by", "A. Reader"], input="a\n" * 9 + "r\nno\n" * 3)
    assert asked.exit_code == 0
    assert [row["decision"] for row in read_cells(root / "reviews.csv")] == ["accepted"] * 10 + ["rejected"] * 3
    said = CliRunner().invoke(cli, ["review", str(root), "--outcomes"])
    assert said.exit_code == 0
    assert "echo: 30 proposals, 13 decided." in said.stdout
    assert "The first 12 of an order drawn at random" in said.stdout
    assert "0.75" in said.stdout
    assert "--drawn 30" in said.stdout
    plain = json.loads(CliRunner().invoke(cli, ["review", str(root), "--outcomes", "--json"]).stdout)
    assert plain["result"]["outcomes"][0]["rows"][0]["path"]["estimate"] == 0.75
    nothing = CliRunner().invoke(cli, ["review", str(write_study(tmp_path / "none", statements=[])), "--outcomes"])
    assert "No coder has proposed anything yet" in nothing.stdout
