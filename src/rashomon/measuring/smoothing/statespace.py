r"""The engine under levels and poll pooling: one latent path and the effects of voices, conditioned on Gaussian factors.

With deviations :math:`x_t` of a path over bins and :math:`u_k` of columns (voices, modes, a common mean), every observation is
of :math:`f = x_t + \sum_k u_k` over the columns of its *cell*, a bin with a set of columns. The prior of :math:`x` is a
Gaussian Markov chain, so its precision is tridiagonal; the effects are independent. The path is eliminated along the chain and
the effects by the Schur complement (Woodbury), so the cost is linear in the bins and in the observations. Where there
are more effects than bins the path is kept instead and the effects, diagonal by themselves, are eliminated first. A voice
that one cell alone has is integrated out beforehand in either case.

The identities are those of Gaussian Markov random fields (Rue & Held 2005, *Gaussian Markov Random Fields*, §§2.2–2.3).

Arrays: ``s`` series, one after the other in ``c`` cells and ``v`` columns; ``t`` bins of one series. All values are deviations
from the prior mean.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rashomon.measuring.smoothing.kernels import inlined, inner

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


_SMALL, _LARGE = 1e-200, 1e200  # between which a product is kept before its logarithm is taken


class Layout(NamedTuple):
    """Which cell lies in which bin of which series and has which columns. Make it with :func:`lay_out`."""

    bins: Ints
    """(s,) in how many bins each series is reckoned."""
    cells: Ints
    """(s+1,) where the cells of each series begin."""
    bin: Ints
    """(c,) the bin of each cell."""
    private: Bools
    """(c,) the cell's first column belongs to no other cell, and is integrated out."""
    columns: Ints
    """(s+1,) where the carried columns of each series begin."""
    carried: Ints
    """(v,) the carried columns, as the caller numbered them."""
    fixed: Floats
    """(v,) prior variance of each carried column; NaN where it is the voices' common variance."""
    having: Ints
    """(c+1,) where the carried columns of each cell begin in ``had``."""
    had: Ints
    """(e,) carried columns cell by cell, counted within their series."""
    member: Ints
    """(v+1,) where the cells of each carried column begin in ``members``."""
    members: Ints
    """(e,) cells column by column, counted within their series."""
    keeps_path: Bools
    """(s,) whether it is cheaper to eliminate the columns and keep the path."""


def lay_out(bins: Ints, series: Ints, bin_: Ints, columns: Ints, owner: Ints, fixed: Floats) -> Layout:
    """Lay out cells, which come in the order of their series.

    ``columns`` is (c, k): the columns of each cell, -1 for none, the voice first. ``owner`` gives each column's series, in order,
    and ``fixed`` its prior variance, NaN for voices. Voices that have one cell only are marked private and not carried.
    """
    size = bins.size
    used = np.bincount(columns[columns >= 0], minlength=owner.size)
    first = columns[:, 0]
    private = first >= 0
    private[private] = np.isnan(fixed[first[private]]) & (used[first[private]] == 1)
    keep = columns.copy()
    keep[private, 0] = -1
    carried, codes = np.unique(keep[keep >= 0], return_inverse=True)
    codes = codes.reshape(-1)
    starts = np.searchsorted(owner[carried], np.arange(size + 1))
    cell = np.nonzero(keep >= 0)[0]
    local = codes - starts[series[cell]]
    cells = np.searchsorted(series, np.arange(size + 1))
    order = np.argsort(codes, kind="stable")
    having = np.searchsorted(cell, np.arange(series.size + 1))
    crowded = np.bincount(series[np.diff(having) > 1], minlength=size) > 0
    return Layout(
        bins=bins,
        cells=cells,
        bin=bin_,
        private=private,
        columns=starts,
        carried=carried,
        fixed=fixed[carried],
        having=having,
        had=local,
        member=np.searchsorted(codes[order], np.arange(carried.size + 1)),
        members=cell[order] - cells[series[cell[order]]],
        keeps_path=~crowded & (np.diff(starts) > bins),
    )


class Room(NamedTuple):
    """Where one series is reckoned: what is given, what is found, and what is needed on the way. Make it with :func:`room`.

    Given are the prior's precision ``main`` (t,) and ``off`` (t,) between a bin and the next, the columns' prior variances
    ``prior`` (v,), and the factors ``exp(shift * f - weight * f**2 / 2)`` of each cell (c,). Found are means and variances,
    with ``link`` (t,) the covariance of a bin and the next. On the way, ``before`` (c,) are the means of a sweep before, ``gain``
    (c,) what is left of a factor once the cell's private effect is integrated out, ``pivot`` (t,) the precision along the
    chain and then its pivots, ``solved`` (t, v) the columns' weights by bin, solved for, and ``square`` (v, v), or (t, t) where
    the path is kept, the posterior's covariance of what is kept.
    """

    main: Floats
    off: Floats
    prior: Floats
    weight: Floats
    shift: Floats
    mean: Floats
    var: Floats
    link: Floats
    cell_mean: Floats
    cell_var: Floats
    before: Floats
    column_mean: Floats
    column_var: Floats
    gain: Floats
    pivot: Floats
    solved: Floats
    square: Floats


