"""Finding passages by their words: what somebody types becomes a question that the index of words can always answer.

All words must be there; ``"words in quotes"`` stand together in that order; ``-word`` must not be there; ``terr*`` is the
beginning of a word. Words are those of :mod:`rashomon.reading.terms`, as they are in passages, so that a word finds its other
forms.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, get_args

import sqlalchemy as sa

from rashomon.errors import RashomonError, error, listing, suggest
from rashomon.reading.documents import Kind
from rashomon.reading.shelf import FOUND, JOINED, passage_of
from rashomon.reading.terms import Term, pairs, terms_of
from rashomon.study import OPEN_LO, Result, StudyData, parse_when
from rashomon.study.provenance import note as provenance
from rashomon.study.store import Store
from rashomon.study.store_tables import DOCUMENTS, PASSAGES, WORDS
from rashomon.texts import CONTROLS, sound

SET_APART: Final = ("running", "folio")
"""Kinds of passages that are found only where they are asked for."""

_ITEM: Final = re.compile(r'(-?)(?:"([^"]*)"?|([^\s"]+))')
_QUOTES: Final = str.maketrans(dict.fromkeys("“”„‟«»「」『』＂", '"'))
_MOST: Final = 200  # terms that a question may have
_AROUND: Final = 120  # characters of a snippet before its first mark; three times as many follow
_INDEX: Final = sa.table(WORDS, sa.column("rowid"))
_SCORE: Final[sa.Label[Any]] = sa.literal_column(f"bm25({WORDS}, 1.0, 0.5, 0.5)").label("score")


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found. ``snippet`` is of its text, around the words found and on one line; ``marks`` are those words, as
    (start, end) in it.

    ``score``: BM25 as SQLite has it, the lower the better.
    """

    address: str
    source: str
    document: str
    page: str
    heading: tuple[str, ...]
    published: str
    language: str
    kind: str
    snippet: str
    marks: tuple[tuple[int, int], ...]
    score: float

    def marked(self, before: str = "**", after: str = "**") -> str:
        """The snippet with what was found between two strings."""
        out, at = [], 0
        for start, end in self.marks:
            out += [self.snippet[at:start], before, self.snippet[start:end], after]
            at = end
        return "".join(out) + self.snippet[at:]


@dataclass(frozen=True)
class Found(Result[Hit]):
    """The best hits. ``total``: how many there are; ``undated``: how many more, of documents of which nobody says when they were
    published, or only by when, a question about a time leaves out.
    """

    total: int
    undated: int


@dataclass(frozen=True, slots=True)
class Among:
    """Among which passages to look: of some sources, languages or kinds, all where none is given (of kinds, all but running
    heads and page numbers), and of documents published between two times of the grammar, "" where open.
    """

    sources: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class _Item:
    """What must stand somewhere: terms one after the other; ``open``: the last is only the beginning of a word."""

    terms: tuple[Term, ...]
    open: bool
    not_there: bool

    def expression(self) -> str:
        """It in the language of FTS5."""
        *before, last = self.terms
        tokens = [one for term in before for one in (pairs(term.lemma) if term.run else [term.lemma])]
        if last.run:
            return _phrase("lemmas", [*tokens, *pairs(last.lemma, whole=False)], len(last.lemma) == 1)
        if self.open:
            ways = [_phrase("lemmas", [*tokens, last.form], True)]
            return " OR ".join(ways if before else [*ways, _phrase("forms", [last.form], True)])
        return _phrase("lemmas" if before else "lemmas others", [*tokens, last.lemma], False)

    def places(self, terms: Sequence[Term]) -> Iterator[tuple[int, int]]:
        """Where it stands in a text of these terms, as (start, end)."""
        size = len(self.terms)
        for at in range(len(terms) - size + 1):
            here = terms[at : at + size]
            if all(self._fits(place, term) for place, term in enumerate(here)):
                yield from self._span(here)

    def _fits(self, place: int, term: Term) -> bool:
        wanted, first, last = self.terms[place], place == 0, place == len(self.terms) - 1
        if wanted.run or term.run:
            if not (wanted.run and term.run):
                return False
            run, sought = term.lemma, wanted.lemma
            if first and last:
                return sought in run
            return run.endswith(sought) if first else run.startswith(sought) if last else run == sought
        if last and self.open:
            return term.lemma.startswith(wanted.form) or (first and term.form.startswith(wanted.form))
        return wanted.lemma == term.lemma or (first and last and wanted.lemma in term.others)

    def _span(self, here: Sequence[Term]) -> Iterator[tuple[int, int]]:
        """The place of what fits; within a run, of the characters sought alone."""
        start, end = here[0].start, here[-1].end
        first, last = here[0], here[-1]
        if len(here) == 1 and first.run and len(first.lemma) == end - start:
            sought = self.terms[0].lemma
            for match in re.finditer(f"(?={re.escape(sought)})", first.lemma):
                yield start + match.start(), start + match.start() + len(sought)
            return
        if first.run and len(first.lemma) == first.end - first.start:
            start = first.end - len(self.terms[0].lemma)
        if last.run and len(last.lemma) == last.end - last.start:
            end = last.start + len(self.terms[-1].lemma)
        yield start, end


