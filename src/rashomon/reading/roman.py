"""Roman numerals, in small letters."""

from __future__ import annotations

from typing import Final

_WORTH: Final = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_SIGNS: Final = {
    "m": 1000, "cm": 900, "d": 500, "cd": 400, "c": 100, "xc": 90, "l": 50, "xl": 40, "x": 10, "ix": 9, "v": 5, "iv": 4, "i": 1,
}  # fmt: skip


def roman(value: int) -> str:
    """``value`` as a numeral; "" for 0.

    >>> roman(1991)
    'mcmxci'
    """
    out = ""
    for sign, worth in _SIGNS.items():
        out += sign * (value // worth)
        value %= worth
    return out


def value_of(numeral: str) -> int:
    """What letters of a numeral are worth, be it well formed or not: one before a greater one is taken off.

    >>> value_of("xiv"), value_of("xiiii")
    (14, 14)
    """
    values = [_WORTH[letter] for letter in numeral]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
