"""The coder ``model``: a language model behind an OpenAI-compatible endpoint, asked passage by passage.

Each passage is a request of its own, without the history of any other, and its reply is taken apart by
:mod:`rashomon.coding.replying`. Replies are kept, so that a run that was stopped, or came to one of its limits, goes on from
there when it is begun again, and asks nothing twice. A passage whose request failed is reported and passed over.
"""

from __future__ import annotations

import hashlib
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Event
from typing import Final, Literal

from rashomon.coding.asking import Asker, FailedError, StoppedError
from rashomon.coding.codebook import Codebook, Excerpt
from rashomon.coding.limiting import Budget, Clock, LimitError, SystemClock, Usage
from rashomon.coding.model_settings import Mode, ModelSettings
from rashomon.coding.prompting import TASK, Message, context_of, digest_of, messages_for
from rashomon.coding.proposals import Proposal
from rashomon.coding.proposing import SET_APART
from rashomon.coding.reply_cache import Kept, MemoryCache, ReplyCache, ReplyKey
from rashomon.coding.replying import Reading, Rejection, UnreadableError, read_reply
from rashomon.errors import RashomonError, Where, error
from rashomon.reading import Passage
from rashomon.study import StudyData
from rashomon.texts import count

__all__ = ["ModelCoder", "ModelPlan", "ModelReport"]

_IN_A_ROW: Final = 3  # failed requests after which a run ends: it is the endpoint then, not the passage
_LISTED: Final = 1000  # rejections, and failures, that are listed; all are counted
_BYTES_A_TOKEN: Final = (5, 3)  # of English, Russian or Japanese in UTF-8, by the tokenizers of today: a rule of thumb
_SHORT_REPLY: Final = 50  # tokens of a reply without statements
_NOTHING: Final = Reading((), ())
_TOLD: Final = 10  # failures that are told one by one


@dataclass(frozen=True, slots=True)
class ModelPlan:
    """What a run would do, before anything is sent.

    ``remembered``: passages whose reply is kept; ``requests``: those to be sent, without any sent again. ``tokens`` and
    ``cost``: a rough estimate, low and high, and no promise; what the limits promise is in ``limits``.
    """

    model: str
    host: str
    passages: int
    remembered: int
    requests: int
    tokens: tuple[int, int]
    cost: tuple[float, float]
    minutes: float
    limits: tuple[str, ...]

    def lines(self) -> tuple[str, ...]:
        """The plan in sentences."""
        low, high = self.tokens
        priced = f", about {self.cost[0]:.2f} to {self.cost[1]:.2f} in money" if self.cost[1] else ""
        return (
            f"{count(self.passages, 'passage')} for {self.model} at {self.host}; answered before: {self.remembered:,}.",
            f"{count(self.requests, 'request')} in {count(round(self.minutes), 'minute')} or more: "
            f"about {low} to {high} tokens{priced}.",
            f"The run ends before it passes any of: {', '.join(self.limits)}.",
        )


@dataclass(frozen=True, slots=True)
class ModelReport:
    """What came of a run so far.

    Of the ``passages``, so many were ``answered``, ``remembered`` from earlier runs, ``failed``, or ``left`` because ``limit``
    was reached. ``rejected``: statements, and reasons, that were not taken, by reason, the most frequent first. Of
    ``failures`` (address and reason) and ``rejections`` the first thousand are listed. ``cost``: by the prices of the settings.
    """

    passages: int
    answered: int
    remembered: int
    failed: int
    left: int
    limit: str
    usage: Usage
    cost: float
    proposals: int
    rejected: tuple[tuple[str, int], ...]
    failures: tuple[tuple[str, str], ...]
    rejections: tuple[Rejection, ...]

    def lines(self) -> tuple[str, ...]:
        """The report in sentences."""
        spent = f"{count(self.usage.requests, 'request')} and {count(self.usage.tokens_in + self.usage.tokens_out, 'token')}"
        money = f", {self.cost:.2f} in money" if self.cost else ""
        left = count(self.left, "passage is", "passages are")
        stopped = (f"The run ended at a limit: {self.limit}; {left} left.",) if self.limit else ()
        refused = ", ".join(f"{reason} {n}" for reason, n in self.rejected)
        return (
            f"{count(self.passages, 'passage')}: {self.answered} answered, {self.remembered} remembered, {self.failed} failed. "
            f"{spent} were spent{money}.",
            *stopped,
            *((f"Of what was answered, this was not taken: {refused}.",) if refused else ()),
            *(f"No answer on {address}: {why}" for address, why in self.failures[:_TOLD]),
        )


