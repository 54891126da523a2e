"""A made-up campaign: figures of five questions that share what else moves, of which the campaign moves the first."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from scipy.special import expit, logit

from studies import DECLARED, write_study

QUESTIONS = ("peaceful", "like-a", "like-b", "like-c", "like-d")
CONTROLS = 'controls = ["like-a", "like-b", "like-c", "like-d"]'
ASKED = DECLARED.replace('span = "1980/2000"', 'span = "1980/2010"').replace(
    'published = "199', 'published = "201'
) + "".join(
    f'[[poll_question]]\nid = "{name}"\nwording = "Do you {name.replace("-", " ")}?"\nanswers = ["yes", "no"]\n'
    for name in QUESTIONS[1:]
)


def campaign(controls: str = CONTROLS, when: str = "2000/2001", more: str = "", aims: str = '["peaceful"]') -> str:
    """The declaration of the campaign; ``more`` comes after it."""
    return (
        f'[[campaign]]\nid = "tour"\nname = "A tour"\nby = "north-leader"\ntoward = "south"\nwhen = "{when}"\naims = {aims}\n'
        f'{controls}\nsource = "memoir"\nlocator = "p. 9"\n{more}'
    )


def figures(moved: float, first: int = 1985, last: int = 2005, seed: int = 4) -> list[dict[str, object]]:
    """Figures of all questions every June; the first question moves by so many logits from 2000 on."""
    rng = np.random.default_rng(seed)
    years = np.arange(first, last + 1)
    common = rng.normal(0, 0.2, len(years)).cumsum()
    rows: list[dict[str, object]] = []
    for place, name in enumerate(QUESTIONS):
        own = logit(0.3 + 0.08 * place) + common + rng.normal(0, 0.03, len(years)).cumsum()
        own += moved * (years >= 2000) * (place == 0)
        aimed = {"path": "south-public", "topic": "north:peaceful"} if place == 0 else {}
        rows += [
            {
                "id": f"q{100 * place + k}", "survey": f"{name}-{year}", "question": name, "population": "south-public",
                "fielded": f"{year}-06", "answer": "yes", "share": round(rng.binomial(1500, share) / 15, 1), "n": 1500,
                "pollster": "gallup", "mode": "face-to-face", "source": "book", **aimed,
            }
            for k, (year, share) in enumerate(zip(years.tolist(), expit(own).tolist(), strict=True))
        ]  # fmt: skip
    return rows


def write_tour(root: Path, declared: str = "", **tables: list[dict[str, object]]) -> Path:
    """A study with the campaign, or another ``declared``."""
    return write_study(root, ASKED + (declared or campaign()), **tables)
