"""Who agrees with whom across the sides and within them, how polarised that is, and who tells of whose view."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from rashomon.measuring.networks import Network, Polarisation, Tie, TieChange
from rashomon.measuring.networks.gathering import SEPARATOR
from rashomon.reporting.document import (
    Block,
    Break,
    Column,
    Figure,
    Head,
    Para,
    Row,
    Section,
    Small,
    Strong,
    Table,
    Text,
)
from rashomon.reporting.network_pictures import MOST, met
from rashomon.reporting.telling import MOST_ROWS, Telling, why
from rashomon.reporting.wording import join, number, signed
from rashomon.texts import count


def networking(telling: Telling) -> Section:
    """The section on discourse networks, of the layers of each side; a source counts once for what it repeats."""
    blocks = [*_own(telling), *_attributed(telling)]
    return Section("networks", "Who agrees with whom, and who tells of whose view", tuple(blocks))


def _own(telling: Telling) -> list[Block]:
    agree, oppose = telling.measures.agreement, telling.measures.opposition
    if not telling.measures.polarisation.rows:
        return [Para((telling.names.prose(agree.because),), kind="note")]
    text: Text = (
        "Two layers agree where both take the same side of a topic, and conflict where they take opposite sides. "
        f"{count(agree.provenance.n, 'statement')} of layers and sides take one"
        + (f"; left out are {_reasons(agree)}. " if agree.left_out else ". ")
        + (f"Weights have no interval: {telling.names.prose(agree.because)}." if agree.because else ""),
    )
    shown = [*_picture(telling, agree, oppose), _pair_table(telling, agree, oppose)]
    return [Para(text), *shown, *_polarised(telling, telling.measures.polarisation), *_changed(telling)]


def _reasons(network: Network) -> str:
    return join(f"{n:,} ({reason})" for reason, n in network.left_out)


def _picture(telling: Telling, agree: Network, oppose: Network) -> list[Block]:
    """The two networks of the main sides' layers as one matrix: the first side's before the other's, those with most ties first."""
    strength = {one.id: one.strength for one in agree.nodes}
    for one in oppose.nodes:
        strength[one.id] += one.strength
    side = {one.id: one.side for one in agree.nodes if one.side in telling.mains}
    most = sorted(side, key=lambda one: (-strength[one], one))[:MOST]
    drawn = sorted(most, key=lambda one: telling.mains.index(side[one]))
    labels = {one: group(telling, one) for one in drawn}
    pairs = [[row for row in one.rows if row.source in labels and row.target in labels] for one in (agree, oppose)]
    if not any(pairs):
        return []
    statements = sum(one.n for one in agree.nodes if one.id in labels)
    largest = max(row.weight.estimate for rows in pairs for row in rows)
    left = len(strength) - len(labels)
    two = len({side[one] for one in drawn}) > 1
    caption: Text = (
        Strong("Who agrees with whom. "),
        f"Rows and columns are the same {count(len(labels), 'layer')} ({count(statements, 'statement')}). A circle above the diagonal is agreement "
        "of two layers, a diamond below it their conflict; its area is the number of pairs of statements, the largest "
        f"{number(largest, 0)}. Where no mark stands, no such pair is on record. "
        + ("A broken line parts the two sides; within a side those" if two else "Those")
        + " with most pairs come first, and place means nothing else.",
        Small((f" Not drawn: {count(left, 'layer')} of other sides or with fewer pairs." if left else "") + " The table below has the numbers."),
    )  # fmt: skip
    alt = f"A matrix of {count(len(labels), 'layer')}: {len(pairs[0])} pairs of layers agree on something and {len(pairs[1])} conflict."
    if two:
        between = [_between(rows, side) for rows in pairs]
        alt += f" Between the two sides lie {between[0]} pairs of statements that agree, and {between[1]} that conflict."
    return [Figure("fig-networks", caption, met(agree, oppose, labels), alt, None, "text")]


