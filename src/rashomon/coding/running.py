"""A coder at work on the passages of a study."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import groupby

from rashomon.coding.coders import coder_of
from rashomon.coding.learned import LearnedCoder
from rashomon.coding.model import ModelCoder
from rashomon.coding.proposing import Codings, propose
from rashomon.reading import Passage, Shelf, check_sources, no_passages, origins, resolve, store_if_read
from rashomon.study import StudyData


def code(
    study: StudyData, name: str = "rules", sources: Collection[str] = (), languages: Collection[str] = (),
    note: Callable[[str], object] = lambda _: None,
) -> Codings:  # fmt: skip
    """Let a coder read the passages of a study, all or those of some sources and languages, and write its proposals.

    ``note`` is told what a model is about to be asked, and what became of it. R004 where the study has not been read, or
    has nothing of such sources.
    """
    store = store_if_read(study.root, note)
    if store is None:
        raise no_passages()
    with store, coder_of(study, name) as coder:
        shelf = Shelf(store)
        shelf.date(origins(study))
        check_sources({kept.source for kept in shelf.files().values() if kept.passages}, sources)

        def chosen() -> Iterator[list[Passage]]:
            passages = (one for one in shelf.passages() if not sources or one.source in sources)
            for _, document in groupby(passages, key=lambda one: one.document):
                yield [one for one in document if not languages or one.language in languages]

        some = bool(sources or languages)
        if not isinstance(coder, ModelCoder):
            found = propose(study, coder, chosen(), store, some, note)
            return replace(found, scores=coder.scores) if isinstance(coder, LearnedCoder) else found
        for line in coder.plan((one for document in chosen() for one in document), study).lines():
            note(line)
        found = propose(study, coder, chosen(), None, some, note)  # a model keeps its own replies, passage by passage
        for line in coder.report().lines():
            note(line)
        return found


@contextmanager
def passages_of_quotes(study: StudyData) -> Iterator[Callable[[str, str], Passage | None]]:
    """How the passage of an address and a quote is found (:func:`~rashomon.reading.resolve`), for as long as the block lasts.

    In a study that was not read it is None for all.
    """
    store = store_if_read(study.root)
    if store is None:
        yield lambda _address, _quote: None
        return
    with store:
        yield partial(resolve, Shelf(store))
