"""The verdict on every hypothesis: borne out, contradicted, undetermined, or restated by its author.

Evidence are the records that the study names for and against a claim, and the checks that the program makes itself. No
circles: what is told by the source of a claim (its records, its narrator's, those via it, retellings of them) never bears the
claim out; it may contradict it. With evidence on both sides the stronger kind decides and the verdict is disputed; of equal
strength, it is undetermined. See :mod:`rashomon.measuring.hypotheses.weighing` for the rule and
:mod:`rashomon.measuring.hypotheses.checks` for the checks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rashomon.measuring.hypotheses.checks import Ground, LedgerRow, asked, try_check
from rashomon.measuring.hypotheses.poll_checks import MET, NOT_MET, OPEN, Tried
from rashomon.measuring.hypotheses.weighing import KINDS, RESTATED, UNDETERMINED, Scales, decisive
from rashomon.measuring.records.resting import Author, Bools, gather_retellings, open_masks, strength_of
from rashomon.study import Hypothesis, Result, StudyData
from rashomon.study.provenance import note
from rashomon.study.schema import Check


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One declared check: what it asks, and its ``outcome`` (met, not met, undetermined) on everything that is open.

    ``independent``: the outcome on what does not rest on the claim's source. ``figures`` are named numbers; ``strength`` is
    of the evidence that it rests on, 1 to 3.
    """

    kind: str
    asked: str
    note: str
    outcome: str
    independent: str
    because: str
    figures: tuple[tuple[str, float], ...]
    strength: int
    n: int
    sources: tuple[str, ...]
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """A hypothesis with its verdict.

    ``from_``: the source of the claim. ``for_`` and ``against``: ids of the records, and "check 1" …, on each side; ``own``:
    those in ``for_`` that only its source tells. ``strength_for`` is of the independent evidence. ``voices`` tell evidence
    of any kind, ``independent_voices`` such as is not the source's. ``missing``: which record would change the verdict most.
    ``left_out``: named records that are not accepted or not yet open. ``not_independent``: records that the study declares
    independent and that are not.
    """

    id: str
    claim: str
    from_: str
    verdict: str
    disputed: bool
    because: str
    for_: tuple[str, ...]
    against: tuple[str, ...]
    own: tuple[str, ...]
    checks: tuple[CheckRow, ...]
    strength_for: str
    strength_against: str
    voices: int
    independent_voices: int
    rivals: tuple[str, ...]
    missing: str
    test: str
    left_out: tuple[str, ...]
    not_independent: tuple[str, ...]
    n: int
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Trials(Result[Trial]):
    """Every hypothesis of a study, in its order."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence: ``sign`` +1 or −1, ``strength`` 1..3, whether it is independent, and who tells it."""

    id: str
    sign: int
    strength: int
    independent: bool
    told: tuple[tuple[str, str], ...]
    """(source, via) of what it rests on."""


def scales_of(pieces: Iterable[Piece]) -> Scales:
    """The strongest evidence on each side."""
    independent = own = against = 0
    for one in pieces:
        if one.sign < 0:
            against = max(against, one.strength)
        elif one.independent:
            independent = max(independent, one.strength)
        else:
            own = max(own, one.strength)
    return Scales(independent, own, against)


def measure_hypotheses(study: StudyData, ledger: Sequence[LedgerRow] = ()) -> Trials:
    """Try every hypothesis of a study. ``ledger``: rows of the misperception ledger, for checks of the kind verdict.

    Linear in the records named, and in the rows of polls and moves for each check.
    """
    masks = open_masks(study)
    ground = Ground(study, masks, ledger)
    retellings = gather_retellings(study)
    authors = {one.source: Author(study, one.source, retellings) for one in study.declared.hypotheses}
    apart = {source: ground.without(author) for source, author in authors.items()}
    rows = tuple(_try(study, one, ground, authors[one.source], apart[one.source]) for one in study.declared.hypotheses)
    method = "strongest kind of evidence decides; a source never bears out its own claim"
    used = sum(row.n for row in rows)
    return Trials(rows, note(study, method, {}, None, used, (source for row in rows for source in row.sources)))


def _try(study: StudyData, hypothesis: Hypothesis, ground: Ground, author: Author, apart: Ground) -> Trial:
    """``apart`` is the ground without what rests on the ``author``."""
    pieces, left_out = _records(study, hypothesis, author, ground.open)
    checks = []
    for number, check in enumerate(hypothesis.checks, 1):
        tried, alone = try_check(check, ground), try_check(check, apart)
        checks.append(_check_row(check, tried, alone))
        pieces += _pieces(f"check {number}", tried, alone)
    scales = scales_of(pieces)
    told = [pair for piece in pieces for pair in piece.told]
    free = [pair for pair in told if not (author.is_of(pair[0]) or author.is_of(pair[1]))]
    return Trial(
        id=hypothesis.id,
        claim=hypothesis.claim,
        from_=hypothesis.source,
        verdict=scales.verdict,
        disputed=scales.disputed,
        because=_because(pieces, scales, checks, left_out, hypothesis.source),
        for_=_ids(piece for piece in pieces if piece.sign > 0),
        against=_ids(piece for piece in pieces if piece.sign < 0),
        own=_ids(piece for piece in pieces if piece.sign > 0 and not piece.independent),
        checks=tuple(checks),
        strength_for=KINDS.get(scales.independent, ""),
        strength_against=KINDS.get(scales.against, ""),
        voices=_voices(study, told),
        independent_voices=_voices(study, free),
        rivals=hypothesis.rivals,
        missing=_missing(scales, checks),
        test=hypothesis.test,
        left_out=tuple(left_out),
        not_independent=tuple(name for name in hypothesis.independent if _is_own(study, author, name)),
        n=len(pieces),
        sources=tuple(sorted({source for source, _ in told})),
    )


