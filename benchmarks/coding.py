"""The coder `rules`, measured: against the worked study's coding of two chapters, against PLOVER's sentences, and by the clock.

    python benchmarks/coding.py --chapters ../shared/sources/japan-russia-perceptions.txt
    python benchmarks/coding.py --plover ../shared/data/gold/plover_gsr_dev.json
    python benchmarks/coding.py --chapters … --sample 100 > sample.txt      # proposals drawn at random, to be judged one by one
    python benchmarks/coding.py --chapters … --only hasegawa-2000 --near    # with topics by meaning

The rules were tuned on chapters 1 and 2 and on PLOVER's published half; chapter 3 is what to look at. A statement counts as
found where a proposal of the same paragraph, or of one of the two before and after it, has its path and its topic; "metonym"
takes a side for its leading organisation, as the measures do.
The last column is no precision: a proposal may be right that neither reader wrote down.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from rashomon.coding.acts import act_of
from rashomon.coding.embedding import VectorFile
from rashomon.coding.english import English
from rashomon.coding.proposals import Proposal
from rashomon.coding.rules import Dropped, Rules
from rashomon.reading import Passage
from rashomon.study import Statement, StudyData, open_study

KURIL = Path(__file__).parents[1] / "examples" / "kuril"
CHAPTERS = {
    "verbitsky-2000": ("clichés about Japan", "Chapter Two"),
    "hasegawa-2000": ("Chapter Two", "Chapter Three"),
    "rozman-2000": ("Chapter Three", None),
}
_DEBRIS = re.compile(r"(?<=[.,;”’\"'])[®©*!?%\"'™°0-9]{1,4}(?=\s|$)")


def chapter(text: str, source: str) -> Iterator[Passage]:
    """The paragraphs of a chapter of the book's text, with the heading that each stands under: just enough to be coded."""
    first, last = CHAPTERS[source]
    begin = text.index(first)
    body = text[begin : text.index(last) if last else len(text)]
    heading, number, place = "", 0, 0
    for joined in blocks(body):
        if _title(joined) and place == 0 and first.startswith("Chapter"):
            continue  # of the chapter, and its author
        if _title(joined):
            heading, number = joined, 0
            continue
        place, number = place + 1, number + 1
        yield Passage(
            original=joined, text=joined, kind="paragraph", page="", paragraph=number, heading=(heading,), language="en",
            anchor=str(place), address=f"{source}#{place}", source=source, place=place, published="2000",
        )  # fmt: skip


def blocks(body: str) -> Iterator[str]:
    """Paragraphs and headings, each on a line of its own: page numbers and marks of notes left out."""
    for block in re.split(r"\n\s*\n", body):
        lines = [line.strip() for line in block.strip().splitlines() if not re.fullmatch(r"\s*[0-9]{1,3}\s*", line)]
        titles = []
        while len(lines) > 1 and _title(lines[-1]) and lines[-2].endswith((".", "”", '"', "*", "’")):
            titles.insert(0, lines.pop())
        joined = _DEBRIS.sub("", re.sub(r"(?<=[a-z])- (?=[a-z])", "", " ".join(lines)))
        yield from (one for one in (joined, *titles) if one)


def _title(line: str) -> bool:
    """Whether a line is a heading: short, every word of weight with a capital, no stop at its end."""
    words = [
        word
        for word in re.findall(r"[A-Za-z’']+", line)
        if len(word) > 3 and word not in ("from", "with", "under", "mid-")
    ]
    return len(line) < 130 and line[-1] not in ".,;:" and bool(words) and all(word[0].isupper() for word in words)


def paragraph_of(locator: str) -> tuple[str, int]:
    """Letters of the heading (the first ten) and the number of the paragraph, as a locator of the worked study names them."""
    found = re.search(r"ch\. [0-9], “?(.*?)”?, ¶([0-9]+)", locator)
    if not found:
        return "", 0
    opening = found[1] in ("introduction", "opening pages", "introductory section", "opening section")
    return "" if opening else _key(found[1]), int(found[2])


