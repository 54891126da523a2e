"""All findings in their order, the most telling kinds first."""

from __future__ import annotations

from collections.abc import Callable

from rashomon.reporting.document import Finding
from rashomon.reporting.findings.beliefs import outlived_beliefs, signals, strongest, updating, verdicts
from rashomon.reporting.findings.changes import breaks, campaigns, leads, persistence, responses, spoken
from rashomon.reporting.findings.conclusions import hypotheses, rivals
from rashomon.reporting.findings.conduct import causal_shares, drift, tension, unanswered, windows
from rashomon.reporting.findings.frame import coverage, left_out, machine_made
from rashomon.reporting.findings.polls import doubtful, polls
from rashomon.reporting.findings.sides import asymmetries, camps, feeling, mirror, moods
from rashomon.reporting.telling import Telling


def find(telling: Telling) -> tuple[Finding, ...]:
    """All findings, the most telling kinds first; settled and unsettled."""
    ways: tuple[Callable[[Telling], Finding | None], ...] = (
        machine_made, verdicts, strongest, outlived_beliefs, signals, windows, updating, unanswered, asymmetries, camps, hypotheses, rivals,
        tension, polls, doubtful, mirror, moods, drift, causal_shares, persistence, breaks, leads, responses, feeling, campaigns, spoken,
        coverage, left_out,
    )  # fmt: skip
    return tuple(found for way in ways if (found := way(telling)) is not None)