@inner
def put(into: Floats, values: Floats) -> None:
    """Copy values, as an assignment to a slice does, but sooner compiled."""
    for i in range(into.size):
        into[i] = values[i]


@inner
def clear(matrix: Floats) -> None:
    """Set a matrix to zero."""
    for i in range(matrix.shape[0]):
        for j in range(matrix.shape[1]):
            matrix[i, j] = 0.0


@inner
def room(layout: Layout, s: int) -> Room:
    """Room for series ``s``."""
    bins = layout.bins[s]
    cells, width = layout.cells[s + 1] - layout.cells[s], layout.columns[s + 1] - layout.columns[s]
    side = bins if layout.keeps_path[s] else width
    held = 0 if layout.keeps_path[s] else width
    return Room(
        np.empty(bins), np.empty(bins), np.empty(width), np.empty(cells), np.empty(cells),
        np.empty(bins), np.empty(bins), np.empty(bins), np.empty(cells), np.empty(cells), np.empty(cells),
        np.empty(width), np.empty(width), np.empty(cells), np.empty(bins), np.empty((bins, held)), np.empty((side, side)),
    )  # fmt: skip


@inlined
def random_walk(place: Room, gaps: Floats, first: int, initial_var: float, step_var: float) -> float:
    """Lay the prior of a random walk whose first value has variance ``initial_var``; its log determinant.

    ``gaps`` from ``first`` on are the numbers of bins between neighbouring places, ``step_var`` is the innovation variance of
    one bin.
    """
    main, off = place.main, place.off
    for t in range(main.size):
        main[t] = 0.0
    main[0] = 1.0 / initial_var
    whole, product = 1.0 / step_var, 1.0 / initial_var
    log_det: float = 0.0
    for t in range(main.size - 1):
        precision = whole / gaps[first + t]
        main[t] += precision
        main[t + 1] += precision
        off[t] = -precision
        product *= precision
        if not _SMALL < product < _LARGE:
            log_det += np.log(product)
            product = 1.0
    return float(log_det + np.log(product))


@inner
def condition(layout: Layout, s: int, place: Room, voice_var: float, log_det: float, variances: bool) -> float:
    """Condition series ``s`` on its factors: the log of the prior expectation of their product.

    Means are found, and all variances if they are wanted. ``log_det`` is that of the prior of the path.
    The factors become what is left of them once private effects are integrated out.
    """
    first, cells = layout.cells[s], layout.cells[s + 1] - layout.cells[s]
    weight, shift, gain, own, bins = place.weight, place.shift, place.gain, layout.private, layout.bin
    total, product, pivot, mean = log_det, 1.0, place.pivot, place.mean
    put(pivot, place.main)
    for t in range(mean.size):
        mean[t] = 0.0
    for k in range(cells):
        gain[k] = 1.0
        if own[first + k]:
            gain[k] = 1.0 / (1.0 + weight[k] * voice_var)
            total += voice_var * gain[k] * shift[k] ** 2
            product *= gain[k]
            if product < _SMALL:
                total += np.log(product)
                product = 1.0
        weight[k] *= gain[k]
        shift[k] *= gain[k]
        pivot[bins[first + k]] += weight[k]
        mean[bins[first + k]] += shift[k]
    total += np.log(product)
    total -= _path_kept(layout, s, place, variances) if layout.keeps_path[s] else _columns_kept(layout, s, place, variances)
    product = 1.0
    for v in range(place.prior.size):
        product *= place.prior[v]
        if not _SMALL < product < _LARGE:
            total -= np.log(product)
            product = 1.0
    total -= np.log(product)
    for k in range(cells):
        total += shift[k] * place.cell_mean[k]
        if own[first + k]:  # a private effect leans to its own cell's data
            place.cell_mean[k] = place.cell_mean[k] * gain[k] + voice_var * shift[k]
            place.cell_var[k] = place.cell_var[k] * gain[k] ** 2 + voice_var * gain[k]
    return float(0.5 * total)


