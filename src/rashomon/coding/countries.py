"""Countries as a language speaks of them; see :mod:`rashomon.coding.places`."""

from __future__ import annotations

from rashomon.coding import japanese_places, places, russian_places
from rashomon.coding.places import Country

_TABLES = {"en": places.countries, "ru": russian_places.countries, "ja": japanese_places.countries}


def countries_in(language: str) -> tuple[Country, ...]:
    """All countries that are known in a language (en, ru or ja); KeyError for another."""
    return _TABLES[language]()
