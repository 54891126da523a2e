"""A study of two countries in conflict over a dam, for the tests of the coder, and passages of it. All invented."""

from __future__ import annotations

import tomllib

from rashomon.reading import Passage
from rashomon.study import Declared

DECLARED = """\
[study]
id = "dam"
title = "The dam"
span = "1970/2000"

[[side]]
id = "norway"
name = "Norway"

[[side]]
id = "portugal"
name = "Portugal"

[[layer]]
id = "leadership"
name = "Leadership"

[[layer]]
id = "ministry"
name = "Ministries"

[[layer]]
id = "media"
name = "Media"

[[layer]]
id = "public"
name = "Public"

[[actor]]
id = "norwegian-government"
name = "Norwegian government"
side = "norway"
kind = "organisation"
layer = "leadership"

[[actor]]
id = "old-regime"
name = "Portuguese junta"
side = "portugal"
kind = "organisation"
layer = "leadership"
life = "../1984"

[[actor]]
id = "new-regime"
name = "Portuguese government"
side = "portugal"
kind = "organisation"
layer = "leadership"
life = "1985/.."

[[actor]]
id = "berg"
name = "Anna Berg"
side = "norway"
kind = "person"
roles = [{ office = "foreign minister", layer = "ministry", span = "1980/1988" }]

[[actor]]
id = "dahl"
name = "Ole Dahl"
side = "norway"
kind = "person"
roles = [{ office = "foreign minister", layer = "ministry", span = "1989/1995" }]

[[actor]]
id = "costa"
name = "Rui Costa"
side = "portugal"
kind = "person"
aliases = ["Costa"]
roles = [{ office = "foreign minister of Portugal", layer = "ministry", span = "1979/1990" }]

[[actor]]
id = "norwegian-press"
name = "Norwegian press"
side = "norway"
kind = "organisation"
layer = "media"

[[actor]]
id = "portuguese-public"
name = "Portuguese public"
side = "portugal"
kind = "population"
layer = "public"

[[issue]]
id = "dam"
name = "The dam on the river"
examples = ["the dam"]
positions = [
  { id = "razed", name = "To be razed", examples = ["raze the dam", "removal of the dam"] },
  { id = "shared", name = "To be shared", examples = ["share the dam", "joint use"] },
]

[[issue]]
id = "fishing"
name = "Fishing rights"
examples = ["fishing rights"]
positions = [{ id = "granted", name = "Granted" }]

[[quality]]
id = "threat"
name = "Threat"
description = "Seen as a danger."
dimension = "intent"
examples = ["threat", "danger"]

[[quality]]
id = "trustworthy"
name = "Trustworthy"
dimension = "affect"
examples = ["trustworthy", "reliable", "distrust"]
"""


def declared(text: str = DECLARED) -> Declared:
    """The declaration, or another that is written in TOML."""
    return Declared.model_validate(tomllib.loads(text))


def passage(text: str, heading: str = "", published: str = "", language: str = "en") -> Passage:
    """A passage that is nothing but its text."""
    return Passage(
        original=text, text=text, kind="paragraph", page="", paragraph=1, heading=(heading,) if heading else (),
        language=language, anchor="a", address="book#a", source="book", published=published,
    )  # fmt: skip
