"""The study as a user holds it: one object, whose methods are the questions of the field.

``open`` a folder, then ask. Every answer is a frozen result with ``.table()``, ``.plot()`` and ``.cite()``.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

from rashomon.errors import RashomonError
from rashomon.study import (
    Result,
    StudyData,
    format_day,
    init_study,
    open_study,
    parse_day,
    parse_when,
)
from rashomon.study.aside import with_proposals

if TYPE_CHECKING:
    from rashomon.coding import Adjudication, Agreement, Codings, Outcomes, Queue, Review, Scores
    from rashomon.measuring import (
        Arenas,
        Beliefs,
        Catchball,
        Comparisons,
        Desk,
        EventSeries,
        EveryPair,
        Facades,
        Images,
        Jackknife,
        Measures,
        Rivals,
        Silences,
        Triads,
    )
    from rashomon.measuring.feeling import Feeling
    from rashomon.measuring.formulas import Formulas
    from rashomon.measuring.networks import Asked, Discourse
    from rashomon.playing import Conflict, Plays, Rules, Windows
    from rashomon.reading import Among, Found, Passages, Reading
    from rashomon.reporting import Pairs
    from rashomon.study.happened import Histories
    from rashomon.study.recording import Recorded

PathLike = str | os.PathLike[str]


def _draw(result: Result[Any]) -> Any:
    from rashomon.reporting.figures import draw

    return draw(result)


Result.drawer = staticmethod(_draw)  # only reporting knows how, and the study room may not import it


class Study:
    """A study, opened. Methods that measure do so once and keep the answer.

    >>> study = rashomon.open("examples/kuril")        # doctest: +SKIP
    >>> study.misperceptions().table()                 # doctest: +SKIP
    """

    def __init__(self, data: StudyData) -> None:
        self._data = data
        self._plays: Plays | None = None

    @property
    def data(self) -> StudyData:
        """The study's declarations and records."""
        return self._data

    @property
    def title(self) -> str:
        """The study's title."""
        return self._data.declared.study.title

    @property
    def notices(self) -> tuple[str, ...]:
        """What was accepted but should be known, such as a byte-order mark in a file."""
        return self._data.notices

    def as_of(self, day: str) -> Study:
        """The study as it stood to an outsider on a day (``1989-06-01``); records not open by then are left out."""
        return self.seen(day)

    def seen(self, as_of: str | None = None, without: Iterable[str] = (), proposals: bool = False) -> Study:
        """The study as of a day, where one is given, without each of some voices, and with undecided ``proposals``."""
        data = with_proposals(self._data) if proposals else self._data
        data = data if as_of is None else data.as_of(parse_day(as_of))
        for voice in without:
            data = data.without(voice)
        return Study(data)

    def without(self, voice: str) -> Study:
        """The study without what one voice tells: a narrator, a pollster, or a source; R004 where there is no such voice."""
        return self.seen(without=(voice,))

    def measure(self, note: Callable[[str], object] | None = None) -> Measures:
        """Every measure that the study has the inputs for; ``note`` is told of what takes long."""
        if note is None or "_measures" in self.__dict__:
            return self._measures
        from rashomon.compiling import telling_the_wait

        with telling_the_wait(note):
            return self._measures

    @cached_property
    def _measures(self) -> Measures:
        from rashomon.measuring import measure_all

        return measure_all(self._data)

    def images(self, holder: str = "", target: str = "") -> Images:
        """The levels of qualities and placed issues by side and layer; ``holder`` and ``target`` are sides to choose by."""
        from rashomon.measuring import choose_images

        for side in filter(None, (holder, target)):
            self._data.side(side)
        return choose_images(self.measure().levels, holder, target)

    def face(self, one: str, other: str) -> Comparisons:
        """Two sides face to face: asymmetries, coorientation and realisation between them, by period."""
        from rashomon.measuring import choose_pair

        for side in (one, other):
            self._data.side(side)
        return choose_pair(self.measure(), one, other)

    def misperceptions(self) -> Beliefs:
        """The ledger: every belief about another, with its verdict and evidence."""
        return self.measure().misperceptions

    def on_the_desk(self, holder: str, day: str) -> Desk:
        """All that was open to a holder on a day, for and against what it believed of others."""
        from rashomon.measuring import lay_out_desk

        return lay_out_desk(self._data, holder, parse_day(day))

    def rivals(self, prior: float = 4.0) -> Rivals:
        """The rival explanations of each outcome weighed against each other; ``prior``: to what odds to one for or against any of
        two they are tried.
        """
        from rashomon.measuring import measure_rivals

        return measure_rivals(self._data, prior=prior)

    def jackknife(self, levels: bool = False) -> Jackknife:
        """What would be found if one voice were not heard: each is left out in turn and the headlines are measured again.

        ``levels``: the latest level of each image too, which takes longer.
        """
        from rashomon.measuring import measure_headlines, measure_jackknife

        return measure_jackknife(self._data, measure_headlines(self._data, levels)) if levels else self.measure().jackknife

    def facades(self, when: str | None = None) -> Facades:
        """Official tone toward each other side less what elites and publics of the same side hold: is a mood shared or staged?

        By period, mood and year; or over one time, such as ``when="1997/1998"``.
        """
        from rashomon.measuring import measure_facades

        return measure_facades(self._data, when=None if when is None else parse_when(when))

    def arenas(self) -> Arenas:
        """How warm views and moves are by arena, side and period; ``together`` of the answer: which arenas move together."""
        from rashomon.measuring import measure_arenas

        return measure_arenas(self._data)

    def triads(self) -> Triads:
        """How each side's view of one other moves with its view of a third; ``balance`` of the answer: Heider's, by period."""
        from rashomon.measuring import measure_triads

        return measure_triads(self._data)

    def silences(self) -> Silences:
        """Topics on which one group is not on record where others of its kind are, tested against how much it said.

        ``kept`` of the answer: the records that an audience was shown or kept from.
        """
        return self.measure().silences

    def formulas(
        self, series: str = "", *, text: str = "", least: int = 3, near: float = 0.8, most: int = 100
    ) -> Formulas:
        """The formulas of the series of texts, or of one: what each text kept, reworded and dropped, and what is followed.

        ``least``: at how many occasions a passage must stand to be a formula; ``near``: how like a wording must be (0.5 to 1);
        ``most``: rows of formulas, and of changes of each kind, of a series; ``text``: the one of which ``became`` and ``added``
        tell all, in place of the latest of each series. R004 where there is no such series or text, R502 for what cannot be.
        """
        from rashomon.measuring.formulas import measure_formulas

        if (series, text, least, near, most) == ("", "", 3, 0.8, 100):
            return self.measure().formulas
        return measure_formulas(self._data, series, text=text, least=least, near=near, most=most)

    def events(self, by: str = "month", engine: str = "duckdb") -> EventSeries:
        """Series of the declared sets of events between the sides that have codes: counts by kind, and Goldstein's mean, by
        ``by``: month, week or day.

        ``engine``: duckdb, spark (on this machine), ``spark://HOST:PORT``, or ``spark:MASTER``. Needs the extra
        ``rashomon[events]``, or ``rashomon[spark]`` (R541); R542 to R549 for files that cannot be counted.
        """
        from rashomon.measuring.events import measure_events

        return measure_events(self._data, by, engine)

    def event_pairs(self, path: PathLike, by: str = "month", engine: str = "duckdb") -> EveryPair:
        """Write the rows of every pair of codes in a declared set of events to a file of Parquet, by month or day.

        Of the first set, each row as it is. R006 where the file cannot be written, R004 where no set is declared.
        """
        from rashomon.measuring.events import count_every_pair

        return count_every_pair(self._data, Path(path), by, engine)

    def discourse(self, **asked: Unpack[Asked]) -> Discourse:
        """The discourse network of the study: who agrees with whom on what. Its methods are questions.

        ``asked``: ``of`` ("own" views, or those "attributed" to others), ``by`` ("actor", "organisation", "layer", "side"),
        ``duplicates`` ("all", "document", "week", "month", "year", "overall"), ``compatible`` ("dna"), ``sources``, ``kinds``,
        ``topics``, ``when``, ``draws``, ``seed``; see :class:`Ground`. R502 for what there is not.
        """
        from rashomon.measuring.networks import Discourse, Ground

        return Discourse(Ground(self._data, **asked))

    def feeling(self, series: str = "") -> Feeling:
        """The vocabulary of feeling in the study's texts, of one series or all: trust, threat and the like, by side and year.

        R004 where there is no such series; all faults of ``feeling.tsv``, the study's own lexicon, where it has some.
        """
        from rashomon.measuring.feeling import measure_feeling

        return measure_feeling(self._data, series) if series else self.measure().feeling

    def catchball(self, **asked: Any) -> Catchball:
        """Offers and answers between the sides: who holds the ball, who left what unanswered, who answers how soon, who began.

        ``asked``: ``window_days`` for inferred answers, ``scores`` of kinds of moves, and what else
        :func:`rashomon.measuring.measure_catchball` takes; R502 for what they cannot be.
        """
        from rashomon.measuring import measure_catchball

        return measure_catchball(self._data, **asked) if asked else self.measure().catchball

    def games(self, **rules: Unpack[Rules]) -> tuple[Conflict, ...]:
        """The conflict games of the study; as of a day, those that had begun by then. RashomonError with the faults of all.

        ``rules``: ``sanctions`` ("sequence" or "single"), ``draws`` (orders of what is in doubt), ``seed``, ``memory`` (bytes).
        """
        from rashomon.playing import conflicts_of

        return conflicts_of(self._data, **rules)

    def game(self, name: str, from_study: Sequence[str] = (), **rules: Unpack[Rules]) -> Conflict:
        """One game by its id, which is its file's name; R004 where the study has none of that name.

        ``from_study``: lists to build from the study's statements instead of taking the file's: ``"japan.ussr"``, what Japan took
        the USSR to want; ``"ussr"``, what it wanted by its own statements, with hindsight.
        """
        from rashomon.playing import conflict_of

        return conflict_of(self._data, name, from_study, **rules)

    def windows(self, first: int | None = None, last: int | None = None, **rules: Unpack[Rules]) -> Windows:
        """Year by year, whether an agreement was to be had: as the sides saw the games, and had they seen them truly."""
        from rashomon.playing import find_windows

        return find_windows(self.games(**rules), first, last)

    def plays(self, note: Callable[[str], object] | None = None, **rules: Unpack[Rules]) -> Plays:
        """Every game asked everything, and the windows; ``note`` is told of what takes long."""
        from rashomon.playing import play_all

        told = note or (lambda _: None)
        if rules:
            return play_all(self.games(**rules), told)
        if self._plays is None:
            self._plays = play_all(self.games(), told)
        return self._plays

    def read(
        self,
        paths: Sequence[PathLike] = (),
        jobs: int = 2,
        seconds: float = 60.0,
        declare: bool = False,
        tick: Callable[[int, int, str], object] | None = None,
    ) -> Reading:
        """Read the documents at ``paths``, or all in the study's ``sources/``, into passages; only those that have changed.

        ``jobs`` files at a time, each in ``seconds`` and as many again for each MiB; ``declare`` adds a table to study.toml for
        each source that nobody has declared. ``tick`` is told how many of how many files are done, and which. Needs the extra
        ``rashomon[read]`` (R909).
        """
        from rashomon.reading import Manner, read

        return read(self._data, paths, Manner(jobs, seconds, declare), tick)

    def find(self, words: str, limit: int = 20, among: Among | None = None) -> Found:
        """The passages in which ``words`` stand, in whatever form, the best first: all of them, ``"a phrase"``, ``-without``,
        ``begin*``. ``among``: a :class:`rashomon.reading.Among`, of which sources, languages, kinds and times.
        """
        from rashomon.reading import search

        return search(self._data, words, among, limit)

    def passages(self, source: str = "") -> Passages:
        """The passages of a source, or of all of them: as read, with what was mended."""
        from rashomon.reading import list_passages

        return list_passages(self._data, source)

    def code(
        self,
        coder: str = "rules",
        sources: Sequence[str] = (),
        languages: Sequence[str] = (),
        note: Callable[[str], object] = print,
    ) -> Codings:
        """Let a coder propose statements from the passages that were read, all or those of some sources and languages.

        They stand in the study's folder ``proposals/`` and count for nothing until :meth:`review` takes them in. ``coder``:
        ``rules``, ``learned``, the id of a ``[[coder]]`` of study.toml, or one that another package brings; R004 where there is
        none. How well ``learned`` learns stands in ``scores`` of the answer; R926 where the study teaches too little.
        ``note`` is told what a model is about to be asked. Needs the extra ``rashomon[code]`` (R909).
        """
        from rashomon.coding import code

        return code(self._data, coder, sources, languages, note)

    def next(self, limit: int = 10, sources: Sequence[str] = (), languages: Sequence[str] = ()) -> Queue:
        """The passages to read next, the most useful first, each with the reason: those that a classifier taught by what has been
        accepted is most unsure of, that most other unread ones are like, or that may be about what has no statement yet.

        Needs the extra ``rashomon[learn]`` (R909).
        """
        from rashomon.coding import next_passages

        return next_passages(self._data, limit, sources, languages)

    def found_nothing(self, addresses: Sequence[str], by: str) -> int:
        """Keep in ``nothing.csv`` that ``by`` read these passages and found no statement in them; how many they are."""
        from rashomon.coding import found_nothing

        return found_nothing(self._data, addresses, by)

    def review(self, by: str, coders: Sequence[str] = ()) -> Review:
        """The proposals that wait for a decision, to be accepted, mended or rejected in the name of ``by``."""
        from rashomon.coding import Review

        return Review(self._data, by, coders)

    def outcomes(self, coder: str) -> Outcomes:
        """How right a coder proved here, by what people decided of its proposals; R004 where it proposed nothing.

        The shares stand for all proposals where those were decided that come first in an order drawn at random: see ``drawn`` of
        ``review(…).waiting``. Else they are of what was picked.
        """
        from rashomon.coding import outcomes

        return outcomes(self._data, coder)

    def adjudication(self, one: str, other: str, by: str) -> Adjudication:
        """What two coders made of the same passages, side by side, to be decided between in the name of ``by``.

        Both codings stay as they are; what is decided counts once. R004 where a coder made nothing.
        """
        from rashomon.coding import Adjudication

        return Adjudication(self._data, one, other, by)

    def record(self, by: str, why: str = "") -> Recorded:
        """Note in ``history.csv`` what was changed by hand in ``statements.csv`` since it was last noted.

        Noted are who (``by``), when, what stood there before and since, and ``why``. The first time, all statements are noted as
        they are. R114 where the history is not as it was written.
        """
        return record(self._data.root, by, why)

    def history(self, statement: str = "") -> Histories:
        """What was done to a statement, by hand and by decisions, the oldest first; without one, all that was done, in numbers.

        R004 where no such statement is or was; R114 as :meth:`record`.
        """
        return history(self._data.root, statement)

    def with_proposals(self) -> Study:
        """The study with what coders propose, and nobody has decided, counted as statements."""
        return Study(with_proposals(self._data))

    def agreement(self, one: str, other: str) -> Agreement:
        """How far two coders of the same passages agree in reading the source, by field; R004 where a coder made nothing.

        What a machine proposed counts as its coding. Beside it: the words both marked (``.spans``), which value met which
        (``.confusion("topic")``), and all that differs side by side (``.differences()``).
        """
        from rashomon.coding import agreement

        return agreement(self._data, one, other)

    def score(self, machine: str, person: str) -> Scores:
        """Precision, recall and F1 of a machine's coding against a person's, by depth, topic and language; R004 where either made
        nothing.
        """
        from rashomon.coding import score

        return score(self._data, machine, person)

    def report(self, kind: str = "html", note: Callable[[str], object] | None = None) -> Path:
        """Write the report into the study's folder ``report/``; ``kind`` is html, md or pdf. Returns its path.

        ``note`` is told of what takes long. A PDF needs the extra ``rashomon[pdf]``.
        """
        from rashomon.reporting import write_report

        told = note or (lambda _: None)
        return write_report(self._data, self.measure(told), self.plays(told), self._data.root / "report", kind, told)

    def summary(self, note: Callable[[str], object] | None = None) -> str:
        """The findings on one screen; ``note`` is told of what takes long."""
        from rashomon.reporting import summary

        return summary(self._data, self.measure(note), self.plays(note))