def _records(
    study: StudyData, hypothesis: Hypothesis, author: Author, masks: dict[str, Bools]
) -> tuple[list[Piece], list[str]]:
    """The named records that are open, as evidence, and the names of those that are not."""
    pieces, left_out = [], []
    for names, sign in ((hypothesis.supports, 1), (hypothesis.refutes, -1)):
        for name in dict.fromkeys(names):
            table, row = study.locate(name)
            if not masks[table][row]:
                left_out.append(name)
                continue
            record = study.table(table).row(row)
            told = ((record.source, getattr(record, "via", "")),)
            free = not author.own(table)[row]
            pieces.append(Piece(name, sign, strength_of(study, table, row), free, told))
    return pieces, left_out


def _is_own(study: StudyData, author: Author, name: str) -> bool:
    table, row = study.locate(name)
    return bool(author.own(table)[row])


def _check_row(check: Check, tried: Tried, alone: Tried) -> CheckRow:
    return CheckRow(
        kind=check.kind, asked=asked(check), note=check.note, outcome=tried.outcome, independent=alone.outcome,
        because=tried.because, figures=tried.figures, strength=tried.strength, n=tried.n, sources=tried.sources,
        records=tried.records,
    )  # fmt: skip


def _pieces(name: str, tried: Tried, alone: Tried) -> list[Piece]:
    """A check as evidence: for the claim where it is met, independently so only where it is met without the source.

    Against it where it is not met; both, where the source's records meet it and the others do not.
    """

    def piece(sign: int, of: Tried, independent: bool) -> Piece:
        return Piece(name, sign, of.strength, independent, tuple((source, "") for source in of.sources))

    pieces = []
    if MET in (tried.outcome, alone.outcome):
        free = alone.outcome == MET
        pieces.append(piece(1, alone if free else tried, free))
    if NOT_MET in (tried.outcome, alone.outcome):
        free = alone.outcome == NOT_MET
        pieces.append(piece(-1, alone if free else tried, free))
    return pieces


def _ids(pieces: Iterable[Piece]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(piece.id for piece in pieces))


def _voices(study: StudyData, told: Sequence[tuple[str, str]]) -> int:
    """Independent voices among (source, via) pairs; a name that is no declared source speaks for itself."""
    known = {one.id for one in study.declared.sources}
    listed = [pair for pair in dict.fromkeys(told) if pair[0] in known]
    return study.independent_voices([source for source, _ in listed], [via for _, via in listed]) if listed else 0


def _because(
    pieces: Sequence[Piece], scales: Scales, checks: Sequence[CheckRow], left_out: Sequence[str], source: str
) -> str:
    """One plain sentence with the counts."""
    for_ = [piece for piece in pieces if piece.sign > 0]
    free = [piece for piece in for_ if piece.independent]
    against = [piece for piece in pieces if piece.sign < 0]
    if not pieces:
        said = "no evidence on either side"
    else:
        said = f"{len(for_)} for it"
        said += f", of which {len(free)} not told by {source}" if source and for_ else ""
        said += f" (the strongest: {KINDS[scales.independent]})" if scales.independent else ""
        said += f"; {len(against)} against it"
        said += f" (the strongest: {KINDS[scales.against]})" if scales.against else ""
    said += _why_so(scales)
    if checks:
        met = sum(check.outcome == MET for check in checks)
        failed = sum(check.outcome == NOT_MET for check in checks)
        said += f"; of {len(checks)} checks {met} met, {failed} not met"
    return said + (f"; {len(left_out)} named records are not open" if left_out else "")


def _why_so(scales: Scales) -> str:
    """Why the verdict is neither borne out nor contradicted; "" where it is."""
    if scales.verdict == RESTATED:
        return "; only its own source says so"
    if scales.verdict != UNDETERMINED or not scales.disputed:
        return ""
    if scales.independent == scales.against:
        return "; of equal strength"
    return "; what only its own source says for it is no weaker, but does not bear it out"


def _missing(scales: Scales, checks: Sequence[CheckRow]) -> str:
    """What would change the verdict most: a further record, and the figures that open checks lack."""
    said = decisive(scales)
    lacking = [check for check in checks if check.outcome == OPEN]
    if lacking:
        said += " Not decided yet: " + "; ".join(f"{check.asked} ({check.because})" for check in lacking) + "."
    return said
