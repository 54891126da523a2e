"""Which states the readers of attitudes find named in sentences, and which attitudes they find stated."""

from __future__ import annotations

from rashomon.coding.directing import DirectedAttitude, _reader, directed_attitudes
from rashomon.coding.parties import Parties


def said(text: str, language: str) -> set[str]:
    """The attitudes of a text, each in short."""
    return {short(one) for one in directed_attitudes(text, language)}


def short(one: DirectedAttitude) -> str:
    """An attitude as "NOR>PRT+"."""
    return f"{one.source}>{one.target}{'+' if one.sign == 'positive' else '-'}"


def named(language: str, *sentences: str) -> list[set[str]]:
    """The states named in each of some sentences, each a text of its own but for the time that it takes."""
    reader = _reader(language)
    out = []
    for sentence in reader.grammar.sentences(("" if language == "ja" else " ").join(sentences)):
        parties = Parties(reader.gazetteer)
        parties.enter(sentence)
        out.append({one.code for i in range(len(sentence.words)) for one in parties.at(i)})
    return out
