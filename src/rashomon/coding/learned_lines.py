"""What the coder ``learned`` and the queue say on the command line."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final

from rashomon.coding.label_scores import LabelScore
from rashomon.coding.reading_next import Queue
from rashomon.coding.telling import with_band
from rashomon.study import Estimate
from rashomon.texts import CONTROLS, count, folded

_NAME: Final = 34
_HEAD: Final = ("statements", "passages", "documents", "precision", "recall", "F1", "area", "by chance")


def score_lines(scores: Sequence[LabelScore]) -> Iterator[str]:
    """How well each label is learned, a line each; below, why what is not proposed is not, and what is undetermined."""
    if not scores:
        return
    known = [one for one in scores if one.verdict != "undetermined"]
    by = next((count(one.clusters, one.resampled) for one in known if one.clusters), "nothing")
    yield f"Scored on {count(scores[0].read, 'passage')}, each by what was learned from other documents; bands from {by}."
    yield _row("", _HEAD)
    for one in known:
        figures = (f"{one.statements:,}", f"{one.passages:,}", f"{one.documents:,}", *map(with_band, (one.precision, one.recall)),
                   *map(_value, (one.f1, one.area)), "–" if math.isnan(one.share) else f"{one.share:.2f}")  # fmt: skip
        yield _row(("* " if one.verdict == "proposed" else "  ") + _named(one), figures)
    yield "* is proposed where its probability is 0.5 or more: surely more than half were right, and more than by chance."
    left = [one for one in scores if one.verdict == "undetermined"]
    if left:
        yield f"Undetermined, for too few passages say yes, or no: {count(len(left), 'label')}; the most frequent:"
        yield from (f"  {_named(one)}: {count(one.statements, 'statement')}; {one.because}" for one in left[:5])


def queue_lines(found: Queue) -> Iterator[str]:
    """The passages to read next, each with its address and place, why it is there, and how it begins."""
    for number, one in enumerate(found.rows, 1):
        yield "  ".join(filter(None, (f"{number:>3}", one.address, CONTROLS.sub(" ", one.locator))))
        yield f"     {one.reason}"
        yield folded(CONTROLS.sub(" ", one.text), "     ", "     ") + "\n"
    if not found.rows:
        yield "Nothing is left to read."
        return
    yield f"{len(found.rows):,} of {count(found.unread, 'unread passage')}; {found.read:,} were read."
    yield "Where you find nothing in one, say so: rashomon next STUDY --nothing ADDRESS"


def _named(one: LabelScore) -> str:
    return one.kind if one.label in ("any", "as proposed") else f"{one.kind} {one.label}"


def _row(name: str, cells: Sequence[str]) -> str:
    wide = f"{name if len(name) <= _NAME else name[: _NAME - 1] + '…':<{_NAME}}"
    return wide + "".join(f"{cell:>18}" if number in (3, 4) else f"{cell:>11}" for number, cell in enumerate(cells))


def _value(one: Estimate) -> str:
    return "–" if math.isnan(one.estimate) else f"{one.estimate:.2f}"
