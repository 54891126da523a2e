"""What is found of claims about the relationship: hypotheses, and explanations that rival each other."""

from __future__ import annotations

from collections import Counter
from typing import Final

from rashomon.reporting.document import Finding, Strong, Text
from rashomon.reporting.findings.making import finding
from rashomon.reporting.telling import Telling
from rashomon.reporting.wording import join, unique
from rashomon.texts import count

_VERDICT: Final = {"restated by its author": "only restated by the author of the claim"}


def hypotheses(telling: Telling) -> Finding | None:
    """The verdicts on the hypotheses of the study."""
    rows = telling.measures.hypotheses.rows
    if not rows:
        return None
    counts = Counter(row.verdict for row in rows)
    order = ("borne out", "contradicted", "restated by its author", "undetermined")
    said = join(f"{counts[one]} {'is' if counts[one] == 1 else 'are'} {_VERDICT.get(one, one)}" for one in order if counts[one])
    decided = [row for row in rows if row.verdict in order[:2]]
    shown = f" {decided[0].verdict[0].upper()}{decided[0].verdict[1:]}: “{decided[0].claim.rstrip('.')}”." if decided else ""
    text: Text = ("Of ", Strong(count(len(rows), "hypothesis", "hypotheses")), f", {said}.{shown}")
    records = unique(id_ for row in decided for id_ in (*row.for_, *row.against) if not id_.startswith("check "))
    return finding(telling, text, len(rows), "hypothesis", "hypotheses", decided, records=records, settled=bool(decided))


def rivals(telling: Telling) -> Finding | None:
    """The accounts that are favoured, whatever the prior odds tried; none where none is."""
    best = [row for row in telling.measures.rivals.rows if row.verdict == "favoured"]
    if not best:
        return None
    told = join(f"“{row.outcome.rstrip('.')}”: “{row.claim.rstrip('.')}”" for row in best)
    text: Text = ("Of rival explanations, over all probabilities judged and prior odds tried, ", Strong("one is favoured"), f" of {told}.")
    return finding(telling, text, sum(row.n for row in best), "expectation", "rivals", best)
