"""Values and tables as TOML writes them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

_BARE = re.compile(r"[A-Za-z0-9_-]+\Z")
_ESCAPED = re.compile("[\x7f\ufffe\uffff]")


def toml_value(value: object) -> str:
    """A value in TOML: text, numbers, truth, lists, and mappings as inline tables.

    Basic strings of TOML are those of JSON but for one character; two more that XML cannot hold are escaped as well.
    """
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{toml_key(key)} = {toml_value(item)}" for key, item in value.items()) + " }"
    if isinstance(value, Iterable) and not isinstance(value, str):
        return "[" + ", ".join(map(toml_value, value)) + "]"
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))


def toml_key(key: str) -> str:
    """A key, in quotation marks where it needs them."""
    return key if _BARE.match(key) else toml_value(key)


def toml_table(header: str, items: Mapping[str, object], remarks: Mapping[str, str] | None = None) -> list[str]:
    """The lines of a table under its ``header``, such as ``[[source]]``; blank and empty values are left out.

    ``remarks``: key → a comment that follows its value.
    """
    said = remarks or {}
    kept = {key: value for key, value in items.items() if value not in ("", (), [], None) and value != {}}
    return [
        header,
        *(
            f"{toml_key(key)} = {toml_value(value)}" + (f"  {toml_comment(said[key])}" if key in said else "")
            for key, value in kept.items()
        ),
    ]


def toml_comment(text: str) -> str:
    """A comment of one line; what cannot be printed is left out."""
    return "# " + "".join(one for one in " ".join(text.split()) if one.isprintable())
