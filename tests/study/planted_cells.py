"""Faults of single cells, to be planted in the sound study of ``planting``."""

from __future__ import annotations

from planting import Planted, access, cell, clause, link, move, poll, statement, text

S, M, P, K, L = "statements.csv", "moves.csv", "polls.csv", "packages.csv", "links.csv"

CELLS = (
    Planted("bad id of a record", "R205", S, "id", "'s-new'", statement(id="S new")),
    Planted("unreadable time", "R301", S, "when", "old days", statement(when="in the old days")),
    Planted("impossible date", "R302", S, "when", "1991-02-30", statement(when="1991-02-30")),
    Planted("end before start", "R303", S, "when", "1988/1990", statement(when="1990/1988")),
    Planted("Excel's date", "R304", S, "when", "1985-03", statement(when="Mar-85")),
    Planted("Excel's date in moves", "R304", M, "when", "5/1/90", move(when="5/1/90")),
    Planted("unreadable day", "R301", S, "known", "soon", statement(known="soon")),
    Planted("blank path", "R306", S, "path", "blank", statement(path="")),
    Planted("blank stance", "R306", S, "stance", "what is held", statement(stance="")),
    Planted("blank share", "R306", P, "share", "blank", poll(share="")),
    Planted("blank id", "R306", M, "id", "blank", move(id="")),
    Planted("certainty in words", "R307", S, "certainty", "high", statement(certainty="high")),
    Planted("certainty too high", "R308", S, "certainty", "0 to 1", statement(certainty="90")),
    Planted("half a person asked", "R308", P, "n", "whole", poll(n="612.5")),
    Planted("weight of nothing", "R308", M, "weight", "above 0", move(weight="0")),
    Planted("unknown status", "R309", S, "status", "'accepted'", statement(status="acepted")),
    Planted("unknown kind of move", "R309", M, "kind", "'offers'", move(kind="offer")),
    Planted("unknown kind of link", "R309", L, "kind", "'part-of'", link(kind="partof")),
    Planted("unknown kind of package", "R309", K, "kind", "proposal", cell("packages", 0, "kind", "treaty")),
    Planted("path without an end", "R310", S, "path", "'south-public >'", statement(path="south-public >")),
    Planted("unknown actor", "R311", S, "path", "'south-public'", statement(path="south-publik")),
    Planted("path too long", "R312", S, "path", "4 actors", statement(path="south > north > south > north")),
    Planted("actor next to itself", "R313", S, "path", "once", statement(path="south > south")),
    Planted("unknown verb", "R314", S, "modality", "'wants'", statement(modality="want")),
    Planted("more verbs than actors", "R315", S, "modality", "2 verbs", statement(modality="believes > wants")),
    Planted(
        "fewer verbs than actors",
        "R315",
        S,
        "modality",
        "3 actors",
        statement(path="south > north > south", modality="believes > wants"),
    ),
    Planted("unknown topic", "R316", S, "topic", "'bridge'", statement(topic="bridg")),
    Planted("quality of nobody", "R316", S, "topic", "TARGET:wealth", statement(topic="wealth", stance="rich")),
    Planted("unknown issue of a move", "R316", M, "issue", "'bridge'", move(issue="bridg", stance="free")),
    Planted(
        "chain of causes", "R316", S, "topic", "each side", statement(topic="bridge -> bridge -> bridge", stance="up")
    ),
    Planted("unknown quality", "R317", S, "topic", "'trustworthy'", statement(topic="north:trusty", stance="mixed")),
    Planted("unknown target", "R318", S, "topic", "'north'", statement(topic="nroth:trustworthy", stance="mixed")),
    Planted("stance of another topic", "R319", S, "stance", "none, toll, free", statement(stance="positive")),
    Planted(
        "word of another scale", "R319", S, "stance", "middling", statement(topic="north:wealth", stance="positive")
    ),
    Planted(
        "number beyond the scale", "R319", S, "stance", "-1 to 1", statement(topic="north:trustworthy", stance="1.5")
    ),
    Planted(
        "direction of a cause", "R319", S, "stance", "up", statement(topic="bridge -> north:wealth", stance="rich")
    ),
    Planted(
        "stance on a record",
        "R319",
        S,
        "stance",
        "blank",
        statement(topic="draft-1990", modality="overlooks", stance="free"),
    ),
    Planted("stance of a clause", "R319", K, "stance", "'toll'", clause(stance="tol")),
    Planted("unknown source", "R320", S, "source", "'ferry-1999'", statement(source="ferry-99")),
    Planted("share in words", "R321", P, "share", "a third", poll(share="a third")),
    Planted("share with a comma", "R321", P, "share", "37.5", poll(share="37,5")),
    Planted("share over 100", "R322", P, "share", "0 to 100", poll(share="140")),
    Planted("negative share", "R322", P, "share", "points", poll(share="-3")),
    Planted("points over 100", "R322", P, "share", "-100 to 100", poll(share="-130", unit="points")),
    Planted("unreadable condition", "R323", S, "given", "too early", statement(given="bridge=toll &")),
    Planted("condition on no position", "R324", S, "given", "'toll'", statement(given="bridge=tol")),
    Planted("condition on no issue", "R324", S, "given", "'bridge'", statement(given="brige=toll")),
    Planted("condition without a position", "R324", S, "given", "bridge=position", statement(given="bridge")),
    Planted("unknown actor of a move", "R325", M, "actor", "'premier-berg'", move(actor="premier-burg")),
    Planted("unknown target of a move", "R325", M, "target", "'north'", move(target="nroth")),
    Planted("unknown author", "R325", K, "author", "'premier-berg'", cell("packages", 0, "author", "premier-berk")),
    Planted("unknown audience", "R325", "access.csv", "audience", "'south-public'", access(audience="south-publik")),
    Planted("unknown series", "R326", "texts.csv", "series", "new-year-addresses", text(series="addresses")),
    Planted("unknown question", "R327", P, "question", "'trust-north'", poll(question="trust-nort")),
    Planted("unknown answer", "R328", P, "answer", "don't know", poll(answer="maybe")),
    Planted("unreadable extent", "R329", S, "extent", "'most'", statement(extent="mostly")),
)