def find(study: StudyData, store: Store, words: str, among: Among | None = None, limit: int = 20) -> Found:
    """The passages in which ``words`` stand, the best first, ``limit`` at most.

    R003 where there is nothing to look for, or too much; R004 where there is no such source, or no passage at all.
    """
    items = _items(words)
    chosen = among or Among()
    if limit < 1:
        raise _cannot(f"a limit of {limit}", "1 or more", "Say how many passages to show.")
    with store.reading() as connection:
        check_sources(connection.execute(sa.select(PASSAGES.c.source).distinct()).scalars().all(), chosen.sources)
        where, dated = _conditions(items, chosen)
        found = sa.select(*FOUND, _SCORE).select_from(JOINED.join(_INDEX, _INDEX.c.rowid == PASSAGES.c.id)).where(*where)
        best = found.where(*dated).order_by("score", PASSAGES.c.source, PASSAGES.c.id).limit(limit)
        hits = tuple(_hit(row, items) for row in connection.execute(best).mappings())
        total = _count(connection, found.where(*dated))
        undated = _count(connection, found.where(_undated(chosen))) if dated else 0
    parameters = {"words": words, "limit": limit, **{name: getattr(chosen, name) for name in Among.__slots__}}
    note = provenance(study, "passages by words (BM25)", parameters, None, total, (hit.source for hit in hits))
    return Found(hits, note, total, undated)


def _count(connection: sa.Connection, query: sa.Select[Any]) -> int:
    return connection.execute(query.with_only_columns(sa.func.count())).scalar_one()


def _items(words: str) -> list[_Item]:
    """What is to be looked for. Every text has a meaning; one without a word that must be there is refused (R003)."""
    items = []
    for match in _ITEM.finditer(sound(words).translate(_QUOTES)):
        bare = match[2] if match[3] is None else match[3]
        terms = tuple(terms_of(bare))
        if terms:
            items.append(_Item(terms, match[3] is not None and bare.endswith("*"), bool(match[1])))
    if all(item.not_there for item in items):
        raise _cannot(repr(words), "at least one word that must be there", 'Write a word, such as territory, or "two words".')
    if sum(len(term.lemma) if term.run else 1 for item in items for term in item.terms) > _MOST:
        raise _cannot("more words than can be looked for at once", f"{_MOST}", "Look for fewer.")
    return items


def _phrase(columns: str, tokens: Sequence[str], open_: bool) -> str:
    """A phrase of FTS5: of its last token only the beginning where it is open."""
    quoted = " ".join(tokens).replace('"', '""')
    return f'{{{columns}}} : "{quoted}"' + (" *" if open_ else "")


