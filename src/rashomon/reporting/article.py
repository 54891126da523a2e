"""The whole article: abstract, findings, sections in their order, appendices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from rashomon.reporting.appendix import records, sources
from rashomon.reporting.campaigning import campaigning
from rashomon.reporting.catching import catching
from rashomon.reporting.chronicle import chronicle
from rashomon.reporting.comparing import comparing
from rashomon.reporting.concluding import coverage, hypotheses, methods
from rashomon.reporting.document import (
    Article,
    Block,
    Entries,
    Figure,
    Finding,
    Head,
    Ladder,
    Section,
    Table,
    Text,
    cited,
    inside,
)
from rashomon.reporting.dynamics import dynamics
from rashomon.reporting.eventful import events
from rashomon.reporting.facing import facing
from rashomon.reporting.feelings import feelings
from rashomon.reporting.fielding import fielding
from rashomon.reporting.findings import find
from rashomon.reporting.formulating import formulating
from rashomon.reporting.gaming import gaming
from rashomon.reporting.lines import lines
from rashomon.reporting.networking import networking
from rashomon.reporting.opening import abstract, answer, subtitle
from rashomon.reporting.perceiving import misperceptions, signals, updating
from rashomon.reporting.polling import doubtful, polling
from rashomon.reporting.rivalling import rivals
from rashomon.reporting.silencing import silencing
from rashomon.reporting.staging import staging
from rashomon.reporting.telling import Telling

_PARTS: Final[tuple[tuple[str, tuple[Callable[[Telling], Section | None], ...]], ...]] = (
    ("How each side sees the other", (facing, comparing, chronicle, polling, staging)),
    ("Where one misread the other", (misperceptions, signals, updating, silencing)),
    ("What each did and stood for", (lines, catching, formulating, events, feelings)),
    ("How views move", (dynamics, campaigning, fielding, networking)),
    ("What it hung on", (gaming, hypotheses, rivals)),
    ("How far this can be trusted", (doubtful, coverage, methods)),
)
"""The sections under the questions that they answer; one that a study has nothing for makes None."""


def write_article(telling: Telling) -> Article:
    """The article on a study and its measures."""
    body = list(_body(telling))
    findings = find(telling)
    appendices = (sources(telling), records(telling, _cited(body, findings)))
    return Article(
        title=telling.study.declared.study.title,
        subtitle=subtitle(telling),
        language="en",
        answer=answer(telling),
        abstract=abstract(telling),
        findings=tuple(one for one in findings if one.settled),
        unsettled=tuple(one for one in findings if not one.settled),
        sections=(*body, *appendices),
        colophon=_colophon(telling),
        labels=dict(telling.names.labels),
    )


def _body(telling: Telling) -> Iterator[Section]:
    """The sections that the study has something for, numbered, each with the part that it stands in."""
    made = ((part, section) for part, makers in _PARTS for make in makers if (section := make(telling)) is not None)
    for number, (part, section) in enumerate(made, 1):
        yield replace(section, title=f"{number}. {section.title}", part=part)


def _cited(sections: Sequence[Section], findings: Sequence[Finding]) -> Mapping[str, Sequence[tuple[str, str]]]:
    """For each record the sections that lead to it, findings first."""
    out: dict[str, dict[tuple[str, str], None]] = {}
    for finding in findings:
        for record in finding.records:
            out.setdefault(record, {})["findings", "findings"] = None
    for section in sections:
        for record in cited(section.blocks):
            out.setdefault(record, {})[section.anchor, "§" + section.title.partition(".")[0]] = None
    return {record: tuple(places) for record, places in out.items()}


def _colophon(telling: Telling) -> Text:
    from rashomon import __version__

    return (
        f"Rashomon {__version__}. This page is one file: it asks nothing of any network and can be kept, mailed and printed. The "
        "numbers behind it: rashomon measure --json, rashomon play --json.",
    )


def anchors(article: Article) -> frozenset[str]:
    """Every anchor of the page, so that no link leads nowhere."""
    found = {"contents", "findings", "unsettled", "top"}
    for section in article.sections:
        found |= {section.anchor, *_within(section.blocks)}
    return frozenset(found)


def _within(blocks: Iterable[Block]) -> Iterator[str]:
    for block in inside(blocks):
        if isinstance(block, Table):
            yield block.anchor
            yield from (row.anchor for row in block.rows if row.anchor)
        elif isinstance(block, Ladder):
            yield block.anchor
            yield from (rung.anchor for rung in block.rungs)
        elif isinstance(block, Entries):
            yield from (entry.anchor for entry in block.entries)
        elif isinstance(block, Figure | Head):
            yield block.anchor


