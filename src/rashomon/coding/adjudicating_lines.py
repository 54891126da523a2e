"""What adjudication says on the command line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rashomon.coding.adjudicating import Adjudicated
from rashomon.coding.comparing_lines import beside
from rashomon.coding.differing import Difference
from rashomon.texts import count


def case_lines(cases: Sequence[Difference], coders: tuple[str, str]) -> Iterator[str]:
    """The cases that differ, side by side, and how many there are of either kind."""
    differ = [one for one in cases if not one.alike]
    for one in differ:
        yield from beside(one, coders)
    alike = len(cases) - len(differ)
    yield f"{count(len(differ), 'difference')} waiting" + (
        f", and {count(alike, 'statement')} that both coded alike: --agreed lets each count once." if alike else "."
    )


def adjudicated_lines(made: Iterable[Adjudicated]) -> Iterator[str]:
    """What was decided, and what else names a statement that counts no more."""
    done = list(made)
    for one in done:
        yield f"{' | '.join(filter(None, (one.a, one.b)))}: {one.decision} → {', '.join(one.counts) or 'nothing counts'}"
        for name in one.named:
            yield f"  {name} counts no more, and links.csv, access.csv or a hypothesis names it: name what counts now."
    if not done:
        yield "Nothing was waiting."
