"""What is found to last or to change: images, views at named dates, what moves before what, words, campaigns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from rashomon.reporting.document import Finding, Text
from rashomon.reporting.findings.making import finding
from rashomon.reporting.telling import Telling, why
from rashomon.reporting.wording import interval, join, number, signed
from rashomon.texts import count


def persistence(telling: Telling) -> Finding | None:
    """Whether images last longer by what they grew from."""
    result = telling.measures.persistence
    if not result.tests:
        return None
    differ = [test for test in result.tests if test.verdict == "differ"]
    if differ:
        text: Text = (f"How long images last depends on their root: {join(f'{test.longer} outlasts the other of {join(test.roots)}' for test in differ)}.",)
        return finding(telling, text, len(result.images), "image", "change", differ)
    quiet = sum(test.verdict == "no difference found" for test in result.tests)
    shown = f"{quiet} of {count(len(result.tests), 'comparison')} show no difference"
    text = (f"Whether images last longer or shorter by what they grew from (experience, history, ideology, expectation) cannot be told: {shown}.",)
    return finding(telling, text, len(result.images), "image", "change", result.tests, settled=False)


def _timed(telling: Telling, rows: Sequence[Any], anchor: str, quiet: str, what: str, say: Callable[[Any], str]) -> Finding | None:
    """A finding about change in time: what stands out after adjusting for the number of tests, or that nothing does."""
    if not rows:
        return None
    found = sorted((row for row in rows if row.verdict not in (quiet, "undetermined") and "perhaps" not in row.verdict), key=lambda row: row.p)
    if found:
        text: Text = (f"{join(say(row) for row in found[:2])} ({len(found)} of {len(rows)} tests stand out).",)
        return finding(telling, text, len(rows), "test", anchor, found)
    counts = Counter(row.verdict for row in rows)
    if counts["undetermined"] == len(rows):
        head = f"None of {len(rows)} tests {what} can" if len(rows) > 1 else f"The only test {what} cannot"
        text = (f"{head} be decided: {why(rows, 2)}.",)
    else:
        said = join(f"{n} {verdict}" for verdict, n in counts.most_common())
        open_for = why(rows, 2)
        rest = f"; undetermined because {open_for}" if open_for else ""
        text = (f"Of {count(len(rows), 'test')} {what} none stands out once their number is allowed for: {said}{rest}.",)
    return finding(telling, text, len(rows), "test", anchor, settled=False)


def breaks(telling: Telling) -> Finding | None:
    """Which views changed at a named date."""
    def say(row: Any) -> str:
        who = f"{telling.names.subject(row.topic, row.measure)} as {telling.names.short(row.holder)} holds it"
        return f"{who} changed at “{row.name}” by {signed(row.change.estimate, 1)}"

    return _timed(telling, telling.measures.breaks.rows, "breaks", "no change found", "of a change at a named date", say)


def leads(telling: Telling) -> Finding | None:
    """Which views move before others."""
    def say(row: Any) -> str:
        return f"{telling.names.group(row.first)} and {telling.names.group(row.second)}: {row.verdict}"

    return _timed(telling, telling.measures.lead_lag.rows, "lead-lag", "no link found", "whether one view moves before another", say)


def responses(telling: Telling) -> Finding | None:
    """Which views change around the other side’s moves."""
    def say(row: Any) -> str:
        return f"{telling.names.subject(row.topic, row.measure)} responds to {row.moves} by {telling.names.short(row.mover)}"

    return _timed(telling, telling.measures.event_response.rows, "event-response", "no response found", "whether a view changes around the other side’s moves", say)


def spoken(telling: Telling) -> Finding | None:
    """When texts of a series speak most and least of something that is followed, where that is more than chance."""
    found = sorted((row for row in telling.measures.formulas.tracked if row.verdict == "changes"), key=lambda row: (row.p, -row.speak))
    if not found:
        return None

    def say(row: Any) -> str:
        most, least = (way(row.stretches, key=lambda one: one.rate.estimate) for way in (max, min))
        told = (f"in {interval(one.first_when)}–{interval(one.last_when)} ({number(one.rate.estimate)} times in 1,000 words)" for one in (most, least))
        name = row.name.replace("The ", "the ", 1) if row.name.startswith("The ") else row.name
        return f"“{telling.names.series(row.series)}” speaks of {name} most {next(told)} and least {next(told)}"

    text: Text = ("Series of texts do not speak of the same things throughout. ", "; ".join(map(say, found[:2])), ".")
    return finding(telling, text, sum(row.n for row in found[:2]), "text", "formulas", found[:2])


def campaigns(telling: Telling) -> Finding | None:
    """Which series moved with a campaign."""
    def say(row: Any) -> str:
        return f"{telling.names.subject(row.view.topic, row.view.measure)} moved by {signed(row.movement.estimate, 1)} with the campaign “{row.name}”"

    return _timed(telling, telling.measures.campaigns.rows, "campaigns", "no movement found", "whether a campaign moved a series", say)
