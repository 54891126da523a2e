"""Faults of records against each other, to be planted in the sound study of ``planting``."""

from __future__ import annotations

from planting import Planted, access, both, clause, link, move, poll, row, statement

S, M, P, K = "statements.csv", "moves.csv", "polls.csv", "packages.csv"
L, A = "links.csv", "access.csv"
BACK = {"from": "s-north-toll", "to": "s-public-trust"}
DONT_KNOW = {
    "id": "p-dk", "survey": "gazette-panel-1990", "question": "trust-north", "population": "adults of Southland",
    "fielded": "1990-05", "answer": "don't know", "share": "15.5", "source": "gazette-1990",
}  # fmt: skip

RECORDS = (
    Planted("id used twice", "R401", S, "id", "line 2", statement(id="s-north-toll")),
    Planted("id used in two tables", "R401", M, "id", "statements.csv", move(id="s-north-toll")),
    Planted("id of an issue", "R401", S, "id", "issue", statement(id="bridge")),
    Planted("clause given twice", "R401", K, "clause", "'1'", clause(clause="1")),
    Planted("unknown record", "R402", S, "reads", "'m-talks-cancelled'", statement(reads="m-talks-canceled")),
    Planted("link to nothing", "R402", L, "to", "'s-north-toll'", link(to="s-north-tol")),
    Planted("access to nothing", "R402", A, "record", "'draft-1990'", access(record="draft-1991")),
    Planted("answer to nothing", "R402", M, "answers", "m-talks", move(answers="m-talks")),
    Planted("held after death", "R403", S, "when", "1986-03-01", statement(path="late-berg")),
    Planted("held beyond death", "R403", S, "when", "1986-03-01", statement(path="late-berg", when="1985/1990")),
    Planted("ascribed to the dead", "R403", S, "when", "1986-03-01", statement(path="south > late-berg")),
    Planted("statement outside the span", "R404", S, "when", "1985/1995", statement(when="1975")),
    Planted("move outside the span", "R404", M, "when", "1985/1995", move(when="1996-01-01")),
    Planted("poll outside the span", "R404", P, "fielded", "1985/1995", poll(fielded="1984")),
    Planted("known before", "R405", S, "known", "1988-12-31", statement(known="1988-12-31")),
    Planted("move known before", "R405", M, "known", "1989-02-01", move(known="1989-01-31")),
    Planted("answers over 100.5", "R406", P, "share", "101 percent", row("polls", **DONT_KNOW)),
    Planted("circle of parts", "R407", L, "to", "part-of", both(link(), link(**BACK))),
    Planted("reading of a statement", "R408", S, "reads", "links.csv", statement(reads="s-public-trust")),
    Planted("package of two dates", "R409", K, "when", "1990-11", clause(when="1990-12")),
    Planted("package of two titles", "R409", K, "title", "Midriver", clause(title="The draft of Midrivr")),
    Planted("link to itself", "R411", L, "to", "another record", link(to="s-public-trust")),
    Planted("answer to itself", "R411", M, "answers", "m-new", move(answers="m-new")),
    Planted("later than its source", "R412", S, "when", "1990-06-12", statement(when="1992", source="gazette-1990")),
    Planted(
        "withheld until before",
        "R303",
        A,
        "until",
        "not before",
        access(how="withheld", until="1990-01", **{"from": "1990-02"}),
    ),
    Planted("shown or withheld", "R306", A, "how", "withheld or shown", access(how="", **{"from": "1990-02"})),
    Planted("shown or withheld, at no time", "R306", A, "how", "withheld or shown", access(how="")),
    Planted("shown until", "R309", A, "how", "has once been shown", access(how="shown", until="1991")),
    Planted("unknown kind of access", "R309", A, "how", "'withheld'", access(how="witheld")),
)
