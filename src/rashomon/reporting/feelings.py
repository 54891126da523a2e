"""The vocabulary of feeling in the study's texts: rates by side and year, sides and periods against each other, and what is said of whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from rashomon.measuring.feeling import Contrast, Feeling, Peculiar, Rate
from rashomon.reporting.document import (
    Block,
    Break,
    Column,
    Figure,
    Fold,
    Gallery,
    Head,
    Para,
    Row,
    Section,
    Small,
    Strong,
    Table,
    Text,
)
from rashomon.reporting.feeling_pictures import by_category, rates, said_side, said_where
from rashomon.reporting.telling import MOST_ROWS, Telling
from rashomon.reporting.wording import join, number, spread
from rashomon.texts import count

LEAST_DRAWN: Final = 10
"""Words of a category below which it has no chart of its own."""
_CHARTS: Final = 9
_WORDS: Final = 5
MOST_NAMED: Final = 3
"""Categories that a finding names for each side."""


def feelings(telling: Telling) -> Section | None:
    """The section on words of feeling; None where the study lists no texts."""
    found = telling.measures.feeling
    if not len(telling.study.texts):
        return None
    title = "Which words of feeling its texts use"
    if not found.rows and not found.overall:
        why = f"No text could be counted: {_reasons(found)}." if found.left_out else "No text was open by then."
        return Section("feeling", title, (Para((why,), kind="note"),))
    blocks = [Para(_lead(telling, found)), *_charts(telling, found), _wholes(telling, found), *_others(telling, found)]
    return Section("feeling", title, (*blocks, *_periods(telling, found), _entries(telling, found)))


def _lead(telling: Telling, found: Feeling) -> Text:
    texts = {name: row for row in found.overall if row.kind == "whole" for name in row.texts}
    sizes = {(row.series, row.side, row.language): row for row in found.overall if row.kind == "whole"}
    units = Counter({unit: sum(row.total for row in sizes.values() if row.unit == unit) for unit in {row.unit for row in sizes.values()}})
    size = join(f"{n:,} {unit}" for unit, n in units.most_common())
    return (
        f"{count(len(texts), 'text')} of {size} were searched for the words of an open lexicon. A word counts for the side whose text it "
        "stands in, in its own voice: words that it denies (“no trust”), quotes, or says that others say are counted apart and are in no "
        "rate; a denied word of trust, sincerity, friendship, courtesy, modesty or pride counts for its opposite. Bands hold 90 per cent, and "
        "take the text as the unit: words cluster in texts, and few texts make wide bands."
        + (f" Left out: {_reasons(found)}." if found.left_out else "")
        + "".join(f" {note}" for note in found.notes),
    )  # fmt: skip


def _reasons(found: Feeling) -> str:
    return join(f"{count(n, 'text')} ({reason})" for reason, n in found.left_out)


# charts


def _charts(telling: Telling, found: Feeling) -> list[Block]:
    drawn = by_category(found, LEAST_DRAWN, telling.names)
    made = [_chart(telling, i, title, rows) for i, (title, rows) in enumerate(drawn) if len({row.time for row in rows}) > 2]
    if not made:
        return [Para(("No category has words enough in texts of more than two years for a chart.",), kind="note")]
    blocks: list[Block] = [Gallery(tuple(made[:_CHARTS]))]
    return blocks if len(made) <= _CHARTS else [*blocks, Fold(count(len(made) - _CHARTS, "further category"), (Gallery(tuple(made[_CHARTS:])),))]


def _chart(telling: Telling, i: int, title: str, rows: Sequence[Rate]) -> Figure:
    words, years = sum(row.own + row.turned for row in rows), sorted({row.time for row in rows})
    shown = title[0].upper() + title[1:]
    caption: Text = (Strong(shown), Break(), Small(f"{count(words, 'word')}, {years[0]}–{years[-1]}"))
    alt = f"Words of {title} per thousand, {years[0]} to {years[-1]}, a line with its band for each side; the table below gives the numbers."
    return Figure(f"fig-feeling-{i + 1}", caption, rates(rows, telling.names), alt, _years(telling, i, shown, rows), "small")


def _years(telling: Telling, i: int, title: str, rows: Sequence[Rate]) -> Table:
    made = tuple(
        Row(((row.time,), (said_side(row.side, telling.names),), (number(row.rate.estimate),), (spread(row.rate.low, row.rate.high),),
             (str(row.own + row.turned),)))
        for row in sorted(rows, key=lambda one: (one.time, one.side))
    )  # fmt: skip
    columns = (Column("Year"), Column("Side"), Column("Rate", "number"), Column("Band", "number"), Column("Words", "number"))
    return Table(f"tab-feeling-{i + 1}", (Strong(f"{title} per thousand {rows[0].unit}."),), columns, made[:MOST_ROWS], 60, max(len(made) - MOST_ROWS, 0))


# sides


def _wholes(telling: Telling, found: Feeling) -> Table:
    """The rate of each category and side over all time, and whether the sides are apart."""
    whole = [row for row in found.overall if row.kind == "whole"]
    keys = list(dict.fromkeys((row.series, row.language, row.category) for row in whole if row.own + row.turned + row.negated + row.reported))
    where = said_where((key[:2] for key in keys), telling.names)
    apart = {(row.series, row.language, row.category, row.one, row.other): row for row in found.contrasts if row.kind == "sides"}
    made = []
    for key in keys:
        rows = [row for row in whole if (row.series, row.language, row.category) == key]
        told = [row for name, row in apart.items() if name[:3] == key]
        cells: Text = (Strong(key[2].replace("-", " ")), *((Break(), Small(where[key[:2]])) if where[key[:2]] else ()))
        between = (_apart(telling, told),) if apart else ()
        made.append(Row((cells, _lined(telling, rows), _voices(telling, rows), *between, _rests(telling, rows))))
    columns = (
        Column("Words of", width=14), Column("Per thousand", width=24), Column("Own, denied, reported", width=20),
        *((Column("Sides apart?", width=24),) if apart else ()), Column("Rests on", width=18),
    )  # fmt: skip
    said = (
        "differences adjusted for all tests between sides."
        if apart else "no two sides have texts in one series and language, so that none are compared."
    )  # fmt: skip
    caption: Text = (Strong("Words of feeling over all time. "), f"Each with its 90 per cent band; {said}")
    return Table("tab-feeling", caption, columns, tuple(made[:MOST_ROWS]), 20, max(len(made) - MOST_ROWS, 0), rest="categories")


def _lined(telling: Telling, rows: Sequence[Rate]) -> Text:
    return _lines([f"{said_side(row.side, telling.names)} {number(row.rate.estimate)} [{spread(row.rate.low, row.rate.high)}]" for row in rows])


def _voices(telling: Telling, rows: Sequence[Rate]) -> Text:
    return _lines([f"{said_side(row.side, telling.names)} {row.own + row.turned}, {row.negated}, {row.reported}" for row in rows])


def _lines(lines: Sequence[str]) -> Text:
    return tuple(part for i, line in enumerate(lines) for part in ((Break(), line) if i else (line,)))


def _apart(telling: Telling, rows: Sequence[Contrast]) -> Text:
    out: list[Any] = []
    for row in rows:
        out += [Break()] if out else []
        out += [telling.badge(row.verdict), Break(), Small(f"{telling.estimate(row.difference)}; {telling.names.prose(row.because)}")]
    return tuple(out) or ("no other side in the same series and language",)


def _rests(telling: Telling, rows: Sequence[Rate]) -> Text:
    texts = [name for row in rows for name in row.texts]
    sources = [name for row in rows for name in row.sources]
    return telling.basis(len(texts), "text", telling.study.independent_voices(sources), sources, texts, 1)


def apart_in_feeling(telling: Telling) -> tuple[Text, list[Contrast]]:
    """In which words two sides are apart, the surest first, in a sentence; () and [] where in none."""
    rows = [row for row in telling.measures.feeling.contrasts if row.kind == "sides" and row.verdict == "apart"]
    if not rows:
        return (), []
    rows.sort(key=lambda row: (row.p, -abs(row.difference.estimate)))
    mine = [row for row in rows if {row.one, row.other} == {rows[0].one, rows[0].other} and row.series == rows[0].series]
    parts = []
    for higher, lower in ((rows[0].one, rows[0].other), (rows[0].other, rows[0].one)):
        of = [row for row in mine if (row.one if row.difference.estimate > 0 else row.other) == higher]
        named = [
            f"{row.category.replace('-', ' ')} ({number(max(row.rate_one, row.rate_other))} against {number(min(row.rate_one, row.rate_other))})"
            for row in of[:MOST_NAMED]
        ]
        named += [count(len(of) - MOST_NAMED, "further category")] if len(of) > MOST_NAMED else []
        parts += [f"{telling.names.the(higher)} speaks more often than {telling.names.the(lower)} of {join(named)}"] if of else []
    unit = next((row.unit for row in telling.measures.feeling.overall if row.series == rows[0].series and row.language == rows[0].language), "words")
    return (f"In their texts {join(parts)}, per thousand {unit}.",), mine


# the other


def _others(telling: Telling, found: Feeling) -> list[Block]:
    """Whether the words are peculiar to what is said of the other side."""
    blocks: list[Block] = [Head("feeling-other", "Is it said of the other side alone?")]
    if not found.peculiar:
        return [*blocks, Para(("No text names another side of the study besides other sentences.",), kind="note")]
    counts = Counter(row.verdict for row in found.peculiar)
    pairs = {(row.side, row.other): row.sentences[0] for row in found.peculiar}
    named = join(f"{said_side(side, telling.names)} names {telling.names.the(other)} in {n:,}" for (side, other), n in pairs.items())
    text: Text = (
        "As a control, sentences that name another side are set against sentences of the same texts that name a third country, or no "
        f"country: {named} sentences. Whose sentences name whom was shuffled within each text. {count(len(found.peculiar), 'comparison')}: "
        + join(f"{n} {verdict}" for verdict, n in counts.most_common()) + ".",
    )  # fmt: skip
    shown = sorted((row for row in found.peculiar if row.p == row.p), key=lambda row: row.p)
    blocks.append(Para(text))
    if not shown:
        return [*blocks, Para(("None has words enough to be tested.",), kind="note")]
    columns = (
        Column("Who of whom", width=20), Column("Words of", width=14), Column("Per thousand", width=24), Column("Verdict", width=24),
        Column("Rests on", width=18),
    )  # fmt: skip
    caption: Text = (Strong("Said of the other and of others. "), "The least likely by chance first; those with too few words are left out.")
    made = tuple(_peculiar(telling, row) for row in shown[:MOST_ROWS])
    return [*blocks, Table("tab-feeling-other", caption, columns, made, 8, max(len(shown) - MOST_ROWS, 0), rest="comparisons")]


def _peculiar(telling: Telling, row: Peculiar) -> Row:
    than = "naming a third" if row.than == "a third" else "naming none"
    names = telling.names
    return Row(
        (
            (Strong(said_side(row.side, names)), Break(), Small(f"of {names.the(row.other)}")),
            (row.category.replace("-", " "),),
            _lines([f"{number(row.rate_other)} of the other", f"{number(row.rate_than)} {than}"]),
            (telling.badge(row.verdict), Break(), Small(f"{telling.estimate(row.difference)}; {telling.names.prose(row.because)}")),
            telling.basis(sum(row.hits), "word", row.difference.voices, row.sources),
        )
    )  # fmt: skip


# periods and series


def _periods(telling: Telling, found: Feeling) -> list[Block]:
    """Contrasts between periods, and with control series: those that are decided, and how many are not."""
    rows = [row for row in found.contrasts if row.kind != "sides"]
    if not rows:
        return []
    decided = [row for row in rows if row.verdict != "undetermined"]
    kinds = Counter(row.kind for row in rows)
    titles = {"periods": "From period to period", "series": "beside other pairs"}
    title = ", and ".join(titles[kind] for kind in titles if kind in kinds)
    blocks: list[Block] = [Head("feeling-periods", title[0].upper() + title[1:])]
    said = join(f"{n} between {'a series and its control' if kind == 'series' else kind}" for kind, n in kinds.items())
    blocks.append(Para((f"{count(len(rows), 'comparison')} ({said}); {len(rows) - len(decided)} are undetermined{_few(rows)}.",)))
    if not decided:
        return blocks
    columns = (
        Column("Whose words", width=24), Column("Of", width=14), Column("Per thousand", width=20), Column("Verdict", width=24), Column("Rests on", width=18),
    )  # fmt: skip
    made = tuple(
        Row(
            (
                (Strong(said_side(row.side, telling.names) if row.side else telling.names.series(row.series)), Break(), Small(f"{_time(telling, row, row.one)}; {_time(telling, row, row.other)}")),
                (row.category.replace("-", " "),),
                (f"{number(row.rate_one)}; {number(row.rate_other)}",),
                (telling.badge(row.verdict), Break(), Small(f"{telling.estimate(row.difference)}; {telling.names.prose(row.because)}")),
                telling.basis(row.hits, "word", row.difference.voices, row.sources),
            )
        )
        for row in decided[:MOST_ROWS]
    )  # fmt: skip
    caption: Text = (Strong("Comparisons that are decided. "), "The difference is the first less the second.")
    return [*blocks, Table("tab-feeling-periods", caption, columns, made, 12, max(len(decided) - MOST_ROWS, 0), rest="comparisons")]


def _few(rows: Sequence[Contrast]) -> str:
    """How many comparisons were not tested, for want of texts or words."""
    untested = sum(row.p != row.p for row in rows)
    return f", {untested} of them for want of texts or words" if untested else ""


def _time(telling: Telling, row: Contrast, name: str) -> str:
    return telling.names.period(name) if row.kind == "periods" else telling.names.series(name)


# words


def _entries(telling: Telling, found: Feeling) -> Block:
    """Which words were found, so that a reader can judge what stands behind a category."""
    groups: dict[tuple[str, str, str], list[Any]] = {}
    for row in found.entries:
        groups.setdefault((row.category, row.side, row.language), []).append(row)
    made = tuple(
        Row(
            (
                (category.replace("-", " "),),
                (said_side(side, telling.names), Small(f" {language}")),
                (", ".join(f"{row.words} {row.own}" for row in rows[:_WORDS]) + (" …" if len(rows) > _WORDS else ""),),
                (str(sum(row.own for row in rows)),),
                (str(sum(row.negated for row in rows)),),
                (str(sum(row.reported for row in rows)),),
            )
        )
        for (category, side, language), rows in sorted(groups.items())
    )
    columns = (
        Column("Category", width=14), Column("Side", width=14), Column("Commonest entries, and how often in own voice", width=46),
        Column("Own", "number", 8), Column("Denied", "number", 8), Column("Reported", "number", 10),
    )  # fmt: skip
    table = Table("tab-feeling-words", (Strong("Entries of the lexicon that were found."),), columns, made[:MOST_ROWS], 60, max(len(made) - MOST_ROWS, 0))
    return Fold("Which words stand behind each category", (table,))
