"""The coder by rules in Japanese: what it proposes for invented sentences, and what holds of all its proposals."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from coding_study import passage
from grammar_laws import hold_to_the_passage, rises, stated, told
from hypothesis import given, settings
from hypothesis import strategies as st
from japanese_study import DECLARED, SENTENCES, SILENT, declared

from rashomon.coding import japanese_text
from rashomon.coding.english_words import ENGLISH
from rashomon.coding.japanese import Japanese
from rashomon.coding.japanese_chunks import chunks_of
from rashomon.coding.japanese_text import NEEDED, bare, sentences_of, spaced, tokens_of
from rashomon.coding.japanese_words import JAPANESE, stem
from rashomon.coding.rules import Engine, Rules
from rashomon.errors import RashomonError
from rashomon.study import VERBS, open_study

for needed in NEEDED:
    pytest.importorskip(needed, reason="Japanese needs the extra code")


TWO = "日本の要求を|拒否したが|日本とソ連|両国は|彼らは|国民の声|解決なしに|望んでおり|固執し、|検討する用意|要求に対し"
"""Sentences with two statements, or two holders of one."""


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(Japanese(), JAPANESE, declared())


@pytest.mark.parametrize(("text", "path", "verbs", "topic", "stance"), SENTENCES)
def test_what_a_sentence_states(engine: Engine, text: str, path: str, verbs: str, topic: str, stance: str) -> None:
    said = stated(engine, text)
    assert (path, verbs, topic, stance) in said
    assert len(said) == 1 or re.search(TWO, text)


@pytest.mark.parametrize("text", SILENT)
def test_what_states_nothing_gives_nothing(engine: Engine, text: str) -> None:
    assert not told(engine, text)


def test_doubt_basis_extent_and_time_are_read_off_the_words(engine: Engine) -> None:
    [one] = told(engine, "1990年秋、日本国民の60%が島の返還を望んでいた。")
    assert (one.when, one.hedge, one.extent, one.basis) == ("autumn 1990", "plain", "60%", "narrated")
    [one] = told(engine, "田辺は平和条約を望んでいたかもしれない。")
    assert one.hedge == "possible"
    [one] = told(engine, "田辺は平和条約を望んでいるという。")
    assert one.hedge == "reported"
    [one] = told(engine, "ソ連は平和条約を望んでいると考えられていた。")
    assert (one.path, one.hedge) == ("ussr", "reported")
    [one] = told(engine, "田辺は平和条約は不要だと述べた。")
    assert one.basis == "words"


def test_each_field_shows_the_words_that_made_it(engine: Engine) -> None:
    text = "1985年、モスクワは東京が平和条約を望んでいると考えた。"
    [one] = told(engine, text)
    words = {(reason.field, text[reason.start : reason.end]) for reason in one.reasons}
    assert words == {
        ("path", "モスクワ"), ("path", "東京"), ("modality", "考え"), ("modality", "望ん"), ("topic", "平和条約"),
        ("when", "1985年"),
    }  # fmt: skip


def test_nobody_named_is_whom_the_sentence_before_was_about(engine: Engine) -> None:
    start = "田辺はモスクワに着いた。"
    assert [one.path for one in told(engine, f"{start}平和条約を要求した。")] == ["tanabe"]
    first, second = told(engine, f"{start}平和条約を要求した。島の返還も求めた。")
    assert (first.path, second.path) == ("tanabe", "tanabe")
    assert second.certainty < first.certainty
    assert not told(engine, f"{start}記者は帰った。平和条約を要求した。")


def test_names_are_found_whatever_words_they_are_cut_into(engine: Engine) -> None:
    for name in ("ソコロフ", "イワン・ソコロフ", "イワン・ソコロフ外相", "ソコロフ氏", "ソ連のソコロフ外相"):
        assert {one.path for one in told(engine, f"1985年、{name}は平和条約を望んだ。")} == {"sokolov"}, name


def test_a_noun_keeps_its_particle_behind_brackets() -> None:
    def read(text: str) -> list[tuple[str, ...]]:
        return [chunk.marks for chunk in chunks_of(tokens_of(text, 0, len(text)))]

    assert read("田辺(外相)と記者が会った。") == [("と",), ("が",), ()]
    assert read("調査団のベルク(検事)団長が来た。") == [("の",), ("が",), ()]


def test_what_is_made_clear_is_told_and_who_asks_stands_before_a_comma(engine: Engine) -> None:
    [one] = told(engine, "1985年、田辺は平和条約は不要だと明らかにした。")
    assert (one.path, one.modality) == ("tanabe", "asserts")
    [other] = told(engine, "1985年、田辺が、平和条約を結ぶよう求めた。")
    assert (other.path, other.modality) == ("tanabe", "demands")


def test_names_with_a_mark_in_them_are_found_in_one_word_or_several() -> None:
    assert JAPANESE.spelled("アンティグア・バーブーダ", "side") == ("アンティグアバーブーダ",)


def test_what_is_too_long_to_be_a_sentence_is_passed_over(engine: Engine) -> None:
    assert list(Japanese().sentences("日本は平和条約を望み、" * 500)) == []
    assert len(told(engine, f"{'日本は平和条約を望み、' * 500}。1985年、田辺は平和条約を望んだ。")) == 1


def test_no_time_no_office_no_owner_no_proposal(engine: Engine) -> None:
    assert not told(engine, "1999年、日本の外相は平和条約を望んだ。")
    assert not told(engine, "対日政策は平和条約を求めた。")


def test_endings_are_read_off_a_predicate() -> None:
    def read(text: str) -> tuple[str, bool, bool]:
        chunk = chunks_of(tokens_of(text, 0, len(text)))[-1]
        return chunk.mood, chunk.negated, chunk.passive

    assert read("返還しなければならない。") == ("must", False, False)
    assert read("返還すべきではない。") == ("must", True, False)
    assert read("返還されなかった。") == ("", True, True)
    assert read("返還するかもしれない。") == ("may", False, False)
    assert read("返還するのではないか。") == ("may", False, False)
    assert read("返還しないわけにはいかない。")[1] is False
    assert read("返還する必要はない。") == ("must", True, False)


def test_quotations_are_one_sentence_with_what_follows_them() -> None:
    text = "「島は渡さない。話は終わりだ」と田辺は述べた。彼は帰った。"
    assert [text[start:end] for start, end in sentences_of(text)] == [text[:-6], "彼は帰った。"]
    open_one = "「島は渡さない。話は終わりだ。"
    assert len(list(sentences_of(open_one))) == 2


def test_words_of_one_family_have_one_stem_and_latin_words_that_of_english() -> None:
    assert stem("望み") == stem("望む") != stem("")
    assert stem("treaty") == ENGLISH.stem("treaty")
    assert stem("恐れる") == stem("恐れ")
    assert bare("見る") != bare("見なす")
    assert spaced("領土問題の棚上げ").split() == ["領土", "問題", "の", "棚上げ"]


def test_the_tables_use_the_verbs_of_paths_alone_and_words_as_the_dictionary_has_them() -> None:
    for table in (JAPANESE.verbs, JAPANESE.adjectives, JAPANESE.nouns):
        assert {verb.name for verb in table.entries.values()} <= set(VERBS)
        assert {one for one in table.predicates - MADE if not _known(one)} == set()


MADE = {"によると", "にとって", "から見て", "ようとする", "とする", "知らない"}
"""Predicates that the grammar makes of several words."""


def _known(lemma: str) -> bool:
    """Whether some word of the dictionary has this normal form, alone or before する."""
    tokens = tokens_of(lemma, 0, len(lemma))
    return len(tokens) == 1 and tokens[0].lemma == lemma


def test_passages_in_japanese_are_read_by_the_coder(tmp_path: Path) -> None:
    (tmp_path / "study.toml").write_text(DECLARED, encoding="utf-8")
    read = Rules().code([passage("田辺は平和条約を望んだ。", language=Japanese().language)], open_study(tmp_path))
    assert [(one.path, one.modality, one.topic) for one in read] == [("tanabe", "wants", "treaty")]


WORDS = """
    日本 ソ連 は が を に と の も で によると に対し 田辺 ソコロフ 平和条約 島 返還 する した しない 望む 考え た て いる
    べき だ 「 」 、 。 か
    要求 意向 ある ない たい よう こと れる 両国 日ソ ので ば 外相 1985年 脅威 信頼 国民 の 多く という ・ （ ）
