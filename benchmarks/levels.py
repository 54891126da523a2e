"""Pooling polls: time and estimates of `rashomon.measuring.polls.pooling`, beside a naive version and NumPyro's NUTS on the
same model.

    python benchmarks/levels.py                        # 5,000 polls over 500 months
    python benchmarks/levels.py --polls 500 --months 60
    python benchmarks/levels.py --freeze tests/published/numpyro_levels.json      # make the reference of the tests anew

Ours is repeated, and the median is printed with the lowest and the highest; the naive version and NumPyro (only where it is
installed), which take minutes, run once. The naive version lays eleven points of the prior on each axis and conditions with dense
matrices at each. Differences from NumPyro are in posterior standard deviations of its draws, whose own Monte Carlo error is
printed beside them. Set OPENBLAS_NUM_THREADS=1 for figures that do not depend on the number of processors.
"""

from __future__ import annotations

import argparse
import itertools
import json
import statistics
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from rashomon.measuring.levels.estimating import LevelSeries, open_ends
from rashomon.measuring.levels.integrating import Priors
from rashomon.measuring.levels.quadrature import HalfT
from rashomon.measuring.polls.pooling import DESIGN_EFFECT, LOGIT, MODE_SD, UNKNOWN_N, Polls, in_logits, polls, pool
from rashomon.measuring.smoothing.observing import Observations, middle, observe, spread_over

Floats = NDArray[np.float64]


def make_polls(count: int, months: int, houses: int = 10, modes: int = 3, seed: int = 0) -> Polls:
    """Polls of one share: a random walk in logits, house effects, mode offsets, whole per cents, a tenth without a sample."""
    draw = np.random.default_rng(seed)
    path = np.cumsum(draw.normal(0, 0.3 / np.sqrt(12), months))
    month, house = np.sort(draw.integers(0, months, count)), draw.integers(0, houses, count)
    mode = draw.integers(0, modes, count)
    size = draw.integers(500, 2000, count).astype(np.float64)
    effects, offsets = draw.normal(0, 0.2, houses), draw.normal(0, 0.2, modes)
    share = expit(path[month] + effects[house] + offsets[mode] + draw.normal(0, 0.1, count))
    share = np.round(draw.binomial(size.astype(np.int64), share) / size, 2)
    size[draw.random(count) < 0.1] = np.nan
    return polls(month, share, house, size=size, mode=mode)


# the naive version


def naive(data: Mapping[str, Any], points: int = 11) -> Floats:
    """The posterior mean share of each bin, of numbers alone: a plain grid of the prior, and dense matrices at each point."""
    shares = (np.arange(points) + 0.5) / points
    priors, bins = data["priors"], data["bins"]
    axes = [HalfT(scale).quantile(shares) for scale in (priors.drift, priors.voice, priors.noise)]
    place = np.arange(data["bin"].size)
    design = np.zeros((place.size, bins + data["voices"] + data["modes"]))
    design[place, data["bin"]] = design[place, bins + data["voice"]] = 1.0
    if data["modes"]:
        other = data["mode"] > 0
        design[place[other], bins + data["voices"] + data["mode"][other] - 1] = 1.0
    logs, means = zip(*(_dense(data, design, *point) for point in itertools.product(*axes)), strict=True)
    weights = np.exp(np.array(logs) - max(logs))
    mean: Floats = weights @ np.array(means) / weights.sum()
    return mean


def _dense(data: Mapping[str, Any], design: Floats, q: float, tau: float, sigma: float) -> tuple[float, Floats]:
    """The log likelihood at a point, and the mean share in each bin there."""
    bins, priors = data["bins"], data["priors"]
    var = data["error"] ** 2 + data["coded"] * sigma**2 + data["spread"] * data["step"] * q**2
    steps = np.diff(np.eye(bins), axis=0)
    prior = np.diag(np.r_[np.zeros(bins), np.full(data["voices"], tau**-2), np.full(data["modes"], MODE_SD**-2)])
    prior[:bins, :bins] = steps.T @ steps / (q**2 * data["step"])
    prior[0, 0] += priors.initial_sd**-2
    precision = prior + design.T @ (design / var[:, None])
    right = design.T @ (data["low"] / var)
    covariance = np.linalg.inv(precision)
    mean = covariance @ right
    determinants = np.linalg.slogdet(prior)[1] - np.linalg.slogdet(precision)[1] - np.log(var).sum()
    deviation = np.sqrt(np.diag(covariance)[:bins])
    nodes, weights = np.polynomial.hermite_e.hermegauss(9)
    drawn = expit(mean[:bins, None] + deviation[:, None] * nodes) @ (weights / weights.sum())
    return 0.5 * (determinants + mean @ right - np.sum(data["low"] ** 2 / var)), drawn


