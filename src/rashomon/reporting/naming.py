"""Ids of a study in the words of its author: actors, topics, stances, and beliefs as sentences."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Final

from rashomon.reporting.document import Em, Inline, Strong, Text, words
from rashomon.reporting.wording import brief, interval, join
from rashomon.study import NO_STANCE, Condition, Source, StudyData, When, parse_condition

_PAST: Final[Mapping[str, str]] = MappingProxyType(
    {
        "wants": "wanted",
        "demands": "demanded",
        "minimum": "would settle for no less than",
        "asserts": "asserted",
        "accepts": "accepted",
        "rejects": "rejected",
        "proposes": "proposed",
        "intends": "intended",
        "expects": "expected",
        "fears": "feared",
        "believes": "held",
        "avoids": "avoided",
        "discounts": "discounted",
        "overlooks": "overlooked",
        "unaware": "was unaware of",
    }
)
_INFINITIVE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "wants": "want",
        "demands": "demand",
        "minimum": "settle for no less than",
        "asserts": "assert",
        "accepts": "accept",
        "rejects": "reject",
        "proposes": "propose",
        "intends": "intend",
        "expects": "expect",
        "fears": "fear",
        "believes": "hold",
        "avoids": "avoid",
        "discounts": "discount",
        "overlooks": "overlook",
        "unaware": "be unaware of",
    }
)
_OF_ANOTHER: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "believes": ("took", "take"),
        "asserts": ("declared", "declare"),
        "expects": ("expected", "expect"),
        "wants": ("wanted", "want"),
        "fears": ("feared", "fear"),
    }
)
"""Verbs that take another's view without "of": "took Moscow to want", "expected Tokyo to accept"."""
_MOVES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "offers": "offered",
        "demands": "demanded",
        "accepts": "accepted",
        "rejects": "rejected",
        "visits": "visited",
        "cancels": "cancelled",
        "declares": "declared",
        "omits": "left out",
        "threatens": "threatened",
        "promises": "promised",
        "gives": "gave",
        "withdraws": "withdrew",
        "denies": "denied",
        "asks": "asked",
        "signs": "signed",
        "proposes": "proposed",
        "leaks": "leaked",
        "postpones": "postponed",
        "imposes": "imposed",
        "lifts": "lifted",
        "votes": "voted",
        "publishes": "published",
        "withholds": "withheld",
        "meets": "met",
        "warns": "warned",
        "apologises": "apologised",
        "adopts": "adopted",
        "vetoes": "vetoed",
        "answers": "answered",
    }
)
_TOWARD: Final[Mapping[str, str]] = MappingProxyType(
    {
        "offers": "to",
        "demands": "of",
        "visits": "",
        "declares": "to",
        "threatens": "",
        "promises": "",
        "gives": "to",
        "denies": "to",
        "asks": "",
        "signs": "with",
        "proposes": "to",
        "leaks": "to",
        "imposes": "on",
        "lifts": "for",
        "publishes": "for",
        "withholds": "from",
        "meets": "",
        "warns": "",
        "apologises": "to",
        "answers": "",
    }
)
"""What stands between a kind of move and whom it is addressed to; "vis-à-vis" where nothing is given."""
_WITH_ARTICLE: Final = re.compile(
    r"\b(government|ministry|agency|party|press|media|public|people|parliament|council|committee|intelligentsia|states|union|faction)\b",
    re.IGNORECASE,
)
"""Heads of the names of bodies and populations that take an article in running text."""
_WHAT_IS_TAKEN: Final = re.compile(
    r"(what )(\S+)( takes (?:others in )?)(\S+)( to (?:hold|think (?:others in )?))(?:(\S+)( holds?))?"
)
"""What one takes another to hold, or to think that a third holds; every second group is a side."""
_ORDER: Final = {">": "more than", "<": "less than", "up": "rising", "down": "falling", "max": "the most", "min": "the least"}
_JOINED: Final = {"&": "and", "|": "or", "->": "implies", "<->": "just when"}
_DIRECTION: Final = {"up": "raises", "down": "lowers", "none": "does nothing to"}