def _conditions(items: Sequence[_Item], among: Among) -> tuple[list[Any], list[Any]]:
    """What a passage must fulfil, and what its document's time must."""
    positive = " AND ".join(f"({item.expression()})" for item in items if not item.not_there)
    negative = " OR ".join(f"({item.expression()})" for item in items if item.not_there)
    match = f"({positive}) NOT ({negative})" if negative else positive
    where: list[Any] = [sa.text(f"{WORDS} MATCH :match").bindparams(match=match)]
    table = PASSAGES.c
    where.append(table.kind.in_(_kinds(among.kinds)) if among.kinds else table.kind.not_in(SET_APART))
    if among.sources:
        where.append(table.source.in_(among.sources))
    if among.languages:
        where.append(table.language.in_(among.languages))
    return where, _dated(among)


def _dated(among: Among) -> list[Any]:
    """What the time of a document must fulfil: some day of it lies between; of one that is only a day by which, all of it."""
    lo, hi = DOCUMENTS.c.published_lo, DOCUMENTS.c.published_hi
    dated: list[Any] = []
    if among.since:
        dated += [hi >= parse_when(among.since).lo, lo > OPEN_LO]
    if among.until:
        last = parse_when(among.until).hi
        dated += [lo <= last, (lo > OPEN_LO) | (hi <= last)]
    return dated


def _undated(among: Among) -> Any:
    """Whether nobody says if a document was published between: it has no date, or a day by which that leaves open."""
    lo, hi = DOCUMENTS.c.published_lo, DOCUMENTS.c.published_hi
    open_ = hi >= parse_when(among.since).lo if among.since else hi > parse_when(among.until).hi
    return lo.is_(None) | ((lo == OPEN_LO) & open_)


def _kinds(kinds: tuple[str, ...]) -> tuple[str, ...]:
    known = get_args(Kind)
    for kind in kinds:
        if kind not in known:
            raise _cannot(repr(kind), listing(known), suggest(kind, known, "write a kind of passage."))
    return kinds


def check_sources(there: Collection[str], asked: Iterable[str]) -> None:
    """Refuse a source that was asked for and is not ``there``, among those of which passages were read (R004)."""
    known = sorted(there)
    if not known:
        raise no_passages()
    for source in asked:
        if source not in known:
            remedy = suggest(source, known, "see the sources that were read with `rashomon read`.")
            raise error("R004", "No passage is of this source.", found=repr(source), allowed=listing(known), remedy=remedy)


def no_passages() -> RashomonError:
    """The error where a study has not been read."""
    return error(
        "R004",
        "The study has no passages.",
        found="no document that was read",
        allowed="a study whose documents have been read",
        remedy="Put them into the study's folder sources/, and run: rashomon read STUDY",
    )


def _cannot(found: str, allowed: str, remedy: str) -> RashomonError:
    return error("R003", "This cannot be looked for.", found=found, allowed=allowed, remedy=remedy)


def _hit(row: Mapping[Any, Any], items: Sequence[_Item]) -> Hit:
    passage = passage_of(row)
    terms = list(terms_of(passage.text))
    places = _merged(place for item in items if not item.not_there for place in item.places(terms))
    snippet, marks = _snippet(CONTROLS.sub(" ", passage.text), places)
    return Hit(
        passage.address, passage.source, passage.document, passage.page, passage.heading, passage.published,
        passage.language, passage.kind, snippet, marks, row["score"],
    )  # fmt: skip


def _merged(places: Iterator[tuple[int, int]]) -> list[tuple[int, int]]:
    """Places in order, those that touch made one."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if out and start <= out[-1][1]:
            out[-1] = out[-1][0], max(end, out[-1][1])
        else:
            out.append((start, end))
    return out


def _snippet(text: str, places: Sequence[tuple[int, int]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """A part of a text around the first of some places, and those of them that lie in it."""
    first = places[0][0] if places else 0
    start, end = max(first - _AROUND, 0), min(first + 3 * _AROUND, len(text))
    if start:  # at the beginning of a word, where there is one
        start = min(text.find(" ", start, first) + 1 or start, first)
    if end < len(text):  # at the end of one
        end = max([text.rfind(" ", first, end), *(to for _, to in places if to <= end)]) or end
    lead, tail = "… " if start else "", " …" if end < len(text) else ""
    shift = len(lead) - start
    marks = tuple((max(at, start) + shift, min(to, end) + shift) for at, to in places if at < end)
    return lead + text[start:end] + tail, marks
