"""Finding passages: what a word finds, what a question means, and that no question fails."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from shelving import reading, stand_in, study_with

from rashomon.errors import RashomonError
from rashomon.reading import Among, Found, search
from rashomon.reading.terms import index_of, pairs, terms_of
from rashomon.study import StudyData, open_study

PAPERS = {
    "sources/book.txt": (
        "# The Northern Territories\n\np. 3\n\nThe ministers studied the disputed territories in 1956-57.\n\n"
        "Japan's policy towards the US was that of the islands' return.\n\nThey told us nothing of the islands.\n\n"
        "[1] See the territory treaty.\n"
    ),
    "sources/memoir.txt": (
        "published: 1986-05\n\nО территориальном вопросе Горбачёв молчал; острова остались.\n\nСтали говорить о стали.\n\n"
        "北方領土問題は未解決である。\n\nGHQ占領下の島。千島列島\n"
    ),
    "sources/undated.txt": "Islands of nobody's date.\n",
}


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> StudyData:
    folder = study_with(tmp_path_factory.mktemp("found"), PAPERS)
    with pytest.MonkeyPatch.context() as patch:
        stand_in(patch)
        reading(folder)
    return open_study(folder)


def starts(found: Found) -> list[str]:
    """How the passages that were found begin, in their order in the alphabet."""
    return sorted(hit.snippet[:9] for hit in found.rows)


@pytest.mark.parametrize(
    ("words", "begin"),
    [
        ("territory", ["The Northern", "The minister", "[1] See the "]),
        ("disputed territory", ["The minister"]),
        ("TERRITORIES -dispute", ["The Northern", "[1] See the "]),
        ('"disputed territory"', ["The minister"]),
        ('"territory disputed"', []),
        ("studi*", ["The minister"]),
        ("stud*", ["The minister"]),
        ("terr*", ["The Northern", "The minister", "[1] See the "]),
        ("1956-57", ["The minister"]),
        ("57", ["The minister"]),
        ("1957", []),
        ("US", ["Japan's poli"]),
        ("us", ["They told us", "Japan's poli"]),
        ("japan", ["Japan's poli"]),
        ("острову", ["О территориа"]),
        ("горбачевым", ["О территориа"]),
        ("сталь", ["Стали говори"]),
        ("стать", ["Стали говори"]),
        ("территор*", ["О территориа"]),
        ("領土", ["北方領土問題は未解決で"]),
        ("北方領土問題", ["北方領土問題は未解決で"]),
        ("土地", []),
        ("島", ["GHQ占領下の島。千島列"]),
        ("ghq占領", ["GHQ占領下の島。千島列"]),
        ("「島。千島」", ["GHQ占領下の島。千島列"]),
        ("下の千島", []),
        ("島 -領土", ["GHQ占領下の島。千島列"]),
        ("island", ["Islands of n", "Japan's poli", "They told us"]),
        ("islands of", ["Islands of n", "Japan's poli", "They told us"]),
    ],
)
def test_what_words_find(study: StudyData, words: str, begin: list[str]) -> None:
    found = search(study, words)
    assert starts(found) == sorted(one[:9] for one in begin)
    assert found.total == len(found.rows)


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        ("disputed territory", "The ministers studied the **disputed** **territories** in 1956-57."),
        ('"disputed territory" 1956', "The ministers studied the **disputed territories** in **1956**-57."),
        ("領土", "北方**領土**問題は未解決である。"),
        ("島", "GHQ占領下の**島**。千**島**列**島**"),
        ("GHQ占領", "**GHQ占領**下の島。千島列島"),
        ("сталь", "**Стали** говорить о **стали**."),
    ],
)
def test_what_was_found_is_marked(study: StudyData, words: str, marked: str) -> None:
    (hit,) = search(study, words).rows
    assert hit.marked() == marked


def test_where_to_look(study: StudyData) -> None:
    def found(**among: object) -> Found:
        return search(study, "island", Among(**among))  # type: ignore[arg-type]

    assert found(sources=("book",)).total == 2
    assert found(sources=("book", "undated")).total == 3
    assert found(languages=("ru",)).total == 0
    assert search(study, "territory", Among(kinds=("note",))).total == 1
    assert search(study, "остров", Among(languages=("ru",))).total == 1
    late = found(since="1990")
    assert (late.total, late.undated) == (2, 1)
    assert found(until="1990").total == 0
    assert search(study, "остров", Among(since="1986-05-31", until="1986")).total == 1
    assert search(study, "остров", Among(since="1986-06")).total == 0
    (hit,) = search(study, "minister").rows
    assert (hit.page, hit.heading, hit.published, hit.kind) == ("3", ("The Northern Territories",), "1999", "paragraph")
    assert len(search(study, "island", limit=1).rows) == 1
    assert search(study, "island", limit=1).total == 3
    assert search(study, "island").cite() == ("book", "undated")


@pytest.mark.parametrize(
    ("among", "counts"),
    [
        ({"until": "1990"}, (1, 0)),  # surely by then
        ({"until": "1989"}, (0, 1)),
        ({"since": "1985"}, (0, 1)),
        ({"since": "1985", "until": "1991"}, (0, 1)),
        ({"since": "1991"}, (0, 0)),  # surely not
    ],
)
def test_a_day_by_which_it_was_published_is_no_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, among: dict[str, str], counts: tuple[int, int]
) -> None:
    stand_in(monkeypatch)
    folder = study_with(tmp_path, {"sources/report.txt": "published: [..1990-06]\n\nThe islands.\n"})
    reading(folder)
    found = search(open_study(folder), "island", Among(**among))
    assert (found.total, found.undated) == counts


@pytest.mark.parametrize(
    ("words", "among", "code"),
    [
        ("", Among(), "R003"),
        ("-nothing", Among(), "R003"),
        ("!?! ''", Among(), "R003"),
        ("word " * 300, Among(), "R003"),
        ("island", Among(sources=("bok",)), "R004"),
        ("island", Among(kinds=("paragraf",)), "R003"),
        ("island", Among(since="never"), "R301"),
    ],
)
def test_what_cannot_be_asked(study: StudyData, words: str, among: Among, code: str) -> None:
    with pytest.raises(RashomonError) as raised:
        search(study, words, among)
    assert raised.value.fault.code == code
    assert raised.value.fault.remedy


def test_a_study_that_was_not_read_says_how(tmp_path: Path) -> None:
    folder = study_with(tmp_path, {})
    with pytest.raises(RashomonError) as raised:
        search(open_study(folder), "island")
    assert raised.value.fault.code == "R004"
    assert "rashomon read" in raised.value.fault.remedy
    assert not (folder / "study.db").exists()


TYPED = st.text(st.sampled_from('ab"\'*-+:^(){}[]. ,\\領土のGｱ\ud800\0éйNEAR')) | st.text()


@given(words=TYPED)
@example(words="NEAR(a b)")
@example(words='lemmas : "x')
@example(words='a "" *')
@example(words="AND OR NOT")
@example(words="㍿ ﷺ ⑴ ½ ß ﬁ")
def test_no_question_fails(study: StudyData, words: str) -> None:
    try:
        search(study, words)
    except RashomonError as problem:
        assert problem.fault.code == "R003"  # noqa: PT017


LETTERS = st.text(st.characters(categories=["L", "N"], max_codepoint=0xFFFF), min_size=1, max_size=12)


@given(words=st.lists(LETTERS, min_size=1, max_size=5))
def test_every_word_is_a_term_that_covers_it(words: list[str]) -> None:
    text = " ".join(words)
    terms = list(terms_of(text))
    covered = {at for term in terms for at in range(term.start, term.end)}
    assert {at for at, char in enumerate(text) if char.isalnum()} <= covered
    assert all(before.end <= after.start for before, after in pairwise(terms))
    assert all(term.lemma and term.form for term in terms)
    lemmas, _, _ = index_of(text)
    assert len(lemmas.split(" ")) >= len(terms)


@given(run=st.text(st.sampled_from("北方領土問題の"), min_size=1, max_size=9), data=st.data())
def test_every_part_of_a_run_is_a_phrase_of_its_terms(run: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(run) - 1))
    end = data.draw(st.integers(start + 1, len(run)))
    sought, there = pairs(run[start:end], whole=False), pairs(run)
    if end - start == 1:
        assert any(one.startswith(sought[0]) for one in there)
    else:
        assert any(there[at : at + len(sought)] == sought for at in range(len(there)))