class Names:
    """The names of one study."""

    def __init__(self, study: StudyData) -> None:
        self.study = study
        declared = study.declared
        self._holders = {actor.id: actor.name for actor in declared.actors}
        self._holders |= {side.id: side.name for side in declared.sides}
        self._persons = {actor.id for actor in declared.actors if actor.kind == "person"}
        self._short: dict[str, str] = {}
        self._records: dict[str, str] = {}
        self._issues = {one.id: one for one in declared.issues}
        self._qualities = {one.id: one.name for one in declared.qualities}
        self._layers = {one.id: one.name for one in declared.layers}
        self._questions = {one.id: one.wording for one in declared.poll_questions}
        self._periods = {one.id: one.name for one in declared.periods}
        self._series = {one.id: one.name for one in declared.series}
        self._places = {
            one.id: {position.id: position.name for position in one.positions} for one in declared.issues
        }

    # actors, layers, periods

    def actor(self, name: str) -> str:
        """The full name of an actor or side; an unknown id stands for itself."""
        return self._holders.get(name, name)

    def short(self, name: str) -> str:
        """The name without what stands in parentheses: for charts and running text."""
        if name not in self._short:
            self._short[name] = re.sub(r"\s*\([^)]*\)", "", self.actor(name)).strip() or name
        return self._short[name]

    def voice(self, name: str) -> str:
        """The name of a voice: a narrator's, a source's short citation, or a pollster as it stands."""
        return self.labels.get(name) or self.short(name)

    def the(self, name: str) -> str:
        """The short name as it stands within a sentence: "the Soviet government", "Gaimusho", "Mikhail Gorbachev"."""
        shown = self.short(name)
        body = name not in self._persons and " " in shown and _WITH_ARTICLE.search(shown)
        return f"the {shown}" if body and not shown.lower().startswith("the ") else shown

    def series(self, name: str) -> str:
        """The name of a series of texts."""
        return self._series.get(name, name)

    def layer(self, name: str) -> str:
        """The name of a layer."""
        return self._layers.get(name, name)

    def period(self, name: str) -> str:
        """The name of a period; "all" is the study's whole span."""
        return self._periods.get(name, "the whole time" if name == "all" else name)

    def group(self, label: str) -> str:
        """A label of a comparison in names: "japan/public", "japan of ussr", "ussr as japan takes it", "what ussr takes japan to
        think others in japan hold".
        """
        deep = _WHAT_IS_TAKEN.fullmatch(label)
        if deep:
            return "".join(self.short(part) if place % 2 else part for place, part in enumerate(deep.groups("")))
        taken = re.fullmatch(r"(.+) as (\S+) takes it", label)
        if taken:
            own = " itself" if taken[1] == taken[2] else ""
            return f"{self.group(taken[1])} as {self.short(taken[2])}{own} takes it"
        view = re.fullmatch(r"(\S+) on (\S+)", label)
        if view:
            return f"{self.group(view[1])} on {self.topic(view[2])}"
        seen = re.fullmatch(r"(\S+) of (\S+)", label)
        if seen:
            return f"{self.group(seen[1])} of {self.group(seen[2])}"
        side, _, layer = label.partition("/")
        return f"{self.short(side)}, {self.layer(layer)}" if layer else self.short(side)

    # topics and stances

    def topic(self, name: str) -> str:
        """A topic in words."""
        if "->" in name:
            cause, _, effect = name.partition("->")
            return f"{self.topic(cause.strip())} → {self.topic(effect.strip())}"
        if ":" in name:
            target, _, quality = name.partition(":")
            return f"{self.short(target)}: {self._qualities.get(quality, quality)}"
        if name in self._issues:
            return self._issues[name].name
        return self._qualities.get(name) or self.record(name)

    def stance(self, topic: str, stance: str) -> str:
        """A stance on a topic in words."""
        if not stance:
            return ""
        if "->" in topic:
            return _DIRECTION.get(stance, stance)
        order, _, value = stance.partition(" ")
        if order in _ORDER and (value or order not in "<>"):
            said = self._position(topic, value)
            return f"{_ORDER[order]} {said}".strip()
        return self._position(topic, stance)

    def _position(self, topic: str, value: str) -> str:
        places = self._places.get(topic)
        if places is not None:
            return places.get(value, value)
        return re.sub(r"(?<=[a-z])-(?=[a-z])", " ", value)

    def on(self, topic: str, stance: str) -> list[Inline]:
        """What is held on a topic: the stance in italics, and the topic it answers."""
        if "->" in topic:
            cause, _, effect = topic.partition("->")
            said = f"{self.topic(cause.strip())} {_DIRECTION.get(stance, stance)} {self.topic(effect.strip())}"
            return [Em(said)]
        if not stance:
            return [Em(self.topic(topic))]
        if ":" in topic:
            return [f"{self.topic(topic)}, ", Em(self.stance(topic, stance))]
        return [Em(self.stance(topic, stance)), f" ({self.topic(topic)})"]

    def condition(self, given: str) -> str:
        """A condition over positions in words: "Territory: two islands and not (…)"; blank stays blank."""
        return self._condition(parse_condition(given)) if given else ""

    def _condition(self, one: Condition) -> str:
        if one.operator == "atom":
            return f"{self.topic(one.name)}: {self.stance(one.name, one.value)}"
        parts = [self._condition(part) if part.operator in ("atom", "!") else f"({self._condition(part)})" for part in one.parts]
        return f"not {parts[0]}" if one.operator == "!" else f" {_JOINED[one.operator]} ".join(parts)

    # beliefs

    def belief(self, path: str, modality: str, topic: str, stance: str) -> Text:
        """A perspective as a sentence without its full stop, the holder in bold."""
        actors = [one.strip() for one in path.split(">")]
        verbs = [one.strip() for one in modality.split(">")]
        verbs = ["believes"] * (len(actors) - len(verbs)) + verbs
        parts: list[Inline] = [Strong(self.short(actors[0]))]
        quality = ":" in topic and "->" not in topic
        seen = quality and verbs[-1] == "believes"
        of = "in " if seen else "of " if quality else ""
        if len(actors) == 1 and seen:
            return (*parts, " saw in ", *self.on(topic, stance))
        parts.append(f" {self._opening(verbs[0], len(actors))} ")
        for i, actor in enumerate(actors[1:], 1):
            last = i == len(actors) - 1
            inner = self._inner(verbs[i], last, seen)
            parts.append(f"{self.the(actor)} {inner} ")
        return (*parts, of, *self.on(topic, stance)) if of else (*parts, *self.on(topic, stance))

    def _opening(self, verb: str, depth: int) -> str:
        bare = verb.removeprefix("not ")
        past, infinitive = (_OF_ANOTHER if depth > 1 else {}).get(bare, (_PAST.get(bare, bare), _INFINITIVE.get(bare, bare)))
        said = f"did not {infinitive}" if verb != bare else past
        return said if depth == 1 or bare in _OF_ANOTHER else f"{said} of"

    @staticmethod
    def _inner(verb: str, last: bool, quality: bool) -> str:
        bare = verb.removeprefix("not ")
        no = "not " if verb != bare else ""
        if not last:
            return f"{no}to {_OF_ANOTHER[bare][1]}" if bare in _OF_ANOTHER else f"{no}to {_INFINITIVE.get(bare, bare)} of"
        return f"{no}to see" if quality else f"{no}to {_INFINITIVE.get(bare, bare)}"

    def held(self, said: Sequence[str], topic: str) -> list[Text]:
        """What the other held, as the ledger writes it ("gorbachev wants real", or "Title: stance"), one line for each holder and
        stance: what one both wanted and declared stands on one line.
        """
        lines: dict[tuple[str, str], list[str]] = {}
        for one in said:
            holder, verb, stance = self._told(one)
            lines.setdefault((holder, stance), []).append(verb)
        return [self._holding(holder, verbs, topic, stance) for (holder, stance), verbs in lines.items()]

    def _told(self, said: str) -> tuple[str, str, str]:
        """Who, the verb in the past tense, the stance; a title has no verb, and what cannot be taken apart stands alone."""
        told = said.split(" ")
        if told[0] in self._holders and len(told) > 1:
            no = told[1] == "not" and len(told) > 2
            verb, stance = (told[2], told[3:]) if no else (told[1], told[2:])
            done = _PAST.get(verb) or _MOVES.get(verb, verb)
            return self.short(told[0]), f"did not {_INFINITIVE.get(verb, verb)}" if no else done, " ".join(stance)
        title, colon, stance_text = said.rpartition(": ")
        return (title, "", stance_text) if colon else (said, "", "")

    def _holding(self, holder: str, verbs: Sequence[str], topic: str, stance: str) -> Text:
        if not verbs[0]:
            return (f"{holder}: ", *self._what(topic, stance)) if stance else (holder,)
        return (f"{holder} {join(dict.fromkeys(verbs))} ", *self._what(topic, stance))

    def _what(self, topic: str, stance: str) -> list[Inline]:
        if "->" in topic:
            return self.on(topic, stance)
        return [Em(self.stance(topic, stance) or self.topic(topic))]

    def did(self, kind: str, target: str = "") -> str:
        """A kind of move in the past tense, with whom it is addressed to."""
        done = _MOVES.get(kind, kind)
        return f"{done} {_TOWARD.get(kind, 'vis-à-vis')} {self.the(target)}".replace("  ", " ") if target else done

    def claim(self, topic: str, stance: str) -> str:
        """What is held on a topic, in a few words: a position speaks for itself, a word of a scale needs its topic."""
        if not stance or "->" in topic:
            return words(tuple(self.on(topic, stance)))
        return f"{self.topic(topic)}, {self.stance(topic, stance)}" if ":" in topic else self.stance(topic, stance)

    def measure(self, name: str) -> str:
        """What a series measures: a poll's "question: answer" with the question's wording, anything else as it stands."""
        question, colon, answer = name.partition(": ")
        return f"{self.question(question)} “{self.answer(answer)}”" if colon and question in self._questions else name

    def subject(self, topic: str, measure: str) -> str:
        """What a series is about: its topic, or where it names none what it measures."""
        return self.topic(topic) if topic else self.measure(measure)

    def view(self, topic: str, measure: str) -> str:
        """Which series: its topic with what it measures, or where it names none that alone."""
        return f"{self.topic(topic)} ({self.measure(measure)})" if topic else self.measure(measure)

    def question(self, name: str) -> str:
        """The wording of a poll question, without what it says in brackets."""
        return brief(self._questions.get(name, name)) or name

    def remark(self, name: str) -> str:
        """What a poll question's wording says in brackets, such as that it is paraphrased; "" where it says nothing so."""
        return "; ".join(re.findall(r"\(([^)]*)\)", self._questions.get(name, "")))

    def answer(self, name: str) -> str:
        """An answer's id as words; the sides' names keep their capitals."""
        said = name.replace("-", " ")
        return re.sub(r"\w+", lambda word: self._capitals.get(word[0], word[0]), said)

    @cached_property
    def _capitals(self) -> Mapping[str, str]:
        return {one.name.lower(): one.name for one in self.study.declared.sides if re.fullmatch(r"\w+", one.name)}

    def prose(self, said: str) -> str:
        """A sentence of a measure with names in the place of ids, and "1 voice" for "1 voices"."""
        named = re.sub(r"(?<!\S)(\S+) as \1 takes it", r"\1 as \1 itself takes it", said)
        named = self._ids.sub(lambda found: self._words[found[0]], named) if self._words else named
        named = re.sub(r"\b(\d{4})/(\d{4})\b", r"\1–\2", named)
        return re.sub(r"(\bat least 1 belief|\b1 (?:other date|voice|month|check))s\b", r"\1", named)

    @cached_property
    def _words(self) -> Mapping[str, str]:
        """Ids that sentences of measures hold → names: never an id that is an ordinary word."""
        declared = self.study.declared
        out = {answer: self.answer(answer) for one in declared.poll_questions for answer in one.answers if "-" in answer}
        out |= {one.id: self.topic(one.id) for one in declared.issues if "-" in one.id}
        out |= {name: self.the(name) for name in self._holders}
        out |= {label: self.group(label) for side in declared.sides for label in (f"{side.id}/{one}" for one in self._layers)}
        out |= {one.id: f"“{self.question(one.id)}”" for one in declared.poll_questions}
        return out | dict(self.labels)

    @cached_property
    def _ids(self) -> re.Pattern[str]:
        ids = sorted(map(re.escape, self._words), key=len, reverse=True)
        return re.compile(rf"(?<![\w/-])(?:{'|'.join(ids)})(?![\w/-])")

    # records and sources

    def record(self, name: str) -> str:
        """A short title for a record; an unknown id stands for itself."""
        if name not in self._records:
            found = self.study.index.locate(name.partition("#")[0])
            self._records[name] = name if found is None else self._titles.title(*found)
        return self._records[name]

    @cached_property
    def _titles(self) -> _Titles:
        return _Titles(self)

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """Short citation of each source, by id: "Hasegawa 2000"; a letter tells apart those that would be alike."""
        plain = {one.id: cite(one) for one in self.study.declared.sources}
        seen: dict[str, list[str]] = {}
        for name, label in plain.items():
            seen.setdefault(label, []).append(name)
        return {
            name: plain[name] if len(seen[plain[name]]) == 1 else f"{plain[name]}{letter(seen[plain[name]].index(name))}"
            for name in plain
        }