def open(path: PathLike) -> Study:
    """Open the study in the folder ``path``; raises :class:`~rashomon.errors.RashomonError` with all of its faults."""
    return Study(open_study(path))


def record(path: PathLike, by: str, why: str = "") -> Recorded:
    """:meth:`Study.record` of the study in the folder ``path``, which may have faults."""
    from rashomon.study.recording import record as note_edits

    return note_edits(_folder(path), by, why)


def history(path: PathLike, statement: str = "") -> Histories:
    """:meth:`Study.history` of the study in the folder ``path``, which may have faults."""
    from rashomon.study.happened import history as past_of

    return past_of(_folder(path), statement)


def _folder(path: PathLike) -> Path:
    """The folder of a study, with faults or without; what is none is refused as opening it would be."""
    if not os.path.isfile(Path(path, "study.toml")):
        open(path)
    return Path(path)


def game(path: PathLike, **rules: Unpack[Rules]) -> Conflict:
    """The conflict game in one file, which needs no study; raises RashomonError with all of its faults.

    ``rules`` are those of :meth:`Study.games`.
    """
    from rashomon.playing import open_conflict

    return open_conflict(os.fspath(path), **rules)


def compare(
    paths: Sequence[PathLike], alike: Sequence[str] = (), note: Callable[[str], object] | None = None
) -> Pairs:
    """Several studies side by side: the same figures of each, what they rest on, and whether they can be told apart.

    ``alike``: qualities that are one, as ``"peace-loving=peaceful"``. A study with faults is skipped where two are left, and
    listed in ``skipped``. R572 for fewer than two studies, R573 for one given twice, R574 where they share no measure, R575 for
    ``alike`` that cannot be read. ``note`` is told of what takes long. :func:`rashomon.reporting.write_pairs` makes a page of it.
    """
    from rashomon.reporting import require_several, set_beside, tell_each
    from rashomon.reporting.telling import Telling

    require_several([str(Path(one).resolve()) for one in paths])

    def told(path: PathLike) -> Telling:
        study = open(path)
        return Telling(study.data, study.measure(note), study.plays(note))

    found, skipped = tell_each([(os.fspath(one), partial(told, one)) for one in paths])
    return set_beside(found, alike, skipped)