# NumPyro on the same model


def nuts(
    data: Mapping[str, Any], draws: int, warmup: int, chains: int = 1, accept: float = 0.9
) -> tuple[Any, float, int]:
    """Draws of NUTS from the model, the seconds they took once compiled, and the number of divergent steps."""
    import jax
    from numpyro.infer import MCMC, NUTS

    jax.config.update("jax_enable_x64", True)
    kernel = NUTS(_model, target_accept_prob=accept)
    runner = MCMC(
        kernel, num_warmup=warmup, num_samples=draws, num_chains=chains, progress_bar=False, chain_method="sequential"
    )
    start = time.perf_counter()
    runner.run(jax.random.PRNGKey(0), data)
    return runner, time.perf_counter() - start, int(runner.get_extra_fields()["diverging"].sum())


def _model(data: Mapping[str, Any]) -> None:
    """The model of the module's text, written out: deviations from the prior's centre, all effects standardised."""
    import jax.numpy as jnp
    import numpyro
    import numpyro.distributions as dist

    def half_t(name: str, scale: float) -> Any:
        return numpyro.sample(name, dist.FoldedDistribution(dist.StudentT(4.0, 0.0, scale)))

    def standard(name: str, size: int) -> Any:
        return numpyro.sample(name, dist.Normal(0, 1).expand([size]))

    priors = data["priors"]
    q, tau = half_t("drift", priors.drift), half_t("voice", priors.voice)
    sigma = half_t("noise", priors.noise)
    first, steps = standard("first", 1), standard("steps", data["bins"] - 1)
    walk = jnp.concatenate([jnp.zeros(1), jnp.cumsum(steps)]) * q * jnp.sqrt(data["step"])
    x = numpyro.deterministic("x", priors.initial_sd * first + walk)
    f = x[data["bin"]] + tau * standard("voices", data["voices"])[data["voice"]]
    if data["modes"]:
        offsets = numpyro.deterministic("offsets", MODE_SD * standard("modes", data["modes"]))
        f = f + jnp.concatenate([jnp.zeros(1), offsets])[data["mode"]]
    noise = jnp.sqrt(data["error"] ** 2 + data["coded"] * sigma**2 + data["spread"] * data["step"] * q**2)
    numpyro.factor("seen", _log_likelihood(data, f, noise))


def _log_likelihood(data: Mapping[str, Any], f: Any, noise: Any) -> Any:
    """Normal densities of the numbers and normal probabilities of the intervals."""
    import jax.numpy as jnp
    from jax.scipy.special import log_ndtr

    number = data["low"] == data["high"]
    z = (jnp.where(number, data["low"], 0.0) - f) / noise
    density = -0.5 * z**2 - jnp.log(noise) - 0.5 * jnp.log(2 * jnp.pi)
    a = jnp.clip((jnp.maximum(data["low"], -1e3) - f) / noise, -35.0, 35.0)
    b = jnp.clip((jnp.minimum(data["high"], 1e3) - f) / noise, -35.001, 35.001)
    flip = a + b > 0
    lower = jnp.where(number, -1.0, jnp.where(flip, -b, a))
    upper = jnp.where(number, 1.0, jnp.where(flip, -a, b))
    gap = jnp.maximum(log_ndtr(lower) - log_ndtr(upper), -700.0)
    return jnp.where(number, density, log_ndtr(upper) + jnp.log(-jnp.expm1(gap))).sum()


