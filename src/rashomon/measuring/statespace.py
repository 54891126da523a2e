r"""The engine under levels and poll pooling: one latent path and the effects of voices, conditioned on Gaussian factors.

With deviations :math:`x_t` of a path over bins and :math:`u_k` of columns (voices, modes, a common mean), every observation is
of :math:`f = x_t + \sum_k u_k` over the columns of its *cell*, a bin with a set of columns. The prior of :math:`x` is a
Gaussian Markov chain, so its precision is tridiagonal; the effects are independent. A whole batch of ``g`` hyperparameter
points is conditioned at once: their tridiagonal parts are laid end to end as one long system for LAPACK (``dpttrf``,
``dpttrs``) and the effects are eliminated by the Schur complement (Woodbury), so the cost is linear in the bins and in the
observations. Where there are more effects than bins the path is kept instead and the effects, diagonal by themselves, are
eliminated first. A voice that one cell alone has is integrated out beforehand in either case.

The identities are those of Gaussian Markov random fields (Rue & Held 2005, *Gaussian Markov Random Fields*, §§2.2–2.3).

Arrays: ``g`` points × ``c`` cells, ``t`` bins, ``v`` columns. All values are deviations from the prior mean.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.linalg.lapack import dpttrf, dpttrs

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

_SMALL = 4096  # elements up to which an indicator is better dense
_CHUNK = 3_000_000  # doubles in the largest array of one batch


Indicator = sparse.csr_array | Floats
"""A matrix of zeros and ones that says what is summed into what: sparse where it is large."""


def indicator(rows: Ints, columns: Ints, shape: tuple[int, int]) -> Indicator:
    """A matrix with ones at ``(rows, columns)``, which must be distinct."""
    if shape[0] * shape[1] <= _SMALL:
        dense = np.zeros(shape)
        dense[rows, columns] = 1.0
        return dense
    return sparse.csr_array(sparse.coo_array((np.ones(rows.size), (rows, columns)), shape=shape))


def gather(into: Indicator, values: Floats) -> Floats:
    """``values`` (g × c) summed into the rows of an indicator (r × c): (g × r), contiguous."""
    if isinstance(into, np.ndarray):
        return values @ into.T
    return np.ascontiguousarray(np.asarray(into @ values.T, dtype=np.float64).T)


@dataclass(frozen=True, eq=False)
class Maps:
    """What is summed into what: cells into bins, pairs of column and bin, pairs of columns, and columns; and back again."""

    to_bin: Indicator
    to_pair: Indicator
    to_gram: Indicator
    to_column: Indicator
    from_pair: Indicator
    from_gram: Indicator
    from_column: Indicator


@dataclass(frozen=True, eq=False)
class Layout:
    """Which cell lies in which bin and has which columns. Make it with :func:`lay_out`."""

    bins: int
    cell_bin: Ints
    """(c,) the bin of each cell."""
    private: Bools
    """(c,) the cell's first column belongs to no other cell, and is integrated out."""
    carried: Ints
    """(v,) the columns that are carried, as the caller numbered them."""
    fixed: Floats
    """(v,) prior variance of each carried column; NaN where it is the voices' common variance."""
    single: bool
    """No cell has more than one carried column."""
    wanted: Ints
    """(m,) the cells whose own posterior is asked for."""
    entries: tuple[Ints, Ints]
    """Every carried column of every cell: the cells, the columns."""
    siblings: tuple[Ints, Ints, Ints]
    """Every ordered pair of cells of one carried column, and the column; empty where the path is never kept."""
    maps: Maps

    @property
    def width(self) -> int:
        """The number of carried columns."""
        return int(self.carried.size)

    @property
    def keeps_path(self) -> bool:
        """Whether it is cheaper to eliminate the columns and keep the path."""
        return self.single and self.width > self.bins


def lay_out(bins: int, cell_bin: Ints, columns: Ints, fixed: Floats, wanted: Ints) -> Layout:
    """Lay out cells over bins and columns.

    ``columns`` is (c, k): the columns of each cell, -1 for none, the voice first. ``fixed`` gives each column's prior
    variance, NaN for voices. Voices that have one cell only are marked private and not carried. ``wanted`` names the cells
    whose own posterior is asked for.
    """
    used = np.bincount(columns[columns >= 0].ravel(), minlength=fixed.size)
    first = columns[:, 0]
    private = (first >= 0) & np.isnan(fixed)[first] & (used[first] == 1)
    keep = columns.copy()
    keep[private, 0] = -1
    carried, codes = np.unique(keep[keep >= 0], return_inverse=True)
    dense = np.full(keep.shape, -1, dtype=np.int64)
    dense[keep >= 0] = codes
    cell, slot = np.nonzero(dense >= 0)
    entries = cell.astype(np.int64), dense[cell, slot]
    single = bool(np.all((dense >= 0).sum(axis=1) <= 1))
    siblings = _siblings(*entries, carried.size if single and carried.size > bins else 0)
    left, right, pair_cell = _pairs(dense)
    to_gram = indicator(left * carried.size + right, pair_cell, (carried.size**2, cell_bin.size))
    maps = _maps(bins, cell_bin, entries, carried.size, to_gram, wanted)
    return Layout(bins, cell_bin, private, carried, fixed[carried], single, wanted, entries, siblings, maps)