@dataclass(frozen=True, slots=True)
class _Job:
    """A passage, and all that is asked about it; ``prompt`` is the digest of the messages."""

    passage: Passage
    excerpt: Excerpt
    messages: tuple[Message, ...]
    prompt: str

    def key(self, settings: ModelSettings, mode: Mode) -> ReplyKey:
        """Under what its reply is kept."""
        text = hashlib.sha256(self.passage.text.encode("utf-8", "replace")).hexdigest()
        return ReplyKey(
            passage=f"{self.passage.anchor} {text}",
            codebook=self.excerpt.digest,
            prompt=self.prompt,
            model=settings.model,
            temperature=settings.temperature,
            reply_tokens=settings.reply_tokens,
            mode=mode,
        )


@dataclass(frozen=True, slots=True)
class _Answer:
    """What came of a job: a reading, or why there is none."""

    outcome: Literal["answered", "remembered", "failed", "unanswered", "left"]
    reading: Reading = _NOTHING
    why: str = ""


class ModelCoder:
    """A language model as a coder. One object is one run: its limits hold for all that it codes.

    ``cache``: where replies are kept; without one, as long as the object lives. Raises R920 and R921 where the endpoint cannot be
    used at all.
    """

    def __init__(self, settings: ModelSettings, cache: ReplyCache | None = None, clock: Clock | None = None) -> None:
        self.settings = settings
        self._cache = MemoryCache() if cache is None else cache
        self._budget = Budget(settings)
        self._asker = Asker(settings, self._budget, clock or SystemClock())
        self._counts: Counter[str] = Counter()
        self._rejected: Counter[str] = Counter()
        self._failures: list[tuple[str, str]] = []
        self._rejections: list[Rejection] = []
        self._limit, self._proposals = "", 0
        self._failed_in_a_row = 0

    @property
    def name(self) -> str:
        """What stands in the column ``coder``."""
        return self.settings.id

    @property
    def version(self) -> str:
        """The model, its endpoint, and a digest of the task and of the settings on which replies depend."""
        one = self.settings
        whole = (TASK, one.temperature, one.reply_tokens, one.reply_format, one.codebook)
        return f"{one.model} at {self._asker.endpoint.host} {hashlib.sha256(repr(whole).encode()).hexdigest()[:16]}"

    def plan(self, passages: Iterable[Passage], study: StudyData) -> ModelPlan:
        """What :meth:`code` would do with these passages; nothing is sent."""
        one = self.settings
        count = remembered = low = high = 0
        for job in self._jobs(passages, study):
            count += 1
            if self._remembered(job) is not None:
                remembered += 1
                continue
            size = self._asker.most(job.messages, job.excerpt.schema).tokens_in
            low += size // _BYTES_A_TOKEN[0]
            high += size // _BYTES_A_TOKEN[1]
        asked = count - remembered
        least, most = Usage(asked, low, asked * _SHORT_REPLY), Usage(asked, high, asked * one.reply_tokens)
        return ModelPlan(
            model=one.model,
            host=self._asker.endpoint.host,
            passages=count,
            remembered=remembered,
            requests=asked,
            tokens=(least.tokens_in + least.tokens_out, most.tokens_in + most.tokens_out),
            cost=(least.cost(one), most.cost(one)),
            minutes=asked / one.per_minute,
            limits=self._limits(),
        )

    def report(self) -> ModelReport:
        """What came of the run so far."""
        spent = self._budget.spent
        return ModelReport(
            passages=self._counts.total(),
            answered=self._counts["answered"],
            remembered=self._counts["remembered"],
            failed=self._counts["failed"],
            left=self._counts["left"],
            limit=self._limit,
            usage=spent,
            cost=spent.cost(self.settings),
            proposals=self._proposals,
            rejected=tuple(sorted(self._rejected.items(), key=lambda one: (-one[1], one[0]))),
            failures=tuple(self._failures),
            rejections=tuple(self._rejections),
        )

    def code(self, passages: Iterable[Passage], study: StudyData) -> Iterator[Proposal]:
        """Proposals passage by passage, in the order of their words.

        A run that comes to a limit asks no more, but still gives what is remembered; :meth:`report` says so. Raises R922 where
        the endpoint would refuse every request, R923 where it fails several in a row. What was answered until then is kept.
        """
        stop = Event()
        pending: deque[tuple[_Job, Future[_Answer]]] = deque()
        pool = ThreadPoolExecutor(self.settings.at_once, thread_name_prefix="rashomon-model")
        try:
            for job in self._jobs(passages, study):
                pending.append((job, pool.submit(self._answer, job, study, stop)))
                if len(pending) > 2 * self.settings.at_once:
                    yield from self._take(*pending.popleft())
            while pending:
                yield from self._take(*pending.popleft())
        finally:
            stop.set()
            pool.shutdown(cancel_futures=True)

    def _jobs(self, passages: Iterable[Passage], study: StudyData) -> Iterator[_Job]:
        codebook = Codebook(study.declared, self.settings.codebook)
        before: Passage | None = None
        for passage in passages:
            if passage.kind in SET_APART or not passage.text.strip():
                continue
            near = before if before is not None and before.document == passage.document else None
            # what goes before has a say in which entries of a large codebook are shown, for pronouns lead back to it
            excerpt = codebook.excerpt(passage.text, *passage.heading, near.text if near else "")
            context = context_of(passage, near, codebook, study)
            messages = messages_for(passage, context, excerpt, study)
            yield _Job(passage, excerpt, messages, digest_of(messages))
            before = passage

    def _answer(self, job: _Job, study: StudyData, stop: Event) -> _Answer:
        """What comes of one job; runs beside others."""
        found = self._remembered(job)
        if found is not None:
            return _Answer("remembered", self._read(job, study, *found))
        if self._limit:
            return _Answer("left")
        try:
            return _Answer("answered", self._ask(job, study, stop))
        except LimitError as limit:
            self._limit = str(limit)
            return _Answer("left")
        except StoppedError:
            return _Answer("left")
        except UnreadableError as problem:
            return _Answer("failed", why=str(problem))
        except FailedError as problem:
            return _Answer("unanswered", why=str(problem))
        except RashomonError:
            stop.set()  # the others would be refused as well
            raise

    def _remembered(self, job: _Job) -> tuple[Kept, Mode] | None:
        for mode in self._asker.modes:
            kept = self._cache.get(job.key(self.settings, mode))
            if kept is not None:
                return kept, mode
        return None

    def _ask(self, job: _Job, study: StudyData, stop: Event) -> Reading:
        """Ask, read the reply, and keep it if it can be read: what cannot is asked for again by the next run."""
        asked = self._asker.ask(job.messages, job.excerpt.schema, job.prompt, stop)
        made = datetime.now(UTC).isoformat(timespec="seconds")
        kept = Kept(asked.completion.content, self._asker.endpoint.host, asked.completion.model, made)
        try:
            reading = self._read(job, study, kept, asked.mode)
        except UnreadableError:
            if asked.completion.cut:
                raise UnreadableError(f"the reply was cut off at {self.settings.reply_tokens} tokens") from None
            raise
        self._cache.put(job.key(self.settings, asked.mode), kept)
        return reading

    def _read(self, job: _Job, study: StudyData, kept: Kept, mode: Mode) -> Reading:
        served = f" ({kept.model})" if kept.model not in ("", self.settings.model) else ""
        note = (
            f"{self.settings.model}{served} at {kept.host}, temperature {self.settings.temperature:g}, prompt "
            f"{job.prompt[:16]}, codebook {job.excerpt.digest[:16]}, reply as {mode}, {kept.made}"
        )
        return read_reply(kept.content, job.passage, job.excerpt, study, note)

    def _take(self, job: _Job, answer: Future[_Answer]) -> Iterator[Proposal]:
        """Count what came of a job, and pass its proposals on."""
        done = answer.result()
        self._counts["failed" if done.outcome == "unanswered" else done.outcome] += 1
        if done.outcome not in ("remembered", "left"):
            self._failed_in_a_row = self._failed_in_a_row + 1 if done.outcome == "unanswered" else 0
        if done.why and len(self._failures) < _LISTED:
            self._failures.append((job.passage.address, done.why))
        if self._failed_in_a_row >= _IN_A_ROW:
            raise self._no_answer(done.why)
        self._rejected.update(one.reason for one in done.reading.rejections)
        self._rejections += done.reading.rejections[: _LISTED - len(self._rejections)]
        for proposal in done.reading.proposals:
            self._proposals += 1
            yield proposal

    def _limits(self) -> tuple[str, ...]:
        one = self.settings
        money = () if one.money is None else (f"{one.money:g} in money",)
        return (f"{one.requests} requests", f"{one.tokens} tokens", *money, f"{one.per_minute:g} requests a minute")

    def _no_answer(self, why: str) -> RashomonError:
        return error(
            "R923",
            f"The endpoint failed {_IN_A_ROW} requests in a row.",
            found=f"{self._asker.endpoint.host}: {why}",
            allowed="an endpoint that answers",
            remedy="Try again later: what was answered is kept, and is not asked for again.",
            where=Where(field="endpoint"),
        )