class _Titles:
    """Short titles of records, by table."""

    def __init__(self, names: Names) -> None:
        self.names, self.study = names, names.study

    def title(self, table: str, row: int) -> str:
        study, names = self.study, self.names
        if table == "packages":
            return study.packages.title.of(row)
        if table == "texts":
            return study.texts.title[row]
        if table == "moves":
            moves = study.moves
            who, kind, target = moves.actor.of(row), moves.kind.of(row), moves.target.get(row, "")
            what = moves.issue.get(row, "")
            about = f" ({names.topic(what)})" if what else ""
            return f"{names.short(who)} {names.did(kind, target)}{about}"
        if table == "polls":
            polls = study.polls
            asked = f"{names.question(polls.question.of(row))} “{names.answer(polls.answer.of(row))}”"
            return f"{asked}, {interval(polls.fielded.of(row).text)}"
        statements = study.statements
        topic, stance = statements.topic.of(row).text, statements.stance.get(row, NO_STANCE).text
        return f"{names.short(statements.path.of(row).holder)}: {names.claim(topic, stance)}"


def present(verb: str, negated: bool) -> str:
    """A verb of a view as it stands before its position: "wants", "does not want", "at least"; "" for what is simply held."""
    if negated:
        return f"does not {_INFINITIVE.get(verb, verb)}"
    return {"minimum": "at least", "believes": "", "asserts": ""}.get(verb, verb)