def _key(heading: str) -> str:
    return re.sub(r"[^a-z]", "", heading.lower())[:24]


def metonym(study: StudyData, path: Iterable[str]) -> tuple[str, ...]:
    """A path with every organisation that leads its side put for the side."""
    top = study.declared.layers[0].id
    out = []
    for name in path:
        actor = next((one for one in study.declared.actors if one.id == name), None)
        leads = actor is not None and actor.kind == "organisation" and actor.layer == top
        out.append(actor.side if actor is not None and leads else name)
    return tuple(out)


def readings(text: str, source: str, study: StudyData, rules: Rules) -> dict[str, list[Proposal | Dropped]]:
    """By address: what the coder made of a chapter."""
    out: dict[str, list[Proposal | Dropped]] = defaultdict(list)
    for one in rules.readings(chapter(text, source), study):
        out[one.address].append(one)
    return out


def score_chapter(text: str, source: str, study: StudyData, rules: Rules) -> list[Proposal]:
    """Print how the proposals of a chapter meet the coding of the worked study."""
    passages = {one.address: one for one in chapter(text, source)}
    start = time.process_time()
    found = readings(text, source, study, rules)
    seconds = time.process_time() - start
    where = {address: (_key(one.heading[0]), one.paragraph) for address, one in passages.items()}
    proposals = [one for those in found.values() for one in those if isinstance(one, Proposal)]
    lost = Counter(one.why for those in found.values() for one in those if isinstance(one, Dropped))
    words = sum(len(one.text.split()) for one in passages.values())
    print(
        f"{source}: {len(passages)} paragraphs, {words} words, {words / seconds:.0f} words a second of processor time"
    )
    print(
        f"  {len(proposals)} proposals; dropped: {dict(lost)}; depth: {dict(Counter(len(one.actors) for one in proposals))}"
    )
    rows = list(_rows(study, source))
    accepted = [one for one in rows if one.status == "accepted"]
    for name, path in (("exact", lambda p: tuple(p)), ("metonym", lambda p: metonym(study, p))):
        placed = {(near, path(one.actors), one.topic) for one in proposals for near in _near(where[one.address])}
        anywhere = {(one[1], one[2]) for one in placed}
        paths = {(one[0], one[1]) for one in placed}
        keys = [(paragraph_of(one.locator), path(one.path.actors), one.topic.text) for one in accepted]
        coded = {(paragraph_of(one.locator), path(one.path.actors), one.topic.text) for one in rows}
        said = [{(near, path(one.actors), one.topic) for near in _near(where[one.address])} for one in proposals]
        print(
            f"  {name:8} path {_share((k[0], k[1]) in paths for k in keys)}, path and topic {_share(k in placed for k in keys)},"
        )
        for depth in sorted({len(k[1]) for k in keys}):
            those = [k for k in keys if len(k[1]) == depth]
            hits = _share((k[0], k[1]) in paths for k in those), _share(k in placed for k in those)
            print(f"           of depth {depth}: path {hits[0]}, path and topic {hits[1]};")
        print(f"           the same anywhere in the chapter {_share((k[1], k[2]) in anywhere for k in keys)};")
        print(f"           proposals that a reader also wrote {_share(bool(one & coded) for one in said)}")
    return proposals


def _near(place: tuple[str, int]) -> Iterator[tuple[str, int]]:
    """A paragraph and the two before and after it: readers did not count the points of a list alike."""
    return ((place[0], place[1] + step) for step in range(-2, 3))


def _rows(study: StudyData, source: str) -> Iterator[Statement]:
    for row in range(len(study.statements)):
        one = study.statements.row(row)
        if one.source == source:
            yield one


def _share(hits: Iterable[bool]) -> str:
    all_hits = list(hits)
    return f"{sum(all_hits)}/{len(all_hits)} = {sum(all_hits) / max(1, len(all_hits)):.2f}"


