"""What a text says that no text of its series had said before: sentences hardly any of whose runs of words stood earlier.

The runs are those by which formulas are found (:mod:`.finding`): five words in a row, ten characters of Japanese, within a
clause. A sentence is added where fewer than a fifth of its runs stand in any text of an earlier occasion, or within a formula
that had stood at one: what is reworded is not new. A sentence without a run is too short to tell, and of the first occasion,
before which there is nothing, nothing is told. No text is compared with another: the cost is that of looking each run of the
earlier texts up once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from rashomon.measuring.formulas.answers import Added
from rashomon.measuring.formulas.finding import hashes, look_up, sizes
from rashomon.measuring.formulas.tokens import Corpus, Hashes, Mask
from rashomon.reading import sentence_spans

STOOD: Final = 0.2
"""The share of a sentence's runs that stood before, from which on it is not added."""


def added(corpus: Corpus, first: int, end: int, formulas: Sequence[tuple[int, int]] = ()) -> Iterator[Added]:
    """The added sentences of the texts ``first`` to ``end`` of a series, one occasion, in order; ``formulas``: from and to which
    token of the corpus those stand in them that had stood before.
    """
    if not first:
        return
    here = [_runs(corpus, text) for text in range(first, end)]
    wanted = np.unique(np.concatenate(here))
    stood = np.zeros(len(wanted), np.bool_)
    for text in range(first):
        number, known = look_up(_runs(corpus, text), wanted)
        stood[number[known]] = True
    for text, runs in zip(range(first, end), here, strict=True):
        old = stood[look_up(runs, wanted)[0]]
        begin = int(corpus.starts[text])
        for start, stop in formulas:
            if begin <= start < corpus.starts[text + 1]:
                old[start - begin : max(start, stop - sizes(corpus)[0] + 1) - begin] = True
        yield from _of_text(corpus, text, runs, old)


def _runs(corpus: Corpus, text: int) -> Hashes:
    return hashes(corpus.keys[corpus.tokens[corpus.starts[text] : corpus.starts[text + 1]]], sizes(corpus)[0])


def _of_text(corpus: Corpus, text: int, runs: Hashes, stood: Mask) -> Iterator[Added]:
    body, begins = corpus.bodies[text], corpus.characters(text)[:, 0]
    spans = sentence_spans(body.text)
    edges = np.searchsorted(begins, [place for span in spans for place in span]).reshape(-1, 2)
    within = sizes(corpus)[0] - 1
    for (start, end), (a, b) in zip(spans, edges.tolist(), strict=True):
        own = slice(a, max(a, b - within))
        many = int(np.count_nonzero(runs[own]))
        before = int(np.count_nonzero(stood[own] & (runs[own] != 0)))
        if many and before < STOOD * many:
            words = " ".join(body.text[start:end].split())
            yield Added(body.series, body.id, body.when.text, words, many, before, (body.source,), (body.id,))