def inputs(seen: Observations, priors: Priors, step: float, mode: NDArray[np.int64] | None = None) -> dict[str, Any]:
    """What the model needs of observations; ``mode`` 0 is the reference."""
    begin = int(middle(seen.first, seen.last).min())
    codes, voice = np.unique(seen.voice, return_inverse=True)
    return {
        "bins": int(seen.last.max()) - begin + 1,
        "bin": middle(seen.first, seen.last) - begin,
        "voice": voice,
        "voices": codes.size,
        "mode": mode,
        "modes": 0 if mode is None else int(mode.max()),
        "low": seen.low - priors.centre,
        "high": seen.high - priors.centre,
        "error": np.maximum(seen.error, 1e-4 * priors.initial_sd),
        "coded": seen.coded.astype(np.float64),
        "spread": spread_over(seen.first, seen.last, seen.within),
        "step": step,
        "priors": priors,
    }


def poll_inputs(given: Polls, step: float) -> dict[str, Any]:
    """The same of polls, with the commonest mode as number 0."""
    logits, _ = in_logits(given, DESIGN_EFFECT, UNKNOWN_N, 0.01)
    codes, counts = np.unique(given.mode, return_counts=True)
    order = np.argsort(-counts, kind="stable")
    number = {int(codes[k]): place for place, k in enumerate(order)}
    mode = np.array([number[int(code)] for code in given.mode])
    return inputs(logits, LOGIT, step, mode if codes.size > 1 else None)


def compare(given: Polls, draws: int) -> None:
    """Print times, their ratios to ours, and the greatest differences."""
    taken = []
    for _ in range(8):
        start = time.perf_counter()
        ours = pool(given).parts[0].series
        taken.append(time.perf_counter() - start)
    usual = statistics.median(taken[1:])
    print(f"ours: {usual:.3f} s (lowest {min(taken[1:]):.3f}, highest {max(taken[1:]):.3f}; the first, {taken[0]:.1f})")
    data = poll_inputs(given, 1 / 12)
    start = time.perf_counter()
    mean = naive(data)
    seconds = time.perf_counter() - start
    print(f"naive: {seconds:.0f} s, ratio {seconds / usual:,.0f}; means differ by at most ", end="")
    print(f"{np.max(np.abs(ours.mean - mean) / ours.sd):.3f} posterior sd", flush=True)
    try:
        import numpyro  # noqa: F401
    except ImportError:
        print("NumPyro is not installed: nothing to compare with")
        return
    _compare_nuts(ours, data, draws, usual)


def _compare_nuts(ours: LevelSeries, data: Mapping[str, Any], draws: int, usual: float) -> None:
    runner, seconds, divergent = nuts(data, draws, draws)
    theirs = expit(np.asarray(runner.get_samples()["x"]))
    sd, error = theirs.std(0), _monte_carlo(runner, theirs)
    print(f"NumPyro, {draws} draws after {draws}: {seconds:.0f} s with compilation, {divergent} divergent")
    print(f"ratio: {seconds / usual:,.0f}")
    for name, mine, drawn in (
        ("mean", ours.mean, theirs.mean(0)),
        ("5 %", ours.low, np.quantile(theirs, 0.05, axis=0)),
        ("95 %", ours.high, np.quantile(theirs, 0.95, axis=0)),
    ):
        apart = np.abs(mine - drawn)
        print(f"{name:>5}: differs by at most {np.max(apart / sd):.3f} posterior sd, {100 * np.max(apart):.3f} points")
    print(f"Monte Carlo error of NumPyro's means: at most {np.max(error / sd):.3f} posterior sd")


def _monte_carlo(runner: Any, drawn: Floats) -> Floats:
    """The Monte Carlo standard error of the means, from the effective sample size of each bin."""
    from numpyro.diagnostics import effective_sample_size

    size = effective_sample_size(drawn.reshape(runner.num_chains, -1, drawn.shape[1]))
    error: Floats = drawn.std(0) / np.sqrt(np.asarray(size))
    return error


# the reference of the tests


def _words(count: int, bins: int, voices: int, seed: int, level: float = 0.3) -> dict[str, Any]:
    """Words, numbers with errors and longer spans, of several voices, on -1..1."""
    draw = np.random.default_rng(seed)
    at = np.concatenate([[0, bins - 1], draw.integers(0, bins, count - 2)])
    voice = np.arange(count) % voices
    path = level + np.cumsum(draw.normal(0, 0.12, bins))
    word = draw.random(count) < 0.7
    error = np.where(word, 0.0, np.round(draw.uniform(0.05, 0.15, count), 2))
    value = path[at] + draw.normal(0, 0.25, voices)[voice] + draw.normal(0, 1, count) * np.where(word, 0.2, error)
    low = np.where(word, -1 + 0.4 * np.clip(np.floor((value + 1) / 0.4), 0, 4), value)
    last = np.minimum(at + draw.integers(0, 4, count) * (draw.random(count) < 0.3), bins - 1)
    return {
        "first": at.tolist(),
        "last": last.tolist(),
        "low": np.round(low, 3).tolist(),
        "high": np.round(np.where(word, low + 0.4, low), 3).tolist(),
        "error": error.tolist(),
        "voice": voice.tolist(),
        "within": (draw.random(count) < 0.5).tolist(),
        "coded": word.tolist(),
    }


