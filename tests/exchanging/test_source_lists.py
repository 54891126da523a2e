"""Lists of sources: what a bibliography has becomes tables of study.toml, and nothing else of the file changes."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.studies import DECLARED, write_study

from rashomon.errors import RashomonError
from rashomon.exchanging import import_file, sources_from
from rashomon.exchanging.latex_text import plain_text
from rashomon.study import check_study
from rashomon.study.schema import Source

BIB = r"""
Whatever stands outside of entries is a comment.
@string{rp = "Routledge Press"}
@string(jcr = {Journal of Conflict} # { Resolution})
@preamble{"\newcommand{\noop}[1]{}"}
@book{Jervis1976,
  author = {Jervis, Robert and Charles Louis Xavier Joseph de la Vall{\'e}e Poussin and {Ministry of War and Peace} and others},
  title = "Perception and {M}isperception -- {\emph{a} study}", publisher = rp, year = 1976, month = feb # "~", isbn = {123},
}
@incollection{parts:1, author="Y{\=u}ko {\O}rsted", title={A part}, pages={1--20}, crossref={Whole_2000}}
@article{a2, title={Two}, journal=jcr, date={1999-03/1999-05}, doi={10.1/x}}
@broken{x, title = {never
@collection{Whole_2000, title={The whole}, year={2000}, publisher={P}}
"""


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return write_study(tmp_path / "study")


def write(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def sources(root: Path) -> dict[str, dict[str, Any]]:
    return {one["id"]: one for one in tomllib.loads((root / "study.toml").read_text("utf-8"))["source"]}


def test_bibtex_with_strings_names_crossrefs_and_what_is_broken(tmp_path: Path) -> None:
    found = sources_from(write(tmp_path, "my.bib", BIB))
    tables = {str(one["id"]): one for one in found.tables}
    assert list(tables) == ["jervis1976", "parts-1", "a2", "whole-2000"]
    assert tables["jervis1976"] == {
        "id": "jervis1976", "title": "Perception and Misperception – a study", "published": "1976-02", "kind": "book",
        "publisher": "Routledge Press",
        # the example of BibTeXing (Patashnik 1988), section 4, for a "von" part
        "authors": ("Jervis, Robert", "de la Vallée Poussin, Charles Louis Xavier Joseph", "Ministry of War and Peace", "et al."),
    }  # fmt: skip
    assert tables["parts-1"]["container"] == "The whole"
    assert tables["parts-1"]["authors"] == ("Ørsted, Yūko",)
    assert (tables["parts-1"]["published"], tables["parts-1"]["pages"]) == ("2000", "1–20")
    assert (tables["a2"]["url"], tables["a2"]["published"]) == ("https://doi.org/10.1/x", "1999-03/1999-05")
    assert tables["a2"]["container"] == "Journal of Conflict Resolution"
    told = [str(loss) for loss in found.losses]
    assert "line 12: a value that is never closed: the entry was left out" in told
    assert "line 6 (Jervis1976): isbn 123: a source has no place for it" in told


@pytest.mark.parametrize(
    ("latex", "plain"),
    [
        (r"\'{e}\`a\^{\i}\"o{\~n}\v{s}\c{c}\H{o}\k a\u{g}\.{z}\r{a}\d{h}", "éàîöñšçőąğżåḥ"),
        (r"{\ss}{\ae}{\L}\o{} na\"{\i}ve", "ßæŁø naïve"),
        (r"R\&D, 5\%, \textit{in \textbf{it}} ``so''", "R&D, 5%, in it “so”"),
        (r"a~b---c \url{http://x.y/z}", "a b—c http://x.y/z"),
        (r"\textcommabelow{t}a \TeX{} e\hyphen{}a\textunderscore b", "ța TeX e-a_b"),
        ("\\", ""),
        ("{\\'", ""),
    ],
)
def test_latex_becomes_plain_text(latex: str, plain: str) -> None:
    assert plain_text(latex) == (plain, [])


def test_a_command_that_is_not_known_is_told(tmp_path: Path) -> None:
    found = sources_from(write(tmp_path, "a.bib", r"@book{a, title={\strange{b} c}, year=2000}"))
    assert found.tables[0]["title"] == "b c"
    assert [str(one) for one in found.losses] == [
        r"line 1 (a): \strange in title: the command is not known, and was left out"
    ]


CSL: list[Any] = [
    {
        "id": "http://zotero.org/1", "citation-key": "hasegawa1998", "type": "book", "title": "The dispute", "DOI": "10.2/y",
        "author": [{"family": "Hasegawa", "given": "T."}, {"literal": "An Office"},
                   {"family": "Gogh", "given": "V.", "non-dropping-particle": "van"}],
        "issued": {"date-parts": [[1998, 4]]}, "publisher-place": "Berkeley", "page": "3-9", "container-title": "C",
    },
    {"id": 7, "title": "Circa", "issued": {"date-parts": [[1990], [1991]], "circa": True}, "type": "report"},
    {"id": "x", "title": "Season", "issued": {"date-parts": [["1990"]], "season": 2}},
    {"id": "y", "title": "Worded", "issued": {"raw": "sometime in 1987, perhaps"}},
    {"id": "z", "title": "Undated"},
    "no item",
]  # fmt: skip


def test_csl_json(tmp_path: Path) -> None:
    found = sources_from(write(tmp_path, "my.json", json.dumps(CSL)))
    first, circa, season, worded, undated = found.tables
    assert first["id"] == "hasegawa1998"
    assert first["authors"] == ("Hasegawa, T.", "An Office", "van Gogh, V.")
    assert (first["published"], first["url"], first["pages"]) == ("1998-04", "https://doi.org/10.2/y", "3-9")
    assert (circa["id"], circa["published"]) == ("7", "1990~/1991~")
    assert season["published"] == "1990-22"
    assert worded["published"] == "1987?"
    assert str(undated["published"]).startswith("[..")
    told = "\n".join(map(str, found.losses))
    assert "item 1 (hasegawa1998): publisher-place Berkeley: a source has no place for it" in told
    assert "item 5 (z): date: it has none; look at `published` in study.toml" in told
    assert 'item 6: "no item": it is no item, and was left out' in told


ZOTERO = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:z="http://www.zotero.org/namespaces/export#"
 xmlns:bib="http://purl.org/net/biblio#" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:foaf="http://xmlns.com/foaf/0.1/"
 xmlns:dcterms="http://purl.org/dc/terms/" xmlns:prism="http://prismstandard.org/namespaces/1.2/basic/">
  <bib:Article rdf:about="#item_1">
    <z:itemType>newspaperArticle</z:itemType>
    <dcterms:isPartOf rdf:resource="urn:issn:1"/>
    <bib:authors><rdf:Seq><rdf:li><foaf:Person><foaf:surname>Иванов</foaf:surname><foaf:givenName>И.</foaf:givenName>
    </foaf:Person></rdf:li></rdf:Seq></bib:authors>
    <dc:title>Острова</dc:title><dc:date>16 April 1991</dc:date>
    <dc:identifier><dcterms:URI><rdf:value>https://x.y/z</rdf:value></dcterms:URI></dc:identifier>
    <dc:subject>tag</dc:subject>
  </bib:Article>
  <bib:Journal rdf:about="urn:issn:1"><dc:title>Правда</dc:title><dc:identifier>ISSN 1</dc:identifier></bib:Journal>
  <bib:BookSection rdf:about="#item_2">
    <z:itemType>bookSection</z:itemType>
    <dcterms:isPartOf><bib:Book><dc:title>The book</dc:title></bib:Book></dcterms:isPartOf>
    <dc:publisher><foaf:Organization><foaf:name>Press</foaf:name></foaf:Organization></dc:publisher>
    <dc:title>A part</dc:title><dc:date>2001</dc:date><bib:pages>5-8</bib:pages><z:citationKey>part2001</z:citationKey>
  </bib:BookSection>
  <bib:Memo rdf:about="#note"><rdf:value>a note</rdf:value></bib:Memo>
</rdf:RDF>
"""


def test_zotero_rdf(tmp_path: Path) -> None:
    found = sources_from(write(tmp_path, "my.rdf", ZOTERO))
    assert found.tables == (
        {
            "id": "ivanov-1991", "title": "Острова", "authors": ("Иванов, И.",), "published": "16 April 1991",
            "kind": "article-newspaper", "container": "Правда", "url": "https://x.y/z",
        },
        {
            "id": "part2001", "title": "A part", "authors": (), "published": "2001", "kind": "chapter",
            "container": "The book", "pages": "5-8", "publisher": "Press",
        },
    )  # fmt: skip
    assert [str(one) for one in found.losses] == [
        "line 4: ISSN 1: a source has no place for it",
        "line 4: subject tag: a source has no place for it",
        "line 20: a note a note: a list of sources has no place for it",
    ]


@pytest.mark.parametrize(
    ("kind", "maker", "told"),
    [("presentation", "presenters", "speech"), ("interview", "interviewees", "interview"),
     ("film", "directors", "motion_picture"), ("computerProgram", "programmers", "software")],
)  # fmt: skip
def test_zotero_names_the_makers_of_other_items_otherwise(tmp_path: Path, kind: str, maker: str, told: str) -> None:
    text = ZOTERO.replace("newspaperArticle", kind).replace("bib:authors", f"z:{maker}")
    found = sources_from(write(tmp_path, "my.rdf", text)).tables[0]
    assert (found["kind"], found["authors"]) == (told, ("Иванов, И.",))


BOMB = '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><r>&b;</r>'


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.bib", "no entry at all"), ("a.bib", "@book{never, title = {"), ("a.json", "{"), ("a.json", "{}"), ("a.json", "3"),
        ("a.json", "[" * 100_000), ("a.rdf", "<x/>"), ("a.rdf", "text"), ("a.rdf", BOMB), ("a.rdf", "<a>" * 500),
        ("a.txt", "@book{a}"),
    ],
)  # fmt: skip
def test_what_is_no_list_is_refused_and_the_study_stays(study: Path, name: str, text: str) -> None:
    with pytest.raises(RashomonError) as caught:
        sources_from(write(study.parent, name, text))
    assert caught.value.fault.code == "R911"
    assert (study / "study.toml").read_text("utf-8") == DECLARED


def test_a_list_is_added_once_and_the_rest_of_the_file_stays(study: Path) -> None:
    before = (study / "study.toml").read_bytes()
    first = import_file("bibtex", write(study.parent, "m.bib", BIB), study)
    assert dict(first.counts) == {"sources": 4}
    after = (study / "study.toml").read_bytes()
    assert after.startswith(before)
    assert check_study(study).faults == ()
    again = import_file("bibtex", study.parent / "m.bib", study)
    assert dict(again.counts) == {"sources": 0}
    assert sum("a duplicate" in loss.why for loss in again.losses) == 4
    assert (study / "study.toml").read_bytes() == after


def test_a_list_whose_keys_are_cut_is_added_once_too(study: Path) -> None:
    listed = write(study.parent, "m.bib", f"@book{{{'long-key-' * 10}, title={{A title}}, year=1990}}")
    assert dict(import_file("bibtex", listed, study).counts) == {"sources": 1}
    assert dict(import_file("bibtex", listed, study).counts) == {"sources": 0}


def test_an_id_that_another_source_has_gets_a_number(study: Path) -> None:
    import_file("bibtex", write(study.parent, "m.bib", "@book{book, title={Another one}, year=1990}"), study)
    assert sources(study)["book-2"]["title"] == "Another one"


WORDS = st.text(max_size=12)
DATES = st.one_of(
    st.none(), WORDS, st.fixed_dictionaries({"raw": WORDS}),
    st.builds(lambda parts: {"date-parts": [parts]}, st.lists(st.integers(-5, 3000), max_size=4)),
)  # fmt: skip
ITEMS = st.lists(
    st.fixed_dictionaries(
        {"id": st.one_of(WORDS, st.integers())},
        optional={
            "title": WORDS, "issued": DATES, "type": WORDS, "URL": WORDS, "DOI": WORDS, "note": WORDS,
            "author": st.lists(st.fixed_dictionaries({}, optional={"family": WORDS, "given": WORDS, "literal": WORDS})),
        },
    ),
    max_size=6,
)  # fmt: skip


@given(ITEMS)
def test_whatever_a_list_says_the_tables_are_valid_and_no_item_goes_unseen(
    tmp_path_factory: pytest.TempPathFactory, items: list[Any]
) -> None:
    folder = tmp_path_factory.mktemp("csl")
    root = write_study(folder / "study")
    moved = import_file("csl", write(folder, "a.json", json.dumps(items)), root)
    assert check_study(root).faults == ()
    twins = sum("a duplicate" in loss.why for loss in moved.losses)
    assert moved.counts["sources"] + twins == len(items)
    for one in sources(root).values():
        Source.model_validate(one)