def _between(ties: Sequence[Tie], side: Mapping[str, str]) -> str:
    """How much of the weight of ties lies between the sides."""
    between = sum(row.weight.estimate for row in ties if side[row.source] != side[row.target])
    return f"{number(between, 0)} of {number(sum(row.weight.estimate for row in ties), 0)}"


def _pair_table(telling: Telling, agree: Network, oppose: Network) -> Table:
    """Pairs of layers by how much they have to say to each other, those across the sides first."""
    agreeing, opposed = ({(row.source, row.target): row for row in one.rows} for one in (agree, oppose))
    side = {one.id: one.side for one in agree.nodes}
    said: dict[tuple[str, str], list[str]] = {}
    for event in telling.layers.events().rows:
        said.setdefault((event.actor, event.topic), []).append(event.statement)

    def weights(pair: tuple[str, str]) -> list[float]:
        return [one[pair].weight.estimate if pair in one else 0.0 for one in (agreeing, opposed)]

    order = sorted({*agreeing, *opposed}, key=lambda pair: (side[pair[0]] == side[pair[1]], -sum(weights(pair)), pair))
    made = []
    for pair in order[:MOST_ROWS]:
        row = agreeing.get(pair) or opposed[pair]
        records = [one for topic in row.topics for actor in pair for one in said[actor, topic]]
        with_, against = weights(pair)
        made.append(
            Row(
                (
                    (Strong(f"{group(telling, pair[0])} – {group(telling, pair[1])}"),),
                    (number(with_, 0),),
                    (number(against, 0),),
                    (f"{round(100 * with_ / (with_ + against))} %",),
                    (_topics(telling, row.topics),),
                    telling.basis(row.n, "statement", row.weight.voices, row.sources, records),
                )
            )
        )
    columns = (
        Column("Layers", width=28), Column("Pairs that agree", "number", 10), Column("Conflict", "number", 10), Column("Agreeing", "number", 10),
        Column("On", width=22), Column("Rests on", width=20),
    )  # fmt: skip
    caption: Text = (Strong("Agreement and conflict of layers. "), "Pairs of statements on one topic, of whatever years; layers of two sides first.")
    return Table("tab-networks", caption, columns, tuple(made), 8, max(len(order) - MOST_ROWS, 0), rest="pairs of layers")


def _topics(telling: Telling, topics: Sequence[str], most: int = 3) -> str:
    """Some topics in words, and how many more there are."""
    issues = list(dict.fromkeys(one.partition("=")[0] for one in topics))
    named = [telling.names.topic(one) for one in issues[:most]]
    return join(named + ([f"{len(issues) - most} more"] if len(issues) > most else []))


def group(telling: Telling, label: str) -> str:
    """A side, or a layer of it, in words."""
    side, _, layer = label.partition(" ")
    return f"{telling.names.short(side)} ({telling.names.layer(layer)})" if layer else telling.names.short(side)


def _polarised(telling: Telling, answer: Polarisation) -> list[Block]:
    (row,) = answer.rows
    found = row.polarisation
    if found.estimate != found.estimate:
        return [Para((f"How polarised they are cannot be said: {telling.names.prose(row.because)}.",), kind="note")]
    camps = [join(group(telling, one) for one in camp) for camp in row.camps]
    text: Text = (
        "The division into two camps that fits best holds ", Strong(f"{round(100 * row.congruence_within)} %"), " of all agreement within camps and ",
        Strong(f"{round(100 * row.conflict_between)} %"), f" of all conflict between them (together a polarisation of {telling.estimate(found)}; 1 would be two camps "
        f"without a pair out of place, and sides taken at random would reach {signed(row.by_chance)}): {camps[0]}; against {camps[1]}."
        + (f" Whether other documents would divide them so is undetermined: {telling.names.prose(row.because)}." if row.because else ""),
    )  # fmt: skip
    return [Para(text, telling.basis(found.n, "statement", found.voices, answer.cite()))]


