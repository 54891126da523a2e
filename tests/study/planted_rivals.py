"""Faults of rival explanations in study.toml, to be planted in the sound study of ``planting``."""

from __future__ import annotations

from planting import Planted, append, swap

T = "study.toml"


def expected(more: str) -> str:
    """An expectation of one of the template's explanations."""
    given = '\n[[expectation]]\nid = "x"\nof = "berg-misread"\nsees = "X"\nby = "Y"\n'
    keys = [line.partition(" ")[0] for line in more.splitlines()]
    chances = "".join(f"{key} = [0.5, 0.9]\n" for key in ("certainty", "uniqueness") if key not in keys)
    return f"{given}{chances}{more}\n"


FOUND = 'records = ["p-1990-no"]\nfound = "yes"'

RIVALS = (
    Planted(
        "probability that is a point", "R581", T, "expectation.certainty", "0.9",
        append(T, expected(f"certainty = 0.9\n{FOUND}")),
    ),
    Planted(
        "probability of no width", "R581", T, "expectation.uniqueness", "[0.9, 0.9]",
        append(T, expected(f"uniqueness = [0.9, 0.9]\n{FOUND}")),
    ),
    Planted(
        "certain probability", "R581", T, "expectation.certainty", "[0.9, 1]",
        append(T, expected(f"certainty = [0.9, 1]\n{FOUND}")),
    ),
    Planted(
        "survival upside down", "R581", T, "expectation.survives", "[0.9, 0.1]",
        append(T, expected(f"survives = [0.9, 0.1]\n{FOUND}")),
    ),
    Planted("found without records", "R582", T, "expectation", "records", append(T, expected('found = "yes"'))),
    Planted("neither found nor sought", "R582", T, "expectation", "records", append(T, expected(""))),
    Planted("absent from nowhere", "R583", T, "expectation", "where", append(T, expected('found = "no"'))),
    Planted(
        "explanation without a rival", "R584", T, "explanation.of", "1999",
        append(T, '\n[[explanation]]\nid = "x"\nof = "No bridge in 1999."\nclaim = "X"\n'),
    ),
    Planted(
        "expectation of nothing", "R585", T, "expectation.of", "'berg-misread'",
        swap(T, 'id = "berg-minutes"\nof = "berg-misread"', 'id = "berg-minutes"\nof = "berg-misred"'),
    ),
    Planted(
        "no such rival", "R586", T, "expectation.under.toll-bloked", "'toll-blocked'",
        append(T, expected(f"under = {{ toll-bloked = [0.1, 0.4] }}\n{FOUND}")),
    ),
    Planted(
        "query without a question", "R587", T, "expectation.query", "path, topic or moves",
        append(T, expected("query = { at_least = 2 }")),
    ),
    Planted(
        "found though not looked for", "R588", T, "expectation", "not-looked-for",
        append(T, expected('records = ["p-1990-no"]\nfound = "not-looked-for"')),
    ),
    Planted(
        "query for what is lost", "R588", T, "expectation", "lost",
        append(T, expected('query = { path = "north" }\nfound = "lost"')),
    ),
    Planted(
        "expectation on no record", "R402", T, "expectation.records", "'p-1990-no'",
        append(T, expected(FOUND.replace("p-1990-no", "p-1990-na"))),
    ),
    Planted(
        "explanation from nowhere", "R209", T, "explanation.from", "'ferry-1999'",
        swap(T, 'would have agreed."\nfrom = "ferry-1999"', 'would have agreed."\nfrom = "fery-1999"'),
    ),
    Planted(
        "query of nobody", "R311", T, "expectation.query.path", "'premier-berg'",
        append(T, expected('query = { path = "premier-burg > north" }')),
    ),
    Planted(
        "query on nothing", "R316", T, "expectation.query.topic", "'bridge'",
        append(T, expected('query = { topic = "brige" }')),
    ),
    Planted(
        "query for no stance", "R319", T, "expectation.query.stance", "'toll'",
        append(T, expected('query = { topic = "bridge", stance = ["tol"] }')),
    ),
    Planted(
        "query for no kind of move", "R309", T, "expectation.query.moves", "'offers'",
        append(T, expected('query = { moves = ["ofers"] }')),
    ),
)  # fmt: skip