"""


@settings(max_examples=60)
@given(
    st.lists(st.sampled_from(WORDS.split()), max_size=30).map("".join)
    | st.text(max_size=120)
    | st.text(
        st.characters(min_codepoint=0x3000, max_codepoint=0x30FF) | st.sampled_from("日本島返還 。\n"), max_size=120
    )
)
def test_proposals_rest_on_their_passage_and_are_the_same_each_time(text: str) -> None:
    hold_to_the_passage(Engine(Japanese(), JAPANESE, declared()), text)


@settings(max_examples=60)
@given(st.lists(st.sampled_from(WORDS.split()), max_size=40).map("".join))
def test_the_words_of_sentences_stand_where_they_say_and_make_trees(text: str) -> None:
    for sentence in Japanese().sentences(text):
        for word in sentence.words:
            assert text[word.start : word.end] == word.text or len(text[word.start : word.end]) == 1
        assert all(rises(sentence, i) for i in range(len(sentence.words)))
        assert all(0 <= frame.complement < len(sentence.words) or frame.complement == -1 for frame in sentence.frames)
        assert len(sentence.by_word) == len(sentence.frames)


def test_a_missing_dictionary_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sudachidict_small", None)
    japanese_text._sudachi.cache_clear()
    try:
        with pytest.raises(RashomonError) as caught:
            list(Japanese().sentences("田辺は黙った。"))
    finally:
        japanese_text._sudachi.cache_clear()
    assert caught.value.fault.code == "R909"
    assert "rashomon[code]" in caught.value.fault.remedy