@inlined
def _columns_kept(layout: Layout, s: int, place: Room, variances: bool) -> float:
    """Eliminate the path along the chain, then solve for the columns; the log determinant of all."""
    first, width, weight, shift = layout.cells[s], place.prior.size, place.weight, place.shift
    if width == 0:
        log_det = _along(place)
        _into_cells(layout, s, place)
        return log_det
    square, solved, column = place.square, place.solved, place.column_mean
    bins, having, had = layout.bin, layout.having, layout.had
    clear(square)
    clear(solved)
    for v in range(width):
        column[v] = 0.0
        square[v, v] = 1.0 / place.prior[v]
    for k in range(weight.size):
        for e in range(having[first + k], having[first + k + 1]):
            v = had[e]
            solved[bins[first + k], v] += weight[k]
            column[v] += shift[k]
            for f in range(having[first + k], having[first + k + 1]):
                square[v, had[f]] += weight[k]
    log_det = _along(place)
    for k in range(weight.size):
        at = bins[first + k]
        for v in range(width):
            column[v] -= shift[k] * solved[at, v]
        for e in range(having[first + k], having[first + k + 1]):
            for v in range(width):
                square[had[e], v] -= weight[k] * solved[at, v]
    log_det += invert(square)
    _add_columns(place, variances)
    _into_cells(layout, s, place)
    return log_det


@inner
def _along(place: Room) -> float:
    """Solve the chain in place for the mean and the columns' weights; the log determinant.

    The diagonal of the inverse is ``1 / (forward + backward - main)`` of the pivots of both eliminations (Meurant 1992,
    *SIAM Journal on Matrix Analysis and Applications* 13).
    """
    bins, width = place.main.size, place.prior.size
    main, off, pivot, mean, solved, link = place.var, place.off, place.pivot, place.mean, place.solved, place.link
    put(main, pivot)  # kept where the variances will be
    log_det, product = 0.0, pivot[0]
    for t in range(bins - 1):
        factor = off[t] / pivot[t]
        pivot[t + 1] -= factor * off[t]
        product *= pivot[t + 1]
        if not _SMALL < product < _LARGE:
            log_det += np.log(product)
            product = 1.0
        mean[t + 1] -= factor * mean[t]
        for v in range(width):
            solved[t + 1, v] -= factor * solved[t, v]
    backward = main[bins - 1]
    for t in range(bins - 1, -1, -1):
        inverse = 1.0 / pivot[t]
        if t < bins - 1:
            backward = main[t] - off[t] ** 2 / backward
            link[t] = -off[t] * inverse * main[t + 1]
            mean[t] -= off[t] * mean[t + 1]
            for v in range(width):
                solved[t, v] -= off[t] * solved[t + 1, v]
        mean[t] *= inverse
        for v in range(width):
            solved[t, v] *= inverse
        main[t] = 1.0 / (pivot[t] + backward - main[t])
    return float(log_det + np.log(product))


@inner
def _add_columns(place: Room, variances: bool) -> None:
    """What the columns are, and what they add to the path."""
    square, solved, column, left = place.square, place.solved, place.column_mean, place.column_var
    width, mean, var, link = column.size, place.mean, place.var, place.link
    put(left, column)
    for v in range(width):
        column[v] = 0.0
        for w in range(width):
            column[v] += square[v, w] * left[w]
    for v in range(width):
        left[v] = square[v, v]
    for t in range(mean.size):
        for v in range(width):
            mean[t] -= column[v] * solved[t, v]
            if variances:
                cross = 0.0
                for w in range(width):
                    cross += square[v, w] * solved[t, w]
                var[t] += cross * solved[t, v]
                if t < mean.size - 1:
                    link[t] += cross * solved[t + 1, v]


@inner
def _into_cells(layout: Layout, s: int, place: Room) -> None:
    """The posterior of path plus carried columns in every cell."""
    first, width, square, solved = layout.cells[s], place.prior.size, place.square, place.solved
    bins, having, had, column = layout.bin, layout.having, layout.had, place.column_mean
    mean, var, cell_mean, cell_var = place.mean, place.var, place.cell_mean, place.cell_var
    for k in range(cell_mean.size):
        at = bins[first + k]
        middle, spread = mean[at], var[at]
        for e in range(having[first + k], having[first + k + 1]):
            v = had[e]
            middle += column[v]
            for w in range(width):
                spread -= 2.0 * square[v, w] * solved[at, w]  # twice the covariance of column and path
            for f in range(having[first + k], having[first + k + 1]):
                spread += square[v, had[f]]
        cell_mean[k], cell_var[k] = middle, spread


