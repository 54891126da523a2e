"""What a game file declares, as pydantic models; every key has a title, from which the reference page is made."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictInt

from rashomon.study import Filled, Id

Levels = tuple[str | tuple[str, ...], ...]
Doubts = tuple[tuple[str | StrictInt, ...], ...]
Ways = Literal["both", "take", "drop"]


class _Table(BaseModel):
    """A table of a game file: unknown keys are faults, values never change once read."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class OptionTable(_Table):
    """Something a player may do or leave."""

    id: Id = Field(title="id of the option, as conditions name it")
    name: str = Field("", title="what it means to take it, in words")
    moves: Ways = Field("both", title="both; take: once taken it stays; drop: once dropped it stays so")


class PlayerTable(_Table):
    """A player with its options."""

    actor: Id = Field(title="id of an actor or a side; in a game without a study, any id")
    options: tuple[OptionTable, ...] = Field((), title="what it may do, one or more")
    veto_by: tuple[Id, ...] = Field((), title="actors without whose consent its agreement does not stand")


class ViewTable(_Table):
    """How one player sees the game, where that differs from what it is."""

    priorities: dict[Id, tuple[Filled, ...]] = Field(
        default_factory=dict, title="the conditions it takes another to care for, most important first"
    )
    rankings: dict[Id, Levels] = Field(default_factory=dict, title="or the states as it takes another to rank them")
    unaware: tuple[Id, ...] = Field((), title="options it does not know of")
    impossible: tuple[Filled, ...] = Field((), title="conditions it holds to be impossible")
    from_study: tuple[str, ...] = Field((), title="whose wants, as it took them to be, are built from the study's statements")
    doubt: dict[Id, Doubts] = Field(default_factory=dict, title="neighbours in these lists whose order is free")
    evidence: dict[str, Any] = Field(default_factory=dict, title="records behind a condition of these lists")
    views: dict[Id, ViewTable] = Field(default_factory=dict, title="how it takes another to see the game")


class AddedTable(OptionTable):
    """An option that somebody could have had."""


class EditTable(_Table):
    """A departure that somebody could have made: an owner, and exactly one change."""

    id: Id = Field(title="id of the edit")
    by: str = Field("", title="the actor who could have made it: its owner")
    name: str = Field("", title="the edit in words")
    correct: str = Field("", title="the misperception that is mended: a view and whom it is of, such as japan.ussr")
    priorities: tuple[Filled, ...] | None = Field(None, title="other priorities of the owner")
    rankings: Levels | None = Field(None, title="or another ranking of the owner")
    doubt: Doubts | None = Field(None, title="neighbours in the list of this edit whose order is free")
    add: AddedTable | None = Field(None, title="an option more for the owner")
    remove: str = Field("", title="an option less, its own or another's")
    lift_veto: str = Field("", title="the actor whose consent is no longer needed")
    add_veto: str = Field("", title="the actor whose consent is needed besides")
    moves: dict[Id, Ways] | None = Field(None, title="the ways an option may go, one or more")


class AgreementTable(_Table):
    """What counts as an agreement."""

    condition: Filled = Field(title="a condition over options")


class GameTable(_Table):
    """A conflict: who can do what, who wants what, and who takes whom to want what."""

    title: str = Field("", title="title")
    date: str = Field("", title="when it was played: a time such as 1991-04")
    citation: str = Field("", title="where the game was published, if it was")
    status_quo: tuple[Id, ...] | None = Field(None, title="the options taken at the start")
    players: tuple[PlayerTable, ...] = Field(alias="player", title="the players")
    infeasible: tuple[Filled, ...] = Field((), title="conditions that cannot be")
    priorities: dict[Id, tuple[Filled, ...]] = Field(
        default_factory=dict, title="by actor: conditions, most important first (option prioritisation)"
    )
    rankings: dict[Id, Levels] = Field(
        default_factory=dict, title="or by actor: states such as YNN, best first, ties nested"
    )
    from_study: tuple[str, ...] = Field((), title="actors whose wants are built from the study's statements")
    means: dict[str, tuple[Filled, ...]] = Field(
        default_factory=dict, title="by condition: the stances of the study that speak of it, such as territory=two"
    )
    stands_for: dict[Id, tuple[Id, ...]] = Field(
        default_factory=dict, title="by actor: others of the study whose records count as its own in this game"
    )
    strength: dict[Id, StrictInt | tuple[StrictInt, ...]] = Field(
        default_factory=dict,
        title="by actor: how many of the first priorities, or after which places of the ranking, a difference is great",
    )
    views: dict[Id, ViewTable] = Field(default_factory=dict, title="by viewer: how it sees the game")
    agreement: str | AgreementTable = Field("", title="the condition that counts as agreement")
    doubt: dict[Id, Doubts] = Field(
        default_factory=dict, title="by actor: groups of neighbours in its list whose order is free"
    )
    edits: tuple[EditTable, ...] = Field((), alias="edit", title="departures that somebody could have made")
    evidence: dict[str, Any] = Field(
        default_factory=dict, title="by condition, or by actor and condition: ids of the records it rests on"
    )