def _maps(bins: int, cell_bin: Ints, entries: tuple[Ints, Ints], width: int, to_gram: Indicator, wanted: Ints) -> Maps:
    cells = cell_bin.size
    cell, column = entries
    to_pair = indicator(column * bins + cell_bin[cell], cell, (width * bins, cells))
    to_column = indicator(column, cell, (width, cells))
    return Maps(
        to_bin=indicator(cell_bin, np.arange(cells), (bins, cells)),
        to_pair=to_pair,
        to_gram=to_gram,
        to_column=to_column,
        from_pair=_turned(to_pair, wanted),
        from_gram=_turned(to_gram, wanted),
        from_column=_turned(to_column, wanted),
    )


def _turned(matrix: Indicator, cells: Ints) -> Indicator:
    """The columns of ``matrix`` that belong to these cells, as rows."""
    if isinstance(matrix, np.ndarray):
        return np.ascontiguousarray(matrix.T[cells])
    return sparse.csr_array(sparse.csr_array(matrix.T)[cells])


def _pairs(dense: Ints) -> tuple[Ints, Ints, Ints]:
    """Every ordered pair of columns that share a cell, with that cell."""
    left, right, cell = [], [], []
    for a in range(dense.shape[1]):
        for b in range(dense.shape[1]):
            at = np.flatnonzero((dense[:, a] >= 0) & (dense[:, b] >= 0))
            left.append(dense[at, a])
            right.append(dense[at, b])
            cell.append(at)
    return np.concatenate(left), np.concatenate(right), np.concatenate(cell)


def _siblings(cell: Ints, column: Ints, width: int) -> tuple[Ints, Ints, Ints]:
    """All ordered pairs of cells that share a column: first cells, second cells, columns."""
    none = np.zeros(0, dtype=np.int64)
    first, second, shared = [none], [none], [none]
    order = np.argsort(column, kind="stable")
    ends = np.searchsorted(column[order], np.arange(width + 1))
    for k in range(width):
        own = cell[order[ends[k] : ends[k + 1]]]
        first.append(np.repeat(own, own.size))
        second.append(np.tile(own, own.size))
        shared.append(np.full(own.size**2, k))
    return np.concatenate(first), np.concatenate(second), np.concatenate(shared)


@dataclass(frozen=True, eq=False)
class Chain:
    """Prior precision of the path for ``g`` points: ``main`` (g, t), ``off`` (g, t-1) and the log determinant (g,)."""

    main: Floats
    off: Floats
    log_det: Floats

    def rows(self, at: slice | Ints) -> Chain:
        """The chain of some of the points."""
        return Chain(self.main[at], self.off[at], self.log_det[at])


def random_walk(gaps: Floats, anchor: int, initial_var: float, step_var: Floats) -> Chain:
    """A random walk whose value at place ``anchor`` has variance ``initial_var``.

    ``gaps`` (t-1,) are the numbers of bins between neighbouring places, ``step_var`` (g,) the innovation variance of one bin.
    """
    points, places = step_var.size, gaps.size + 1
    precision = 1.0 / (step_var[:, None] * gaps)
    main = np.zeros((points, places))
    main[:, :-1] += precision
    main[:, 1:] += precision
    main[:, anchor] += 1.0 / initial_var
    return Chain(main, -precision, -np.log(initial_var) + np.log(precision).sum(axis=1))


def autoregression(gaps: Floats, initial_var: Floats, stationary_var: Floats, persistence: Floats) -> Chain:
    """An AR(1) about zero, its first place with variance ``initial_var``; ``persistence`` is that of one bin; all (g,)."""
    rho = persistence[:, None] ** gaps
    precision = 1.0 / (stationary_var[:, None] * -np.expm1(2 * np.log(rho)))
    main = np.zeros((rho.shape[0], gaps.size + 1))
    main[:, :-1] += rho**2 * precision
    main[:, 1:] += precision
    main[:, 0] += 1.0 / initial_var
    return Chain(main, -rho * precision, -np.log(initial_var) + np.log(precision).sum(axis=1))


@dataclass(frozen=True, eq=False)
class Conditioned:
    """The Gaussian posterior of each point: path (g, t), wanted cells (g, m), columns (g, v), log of the integral (g,)."""

    mean: Floats
    var: Floats
    cell_mean: Floats
    cell_var: Floats
    column_mean: Floats
    column_var: Floats
    log_integral: Floats


