"""How the rules are to read: the keys of a table ``[[coder]]`` of study.toml whose kind is ``rules``."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool

from rashomon.study import Id


class RulesSettings(BaseModel):
    """The coder by rules, set otherwise than by default. A coder with the id ``rules`` is asked wherever none is named."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Id = Field(title="id of the coder, as it stands in the column coder")
    kind: Literal["rules"] = Field(title="rules")
    embeddings: StrictBool = Field(
        False, title="whether a topic may be the one nearest by meaning where none of the codebook's words stands"
    )