def init(path: PathLike) -> tuple[Path, ...]:
    """Write a commented new study into the folder ``path``, which must be new or empty; returns the files written."""
    return tuple(init_study(path))


def measured(
    path: PathLike,
    as_of: str | None = None,
    without: Sequence[str] = (),
    proposals: bool = False,
    note: Callable[[str], object] = lambda _: None,
) -> Iterator[str]:
    """All measures of the study in the folder ``path`` as the text of one JSON object, in pieces.

    ``as_of`` a day, ``without`` what some voices tell, and with undecided ``proposals``. They are remembered in the study's
    store until its files change; ``note`` is told where that cannot be, and nothing is lost without it.
    """
    from rashomon import __version__
    from rashomon.study.store import Key, open_store, study_digest

    day = None if as_of is None else format_day(parse_day(as_of))
    _folder(path)  # says what is wrong, before a store is made where there is no study
    with ExitStack() as held:
        store = open_store(path, note=note)
        digest = words = encoder = ""
        if store is not None:
            held.enter_context(store)
            digest = study_digest(path)
            words = store.read_digest() if os.path.isfile(Path(path, "texts.csv")) else ""
            encoder = _encoder(path)
        parameters = (("without", list(without)), ("proposals", proposals), ("words", words), ("encoder", encoder))
        key = Key(digest, __version__, "everything", parameters, day)
        known = store.cached(key) if store is not None else None
        if known is not None:
            return iter((known,))
        study = open(path)
        for notice in study.notices:
            note(notice)
        pieces = study.seen(day, without, proposals).measure(note).to_json()
        if store is None or study_digest(path) != digest:  # if the files changed meanwhile, it is of neither state
            return pieces
        return _remembered(store.remember(key, pieces, note), note, held.pop_all())


def _encoder(path: PathLike) -> str:
    """The encoder on which results may depend; "" where no word of study.toml asks for one, for the room is slow to load."""
    if b"embeddings" not in Path(path, "study.toml").read_bytes():
        return ""
    from rashomon.coding import encoder_name

    return encoder_name()


def _remembered(pieces: Iterator[str], note: Callable[[str], object], held: ExitStack) -> Iterator[str]:
    """The pieces; then what kept them from being remembered is noted, and what is held let go."""
    with held:
        try:
            yield from pieces
        except RashomonError as problem:
            note(problem.fault.message)