def condition(layout: Layout, chain: Chain, voice_var: Floats, weight: Floats, shift: Floats) -> Conditioned:
    """Condition on factors ``exp(shift * f - weight * f**2 / 2)`` of each cell (both g × c).

    ``log_integral`` is the log of the prior expectation of the product of the factors.
    """
    points, width = weight.shape[0], layout.width
    size = layout.siblings[0].size + layout.bins**2 if layout.keeps_path else (layout.bins + width) * (width + 1)
    step = max(1, _CHUNK // size)
    if points <= step:
        return _condition(layout, chain, voice_var, weight, shift)
    parts = [slice(a, min(a + step, points)) for a in range(0, points, step)]
    done = [_condition(layout, chain.rows(p), voice_var[p], weight[p], shift[p]) for p in parts]
    return Conditioned(**{name: np.concatenate([getattr(d, name) for d in done]) for name in vars(done[0])})


@dataclass(frozen=True, eq=False)
class _Sums:
    """The factors as they stand in the cells (g, c), and summed over bins and columns with their priors."""

    weight: Floats
    shift: Floats
    main: Floats
    off: Floats
    bin_shift: Floats
    column_shift: Floats
    prior: Floats
    """(g, v) prior variance of each column."""


@dataclass(frozen=True, eq=False)
class _Joint:
    """Posterior of path (g, t) and columns (g, v); ``joined`` (g, m) is what the columns add to wanted cells' variance."""

    mean: Floats
    var: Floats
    column_mean: Floats
    column_var: Floats
    joined: Floats
    log_det: Floats


def _condition(layout: Layout, chain: Chain, voice_var: Floats, weight: Floats, shift: Floats) -> Conditioned:
    t2 = voice_var[:, None]
    own = np.zeros_like(weight)  # variance of a private effect given the path
    at = np.flatnonzero(layout.private)
    own[:, at] = t2 / (1.0 + weight[:, at] * t2)
    gain = 1.0 - own * weight
    w, b = weight * gain, shift * gain
    sums = _Sums(
        weight=w,
        shift=b,
        main=chain.main + gather(layout.maps.to_bin, w),
        off=chain.off,
        bin_shift=gather(layout.maps.to_bin, b),
        column_shift=gather(layout.maps.to_column, b),
        prior=np.where(np.isnan(layout.fixed), t2, layout.fixed),
    )
    joint = _path_kept(layout, sums) if layout.keeps_path else _columns_kept(layout, sums)
    log_integral = np.sum(own * shift**2, axis=1) + np.log(gain[:, at]).sum(axis=1)
    log_integral += chain.log_det - np.log(sums.prior).sum(axis=1) - joint.log_det
    log_integral += np.sum(sums.bin_shift * joint.mean, axis=1) + np.sum(sums.column_shift * joint.column_mean, axis=1)
    cell_mean, cell_var = _cells(layout, joint)
    lean, apart = gain[:, layout.wanted], own[:, layout.wanted]
    cell_mean = cell_mean * lean + apart * shift[:, layout.wanted]  # a private effect leans to its own cell's data
    cell_var = cell_var * lean**2 + apart
    return Conditioned(
        joint.mean, joint.var, cell_mean, cell_var, joint.column_mean, joint.column_var, 0.5 * log_integral
    )


def _cells(layout: Layout, joint: _Joint) -> tuple[Floats, Floats]:
    """Posterior mean and variance of path plus carried effects in every wanted cell (g, m)."""
    at = layout.cell_bin[layout.wanted]
    mean, var = joint.mean[:, at], joint.var[:, at]
    if layout.width == 0 or at.size == 0:
        return mean, var
    return mean + gather(layout.maps.from_column, joint.column_mean), var + joint.joined


def _columns_kept(layout: Layout, sums: _Sums) -> _Joint:
    """Eliminate the path by the tridiagonal solve, then solve for the columns."""
    points, width, bins = sums.weight.shape[0], layout.width, layout.bins
    pair = gather(layout.maps.to_pair, sums.weight).reshape(points, width, bins)
    right = np.empty((width + 1, points, bins))
    right[0], right[1:] = sums.bin_shift, pair.transpose(1, 0, 2)
    solved, var, log_det = _tridiagonal(sums.main, sums.off, right)
    if width == 0:
        none = np.zeros((points, 0))
        return _Joint(solved[0], var, none, none, none, log_det)
    gain = solved[1:].transpose(1, 0, 2)
    schur = gather(layout.maps.to_gram, sums.weight).reshape(points, width, width)
    schur -= np.matmul(gain, pair.transpose(0, 2, 1))
    schur = 0.5 * (schur + schur.transpose(0, 2, 1))
    schur[:, np.arange(width), np.arange(width)] += 1.0 / sums.prior
    cov, more = _inverse(schur)
    column_mean = np.einsum("gvw,gw->gv", cov, sums.column_shift - np.einsum("gvt,gt->gv", gain, sums.bin_shift))
    cross = np.matmul(cov, gain)  # minus the covariance of columns and path
    joined = gather(layout.maps.from_gram, cov.reshape(points, -1))
    joined = joined - 2.0 * gather(layout.maps.from_pair, cross.reshape(points, -1))
    mean = solved[0] - np.einsum("gv,gvt->gt", column_mean, gain)
    var = var + np.einsum("gvt,gvt->gt", cross, gain)
    return _Joint(mean, var, column_mean, np.einsum("gvv->gv", cov), joined, log_det + more)


def _path_kept(layout: Layout, sums: _Sums) -> _Joint:
    """Eliminate the columns, which no cell joins to each other, then solve for the path, which becomes dense."""
    points, bins, cells = sums.weight.shape[0], layout.bins, layout.cell_bin.size
    first, second, column = layout.siblings
    diagonal = gather(layout.maps.to_column, sums.weight) + 1.0 / sums.prior
    share = sums.weight[:, second] / diagonal[:, column]  # of a cell in its column's mean
    where = layout.cell_bin[first] * bins + layout.cell_bin[second]
    count = np.arange(where.size)
    dense = -gather(indicator(where, count, (bins * bins, where.size)), sums.weight[:, first] * share)
    dense = dense.reshape(points, bins, bins)
    at = np.arange(bins)
    dense[:, at, at] += sums.main
    dense[:, at[1:], at[:-1]] += sums.off
    dense[:, at[:-1], at[1:]] += sums.off
    cov, log_det = _inverse(dense)
    raw = sums.column_shift / diagonal
    carried = gather(_turned(layout.maps.to_column, np.arange(cells)), raw)  # each column's own mean, in its cells
    mean = np.einsum("gst,gt->gs", cov, sums.bin_shift - gather(layout.maps.to_bin, sums.weight * carried))
    to_first = indicator(first, count, (cells, where.size))
    cross = gather(to_first, share * cov.reshape(points, -1)[:, where])  # minus covariances of a cell's column and bin
    column_mean = raw - gather(layout.maps.to_column, sums.weight * mean[:, layout.cell_bin]) / diagonal
    column_var = 1.0 / diagonal + gather(layout.maps.to_column, sums.weight * cross) / diagonal
    joined = gather(layout.maps.from_column, column_var) - 2.0 * cross[:, layout.wanted]
    log_det = log_det + np.log(diagonal).sum(axis=1)
    return _Joint(mean, np.einsum("gtt->gt", cov), column_mean, column_var, joined, log_det)


def _inverse(matrices: Floats) -> tuple[Floats, Floats]:
    """Inverses (g, n, n) and log determinants (g,) of positive definite matrices."""
    factor = np.linalg.cholesky(matrices)
    inverse = np.asarray(np.linalg.inv(matrices), dtype=np.float64)
    return inverse, np.asarray(2.0 * np.log(np.einsum("gvv->gv", factor)).sum(axis=1))


def _tridiagonal(main: Floats, off: Floats, right: Floats) -> tuple[Floats, Floats, Floats]:
    """Solve the (g) tridiagonal systems for all of ``right`` (r, g, t); also the inverses' diagonals and log determinants.

    The diagonal of the inverse is ``1 / (forward + backward - main)`` of the pivots of both eliminations (Meurant 1992,
    *SIAM Journal on Matrix Analysis and Applications* 13).
    """
    points, bins = main.shape
    if bins == 1:
        return right / main, 1.0 / main, np.log(main[:, 0])
    link = np.zeros((points, bins))
    link[:, : bins - 1] = off
    flat = link.ravel()[:-1]
    forward, lower, _ = dpttrf(main.ravel(), flat)
    backward, _, _ = dpttrf(main.ravel()[::-1].copy(), flat[::-1].copy())
    solved, _ = dpttrs(forward, lower, right.reshape(right.shape[0], -1).T)
    pivots = forward.reshape(points, bins)
    diagonal = 1.0 / (pivots + backward[::-1].reshape(points, bins) - main)
    return solved.T.reshape(right.shape), diagonal, np.log(pivots).sum(axis=1)


def moved(layout: Layout, bins: int, places: Ints) -> Layout:
    """The same cells over other bins: place ``i`` becomes bin ``places[i]`` of ``bins``; no cell is wanted."""
    none = np.zeros(0, dtype=np.int64)
    cell_bin = places[layout.cell_bin]
    maps = _maps(bins, cell_bin, layout.entries, layout.width, layout.maps.to_gram, none)
    return replace(layout, bins=bins, cell_bin=cell_bin, wanted=none, maps=maps)