def _changed(telling: Telling) -> list[Block]:
    """How agreement changed from period to period: what can be told as a table, all else in one line."""
    answer = telling.measures.network_changes
    if len(answer.periods) < 2:
        return [Para(("The study declares no two periods, so that change cannot be asked.",), kind="note")]
    told = [row for row in answer.rows if row.verdict != "undetermined"]
    found = Counter(row.verdict for row in told if row.verdict != "no change found")
    open_for = why(answer.rows, 2)
    text: Text = (
        f"Did layers, and sides, come to agree more, or less, from one period to the next? Of {count(len(answer.rows), 'change')} on record ",
        Strong(f"{len(told) or 'none'} can be told"),
        (f" ({join(f'{n} {verdict}' for verdict, n in found.most_common()) or 'no change found'})" if told else "")
        + (f"; {'the others' if told else 'all'} rest on too little: {open_for}." if open_for else "."),
    )  # fmt: skip
    return [Head("network-changes", "From period to period"), Para(text), *([_change_table(telling, told)] if told else [])]


def _change_table(telling: Telling, rows: Sequence[TieChange]) -> Table:
    names = telling.names
    order = {"no change found": 1}
    made = tuple(
        Row(
            (
                (Strong(join(dict.fromkeys(group(telling, one) for one in (row.source, row.target)))), Break(),
                 Small("all layers of them" if row.kind == "sides" else _topics(telling, row.topics))),
                (f"{names.period(row.before)} → {names.period(row.after)}",),
                (f"{round(100 * row.earlier)} → {round(100 * row.later)} %",),
                (telling.estimate(row.change),),
                (telling.badge(row.verdict), Break(), Small(names.prose(row.because))),
                telling.basis(row.change.n, "statement", row.change.voices, row.sources, ()),
            )
        )
        for row in sorted(rows, key=lambda row: (order.get(row.verdict, 0), row.p))[:MOST_ROWS]
    )  # fmt: skip
    columns = (
        Column("Between whom, on what", width=26), Column("From, to", width=18), Column("Agreeing", "number", 11), Column("Change", "number", 13),
        Column("Verdict", width=17), Column("Rests on", width=15),
    )  # fmt: skip
    caption: Text = (Strong("Agreement from period to period. "), "Of pairs of statements on one topic the part that agrees, and its change with a 90 % interval.")
    return Table("tab-network-changes", caption, columns, made, 8, max(len(rows) - MOST_ROWS, 0), rest="changes")


def _attributed(telling: Telling) -> list[Block]:
    blocks: list[Block] = [Head("whose-view", "Who tells of whose view")]
    views = telling.measures.attributed
    if not views.rows:
        return [*blocks, Para(("No statement about another's view takes a side.",), kind="note")]
    records = _told_of(telling)
    rows = sorted(views.rows, key=lambda row: (-row.weight.estimate, row.source, row.target))
    made = tuple(
        Row(
            (
                (Strong(telling.names.short(row.source)), Break(), Small(f"of {telling.names.short(row.target)}")),
                (str(row.n),),
                (str(row.agree),),
                (str(row.disagree),),
                (_topics(telling, row.topics),),
                telling.basis(row.n, "statement", row.weight.voices, row.sources, records[row.source, row.target]),
            )
        )
        for row in rows[:MOST_ROWS]
    )
    columns = (
        Column("Who tells, of whom", width=28), Column("Statements", "number", 10), Column("Has it agree", "number", 10),
        Column("Disagree", "number", 10), Column("On", width=22), Column("Rests on", width=20),
    )  # fmt: skip
    caption: Text = (Strong("Views that one takes another to hold. "), "Those told of most first.")
    return [*blocks, Table("tab-whose-view", caption, columns, made, 8, max(len(rows) - MOST_ROWS, 0), rest="pairs")]


def _told_of(telling: Telling) -> Mapping[tuple[str, str], list[str]]:
    """The statements that are counted, by whose view it is and who holds it to be so."""
    out: dict[tuple[str, str], list[str]] = {}
    for event in telling.others_views.events().rows:
        holder, about = event.actor.split(SEPARATOR)[:2]
        out.setdefault((holder, about), []).append(event.statement)
    return out
