"""What coding and review say on the command line."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from rashomon.coding.proposing import Codings
from rashomon.reading import Passage
from rashomon.study import Estimate
from rashomon.texts import COLUMNS, CONTROLS, count, folded, one_line

_AROUND: Final = 400  # characters of a passage shown before and after the words of a proposal
_DROPPED: Final = {
    "no topic": "with no topic of the codebook",
    "no holder": "whose holder is not sure",
    "no time": "of actors at no time of theirs",
    "no other side": "that name no other side",
    "only entertained": "that the text only entertains",
    "in doubt": "more likely wrong than right",
}
_ASKED: Final = ("path", "modality", "topic", "stance", "when", "about", "hedge", "basis", "extent")


def coding_lines(found: Codings) -> Iterator[str]:
    """A summary of a run of coding."""
    rows = found.rows
    words, passages = sum(one.words for one in rows), sum(one.passages for one in rows)
    again = sum(one.known for one in rows)
    yield (
        f"{found.coder} read {count(words, 'word')} in {count(passages, 'passage')} of {count(len(rows), 'document')}"
        + (f", {again:,} of them remembered from before." if again else ".")
    )
    taken = sum(one.taken for one in rows)
    depths = ", ".join(f"{n:,} of depth {depth}" for depth, n in found.depths)
    yield f"{count(sum(n for _, n in found.depths), 'proposal')}{f' ({depths})' if depths else ''}, in {found.file}."
    if found.dropped:
        told = ", ".join(f"{n:,} {_DROPPED.get(why, why)}" for why, n in found.dropped)
        yield f"Not proposed of what looked like statements: {told}."
    if found.silent and found.coder == "rules":
        told = ", ".join(f"{language or 'no known language'} ({count(n, 'passage')})" for language, n in found.silent)
        yield f"Nothing in {told}: the rules read en, ja and ru, by the names and examples that study.toml has in each."
    if found.kept:
        yield f"{found.kept:,} that were decided before stay as they are."
    if found.refused:
        yield "Not taken, for the study would refuse them: " + ", ".join(f"{why} ({n:,})" for why, n in found.refused)
    if taken:
        yield f"{taken:,} more were left aside: a person has coded the same path and topic of the same passage."
    if found.depths:
        yield "None of them counts until a person accepts it: rashomon review STUDY"


def with_band(one: Estimate) -> str:
    """A share with its band, as far as there are such."""
    if math.isnan(one.estimate):
        return "–"
    return f"{one.estimate:.2f}" + ("" if math.isnan(one.low) else f" ({one.low:.2f}–{one.high:.2f})")


def proposal_lines(row: Mapping[str, str], passage: Passage | None, place: str, bold: bool) -> Iterator[str]:
    """One proposal with its passage, the words it rests on in bold or between brackets, and why each part is as it is."""
    yield f"{place} · {row['coder']} · certainty {row.get('certainty') or 'not given'} · {row['id']}"
    where = " · ".join(filter(None, (row.get("source", ""), one_line(row.get("locator", "")))))
    yield where
    yield ""
    yield folded(_shown(row.get("quote", ""), passage, bold), "  ", "  ")
    yield ""
    yield from (f"  {name:<9} {row[name]}" for name in _ASKED if row.get(name))
    if not row.get("stance"):
        yield "  stance    (the words leave it open: mend it, and say which)"
    if row.get("reasons"):
        yield "  because"
        for one in row["reasons"].split("; "):
            yield folded(one_line(one), "    ", "      ")


def review_table(rows: Sequence[Mapping[str, str]]) -> Iterator[str]:
    """What waits for a decision, a line each: its id, certainty, path, topic, stance and words."""
    for row in rows:
        held = " ".join(filter(None, (row.get("path"), f"({row.get('modality', '')})", row.get("topic"), row.get("stance"))))
        words = one_line(row.get("quote", ""))
        yield f"{row['id']}  {row.get('certainty', ''):<4}  {held}"
        yield f"    {words if len(words) <= COLUMNS else words[:COLUMNS] + ' …'}"
    yield f"{count(len(rows), 'proposal')} waiting."


def _shown(quote: str, passage: Passage | None, bold: bool) -> str:
    before, after = ("\033[1m", "\033[0m") if bold else ("[", "]")
    text, quote = (CONTROLS.sub(" ", one) for one in (passage.text if passage else "", quote))
    if quote not in text:
        return f"{before}{quote}{after}"
    start = text.index(quote)
    end = start + len(quote)
    head, tail = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    cut = "… " if start > _AROUND else "", " …" if end + _AROUND < len(text) else ""
    return f"{cut[0]}{head}{before}{quote}{after}{tail}{cut[1]}"
