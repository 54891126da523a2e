"""A study of invented letters, read and partly coded, from which a classifier can learn: for tests of what learns and queues."""

from __future__ import annotations

from pathlib import Path

import rashomon
from rashomon.reading import Passage, Shelf
from rashomon.study.store import open_store
from studies import DECLARED, write_study, write_table

NAMED = DECLARED.replace('name = "Government of the North"', 'name = "Northern Cabinet"').replace(
    'name = "Ministry of the South"', 'name = "Southern Ministry"'
) + """
[[issue]]
id = "grain"
name = "Trade in grain"
examples = ["the price of wheat", "a tariff on grain"]
positions = [{ id = "free", name = "Free" }, { id = "taxed", name = "Taxed" }]
"""  # fmt: skip
WHO = {"north-government": "The Northern Cabinet", "south-ministry": "The Southern Ministry"}
SAID = {
    "border": (
        "spoke of the frontier line and of the posts along it",
        "drew the boundary on a new map of the valley",
        "sent surveyors to mark the border stones again",
        "wrote that the frontier guards had crossed the line",
    ),
    "grain": (
        "set the price of wheat for the coming harvest",
        "bought barley and rye from the merchants of the port",
        "argued over the tariff on grain and flour",
        "opened the granaries to foreign buyers of wheat",
    ),
}
IDLE = (
    "The weather was mild that week and the orchards were in bloom.",
    "A choir sang in the old theatre until late in the evening.",
    "My sister has taken up painting and her children learn the violin.",
    "We walked by the lake and watched the swans with their young.",
)
YEARS = tuple(range(1985, 1993))


def letter(year: int) -> tuple[str, list[tuple[str, str]]]:
    """The text of a year's letter, and the topic and actor of each of its paragraphs; "" for idle ones."""
    paragraphs, told = [], []
    for number in range(4):
        for topic, actor in (("border", "north-government"), ("grain", "south-ministry")):
            said = SAID[topic][(number + year) % 4]
            paragraphs.append(f"{WHO[actor]} {said}. That was in the letter number {number} of {year}.")
            told.append((topic, actor))
        paragraphs.append(f"{IDLE[(number + year) % 4]} So ends the page {number} of {year}.")
        told.append(("", ""))
    return "\n\n".join(paragraphs) + "\n", told


def learned_study(root: Path, coded: int) -> Path:
    """A study whose first ``coded`` letters are coded, a statement for each paragraph that is not idle, and the others not."""
    sources = "".join(
        f'\n[[source]]\nid = "letter-{year}"\ntitle = "Letter"\nkind = "letter"\npublished = "{year}"\n'
        for year in YEARS
    )
    write_study(root, NAMED + sources, statements=[])
    (root / "sources").mkdir()
    for year in YEARS:
        (root / "sources" / f"letter-{year}.txt").write_text(letter(year)[0], encoding="utf-8")
    rashomon.open(root).read()
    rows = []
    for year in YEARS[:coded]:
        for passage, (topic, actor) in zip(passages(root, f"letter-{year}"), letter(year)[1], strict=True):
            if topic:
                quote = passage.text.partition(".")[0] + "."
                stance = "keep" if topic == "border" else "free"
                one = {
                    "id": f"s-{year}-{len(rows)}",
                    "path": actor,
                    "topic": topic,
                    "stance": stance,
                    "when": str(year),
                }
                rows.append(one | {"source": f"letter-{year}", "passage": passage.address, "quote": quote})
    write_table(root, "statements", rows)
    return root


def passages(root: Path, source: str = "") -> list[Passage]:
    """The passages that were read."""
    store = open_store(root)
    assert store is not None
    with store:
        return list(Shelf(store).passages(source))
