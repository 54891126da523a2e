"""What the parser of Russian often gets wrong, and the words around tell: mended before frames are read off the tree."""

from __future__ import annotations

from dataclasses import replace

from rashomon.coding.frames import Word

_Words = tuple[Word, ...]


def mended(words: _Words) -> _Words:
    """The words of a sentence with some of their heads set right; still a tree."""
    for i in range(len(words)):
        first = _subject_before(words, i)
        if first >= 0:
            words = (*words[:i], replace(words[i], head=first, relation="conj"), *words[i + 1 :])
            continue
        stray = _verb_of(words, i)
        if stray >= 0:
            words = (*words[:i], replace(words[i], head=stray, relation="obj"), *words[i + 1 :])
            continue
        head = _infinitive_before(words, i) if words[i].relation == "obj" else _verb_before(words, i)
        if head >= 0 and not _hangs_on(words, head, i):
            relation = "obj" if words[i].relation == "obj" else "advcl"
            words = (*words[:i], replace(words[i], head=head, relation=relation), *words[i + 1 :])
    return words


def _hangs_on(words: _Words, at: int, above: int) -> bool:
    """Whether a word is another, or hangs on it."""
    while at != above and words[at].head != at:
        at = words[at].head
    return at == above


def _subject_before(words: _Words, at: int) -> int:
    """Of "договорились Путин и китайский лидер": the subject that a second one with "и" is coordinated with; -1 if none."""
    if words[at].relation != "nsubj" or not any(one.head == at and one.lemma == "и" for one in words[:at]):
        return -1
    return next((i for i in range(at) if words[i].relation == "nsubj" and words[i].head == words[at].head), -1)


def _verb_of(words: _Words, at: int) -> int:
    """Of "обвинить в кризисе Украину": the verb of an accusative without a preposition that was taken for none; -1 if none."""
    word = words[at]
    if word.relation not in ("nmod", "advcl") or word.kind not in ("NOUN", "PROPN") or "|Case=Acc|" not in word.form:
        return -1
    if any(one.head == at and one.relation == "case" for one in words):
        return -1
    verb = word.head
    while words[verb].kind != "VERB" and words[verb].head != verb:
        verb = words[verb].head
    free = not any(one.head == verb and one.relation == "obj" for one in words)
    return verb if words[verb].kind == "VERB" and (verb < at or word.relation == "advcl") and free else -1


def _infinitive_before(words: _Words, at: int) -> int:
    """Of "нежелание обсуждать вопрос раздражало японцев": the infinitive right before an object, where the verb has another."""
    first = min(
        (i for i, word in enumerate(words) if word.head == at and word.relation in ("amod", "det", "nummod")),
        default=at,
    )
    verb = min(first, at) - 1
    if verb < 0 or "|VerbForm=Inf|" not in words[verb].form or words[at].head == verb:
        return -1
    objects = [i for i, word in enumerate(words) if word.relation == "obj" and word.head in (verb, words[at].head)]
    return verb if len(objects) > 1 and all(words[i].head != verb for i in objects) else -1


def _verb_before(words: _Words, at: int) -> int:
    """Of "не мог допустить, чтобы": the verb before the comma, where the clause was taken for one of equal rank; -1 if none."""
    if words[at].relation != "conj":
        return -1
    mark = next((i for i, word in enumerate(words) if word.head == at and word.lemma == "чтобы"), -1)
    return mark - 2 if mark >= 2 and words[mark - 1].text == "," and words[mark - 2].kind == "VERB" else -1