def letter(place: int) -> str:
    """a, b … z, aa …: which of several alike."""
    return letter(place // 26 - 1) + chr(97 + place % 26) if place > 25 else chr(97 + place)


def cite(source: Source) -> str:
    """Author and year: "Hasegawa 2000", "Fang et al. 1993", "Gallup 2010 or later"; without authors the container or title."""
    year = _years(source.published)
    names = [_family(one, source.kind) for one in source.authors]
    if not names:
        head = source.container or source.title
        return f"{head[:40].rstrip()}{'…' if len(head) > 40 else ''} {year}"
    who = names[0] if len(names) == 1 else f"{names[0]} and {names[1]}" if len(names) == 2 else f"{names[0]} et al."
    return f"{who} {year}"


def _years(published: When) -> str:
    """The year of publication, or the years between which it lies."""
    first, last = (date.fromordinal(min(max(day, 1), date.max.toordinal())).year for day in (published.lo, published.hi))
    if first == last:
        return str(first)
    return f"{first} or later" if last == date.max.year else f"{first}–{last % 100:02d}" if last // 100 == first // 100 else f"{first}–{last}"


_BODIES: Final = ("office", "center", "centre", "shimbun", "press", "ministry", "institute", "agency", "nations", "group")


def _family(name: str, kind: str) -> str:
    """A person's family name; a body's name stays whole."""
    if "," in name:
        return name.split(",")[0]
    parts = name.split()
    body = kind in ("webpage", "dataset", "report", "article-newspaper") or len(parts) > 3
    return name if body or any(one.lower() in _BODIES for one in parts) else parts[-1] if parts else name


def side_names(names: Names, sides: Sequence[str]) -> str:
    """Sides as prose."""
    shown = [names.actor(one) for one in sides]
    return " and ".join(shown) if len(shown) < 3 else f"{', '.join(shown[:-1])} and {shown[-1]}"