def score_plover(path: Path, misses: bool) -> None:
    """Print how often source, target and type of PLOVER's sentences are right.

    An actor is right where each span of the gold shares a word with ours and each of ours with the gold; a target that the gold
    leaves open counts only under "as the gold has it", and is right if we leave it open too.
    """
    rows = [one for one in json.loads(path.read_text(encoding="utf-8")) if one["event"] != "DOCUMENT"]
    right: Counter[str] = Counter()
    confused: Counter[tuple[str, str]] = Counter()
    asked = 0
    for row in rows:
        text = row["text"].strip(" {}")
        act = next((found for one in English().sentences(text) if (found := act_of(one)) is not None), None)
        source, target = (_alike(text, getattr(act, which, ()), row.get(which)) for which in ("source", "target"))
        given = isinstance(row.get("target"), list)
        asked += given
        kind = act.kind if act is not None else "-"
        hits = {
            "source": source,
            "target": target,
            "event": kind == row["event"],
            "source and target": source and target,
        }
        hits["all three"] = hits["source and target"] and hits["event"]
        hits["target, where given"] = target and given
        hits["source and target, where given"] = source and target and given
        right.update(name for name, hit in hits.items() if hit)
        confused[row["event"], kind] += 1
        if misses and not hits["all three"]:
            spans = [[text[a:b] for a, b in getattr(act, which, ())] for which in ("source", "target")]
            print(
                [name for name in ("source", "target", "event") if not hits[name]],
                row["event"],
                kind,
                spans,
                text,
                sep=" | ",
            )
    for name, count in right.items():
        of = asked if name.endswith("given") else len(rows)
        print(f"  {name:32} {count}/{of} = {count / of:.2f}")
    print("  most confused:", [(a, b, n) for (a, b), n in confused.most_common(60) if a != b][:12])


def _alike(text: str, spans: Iterable[tuple[int, int]], gold: object) -> bool:
    """Whether spans and the gold's actors name each other, by words in common."""
    mine = [_words(text[start:end]) for start, end in spans]
    theirs = [_words(one["actorText"]) for one in gold] if isinstance(gold, list) else []
    met = all(any(a & b for b in mine) for a in theirs) and all(any(a & b for a in theirs) for b in mine)
    return met and bool(mine) == bool(theirs)


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"[a-z]+", text.lower()) if word not in ("the", "of", "in", "s", "and")}


def show(proposals: list[Proposal], count: int, seed: int) -> None:
    """Print proposals drawn at random, with their words, to be judged."""
    drawn = random.Random(seed).sample(proposals, min(count, len(proposals)))
    for number, one in enumerate(drawn, start=1):
        print(
            f"[{number}] {one.path} | {one.modality} | {one.topic} | {one.stance} | {one.when} | {one.certainty}\n    {one.quote}"
        )


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--chapters", type=Path, help="the text of the book")
    parser.add_argument("--plover", type=Path, help="sentences with source, target and event (JSON)")
    parser.add_argument("--misses", action="store_true", help="print what was got wrong")
    parser.add_argument("--study", type=Path, default=KURIL)
    parser.add_argument("--sample", type=int, default=0, help="print as many proposals of chapter 3, drawn at random")
    parser.add_argument("--source", default="rozman-2000", help="of which chapter the sample is")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", choices=list(CHAPTERS), help="one chapter, by its source")
    parser.add_argument("--near", action="store_true", help="with topics by meaning")
    args = parser.parse_args()
    if args.chapters:
        study, text = open_study(args.study), args.chapters.read_text(encoding="utf-8")
        vectors = VectorFile(Path(tempfile.mkdtemp()) / "vectors.db") if args.near else None
        for source in [args.only] if args.only else CHAPTERS:
            proposals = score_chapter(text, source, study, Rules(vectors=vectors))
            if args.sample and source == args.source:
                show(proposals, args.sample, args.seed)
    if args.plover:
        score_plover(args.plover, args.misses)


if __name__ == "__main__":
    main()