def _few_polls() -> dict[str, Any]:
    """Forty polls of four houses in two modes, three of them bounded."""
    made = make_polls(40, 60, houses=4, modes=2, seed=5)
    low, high = made.low.copy(), made.high.copy()
    low[[3, 17]], high[[3, 17]] = 0.3, 1.0
    low[30], high[30] = 0.0, 0.6
    size = [None if np.isnan(n) else n for n in made.size.tolist()]
    return {
        "first": made.first.tolist(),
        "share": low.tolist(),
        "high": high.tolist(),
        "house": made.house.tolist(),
        "mode": made.mode.tolist(),
        "size": size,
    }


def freeze(path: Path) -> None:
    """Write data sets with the posterior that NUTS finds for them."""
    cases = []
    for name, made, kept in (
        ("mixed", _words(40, 12, 6, 1), False),
        ("few", _words(8, 6, 3, 4), False),
        ("strong", _words(24, 8, 4, 2, level=0.75), True),
    ):
        seen = open_ends(observe(**made), (-1.0, 1.0))
        data = inputs(seen, Priors.of_scale(-1.0, 1.0), 1.0)
        cases.append({"name": name, "kind": "levels", "kept": kept, "data": made, **_posterior(data, kept)})
    made = _few_polls()
    size = np.array([np.nan if n is None else n for n in made["size"]])
    data = poll_inputs(polls(**{**made, "size": size}), 1 / 12)
    cases.append({"name": "polls", "kind": "pool", "kept": False, "data": made, **_posterior(data, False)})
    import numpyro

    text = {"made_by": "python benchmarks/levels.py --freeze", "numpyro": numpyro.__version__, "cases": cases}
    path.write_text(json.dumps(text, indent=1) + "\n", encoding="utf-8")


def _posterior(data: Mapping[str, Any], kept: bool) -> dict[str, Any]:
    """Moments and quantiles of the path; with ``kept``, of the draws whose path stays on -1..1 wherever it is observed."""
    runner, _, divergent = nuts(data, 6000, 3000, chains=4, accept=0.99)
    drawn = runner.get_samples()
    path = np.asarray(drawn["x"])
    inside = np.all(np.abs(path[:, np.unique(data["bin"])]) <= 1, axis=1) if kept else np.ones(len(path), dtype=bool)
    error = _monte_carlo(runner, path) / np.sqrt(inside.mean())
    chosen = path[inside]
    if data["modes"]:
        chosen = expit(chosen)
    return {
        "draws": int(inside.sum()),
        "divergent": divergent,
        "error_in_sd": round(float(np.max(error / path.std(0))), 4),
        "mean": np.round(chosen.mean(0), 5).tolist(),
        "sd": np.round(chosen.std(0), 5).tolist(),
        "low": np.round(np.quantile(chosen, 0.05, axis=0), 5).tolist(),
        "high": np.round(np.quantile(chosen, 0.95, axis=0), 5).tolist(),
        "hyper": {k: round(float(np.asarray(drawn[k])[inside].mean()), 5) for k in ("drift", "voice", "noise")},
    }


def main() -> None:
    """Compare, or make the reference."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--polls", type=int, default=5000)
    parser.add_argument("--months", type=int, default=500)
    parser.add_argument("--draws", type=int, default=1000, help="of NumPyro, after as many to warm up")
    parser.add_argument("--freeze", type=Path, help="write the reference of the tests here")
    asked = parser.parse_args()
    if asked.freeze:
        freeze(asked.freeze)
    else:
        print(f"{asked.polls} polls over {asked.months} months, 10 houses, 3 modes")
        compare(make_polls(asked.polls, asked.months), asked.draws)


if __name__ == "__main__":
    main()
