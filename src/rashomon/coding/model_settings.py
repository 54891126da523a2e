"""How a language model is asked: the keys of a table ``[[coder]]`` of study.toml."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, StrictInt, model_validator
from pydantic_core import PydanticCustomError

from rashomon.study import Filled, Gathered, Id, Keys, Places, Tables

__all__ = ["MODES", "Mode", "ModelSettings"]

Mode = Literal["json_schema", "json_object_schema", "json_object", "text"]
MODES: tuple[Mode, ...] = get_args(Mode)
"""How a server is held to the schema of a reply, the strictest first.

``json_schema``: OpenAI's strict schema. ``json_object_schema``: ``{"type": "json_object", "schema": …}``, as llama.cpp's server
and those built on it take it. ``json_object``: any JSON. ``text``: by the prompt alone.
"""

Count = Annotated[StrictInt, Field(ge=1)]
Amount = Annotated[FiniteFloat, Field(ge=0)]


class ModelSettings(BaseModel):
    """A language model behind an OpenAI-compatible endpoint, and the limits within which it is asked."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Id = Field(title="id of the coder, as it stands in the column coder")
    kind: Literal["model"] = Field("model", title="model")
    endpoint: Filled = Field(title="address of the endpoint, such as http://localhost:8080/v1")
    model: Filled = Field(title="name of the model, as the endpoint knows it")
    temperature: Annotated[FiniteFloat, Field(ge=0, le=2)] = Field(0.0, title="temperature, 0 to 2")
    key_variable: str = Field("", title="name of the environment variable that holds the key; none: no key is sent")
    requests: Count = Field(title="requests that a run may send at most, those sent again included")
    tokens: Count = Field(title="tokens that a run may use at most, of prompts and replies together")
    money: Amount | None = Field(
        None, title="what a run may cost at most, in the currency of the prices; none: no limit"
    )
    price_in: Amount = Field(0.0, title="price of a million tokens of a prompt")
    price_out: Amount = Field(0.0, title="price of a million tokens of a reply")
    per_minute: Annotated[FiniteFloat, Field(gt=0)] = Field(60.0, title="requests a minute at most")
    at_once: Annotated[StrictInt, Field(ge=1, le=8)] = Field(1, title="requests in flight at most, 1 to 8")
    reply_tokens: Count = Field(2048, title="tokens of one reply at most")
    reply_limit: Literal["max_tokens", "max_completion_tokens"] = Field(
        "max_tokens", title="what the endpoint calls that limit: max_tokens or max_completion_tokens"
    )
    reply_format: Literal["auto", Mode] = Field(
        "auto", title=f"auto: the strictest that the server takes; or {', '.join(MODES)}"
    )
    timeout: Annotated[FiniteFloat, Field(gt=0, le=3600)] = Field(120.0, title="seconds to wait for one reply")
    retries: Annotated[StrictInt, Field(ge=0, le=20)] = Field(5, title="how often a request that failed is sent again")
    codebook: Annotated[StrictInt, Field(ge=1000)] = Field(
        24_000, title="characters of the codebook shown with a passage"
    )
    seed: StrictInt = Field(0, title="seed of the waiting times before a request is sent again")

    @model_validator(mode="after")
    def _priced(self) -> Self:
        if self.money is not None and not self.price_in + self.price_out:
            context = {"code": "R202", "said": "A limit of money needs prices.", "allowed": "price_in and price_out"}
            remedy = "Add the prices of a million tokens, or take money out."
            raise PydanticCustomError("rashomon", "{said}", {**context, "remedy": remedy})
        return self

    @classmethod
    def from_mapping(cls, table: Mapping[str, object], path: Keys = ("coder",), places: Places | None = None) -> Self:
        """The settings in a table of study.toml, which stands there at ``path``; raises R201 to R203 with all of its faults."""
        gathered = Gathered()
        settings = Tables("study.toml", places or Places(), gathered).validate(cls, dict(table), path)
        gathered.raise_any()
        assert settings is not None  # or there are faults
        return settings
