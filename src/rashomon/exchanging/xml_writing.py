"""XML as text, element by element; characters that XML cannot hold become U+FFFD."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final
from xml.sax.saxutils import escape, quoteattr

_FORBIDDEN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_document(root: str) -> str:
    """A whole document of a root element."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{root}\n'


def xml_tag(name: str, attributes: Mapping[str, str], inside: Iterable[str] = (), text: str = "") -> str:
    """An element with its text, and what stands inside of it after that."""
    given = "".join(f" {key}={quoteattr(_clean(value))}" for key, value in attributes.items())
    within = escape(_clean(text), {"\r": "&#13;"}) + "".join(inside)
    return f"<{name}{given}>{within}</{name}>" if within else f"<{name}{given}/>"


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)
