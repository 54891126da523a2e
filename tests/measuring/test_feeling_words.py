"""Which words of feeling count, where they do not, and in whose voice they are said: in English, Russian and Japanese."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.errors import RashomonError
from rashomon.measuring.feeling import CATEGORIES, Finder, Names, shipped
from rashomon.measuring.feeling.lexicon import read_entries
from rashomon.measuring.feeling.patterns import inflected, plain, read_exception, read_pieces
from rashomon.reading import sentence_spans

FINDERS = {language: Finder(shipped(), language) for language in ("en", "ru", "ja")}
HEAD = "category\tlanguage\twords\tpos\tunless\tnote\n"


def found(text: str, language: str = "en", own: str = "") -> list[tuple[str, str]]:
    names = Names(None, frozenset(own.split()))
    return [(hit.category, hit.status) for hit in FINDERS[language].read(text, names).hits]


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Trust between our peoples grows.", "trust"),
        ("They mistrusted each other for decades.", "distrust"),
        ("It was a rude answer.", "rudeness"),
        ("Mutual respect guided the envoys.", "courtesy"),
        ("Their arrogance surprised everyone.", "arrogance"),
        ("Humility is needed.", "modesty"),
        ("The minister apologised in public.", "apology"),
        ("Self-respect comes first.", "pride"),
        ("The treaty humiliated a nation.", "humiliation"),
        ("Resentment runs deep.", "emotion"),
        ("We value sincerity.", "sincerity"),
        ("This is hypocrisy.", "insincerity"),
        ("Tanks are a threat.", "threat"),
        ("Good-neigh-\nbourly ties matter.", "friendship"),
        ("Hostility returned.", "enmity"),
    ],
)
def test_each_category_has_its_english_words(text: str, category: str) -> None:
    assert found(text) == [(category, "own")]


@pytest.mark.parametrize(
    ("text", "language", "category"),
    [
        ("Fear of the islanders grew.", "en", "emotion"),
        ("It misled no one.", "en", "insincerity"),
        ("They sought a pretext.", "en", "insincerity"),
        ("It was a warm reception.", "en", "friendship"),
        ("The note was brazen.", "en", "arrogance"),
        ("They scorned the offer.", "en", "rudeness"),
        ("Revenge was in the air.", "en", "enmity"),
        ("Соседи опасались войны.", "ru", "emotion"),
        ("Это надёжный торговый партнёр.", "ru", "trust"),
        ("Газеты ввели всех в заблуждение.", "ru", "insincerity"),
        ("Министр пригрозил санкциями.", "ru", "threat"),
        ("島民の不安が残る。", "ja", "emotion"),
        ("口実を探した。", "ja", "insincerity"),
        ("両国の絆が深まった。", "ja", "friendship"),
        ("申し訳ありません。", "ja", "apology"),
    ],
)
def test_words_that_real_texts_had_and_the_lexicon_lacked(text: str, language: str, category: str) -> None:
    assert found(text, language) == [(category, "own")]


@pytest.mark.parametrize(
    "text",
    [
        "The Trusteeship Council met.",
        "The Trust Territory of the Pacific Islands was visited.",
        "Reports on trust and non-self-governing territories came in.",
        "A trust fund for victims was set up.",
        "I trust that the Assembly will act.",
        "There is a threat of rain.",
        "The threat of climate change is grave.",
        "We are proud to announce a new programme.",
        "I offer my sincere congratulations to the President.",
        "Hostilities ceased in May.",
        "The Group of Friends met.",
        "It is in a sorry state.",
        "I express my confidence that the session will be fruitful.",
        "He was an apologist of nothing.",
        "It is an environmentally friendly engine.",
        "We warmly welcome the new Members.",
        "I fear that time is short.",
        "They are anxious to begin.",
    ],
)
def test_what_only_looks_like_feeling_does_not_count(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "language", "category", "status"),
    [
        ("There is no trust between us.", "en", "trust", "negated"),
        ("They are not sincere.", "en", "sincerity", "negated"),
        ("The lack of trust is plain.", "en", "trust", "negated"),
        ("We do not threaten anybody.", "en", "threat", "negated"),
        ("All must refrain from the threat of force.", "en", "threat", "negated"),
        ("Trust is lacking.", "en", "trust", "negated"),
        ("We cannot tolerate this threat.", "en", "threat", "own"),
        ("This is not only a threat.", "en", "threat", "own"),
        ("It is not without sincerity.", "en", "sincerity", "own"),
        ("No, trust is there.", "en", "trust", "own"),
        ("They accuse us of arrogance.", "en", "arrogance", "reported"),
        ("The neighbours said that our threats were plain.", "en", "threat", "reported"),
        ("We said that trust must grow.", "en", "trust", "own"),
        ("It must be said that trust has grown.", "en", "trust", "own"),
        ("The so-called friendship was short.", "en", "friendship", "reported"),
        ("They spoke of “friendship” at dinner.", "en", "friendship", "reported"),
        ("According to the press, trust is gone.", "en", "trust", "reported"),
        ("They say that all is well, but our trust is gone.", "en", "trust", "own"),
        ("The neighbours were branded enemies.", "en", "enmity", "reported"),
        ("We labelled it a threat.", "en", "threat", "own"),
        ("Доверие растёт.", "ru", "trust", "own"),
        ("Между нами нет доверия.", "ru", "trust", "negated"),
        ("Без доверия ничего не выйдет.", "ru", "trust", "negated"),
        ("Они не искренни.", "ru", "sincerity", "negated"),
        ("Доверия пока нет.", "ru", "trust", "negated"),
        ("Это не только угроза.", "ru", "threat", "own"),
        ("Они обвиняют нас в высокомерии.", "ru", "arrogance", "reported"),
        ("Соседи заявили, что угроза велика.", "ru", "threat", "reported"),
        ("Мы заявили, что угроза велика.", "ru", "threat", "own"),
        ("Так называемая дружба кончилась.", "ru", "friendship", "reported"),
        ("Газеты писали о «дружбе».", "ru", "friendship", "reported"),
        ("По его словам, угроза велика.", "ru", "threat", "reported"),
        ("По нашим словам, угроза велика.", "ru", "threat", "own"),
        ("Как отметил министр, угроза велика.", "ru", "threat", "reported"),
        ("Как отмечали мы, угроза велика.", "ru", "threat", "own"),
        ("Мнимая угроза забыта.", "ru", "threat", "reported"),
        ("Столица называет соседей врагами.", "ru", "enmity", "reported"),
        ("Мы назвали соседей врагами.", "ru", "enmity", "own"),
        ("相互の信頼が深まった。", "ja", "trust", "own"),
        ("両国の間に信頼がない。", "ja", "trust", "negated"),
        ("誠意を見せず、席を立った。", "ja", "sincerity", "negated"),
        ("謝罪しなければならない。", "ja", "apology", "own"),
        ("脅威だけでなく機会でもある。", "ja", "threat", "own"),
        ("隣国は脅威だと述べた。", "ja", "threat", "reported"),
        ("我々は脅威だと述べた。", "ja", "threat", "own"),
        ("いわゆる友好の時代。", "ja", "friendship", "reported"),
        ("「傲慢」という言葉を聞いた。", "ja", "arrogance", "reported"),
        ("不信感が残る。", "ja", "distrust", "own"),
        ("これは脅威ではないでしょうか。", "ja", "threat", "own"),
        ("これは脅威ではない。", "ja", "threat", "negated"),
        ("脅威ではないから安心だ。", "ja", "threat", "negated"),
        ("脅威は尽きない。", "ja", "threat", "own"),
    ],
)
def test_denial_and_report_are_told_from_the_own_voice(text: str, language: str, category: str, status: str) -> None:
    assert found(text, language) == [(category, status)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Взносы идут в доверительный фонд.", "ru"),
        ("Есть угроза засухи.", "ru"),
        ("Они помогают друг другу.", "ru"),
        ("Это грубое нарушение Устава.", "ru"),
        ("Часть отряда осталась на другом берегу.", "ru"),
        ("Его подозревают в краже.", "ru"),
        ("Воздушная тревога длилась час.", "ru"),
        ("信任状を提出した。", "ja"),
        ("台風の脅威が迫る。", "ja"),
        ("平和友好条約を結んだ。", "ja"),
        ("信用金庫を訪ねた。", "ja"),
        ("機器の信頼性を確かめた。", "ja"),
        ("情勢は不安定だ。", "ja"),
        ("引き続き丁寧な議論を行う。", "ja"),
    ],
)
def test_what_only_looks_like_feeling_in_russian_and_japanese(text: str, language: str) -> None:
    assert found(text, language) == []


def test_invented_sentences_are_read_as_marked_and_the_known_misreadings_are_few() -> None:
    misread = []
    for line in (Path(__file__).parent / "feeling_sentences.tsv").read_text(encoding="utf-8").splitlines():
        language, text, marked, known = (*line.split("\t"), "")[:4]
        wanted = sorted(tuple(one.split(":")) for one in marked.split(";") if one)
        assert (sorted(found(text, language)) == wanted) == (known == ""), text
        misread += [text] if known else []
    assert len(misread) == 2


def test_a_side_that_names_itself_speaks_in_its_own_voice() -> None:
    text = "The Soviet Government has declared that the threat is real."
    assert found(text, own="soviet") == [("threat", "own")]
    assert found(text) == [("threat", "reported")]


def test_every_category_has_words_in_every_language() -> None:
    seen = Counter((one.category, one.language) for one in shipped().entries)
    assert shipped().categories == CATEGORIES
    assert all(seen[category, language] >= 2 for category in CATEGORIES for language in ("en", "ru", "ja"))


def test_every_english_and_russian_entry_is_met_by_its_own_words() -> None:
    for entry in shipped().entries:
        if entry.language != "ja" and not any(piece.is_gap for piece in entry.pieces):
            words = [sorted(piece.forms)[0] if piece.forms else piece.stem for piece in entry.pieces]
            hits = FINDERS[entry.language].read(f"Xx {' '.join(words)} xx.").hits
            assert [hit.category for hit in hits] == [entry.category], entry.words


@given(st.sampled_from(sorted({one.words for one in shipped().entries if one.language == "ja"})))
def test_the_longest_japanese_words_count(words: str) -> None:
    (hit,) = FINDERS["ja"].read(words).hits
    assert (hit.start, hit.stop) == (0, len(words))


@given(st.text(alphabet="Tab. \n”“「」not\"«»,;信頼доверие-'’", max_size=200), st.sampled_from(["en", "ru", "ja"]))
def test_any_text_can_be_read_and_hits_lie_where_they_say(text: str, language: str) -> None:
    read = FINDERS[language].read(text)
    assert len(read.words) == len(read.named) == len(sentence_spans(text))
    for hit, later in pairwise(read.hits):
        assert hit.stop <= later.start
    for hit in read.hits:
        assert text[hit.start : hit.stop].strip()
        assert 0 <= hit.sentence < len(read.words)


@given(st.text(alphabet="ab. \n", max_size=80))
def test_sentences_hold_all_words_and_none_twice(text: str) -> None:
    spans = sentence_spans(text)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert sum(len(text[start:stop].replace(" ", "").replace("\n", "")) for start, stop in spans) == len(
        text.replace(" ", "").replace("\n", "")
    )


def test_patterns_are_read_and_inflected() -> None:
    def forms(words: str, pos: str) -> set[str]:
        pieces = read_pieces(words)
        assert pieces is not None
        return set(inflected(pieces, words, pos)[0].forms)

    assert forms("trust", "v") == {"trust", "trusts", "trusted", "trusting"}
    assert forms("menace", "v") == {"menace", "menaces", "menaced", "menacing"}
    assert forms("pity", "n") == {"pity", "pities", "pitys"}
    assert forms("довери(е/я)", "n") == {"доверие", "доверия"}
    assert plain("Self-Respect") == "selfrespect"
    assert read_pieces("... trust") is None
    assert read_pieces("tr0st") is None
    assert read_exception("of rain") is None
    exception = read_exception("threat ~ ... rain")
    assert exception is not None
    assert exception.holds(["threat", "x", "of", "heavy", "rain"], 1, 2)
    assert not exception.holds(["threat", "x", "a", "b", "c", "d", "e", "f", "rain"], 1, 2)


@pytest.mark.parametrize(
    ("line", "code", "field"),
    [
        ("trust en trust n", "R531", ""),
        ("trust\tfr\tconfiance\tn", "R532", "language"),
        ("trust\ten\ttrust\tnoun", "R532", "pos"),
        ("trust\ten\tco-op*er\tn", "R533", "words"),
        ("trust\tja\t信 頼\tn", "R533", "words"),
        ("trust\ten\ttrust\tn\tof rain", "R533", "unless"),
        ("trust\tja\t信頼\tn\t信用", "R533", "unless"),
        ("Trust!\ten\ttrust\tn", "R534", "category"),
        ("trust\ten\tfaith\tn\ntrust\ten\tfaith\tn", "R535", "words"),
    ],
)
def test_a_faulty_lexicon_names_its_line(line: str, code: str, field: str) -> None:
    with pytest.raises(RashomonError) as caught:
        read_entries(f"{HEAD}# ours\n{line}\n", "feeling.tsv")
    (fault,) = caught.value.faults
    assert (fault.code, fault.where.file, fault.where.field) == (code, "feeling.tsv", field)
    assert fault.where.line == 3 + line.count("\n")
    assert fault.found
    assert fault.allowed
    assert fault.remedy


def test_a_lexicon_without_its_columns_is_refused() -> None:
    with pytest.raises(RashomonError) as caught:
        read_entries("category,language,words\n", "feeling.tsv")
    assert (caught.value.fault.code, caught.value.fault.where.line) == ("R531", 1)


@pytest.mark.parametrize(("language", "word"), [("en", " trust and"), ("ru", " доверие и"), ("ja", "信頼と")])
def test_a_text_without_an_end_of_a_sentence_is_read_by_what_stands_near(language: str, word: str) -> None:
    said = "The neighbours said that" if language == "en" else "Соседи заявили, что" if language == "ru" else ""
    hits = FINDERS[language].read(said + word * 3_000).hits
    assert len(hits) == 3_000
    if said:
        assert (hits[0].status, hits[-1].status) == ("reported", "own")
