"""The queue of a study's passages, and the passages in which a person found nothing: those are read too, and teach as much."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from rashomon.coding.embedding import FILE, VectorFile
from rashomon.coding.examples import shelved
from rashomon.coding.proposal_files import locator_of
from rashomon.coding.queueing import Choice, Why, queue_of
from rashomon.errors import error, listing, suggest
from rashomon.reading import check_sources
from rashomon.study import Result, StudyData
from rashomon.study.journals import NOTHING, add_rows, alone, moment, read_journal
from rashomon.study.provenance import note

_EXCERPT: Final = 240  # characters of a passage that are shown


@dataclass(frozen=True, slots=True)
class Queued:
    """A passage to read: its address and place, the beginning of its text, and why it stands where it does in the queue."""

    address: str
    source: str
    locator: str
    language: str
    why: Why
    use: float
    reason: str
    text: str


@dataclass(frozen=True)
class Queue(Result[Queued]):
    """The passages to read next, the most useful first, of ``unread`` in all; ``read``: those that were read for coding."""

    read: int = 0
    unread: int = 0


def next_passages(
    study: StudyData, limit: int, sources: Collection[str] = (), languages: Collection[str] = ()
) -> Queue:
    """The ``limit`` passages to read next, all or of some sources and languages.

    R003 of a limit below 1, R004 where the study, or such a source, has not been read, R909 where the extra ``learn`` is missing.
    """
    if limit < 1:
        raise error(
            "R003",
            "A queue has one passage at least.",
            found=str(limit),
            allowed="1 or more",
            remedy="Give --limit 10.",
        )
    shelf = shelved(study)
    check_sources({one.source for one in (*(each.passage for each in shelf.read), *shelf.unread)}, sources)
    unread = [
        one
        for one in shelf.unread
        if (not sources or one.source in sources) and (not languages or one.language in languages)
    ]
    with VectorFile(study.root / FILE) as vectors:
        chosen = queue_of(shelf.read, unread, study.declared, vectors, limit)
        asked = {"limit": limit, "sources": tuple(sources), "languages": tuple(languages), "vectors": vectors.name}
    where = {one.passage.source for one in shelf.read}
    provenance = note(
        study, "uncertainty by density and novelty, and what is unseen", asked, None, len(shelf.read), where
    )
    return Queue(tuple(map(_queued, chosen)), provenance, len(shelf.read), len(unread))


def _queued(one: Choice) -> Queued:
    passage = one.passage
    text = " ".join(passage.text.split())
    shown = text if len(text) <= _EXCERPT else f"{text[:_EXCERPT]} …"
    return Queued(
        passage.address,
        passage.source,
        locator_of(passage),
        passage.language,
        one.why,
        round(one.use, 3),
        one.reason,
        shown,
    )


def found_nothing(
    study: StudyData, addresses: Sequence[str], by: str, now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> int:
    """Keep, in the study's file ``nothing.csv``, that ``by`` read passages and found no statement in them; how many are new.

    One that counts as read already, since those around it are coded, may be told of too. R003 where ``by`` is no name, R004 where
    a passage is not there, or a statement rests on it; nothing is written then.
    """
    with alone(study.root, by):
        return _keep_nothing(study, addresses, by, moment(now()))


def _keep_nothing(study: StudyData, addresses: Sequence[str], by: str, when: str) -> int:
    shelf = shelved(study)
    free = {one.address for one in shelf.unread} | {one.passage.address for one in shelf.read if not one.statements}
    for address in addresses:
        if address not in free:
            raise error("R004", "No passage without a statement has this address.", found=repr(address),
                        allowed=listing(sorted(free), 3),
                        remedy=suggest(address, free, "see `rashomon next` for addresses."))  # fmt: skip
    told = {row["passage"] for row in read_journal(study.root, NOTHING).rows()}
    rows = [{"when": when, "by": by, "passage": one} for one in dict.fromkeys(addresses) if one not in told]
    add_rows(study.root, NOTHING, rows)
    return len(rows)
