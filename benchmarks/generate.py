"""Write a study of any size, with the density of a real one.

The number of actors, sources and polls' populations grows with the number of statements, so that the records on one actor and
one topic stay as few as in a hand-coded study, however large the whole is. Everything is drawn from one seed: the same
arguments write the same bytes.

    python benchmarks/generate.py DIR --statements 1000000 --polls 10000 --moves 1000000
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

SIDES = ("east", "west")
LAYERS = ("leadership", "ministry", "legislature", "region", "experts", "media", "public")
ISSUES, QUALITIES, SERIES = 24, 16, 2
POSITIONS = ("closed", "cool", "open", "warm")
WORDS = ("strongly-negative", "negative", "mixed", "positive", "strongly-positive")
VERBS = ("believes", "wants", "demands", "asserts", "expects", "fears", "accepts", "rejects")
KINDS = ("offers", "demands", "accepts", "rejects", "visits", "declares", "proposes", "warns", "meets", "answers", "omits")
ANSWERS = ("yes", "no", "don't know")
NOTES = (
    "The minister repeats the position in nearly the same words as the year before",
    "Said to a delegation, and reported only later, by one who was present",
    "The paper takes the offer for a manoeuvre and says so in its leading article",
    "A reader's letter, answered by the editors, on what the other side is said to want",
    "The author infers it from the order in which the points were raised",
)
FIRST, LAST = date(1955, 1, 1).toordinal(), date(2019, 12, 31).toordinal()
Ints = NDArray[np.int64]


class Study:
    """One study to be written: ``n`` statements, ``polls`` figures and ``moves`` moves."""

    def __init__(self, root: Path, statements: int, polls: int, moves: int, seed: int) -> None:
        self.root = root
        self.n, self.polls, self.moves = statements, polls, moves
        self.draw = np.random.default_rng(seed)
        self.actors = [
            f"{SIDES[i % 2]}-{LAYERS[(i // 2) % len(LAYERS)]}-{i // 14}" for i in range(max(28, statements // 200))
        ]
        self.sources = [f"source-{i}" for i in range(max(8, statements // 500))]
        self.packages, self.texts = max(4, statements // 1000), max(4, statements // 2000)

    def write(self) -> None:
        """Write every file."""
        self.root.mkdir(parents=True, exist_ok=True)
        self._toml()
        self._moves()
        self._packages()
        self._texts()
        self._statements()
        self._polls()
        self._links()

    # study.toml

    def _toml(self) -> None:
        parts = ['[study]\nid = "generated"\ntitle = "A generated study"\nspan = "1950/2024"\nformat = 1\n']
        parts += [f'[[side]]\nid = "{side}"\nname = "{side.title()}"\n' for side in SIDES]
        parts += [f'[[layer]]\nid = "{layer}"\nname = "{layer.title()}"\n' for layer in LAYERS]
        parts += [self._actor(i, name) for i, name in enumerate(self.actors)]
        places = ", ".join(f'{{ id = "{one}", name = "{one}", at = {i / 3:.2f} }}' for i, one in enumerate(POSITIONS))
        parts += [
            f'[[issue]]\nid = "issue-{i}"\nname = "Issue {i}"\nordered = true\npositions = [{places}]\n'
            for i in range(ISSUES)
        ]
        parts += [
            f'[[quality]]\nid = "quality-{i}"\nname = "Quality {i}"\ndimension = "intent"\n' for i in range(QUALITIES)
        ]
        parts += [self._source(i, name) for i, name in enumerate(self.sources)]
        parts += [f'[[series]]\nid = "series-{i}"\nname = "Series {i}"\n' for i in range(SERIES)]
        answers = ", ".join(f'"{one}"' for one in ANSWERS)
        parts += [
            f'[[poll_question]]\nid = "question-{i}"\nwording = "Is it so ({i})?"\nanswers = [{answers}]\n'
            for i in range(QUALITIES)
        ]
        (self.root / "study.toml").write_text("\n".join(parts), encoding="utf-8")

    def _actor(self, i: int, name: str) -> str:
        side, layer, _ = name.split("-")
        kind = {"public": "population", "ministry": "office", "media": "group"}.get(layer, "person")
        lines = [f'[[actor]]\nid = "{name}"\nname = "Actor {i}"\nside = "{side}"\nkind = "{kind}"\nlayer = "{layer}"']
        if kind == "person" and i % 3 == 0:
            lines.append('life = "1920/2022"')
            lines.append(f'roles = [{{ office = "member", layer = "{layer}", span = "1960/1989" }}]')
        return "\n".join(lines) + "\n"

    def _source(self, i: int, name: str) -> str:
        narrator = f'narrator = "{self.actors[i % len(self.actors)]}"\n' if i % 4 == 0 else ""
        return (
            f'[[source]]\nid = "{name}"\ntitle = "Source {i}"\nauthors = ["Author {i % 997}"]\n'
            f'published = "{2020 + i % 4}"\nkind = "book"\n{narrator}'
        )

    # columns

    def _pick(self, names: Sequence[str], n: int) -> list[str]:
        pool = np.array(names, dtype=object)
        chosen: list[str] = pool[self.draw.integers(0, len(names), n)].tolist()
        return chosen

    def _some(self, cells: Sequence[str], share: float) -> list[str]:
        """The cells, all but a share of them blank."""
        kept = (self.draw.random(len(cells)) < share).tolist()
        return [cell if keep else "" for cell, keep in zip(cells, kept, strict=True)]

    def _ids(self, prefix: str, n: int) -> list[str]:
        return [f"{prefix}-{i}" for i in range(n)]

    def _times(self, n: int) -> list[str]:
        """Days, months, years, intervals and words, in about the shares of a hand-coded study."""
        start = self.draw.integers(FIRST, LAST - 3000, n)
        length = self.draw.integers(1, 36, n)
        form = self.draw.integers(0, 10, n)
        return [_time(int(day), int(months), int(which)) for day, months, which in zip(start, length, form, strict=True)]

    def _locators(self, n: int) -> list[str]:
        pages = self.draw.integers(1, 600, n).tolist()
        return [f"p. {page}" for page in pages]

    def _notes(self, n: int) -> list[str]:
        numbers = self.draw.integers(0, len(NOTES), n).tolist()
        return [f'"{NOTES[number]}, as noted on slip {i}."' for i, number in enumerate(numbers)]

    def _topics(self, n: int) -> tuple[list[str], list[str]]:
        """Topics, and a stance that each allows."""
        targets = [*SIDES, *self.actors[:14]]
        issues = self.draw.random(n) < 0.5
        issue, quality = self.draw.integers(0, ISSUES, n), self.draw.integers(0, QUALITIES, n)
        target, word = self.draw.integers(0, len(targets), n), self.draw.integers(0, 60, n)
        topics, stances = [], []
        for on_issue, i, q, t, w in zip(issues, issue, quality, target, word, strict=True):
            topics.append(f"issue-{i}" if on_issue else f"{targets[t]}:quality-{q}")
            stances.append(POSITIONS[w % 4] if on_issue else WORDS[w % 5])
        return topics, stances

    def _paths(self, n: int) -> list[str]:
        """Paths of depth one to three. An actor looks at five others, so that paths recur as they do in a real study."""
        size = len(self.actors)
        first = self.draw.integers(0, size, n)
        second = (first + 1 + 2 * self.draw.integers(0, 5, n)) % size
        third = (second + 1 + 2 * self.draw.integers(0, 3, n)) % size
        depth = self.draw.choice([1, 2, 3], n, p=[0.6, 0.3, 0.1])
        names = self.actors
        return [
            " > ".join((names[a], names[b], names[c])[:d]) for a, b, c, d in zip(first, second, third, depth, strict=True)
        ]

    # files

    def _save(self, name: str, columns: dict[str, Iterable[str]]) -> None:
        with (self.root / name).open("w", encoding="utf-8", newline="\n") as handle:
            handle.write(",".join(columns) + "\n")
            rows = zip(*columns.values(), strict=True)
            handle.writelines(",".join(row) + "\n" for row in rows)

    def _statements(self) -> None:
        n = self.n
        topics, stances = self._topics(n)
        moves = self._pick(self._ids("m", max(self.moves, 1)), n) if self.moves else [""] * n
        columns: dict[str, Iterable[str]] = {
            "id": self._ids("s", n),
            "path": self._paths(n),
            "modality": self._some(self._pick(VERBS, n), 0.7),
            "topic": topics,
            "stance": stances,
            "when": self._times(n),
            "source": self._pick(self.sources, n),
            "locator": self._locators(n),
            "note": self._notes(n),
            "reads": self._some(moves, 0.05),
            "known": self._some(self._pick(["2015-06-01", "2018-03-12", "2020-01-31"], n), 0.2),
            "basis": self._pick(["words", "act", "witness", "inferred", "narrated"], n),
            "via": self._some(self._pick(self.sources, n), 0.1),
            "hedge": self._some(self._pick(["probable", "possible", "reported"], n), 0.3),
            "stage": self._some(self._pick(["public", "confidential", "private"], n), 0.6),
            "root": self._some(self._pick(["experience", "history", "ideology"], n), 0.2),
            "coder": self._pick(["first", "second"], n),
            "certainty": self._some(self._pick(["0.5", "0.7", "0.9", "1"], n), 0.5),
        }
        self._save("statements.csv", columns)

    def _polls(self) -> None:
        n = self.polls
        survey = [i // 3 for i in range(n)]
        months = self.draw.integers(0, 12 * 60, n // 3 + 1)
        yes = self.draw.integers(5, 70, n // 3 + 1)
        shares = [int(yes[s]) if i % 3 == 0 else (90 - int(yes[s])) if i % 3 == 1 else 10 for i, s in enumerate(survey)]
        side = [SIDES[s % 2] for s in survey]
        publics = {name: [one for one in self.actors if one.startswith(f"{name}-public")] for name in SIDES}
        columns: dict[str, Iterable[str]] = {
            "id": self._ids("p", n),
            "survey": [f"survey-{s}" for s in survey],
            "question": [f"question-{s % QUALITIES}" for s in survey],
            "population": [f"adults of {one}" for one in side],
            "fielded": [f"{1959 + months[s] // 12}-{months[s] % 12 + 1:02d}" for s in survey],
            "answer": [ANSWERS[i % 3] for i in range(n)],
            "share": [str(one) for one in shares],
            "source": self._pick(self.sources, n),
            "locator": self._locators(n),
            "note": [""] * n,
            "n": [str(400 + 7 * (s % 300)) for s in survey],
            "pollster": [f"pollster-{s % 5}" for s in survey],
            "mode": [("face to face", "telephone", "post")[s % 3] for s in survey],
            "path": [publics[one][0] for one in side],
            "topic": [f"{SIDES[(s + 1) % 2]}:quality-{s % QUALITIES}" for s in survey],
        }
        self._save("polls.csv", columns)

    def _moves(self) -> None:
        n = self.moves
        actor = self.draw.integers(0, len(self.actors), n)
        target = (actor + 1 + 2 * self.draw.integers(0, 5, n)) % len(self.actors)
        issue = self.draw.integers(0, ISSUES, n).tolist()
        stance = self._pick(POSITIONS, n)
        kept = (self.draw.random(n) < 0.4).tolist()
        earlier = (np.arange(n) * self.draw.random(n)).astype(np.int64).tolist()
        columns: dict[str, Iterable[str]] = {
            "id": self._ids("m", n),
            "when": self._times(n),
            "actor": [self.actors[i] for i in actor],
            "target": [self.actors[i] for i in target],
            "kind": self._pick(KINDS, n),
            "source": self._pick(self.sources, n),
            "locator": self._locators(n),
            "note": self._notes(n),
            "issue": [f"issue-{i}" if keep else "" for i, keep in zip(issue, kept, strict=True)],
            "stance": [one if keep else "" for one, keep in zip(stance, kept, strict=True)],
            "answers": self._some([f"m-{i}" if i < row else "" for row, i in enumerate(earlier)], 0.1),
            "stage": self._some(self._pick(["public", "confidential"], n), 0.8),
            "basis": self._pick(["act", "witness", "narrated"], n),
        }
        self._save("moves.csv", columns)

    def _packages(self) -> None:
        n = self.packages * 4
        package = [i // 4 for i in range(n)]
        days = [date.fromordinal(int(day)).isoformat() for day in self.draw.integers(FIRST, LAST, self.packages)]
        columns: dict[str, Iterable[str]] = {
            "id": [f"k-{i}" for i in package],
            "clause": [str(i % 4 + 1) for i in range(n)],
            "title": [f"Package {i}" for i in package],
            "kind": [("proposal", "draft", "agreement", "policy")[i % 4] for i in package],
            "when": [days[i] for i in package],
            "author": [self.actors[i % len(self.actors)] for i in package],
            "issue": [f"issue-{i % ISSUES}" for i in range(n)],
            "stance": self._pick(POSITIONS, n),
            "source": self._pick(self.sources, n),
            "locator": self._locators(n),
            "note": [""] * n,
            "stage": ["public"] * n,
        }
        self._save("packages.csv", columns)

    def _texts(self) -> None:
        n = self.texts
        days = [date.fromordinal(int(day)).isoformat() for day in self.draw.integers(FIRST, LAST, n)]
        columns: dict[str, Iterable[str]] = {
            "id": self._ids("t", n),
            "series": [f"series-{i % SERIES}" for i in range(n)],
            "when": days,
            "author": self._pick(self.actors, n),
            "title": [f"Text {i}" for i in range(n)],
            "file": [""] * n,
            "source": self._pick(self.sources, n),
            "known": days,
        }
        self._save("texts.csv", columns)

    def _links(self) -> None:
        n = self.n // 50
        first = self.draw.integers(0, max(self.n, 1), n)
        second = (first + 1 + self.draw.integers(0, max(self.n - 1, 1), n)) % max(self.n, 1)
        columns: dict[str, Iterable[str]] = {
            "from": [f"s-{i}" for i in np.maximum(first, second)],
            "kind": self._pick(["supports", "refutes", "answers", "serves", "retells"], n),
            "to": [f"s-{i}" for i in np.minimum(first, second)],
            "by": self._pick(["first", "second"], n),
            "source": self._pick(self.sources, n),
            "locator": self._locators(n),
            "note": [""] * n,
        }
        self._save("links.csv", columns)


def _time(day: int, months: int, form: int) -> str:
    start = date.fromordinal(day)
    end = date.fromordinal(day + 30 * months)
    if form < 3:
        return start.isoformat()
    if form < 6:
        return f"{start.year}-{start.month:02d}"
    if form < 9:
        return f"{start.year}-{start.month:02d}/{end.year}-{end.month:02d}"
    return f"late {start.year}" if months % 2 else str(start.year)


def main() -> None:
    """Write one study."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--statements", type=int, default=10_000)
    parser.add_argument("--polls", type=int, default=300)
    parser.add_argument("--moves", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1991)
    given = parser.parse_args()
    Study(given.folder, given.statements, given.polls, given.moves, given.seed).write()


if __name__ == "__main__":
    main()