@inlined
def _path_kept(layout: Layout, s: int, place: Room, variances: bool) -> float:
    """Eliminate the columns, which no cell joins to each other, then solve for the path, which becomes dense; as before."""
    first, base, square, weight = layout.cells[s], layout.columns[s], place.square, place.weight
    bins, member, members, mean = layout.bin, layout.member, layout.members, place.mean
    clear(square)
    for t in range(mean.size):
        square[t, t] = place.pivot[t]
        if t:
            square[t, t - 1] = square[t - 1, t] = place.off[t - 1]
    log_det = 0.0
    for v in range(place.prior.size):
        diagonal, lean = 1.0 / place.prior[v], 0.0
        for i in range(member[base + v], member[base + v + 1]):
            diagonal += weight[members[i]]
            lean += place.shift[members[i]]
        log_det += np.log(diagonal)
        alone = 1.0 / diagonal
        place.column_var[v], place.column_mean[v] = alone, lean * alone
        for i in range(member[base + v], member[base + v + 1]):
            at, share = bins[first + members[i]], weight[members[i]] * alone
            mean[at] -= share * lean
            for j in range(member[base + v], member[base + v + 1]):
                square[at, bins[first + members[j]]] -= share * weight[members[j]]
    log_det += cholesky(square)
    solve(square, mean)
    for k in range(weight.size):
        place.cell_mean[k] = mean[bins[first + k]]
    if variances:
        from_cholesky(square)
        for t in range(mean.size):
            place.var[t] = square[t, t]
            if t < mean.size - 1:
                place.link[t] = square[t, t + 1]
        for k in range(weight.size):
            place.cell_var[k] = square[bins[first + k], bins[first + k]]
    for v in range(place.prior.size):
        _back(layout, base + v, v, first, place, variances)
    return log_det


@inner
def _back(layout: Layout, column: int, v: int, first: int, place: Room, variances: bool) -> None:
    """The posterior of a column that was eliminated, and what it adds to its cells."""
    begin, end, members, bins, square = layout.member[column], layout.member[column + 1], layout.members, layout.bin, place.square
    weight, alone, mean, var = place.weight, place.column_var[v], place.column_mean[v], place.column_var[v]
    for i in range(begin, end):
        k = members[i]
        share = weight[k] * alone
        mean -= share * place.mean[bins[first + k]]
        if variances:
            cross = 0.0  # minus the covariance of the column and the cell's bin
            for j in range(begin, end):
                cross += weight[members[j]] * alone * square[bins[first + k], bins[first + members[j]]]
            var += share * cross
            place.cell_var[k] -= 2.0 * cross
    place.column_mean[v], place.column_var[v] = mean, var
    for i in range(begin, end):
        place.cell_mean[members[i]] += mean
        place.cell_var[members[i]] += var


@inner
def cholesky(matrix: Floats) -> float:
    """Put the upper Cholesky factor of a positive definite matrix (n, n) in its upper half; the log determinant."""
    size, log_det = matrix.shape[0], 0.0
    for k in range(size):
        log_det += np.log(matrix[k, k])
        inverse = 1.0 / np.sqrt(matrix[k, k])
        for j in range(k, size):
            matrix[k, j] *= inverse
        for i in range(k + 1, size):
            factor = matrix[k, i]
            for j in range(i, size):
                matrix[i, j] -= factor * matrix[k, j]
    return log_det


@inner
def solve(factor: Floats, right: Floats) -> None:
    """Solve in place for ``right`` (n,), given an upper Cholesky factor (n, n)."""
    size = right.size
    for k in range(size):
        right[k] /= factor[k, k]
        for j in range(k + 1, size):
            right[j] -= factor[k, j] * right[k]
    for k in range(size - 1, -1, -1):
        for j in range(k + 1, size):
            right[k] -= factor[k, j] * right[j]
        right[k] /= factor[k, k]


@inner
def from_cholesky(factor: Floats) -> None:
    """Turn an upper Cholesky factor (n, n) into the inverse of the matrix, in place."""
    size = factor.shape[0]
    row = np.empty(size)
    for i in range(size):  # the inverse of the factor's transpose, in the lower half
        inverse = 1.0 / factor[i, i]
        for j in range(i):
            row[j] = 0.0
        for k in range(i):
            for j in range(k + 1):
                row[j] -= factor[k, i] * factor[k, j]
        for j in range(i):
            factor[i, j] = row[j] * inverse
        factor[i, i] = inverse
    for i in range(size):  # its square
        for j in range(i + 1):
            row[j] = 0.0
        for k in range(i, size):
            for j in range(i + 1):
                row[j] += factor[k, i] * factor[k, j]
        for j in range(i + 1):
            factor[i, j] = factor[j, i] = row[j]


@inner
def invert(matrix: Floats) -> float:
    """Invert a positive definite matrix (n, n) in place; its log determinant."""
    log_det = cholesky(matrix)
    from_cholesky(matrix)
    return log_det
