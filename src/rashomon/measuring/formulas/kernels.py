"""The loops of formula tracking, compiled: which runs lead, and where a formula stands in a text."""

from __future__ import annotations

import numpy as np

from rashomon.measuring.formulas.tokens import Mask, Places, Tokens
from rashomon.measuring.smoothing.kernels import inner, outer

_MATCH, _OTHER = 1.0, -0.5


@outer
def lead(starts: Places, lengths: Places, grams: Places, owner: Places, offset: Places) -> Mask:
    """Which of the runs of grams, the weightiest first, lead a formula of their own; the others are taken in by one that leads.

    A run is taken in where at least half of its grams belong to one leader already. ``owner`` and ``offset`` (one a gram, −1 at
    first) receive for each gram its leader, by the place of its run, and how far into the leader it stands.
    """
    leads = np.zeros(len(starts), np.bool_)
    for one in range(len(starts)):
        first, length = starts[one], lengths[one]
        best, most = -1, 0
        for place in range(length):
            held = owner[grams[first + place]]
            if held < 0 or held == best:
                continue
            count = 0
            for other in range(length):
                count += owner[grams[first + other]] == held
            if count > most:
                best, most = held, count
            if most * 2 >= length:
                break
        shift = 0
        if most * 2 >= length:
            for place in range(length):
                if owner[grams[first + place]] == best:
                    shift = offset[grams[first + place]] - place
                    break
        else:
            leads[one] = True
            best = one
        for place in range(length):
            gram = grams[first + place]
            if owner[gram] < 0:
                owner[gram] = best
                offset[gram] = shift + place
    return leads


@inner
def align(formula: Tokens, text: Tokens, telling: Mask) -> tuple[int, int, int, int]:
    """Where in ``text`` the formula stands best: first token, the one after the last, how many tokens agree, how many telling
    ones.

    Local alignment (Smith & Waterman 1981, *J. Mol. Biol.* 147) with 1 for tokens that agree and −½ for any that does not.
    """
    width = len(text) + 1
    score, begin, agree, told = np.zeros(width), np.arange(width), np.zeros(width, np.int64), np.zeros(width, np.int64)
    best, first, last, most, telling_ones = 0.0, 0, 0, 0, 0
    for token in formula:
        before, before_begin, before_agree, before_told = 0.0, 0, 0, 0  # the cell above to the left
        for place in range(1, width):
            above, above_begin, above_agree, above_told = score[place], begin[place], agree[place], told[place]
            same = text[place - 1] == token
            value = before + (_MATCH if same else _OTHER)
            where, count, tells = (
                before_begin,
                before_agree + (1 if same else 0),
                before_told + (1 if same and telling[token] else 0),
            )
            if above + _OTHER > value:
                value, where, count, tells = above + _OTHER, above_begin, above_agree, above_told
            if score[place - 1] + _OTHER > value:
                value, where, count, tells = (
                    score[place - 1] + _OTHER,
                    begin[place - 1],
                    agree[place - 1],
                    told[place - 1],
                )
            if value <= 0.0:
                value, where, count, tells = 0.0, place, 0, 0
            before, before_begin, before_agree, before_told = above, above_begin, above_agree, above_told
            score[place], begin[place], agree[place], told[place] = value, where, count, tells
            if value > best or (value == best and count > most):
                best, first, last, most, telling_ones = value, where, place, count, tells
    return first, last, most, telling_ones


@outer
def stand(
    tokens: Tokens,
    formulas: Tokens,
    bounds: Places,
    telling: Mask,
    near: float,
    leader: Places,
    diagonal: Places,
    text_start: int,
    text_end: int,
) -> tuple[Places, Places, Places]:
    """The formulas that stand in one text, once each where they stand best: number, first token, one after the last.

    ``leader`` and ``diagonal``, sorted by both: the formula of each seed that the text shares with one, and where the formula
    would begin if it stood there whole. ``formulas[bounds[i]:bounds[i + 1]]`` is formula i. Likeness is twice the tokens that
    agree over the lengths of both; below ``near`` a formula is not there. O(seeds × length²).
    """
    count = 1
    for place in range(1, len(leader)):
        count += leader[place] != leader[place - 1]
    number, first, last = np.zeros(count, np.int64), np.zeros(count, np.int64), np.zeros(count, np.int64)
    found, place = 0, 0
    while place < len(leader):
        one = leader[place]
        formula = formulas[bounds[one] : bounds[one + 1]]
        slack, wanted = max(3, len(formula) // 2), 0
        for token in formula:
            wanted += telling[token]
        best, best_first, best_last = 0.0, 0, 0
        while place < len(leader) and leader[place] == one:
            low = high = diagonal[place]
            place += 1
            while place < len(leader) and leader[place] == one and diagonal[place] <= high + slack:
                high = diagonal[place]
                place += 1
            left, right = max(text_start, low - slack), min(text_end, high + len(formula) + slack)
            begin, end, agree, told = align(formula, tokens[left:right], telling)
            alike = 2.0 * agree / (len(formula) + end - begin)
            if alike > best and 5 * (wanted - told) <= wanted:
                best, best_first, best_last = alike, left + begin, left + end
        if best >= near:
            number[found], first[found], last[found] = one, best_first, best_last
            found += 1
    return number[:found], first[:found], last[:found]
