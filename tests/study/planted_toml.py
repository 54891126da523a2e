"""Faults in study.toml, to be planted in the sound study of ``planting``."""

from __future__ import annotations

from planting import Planted, append, swap

T = "study.toml"


def issue(more: str) -> str:
    """A table of an issue."""
    return f'\n[[issue]]\nid = "x"\nname = "X"\n{more}\n'


def actor(name: str, side: str = 'side = "north"', roles: str = "") -> str:
    """A table of an actor, a member of the group ``roles``."""
    member = f'roles = [{{ member_of = "{roles}" }}]\n' if roles else ""
    return f'\n[[actor]]\nid = "{name}"\nname = "X"\n{side}\nkind = "group"\n{member}'


TOML = (
    Planted(
        "unknown key", "R201", T, "actor.lyer", "'layer'", swap(T, 'kind = "office"', 'kind = "office"\nlyer = "x"')
    ),
    Planted("unknown section", "R201", T, "sides", "'side'", append(T, '\n[[sides]]\nid = "x"\n')),
    Planted(
        "unknown key in a role",
        "R201",
        T,
        "actor.roles.offce",
        "'office'",
        swap(T, 'office = "premier"', 'offce = "premier"'),
    ),
    Planted(
        "misspelt key",
        "R201",
        T,
        "quality.dimenson",
        "'dimension'",
        swap(T, 'dimension = "capability"', 'dimenson = "capability"'),
    ),
    Planted("missing key", "R202", T, "quality.dimension", "dimension", swap(T, 'dimension = "capability"\n', "")),
    Planted("missing span", "R202", T, "study.span", "span", swap(T, 'span = "1985/1995"\n', "")),
    Planted("wrong kind of actor", "R203", T, "actor.kind", "ofice", swap(T, 'kind = "office"', 'kind = "ofice"')),
    Planted("place outside", "R203", T, "issue.positions.at", "1.5", swap(T, "at = 1.0", "at = 1.5")),
    Planted("no positions", "R203", T, "issue.positions", "empty", append(T, issue("positions = []"))),
    Planted(
        "wrong type",
        "R203",
        T,
        "poll_question.multiple",
        "perhaps",
        swap(T, "multiple = false", 'multiple = "perhaps"'),
    ),
    Planted("section that is a table", "R203", T, "date", "[[date]]", swap(T, "[[date]]", "[date]")),
    Planted(
        "side declared twice", "R204", T, "side.id", "'north'", append(T, '\n[[side]]\nid = "north"\nname = "N"\n')
    ),
    Planted("actor with the id of a side", "R204", T, "actor.id", "'north'", append(T, actor("north"))),
    Planted("bad id", "R205", T, "series.id", "Bad id", append(T, '\n[[series]]\nid = "Bad id"\nname = "N"\n')),
    Planted("unknown side", "R206", T, "actor.side", "'north'", append(T, actor("x", 'side = "nroth"'))),
    Planted(
        "unknown layer", "R207", T, "actor.layer", "'ministry'", swap(T, 'layer = "ministry"', 'layer = "ministery"')
    ),
    Planted(
        "unknown layer of a role",
        "R207",
        T,
        "actor.roles.layer",
        "lead",
        swap(T, 'assembly", layer = "leadership"', 'assembly", layer = "lead"'),
    ),
    Planted(
        "unknown group",
        "R208",
        T,
        "actor.roles.member_of",
        "cabinet",
        swap(T, 'office = "premier",', 'office = "premier", member_of = "cabinet",'),
    ),
    Planted(
        "unknown narrator",
        "R208",
        T,
        "source.narrator",
        "'south-public'",
        swap(T, 'narrator = "south-public"', 'narrator = "south-publik"'),
    ),
    Planted(
        "unknown source of a hypothesis",
        "R209",
        T,
        "hypothesis.from",
        "'ferry-1999'",
        swap(T, 'from = "ferry-1999"\nsupports', 'from = "ferry-1998"\nsupports'),
    ),
    Planted(
        "role outside life",
        "R210",
        T,
        "actor.roles.span",
        "1920/1925",
        swap(T, 'span = "1979/1986"', 'span = "1920/1925"'),
    ),
    Planted(
        "role beyond life",
        "R210",
        T,
        "actor.roles.span",
        "1990/2010",
        swap(T, 'span = "1987-05/1993-10"', 'span = "1990/2010"'),
    ),
    Planted(
        "role outside the span",
        "R211",
        T,
        "actor.roles.span",
        "1960/1965",
        swap(T, 'span = "1979/1986"', 'span = "1960/1965"'),
    ),
    Planted(
        "date outside the span", "R211", T, "date.when", "2001", swap(T, 'when = "1991-04-16"', 'when = "2001-04-16"')
    ),
    Planted(
        "period outside the span",
        "R211",
        T,
        "period.when",
        "1970",
        swap(T, 'when = "1985/1991-04-15"', 'when = "1970/1975"'),
    ),
    Planted("newer format", "R212", T, "study.format", "later version", swap(T, "\nformat = 1\n", "\nformat = 2\n")),
    Planted(
        "order contradicted",
        "R213",
        T,
        "issue.positions",
        "toll at 0.95",
        swap(
            T,
            '"A bridge with a toll", at = 0.5',
            '"A bridge with a toll", at = 0.95 },\n  { id = "ford", name = "F", at = 0.2',
        ),
    ),
    Planted(
        "levels on some positions",
        "R217",
        T,
        "issue.positions",
        "no level",
        swap(T, '"A bridge with a toll", at = 0.5', '"A bridge with a toll", at = 0.5, level = 1'),
    ),
    Planted(
        "position twice",
        "R214",
        T,
        "issue.positions",
        "none",
        swap(T, '{ id = "free",', '{ id = "none", name = "N", at = 0.7 },\n  { id = "free",'),
    ),
    Planted(
        "word of a scale twice",
        "R214",
        T,
        "quality.scale",
        "middling",
        swap(T, '"middling", "rich"', '"middling", "middling", "rich"'),
    ),
    Planted("answer twice", "R214", T, "poll_question.answers", "'no'", swap(T, '"yes", "no"', '"yes", "no", "no"')),
    Planted(
        "group within itself",
        "R215",
        T,
        "actor.roles",
        "a is a member of b",
        append(T, actor("a", roles="b") + actor("b", roles="a")),
    ),
    Planted(
        "compatible with nothing",
        "R216",
        T,
        "issue.positions.compatible",
        "'toll'",
        swap(T, 'name = "A free bridge", at = 1.0', 'name = "A free bridge", at = 1.0, compatible = ["tol"]'),
    ),
    Planted(
        "nothing to follow",
        "R203",
        T,
        "tracked.words",
        'such as words = ["toll"',
        swap(T, 'words = ["toll", "ferry due*"]', "words = []"),
    ),
    Planted("not TOML", "R111", T, "", "bracket", append(T, "\n[[side]\n")),
    Planted("reversed span", "R303", T, "study.span", "1985/1995", swap(T, 'span = "1985/1995"', 'span = "1995/1985"')),
    Planted(
        "hypothesis on no record",
        "R402",
        T,
        "hypothesis.supports",
        "'p-1990-no'",
        swap(T, 'supports = ["p-1990-no"]', 'supports = ["p-1990-na"]'),
    ),
)
