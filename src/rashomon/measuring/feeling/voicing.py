"""In whose voice a word of feeling is said, and whether it is denied: rules over the words of its sentence.

*Reported*: within quotation marks; in what somebody else is said to say ("they accuse us of arrogance", "it is alleged
that"); after "so-called" and "according to". Who speaks of himself ("I said that", "my delegation has declared", or by the
name of his own side) is in his own voice. *Negated*: denied by a word shortly before it in its clause (not, no, without, lack
of, refrain from; не, нет, без) or after it (is lacking; отсутствует; ない, ず, ぬ). Two denials cancel out; "not only" and "no
doubt" deny nothing. What is both reported and negated is reported.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from rashomon.measuring.feeling.matching import WORD
from rashomon.measuring.feeling.patterns import plain

OWN, NEGATED, REPORTED = "own", "negated", "reported"
STATUSES: Final = (OWN, NEGATED, REPORTED)
MOST_QUOTED: Final = 1500
"""Characters of a quotation at most: a mark without its fellow must not silence the rest of a speech."""

QUOTED: Final = re.compile(
    rf"“[^“”]{{1,{MOST_QUOTED}}}”|«[^«»]{{1,{MOST_QUOTED}}}»|「[^「」]{{1,{MOST_QUOTED}}}」|『[^『』]{{1,{MOST_QUOTED}}}』"
    rf'|„[^„“”]{{1,{MOST_QUOTED}}}[“”]|(?<!\w)"(?=\w)[^"]{{1,{MOST_QUOTED}}}"(?!\w)'
)
"""A quotation: marks that open and close, and what stands between."""


def quotations(text: str) -> list[tuple[int, int]]:
    """Where quotations stand in a text, in order."""
    return [found.span() for found in QUOTED.finditer(text)]


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


@dataclass(frozen=True)
class Speech:
    """How a language that is written in words denies and reports. Words are plain (see :func:`~.patterns.plain`).

    ``denying``: deny all that follows in the clause; ``verbal``: deny up to the next ``and_``; ``missing``: stems of nouns
    and verbs that deny where a ``link`` follows (any, where empty), ``rid``: where it follows at once; ``excusing``: words
    that take the denial from the one before; ``turning``: verbs that a denial makes no denial of their object ("cannot
    tolerate"); ``reach``: words back; ``after``: what denies behind; ``stops``: where a clause ends;
    ``concord``: whether denials of one clause are one denial, but for pairs that are ``undone``. ``saying``: verbs of
    speech, with a joint of ``joints`` before what is said, or with one of ``like`` right before the verb; ``blaming``: those
    with one of ``near``, close by; ``naming``: those that name ("branded an enemy"), right before; ``me``: who speaks
    (``nominative``: as a subject); ``passive`` and ``due``: words before a verb that has no speaker, and that is the
    speaker's own after all; ``hearsay``: words before what others say; ``doubt``: right before it.
    """

    denying: frozenset[str]
    verbal: frozenset[str]
    missing: re.Pattern[str]
    rid: frozenset[str]
    link: frozenset[str]
    excusing: frozenset[str]
    turning: frozenset[str]
    reach: int
    after: re.Pattern[str]
    stops: frozenset[str]
    and_: frozenset[str]
    concord: bool
    undone: frozenset[tuple[str, str]]
    saying: re.Pattern[str]
    joints: frozenset[str]
    like: frozenset[str]
    blaming: re.Pattern[str]
    near: frozenset[str]
    naming: frozenset[str]
    me: frozenset[str]
    nominative: frozenset[str]
    passive: frozenset[str]
    due: frozenset[str]
    hearsay: re.Pattern[str]
    doubt: re.Pattern[str]


_MARKS: Final = _set(", ; : . ! ? ( ) — – …")

ENGLISH: Final = Speech(
    denying=_set("no without neither nor none nothing nobody nonuse"),
    verbal=_set("not never cannot hardly scarcely n't"),
    missing=re.compile(
        r"(?:lack|absence|want|loss|shortage|deficit|dearth|devoid|deprived|bereft|refrain|abstain|renounc|"
        r"renunciation|nonuse|abandon|forswear|repudiat)"
        r"(?:s|ed|ing|e|es|ment)?$"
    ),
    rid=_set("free freedom rid void"),
    link=_set("of from the any all"),
    excusing=_set(
        "only merely just simply least doubt less fewer more other greater better matter fail fails failed "
        "but alone surprise exaggeration amount secret"
    ),
    turning=_set(
        "underestimate underestimated forget forgotten ignore ignored overlook overlooked deny denied conceal "
        "concealed hide hidden tolerate accept fear confuse "
        "exclude dismiss permit allow counter eliminate remove removed stop disregard neglect demonstrated "
        "afford belittle diminish reduce reconcile yield bow"
    ),
    reach=6,
    after=re.compile(
        r"(?:(?:is|are|was|were|be|remains?|has been|have been|seems?|had been) )?(?:still |sadly |totally |completely |so )?"
        r"(?:lacking|absent|missing|nonexistent)\b|(?:does|do|did) not exist|(?:is|was|are|were) (?:not there|"
        r"no more|impossible)\b"
    ),
    stops=_MARKS
    | _set("that but although though because while whereas yet which who whose since unless until if when"),
    and_=_set("and"),
    concord=False,
    undone=frozenset(),
    saying=re.compile(
        r"(?:say|says|said|saying|claim|claims|claimed|claiming|alleg(?:e|es|ed|ing|ation|ations)|assert(?:s|"
        r"ed|ing|ion|ions)?|contend(?:s|ed|ing)?|"
        r"pretend(?:s|ed|ing)?|insist(?:s|ed|ing)?|declar(?:e|es|ed|ing)|argu(?:e|es|ed|ing)|complain(?:s|ed|"
        r"ing)?|proclaim(?:s|ed|ing)?|stat(?:ed|ing)|"
        r"announc(?:e|es|ed|ing)|told|tells?|telling|wrote|writes?|preach(?:es|ed|ing)?|boast(?:s|ed|ing)?)$"
    ),
    joints=_set("that : how"),
    like=frozenset(),
    blaming=re.compile(
        r"(?:accus(?:e|es|ed|ing|ation|ations)|charg(?:es|ed|ing)|complain(?:s|ed|ing|ts?)?|describ(?:e|es|ed|"
        r"ing)|portray(?:s|ed|ing)?|depict(?:s|ed|ing)?|"
        r"label(?:led|s|ling)?|brand(?:ed|ing)|reproach(?:es|ed|ing)?|allegations?|speaks?|spoke)$"
    ),
    near=_set("of as about with for"),
    naming=_set("branded branding labelled labeled labelling labeling termed dubbed"),
    me=_set("i we my our me us ours mine myself ourselves"),
    nominative=_set("i we"),
    passive=_set("is was are were been being be"),
    due=_set("must should can may might could cannot to needs need"),
    hearsay=re.compile(r"(?:allegedly|reportedly|purportedly)$"),
    doubt=re.compile(
        r"(?:socalled|alleged|purported|supposed(?:ly)?|allegedly|reportedly|purportedly|ostensibl[ey]|"
        r"selfstyled)$"
    ),
)

RUSSIAN: Final = Speech(
    denying=_set("без нет ни никакого никакой никаких никаким нельзя"),
    verbal=_set("не никогда"),
    missing=re.compile(
        r"(?:отсутстви|лишен|нехватк|недостат|утрат|потер|отказ(?:а|у|ом|ыв|ал|ат)?|избавл|воздерж)\w*$"
    ),
    rid=frozenset(),
    link=frozenset(),
    excusing=_set("только просто столько раз лишь случайно менее меньше секрет"),
    turning=_set(
        "забывать забыть скрывать скрыть отрицать допустить допускать терпеть боимся боится недооценивать "
        "игнорировать простил простили простить забыл забыли забудем пугают"
    ),
    reach=3,
    after=re.compile(
        r"(?:пока |еще |больше |уже |все еще |совсем )*(?:нет|отсутству\w+|не (?:было|будет|существу\w+|"
        r"хвата\w+|оста\w+))\b"
    ),
    stops=_MARKS | _set("но однако хотя потому пока если когда который которая которое которые что чтобы"),
    and_=_set("и а"),
    concord=True,
    undone=frozenset({("не", "без"), ("нельзя", "не"), ("не", "отсутствует")}),
    saying=re.compile(
        r"(?:говор(?:ит|ят|ил|ила|или)|сказа(?:л|ла|ли)|утвержда\w+|заяв(?:ля\w+|ил|ила|или)|"
        r"тверд(?:ит|ят|ил|или)|уверя\w+|пиш(?:ет|ут)|писа(?:л|ли|ла)|провозглас\w+|объяв(?:ля\w+|ил|ила|или)|"
        r"подчерк\w+|отме(?:ча\w+|тил|тила|тили))$"
    ),
    joints=_set("что : будто"),
    like=_set("как"),
    blaming=re.compile(
        r"(?:обвин(?:я\w+|ил|ила|или|ения|ение|ений)|упрек(?:а\w+|ну\w+|и)?|называ(?:ет|ют|л|ли|ла)|назва(?:л|"
        r"ли|ла)|приписыва\w+|жалу(?:ется|ются))$"
    ),
    near=_set("в о об как за на нас наш наши наших нашу нам ее его их"),
    naming=_set("называет называют называл называла называли назвал назвала назвали"),
    me=_set("я мы наш наша наше наши нашим мой моя мое моим"),
    nominative=_set("я мы"),
    passive=frozenset(),
    due=frozenset(),
    hearsay=re.compile(r"(?:якобы|дескать|мол)$"),
    doubt=re.compile(r"(?:якобы|называем\w+|пресловут\w+|мним\w+|дескать|мол)$"),
)

SPEECHES: Final = {"en": ENGLISH, "ru": RUSSIAN}
_ACCORDING: Final = {"en": ("according", "to"), "ru": ("по", "словам")}
_NEAR: Final = 12  # words between a verb of speech and what is said, where the joint is a preposition
_LONGEST: Final = (
    400  # words (in Japanese, characters) of a sentence that tell of one word: a text may have no sentence end
)
_NAMED: Final = 3  # words between a verb that names and the name
_SUBJECT: Final = 8  # words before a verb among which its subject is looked for


def status(speech: Speech, tokens: Sequence[str], start: int, stop: int, language: str, own: frozenset[str]) -> str:
    """The voice of ``tokens[start:stop]`` (plain words and marks of a sentence). ``own``: names of the side that speaks."""
    if reported(speech, tokens, start, language, own):
        return REPORTED
    return NEGATED if negated(speech, tokens, start, stop) else OWN


def negated(speech: Speech, tokens: Sequence[str], start: int, stop: int) -> bool:
    """Whether what stands at ``tokens[start:stop]`` is denied: by an odd number of words, or by any where denials agree."""
    behind = speech.after.match(" ".join(tokens[stop : stop + 5])) is not None
    found = _denials(speech, tokens, start) + behind
    if not speech.concord:
        return found % 2 == 1
    return found > 0 and not any(
        pair in speech.undone for pair in pairwise(tokens[max(start - speech.reach, 0) : start])
    )


def denies(sentence: str, language: str) -> bool:
    """Whether any word of a sentence denies something; False in a language of which that is not known."""
    if language == "ja":
        return _JA_DENYING.search(_JA_NOT_DENYING.sub("〇", sentence)) is not None
    if language not in SPEECHES:
        return False
    speech = SPEECHES[language]
    words = [*map(plain, WORD.findall(sentence)), ""]
    return any(
        (word in speech.denying or word in speech.verbal or word.endswith("n't")) and after not in speech.excusing
        for word, after in pairwise(words)
    )


def _denials(speech: Speech, tokens: Sequence[str], start: int) -> int:
    count, crossed, linked = 0, False, not speech.link
    for at in range(start - 1, max(start - 1 - speech.reach, -1), -1):
        word = tokens[at]
        if word in speech.stops or word in speech.turning:
            break
        crossed |= word in speech.and_
        linked |= word in speech.link
        if word in speech.denying or (not crossed and (word in speech.verbal or word.endswith("n't"))):
            count += tokens[at + 1] not in speech.excusing
        elif (linked and speech.missing.match(word)) or (word in speech.rid and tokens[at + 1] in speech.link):
            count += 1
    return count


def reported(speech: Speech, tokens: Sequence[str], start: int, language: str, own: frozenset[str]) -> bool:
    """Whether what begins at ``tokens[start]`` is what somebody else than the speaker is said to say."""
    if any(speech.doubt.match(word) for word in tokens[max(start - 2, 0) : start]):
        return True
    mine = speech.me | own
    for at in range(start - 1, max(start - 1 - _LONGEST, -1), -1):
        if tokens[at] in (";", "."):
            return False
        if speech.hearsay.match(tokens[at]) or _according(tokens[at : at + 3], language):
            return not any(word in mine for word in tokens[at : at + 5])
        if _tells(speech, tokens, at, start):
            return _of_another(speech, tokens, at, mine)
    return False


def _tells(speech: Speech, tokens: Sequence[str], verb: int, start: int) -> bool:
    """Whether ``tokens[verb]`` says, or blames or names somebody, what begins at ``tokens[start]``."""
    word = tokens[verb]
    says, blames, names = speech.saying.match(word), speech.blaming.match(word), word in speech.naming
    if not (says or blames or names):
        return False
    between = tokens[verb + 1 : start]
    said = says and _joined(speech, tokens, verb, between) and not _taken(speech, between)
    named = names and len(between) <= _NAMED and not any(word in speech.stops for word in between)
    return bool(said or named or (blames and len(between) <= _NEAR and any(word in speech.near for word in between)))


def _according(tokens: Sequence[str], language: str) -> bool:
    """Whether words begin with "according to" or its like: "по словам", "по его словам"."""
    first, last = _ACCORDING[language]
    return tokens[0] == first and last in tokens[1:]


def _joined(speech: Speech, tokens: Sequence[str], verb: int, between: Sequence[str]) -> bool:
    """Whether what stands behind a verb of speech is said: by a joint, or by "as" before it ("как отметил министр")."""
    like = tokens[max(verb - 1, 0)] in speech.like and not any(word in speech.nominative for word in between[:1])
    return like or any(word in speech.joints for word in between)


def _taken(speech: Speech, between: Sequence[str]) -> bool:
    """Whether the speaker has taken the word again between a verb of speech and a word: with "but", or with "and we"."""
    turns = (*speech.and_, ",")
    again = any(one in turns and other in speech.nominative for one, other in pairwise(between))
    return again or "but" in between or "но" in between


def _of_another(speech: Speech, tokens: Sequence[str], verb: int, mine: frozenset[str]) -> bool:
    before = list(tokens[max(verb - _SUBJECT, 0) : verb])
    for mark in (";", ":", "."):
        if mark in before:
            before = before[len(before) - before[::-1].index(mark) :]
    if before and before[-1] in speech.passive:
        return not any(word in speech.due for word in before[-3:])
    impersonal = before[-1:] == ["to"] and "it" in before
    return not impersonal and not any(word in mine for word in before)


_JA_NOT_DENYING: Final = re.compile(
    r"(?:屈し|尽き|傷つけ|疑[いうわ]|忘れ|許[さし]|免れ|拭[えい]|晴れ|消え|否定でき|無視でき|看過でき|避けられ|以外の何)[^、。]{0,6}?(?:な[いくかし]|ず|ぬ|ません)|"
    r"(?:なければ|なくては|ねば)なら(?:な[いくか]|[ずぬ])?|ざるを得|に違いな|しかな|だけで(?:は)?な|のみならず|ばかりで(?:は)?な|かもしれな|ずっと|ずつ|必ず|まず|いずれ|ほかな|他な|はず"
    r"|少なからず|少なくない|やまな|に過ぎな|(?:では|じゃ)な(?:いか(?!ら)|いでしょうか|いですか|かろうか)"
)
_JA_DENYING: Final = re.compile(r"な[いくしき]|なかっ|ず(?!れ)|ぬ|ません|欠[いくけ]|不足|欠如|存在しな|失[いうっわ]")
_JA_WITHOUT: Final = re.compile(
    r"な(?:くして|しに|しで).*"
)  # "without" denies what stands before it, and nothing behind
_JA_REACH: Final = 12
_JA_CLAUSE: Final = re.compile(r"[、。！？「」『』]")
_JA_SAID: Final = re.compile(
    r"と(?:[^、。と]{0,7}[はがも])?(?:の(?:批判|非難|声|指摘|主張|見方|発言)|いう(?:批判|非難|声|主張|指摘|見方|発言)|(?:して)?(?:述べ|言っ|言い|言う|言わ|主張|批判|非難|語[っりる]|発言|強調|指摘|称し|決めつけ|伝え|報じ))"
)
_JA_ME: Final = re.compile(r"(?:私|我々|われわれ|我が国|わが国|私ども|当方|我が方|わが方)[^、。]{0,6}[はがも]")
_JA_HEARSAY: Final = re.compile(r"(?:によれば|によると)")


def japanese_status(sentence: str, start: int, stop: int, own: frozenset[str]) -> str:
    """The voice of the characters ``start`` to ``stop`` of a Japanese sentence."""
    before, after = sentence[max(start - _LONGEST, 0) : start], sentence[stop : stop + _LONGEST]
    said = _JA_SAID.search(after)
    mine = _JA_ME.search(before) or any(re.search(rf"{re.escape(one)}(?:政府)?[はも]", before) for one in own)
    if (said or _JA_HEARSAY.search(before) or "いわゆる" in before[-6:]) and not mine:
        return REPORTED
    clause = _JA_WITHOUT.sub("ない", _JA_CLAUSE.split(after, maxsplit=1)[0])[:_JA_REACH]
    denials = len(_JA_DENYING.findall(_JA_NOT_DENYING.sub("〇", clause)))
    return NEGATED if denials % 2 else OWN
