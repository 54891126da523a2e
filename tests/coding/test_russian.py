"""The coder by rules in Russian: what it proposes for invented sentences, and what holds of all its proposals."""

from __future__ import annotations

import re

import pytest
from grammar_laws import hold_to_the_passage, rises, stated, told
from hypothesis import given, settings
from hypothesis import strategies as st
from russian_study import SENTENCES, SILENT, declared

from rashomon.coding import russian_tree
from rashomon.coding.english_words import ENGLISH
from rashomon.coding.rules import Engine
from rashomon.coding.russian import Russian
from rashomon.coding.russian_tree import lemma_of, sentences_of
from rashomon.coding.russian_words import RUSSIAN, listed, spelled, stem
from rashomon.errors import RashomonError
from rashomon.study import VERBS

for needed in russian_tree.NEEDED:
    if needed != "natasha":  # which is never imported: it wants pkg_resources
        pytest.importorskip(needed, reason="Russian needs the extra code")


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(Russian(), RUSSIAN, declared())


@pytest.mark.parametrize(("text", "path", "verbs", "topic", "stance"), SENTENCES)
def test_what_a_sentence_states(engine: Engine, text: str, path: str, verbs: str, topic: str, stance: str) -> None:
    said = stated(engine, text)
    assert (path, verbs, topic, stance) in said
    assert len(said) == 1 or re.search("требование Кошты|Норвегия и", text)  # two statements, and two holders


@pytest.mark.parametrize("text", SILENT)
def test_what_states_nothing_gives_nothing(engine: Engine, text: str) -> None:
    assert not told(engine, text)


def test_doubt_basis_extent_and_time_are_read_off_the_words(engine: Engine) -> None:
    [one] = told(engine, "Осенью 1990 года большинство граждан Португалии, возможно, хотело плотину.")
    assert (one.when, one.hedge, one.extent, one.basis) == ("autumn 1990", "possible", "most", "narrated")
    [one] = told(engine, "Считалось, что Кошта хочет плотину.")
    assert one.hedge == "reported"
    [one] = told(engine, "Берг заявила, что плотина старая.")
    assert one.basis == "words"


def test_a_modal_word_is_fused_with_its_infinitive() -> None:
    [sentence] = Russian().sentences("Осло может вернуть плотину.")
    [frame] = sentence.frames
    assert (frame.predicate, frame.mood) == ("вернуть", "may")


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Япония", "Японией"), ("Москва", "Москвой"), ("Горбачёв", "Горбачевым"), ("Громыко", "Громыко"),
        ("Кремль", "Кремлём"), ("Корея", "Корею"), ("Китай", "Китая"), ("США", "США"), ("японец", "Японцев"),
        ("советский", "советскому"),
    ],
)  # fmt: skip
def test_a_name_is_known_in_all_its_cases(name: str, form: str) -> None:
    assert listed(name) in spelled(form, "name")


def test_names_of_different_things_stay_apart() -> None:
    for one, other in (("Токио", "Ток"), ("Япония", "Японец"), ("Россия", "Россини"), ("Китай", "Кит")):
        assert listed(one) not in spelled(other, "name")


def test_words_of_one_family_have_one_stem_and_latin_words_that_of_english() -> None:
    assert stem("островов") == stem("острова") == stem("остров")
    assert stem("территориального") == stem("территорией")
    assert stem("territorial") == ENGLISH.stem("territorial")
    assert stem("плотина") != stem("плот")
    assert stem("советского") == stem("советский") != stem("совет")
    assert stem("прав") == stem("право") != stem("правый")
    assert stem("друг") != stem("другой")
    assert stem("страны") != stem("странный")
    assert stem("части") != stem("частный")


def test_lemmas_go_by_the_part_of_speech() -> None:
    assert lemma_of("стали", "VERB") == "стать"
    assert lemma_of("стали", "NOUN") == "сталь"


def test_abbreviations_end_no_sentence() -> None:
    text = "В февр. 1989 г. проф. Иванов приехал. Он молчал."
    assert [text[start:end] for start, end in sentences_of(text)] == [
        "В февр. 1989 г. проф. Иванов приехал.",
        "Он молчал.",
    ]


def test_the_tables_use_the_verbs_of_paths_alone() -> None:
    for table in (RUSSIAN.verbs, RUSSIAN.adjectives, RUSSIAN.nouns):
        assert {verb.name for verb in table.entries.values()} <= set(VERBS)
    assert set(RUSSIAN.two_ways.values()) <= set(VERBS)


def test_the_tables_list_words_as_the_dictionary_has_them() -> None:
    known = russian_tree.loaded("pymorphy3").MorphAnalyzer(lang="ru")
    for table in (RUSSIAN.verbs, RUSSIAN.adjectives, RUSSIAN.nouns):
        words = {predicate.split()[0] for predicate in table.predicates}
        assert {
            one for one in words if one not in {parse.normal_form.replace("ё", "е") for parse in known.parse(one)}
        } == set()


WORDS = """
    Осло Лиссабон Берг Кошта Кошты опасался хотел заявил считает , что чтобы плотину сноса требование . и он её его не если
    в 1985 году г. по мнению о за против готова может « » — : была Португалии пресса ? угрозой как который
"""


@settings(max_examples=40)
@given(
    st.lists(st.sampled_from(WORDS.split()), max_size=30).map(" ".join)
    | st.text(max_size=120)
    | st.text(st.characters(min_codepoint=0x400, max_codepoint=0x4FF) | st.sampled_from(" .,!?«»—-\n"), max_size=120)
)
def test_proposals_rest_on_their_passage_and_are_the_same_each_time(text: str) -> None:
    hold_to_the_passage(Engine(Russian(), RUSSIAN, declared()), text)


@settings(max_examples=40)
@given(st.lists(st.sampled_from(WORDS.split()), max_size=40).map(" ".join))
def test_the_words_of_sentences_stand_where_they_say_and_make_trees(text: str) -> None:
    for sentence in Russian().sentences(text):
        for word in sentence.words:
            assert text[word.start : word.end] == word.text
        assert all(rises(sentence, i) for i in range(len(sentence.words)))


def test_a_missing_parser_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(russian_tree.importlib.util, "find_spec", lambda name: None)
    russian_tree.models.cache_clear()
    try:
        with pytest.raises(RashomonError) as caught:
            list(Russian().sentences("Осло молчал."))
    finally:
        russian_tree.models.cache_clear()
    assert caught.value.fault.code == "R909"
    assert "rashomon[code]" in caught.value.fault.remedy
