"""Taguette: a project that it exported becomes a study with its texts, and every highlight stands on its words."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.errors import RashomonError
from rashomon.exchanging.taguette import import_taguette
from rashomon.exchanging.taguette_html import ShownText
from rashomon.study import open_study

# a page as Taguette 1.5.2 keeps it, and places and words that its own code gave for highlights in it
PAGE = (
    "<h1>Заявление</h1>\n<p>Первый абзац &amp; <b>важные</b> слова.</p>\n<ul>\n<li>Один   пункт</li>\n<li>два</li>\n</ul>"
    "<p>Ünïcode — «конец»\nв строке</p><pre>raw  text\n</pre><table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>"
)
SHOWN = (
    "Заявление\n\nПервый абзац & важные слова.\n\nОдин пункт\nдва\n\nÜnïcode — «конец» в строке\n\nraw  text\n\na\nb\n"
)
MARKED = [
    (32, 68, "<p>абзац &amp; <b>важные</b> слова</p>", "абзац & важные слова"),
    (71, 99, "<ul><li>Один   пункт</li>\n<li>два</li></ul>", "Один пункт\nдва"),
    (116, 138, "<p>конец»\nв стр</p>", "конец» в стр"),
    (144, 153, "<pre>raw  text</pre>", "raw  text"),
    (154, 156, "<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>", "a\nb"),
]
TABLES = """
CREATE TABLE projects (id INTEGER PRIMARY KEY AUTOINCREMENT, name VARCHAR(200), description TEXT, created DATETIME);
CREATE TABLE project_members (project_id INTEGER, user_login VARCHAR(30), privileges VARCHAR(16));
CREATE TABLE documents (id INTEGER PRIMARY KEY AUTOINCREMENT, name VARCHAR(200), description TEXT, filename VARCHAR(200),
  created DATETIME, project_id INTEGER, text_direction VARCHAR(13), contents TEXT);
CREATE TABLE commands (id INTEGER PRIMARY KEY AUTOINCREMENT, project_id INTEGER);
CREATE TABLE tags (id INTEGER PRIMARY KEY AUTOINCREMENT, project_id INTEGER, path VARCHAR(200), description TEXT);
CREATE TABLE highlights (id INTEGER PRIMARY KEY AUTOINCREMENT, document_id INTEGER, start_offset INTEGER, end_offset INTEGER,
  snippet TEXT);
CREATE TABLE highlight_tags (highlight_id INTEGER, tag_id INTEGER, PRIMARY KEY (highlight_id, tag_id));
INSERT INTO projects VALUES (1, 'Kuril talks', 'Speeches', '2024-05-01 10:00:00');
INSERT INTO project_members VALUES (1, 'admin', 'ADMIN');
INSERT INTO tags VALUES (1, 1, 'territory', 'the islands'), (2, 1, 'territory.four islands', 'at once');
INSERT INTO tags VALUES (3, 1, 'U.S. alliance', '');
"""


def a_project(folder: Path, marked: Sequence[tuple[int, int, str, str]] = MARKED, more: str = "") -> Path:
    path = folder / "project.sqlite3"
    with closing(sqlite3.connect(path)) as base, base:
        base.executescript(TABLES)
        base.execute(
            "INSERT INTO documents VALUES (7, 'page', '', 'page.html', '2024-05-02 11:12:13.5', 1, 'LEFT_TO_RIGHT', ?)",
            (PAGE,),
        )
        for number, (start, end, snippet, _) in enumerate(marked, 1):
            base.execute("INSERT INTO highlights VALUES (?, 7, ?, ?, ?)", (number, start, end, snippet))
            base.execute("INSERT INTO highlight_tags VALUES (?, ?)", (number, 1 + number % 3))
        base.executescript(more)
    return path


def test_a_project_comes_with_its_texts_and_highlights_on_their_words(tmp_path: Path) -> None:
    moved = import_taguette(a_project(tmp_path), tmp_path / "study")
    study = open_study(tmp_path / "study")
    (source,) = study.declared.sources
    assert (tmp_path / "study" / source.file[0]).read_text(encoding="utf-8") == SHOWN
    assert source.published.text == "[..2024-05-02]"
    assert study.issue("territory").description.endswith("four islands: at once")
    with (tmp_path / "study" / "statements.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["quote"] for row in rows] == [words for *_, words in MARKED]
    assert [(row["topic"], row["stance"], row["status"]) for row in rows[:3]] == [
        ("territory", "four-islands", "proposed"),
        ("u-s-alliance", "coded", "proposed"),
        ("territory", "coded", "proposed"),
    ]
    first, last = (int(one) for one in rows[1]["locator"].removeprefix("characters ").split("–"))
    assert SHOWN[first - 1 : last] == "Один пункт\nдва"
    assert [str(one) for one in moved.losses] == [
        "project: description Speeches: a study has no place for it",
        "project: 1 members: a study has no place for them",
        "all texts: sides and dates: coded texts have none: sort the actors, and correct `published`, in study.toml",
    ]


def test_a_highlight_that_stands_elsewhere_than_its_words_is_told(tmp_path: Path) -> None:
    marked = [(0, 18, "<p>Кто-то</p>", ""), (5000, 5002, "<p>weg</p>", ""), (18, 19, "<p> </p>", "")]
    moved = import_taguette(a_project(tmp_path, marked), tmp_path / "study")
    told = "\n".join(map(str, moved.losses))
    assert "highlight 1: words 'Кто-то': its place has 'Заявление', which was taken" in told
    assert "highlight 2: words 'weg': no words stand in its place; it was left out" in told
    assert "highlight 3: words '': no words stand in its place; it was left out" in told


WORDS = st.text(st.sampled_from("aé領😀 \n&<"), max_size=12)


@given(st.lists(st.tuples(st.sampled_from(["p", "li", "b", "pre", "td"]), WORDS), max_size=6), st.data())
def test_every_place_has_the_words_that_are_marked(parts: list[tuple[str, str]], data: st.DataObject) -> None:
    def escaped(words: str) -> str:
        return words.replace("&", "&amp;").replace("<", "&lt;")

    html = "<p>x</p>" + "".join(
        f"<{tag}>{chr(10) if tag == 'pre' else ''}{escaped(words)}</{tag}>" for tag, words in parts
    )
    raw = "x" + "".join(words for _, words in parts)
    start = data.draw(st.integers(0, len(raw) - 1))
    end = data.draw(st.integers(start + 1, len(raw)))
    shown = ShownText(html)
    assert "".join(shown.text.split()) == "".join(raw.split())
    first, last = shown.place(len(raw[:start].encode()), len(raw[:end].encode()))
    assert "".join(shown.text[first:last].split()) == "".join(raw[start:end].split())


@pytest.mark.parametrize(
    "more",
    [
        "DROP TABLE highlights",
        "INSERT INTO projects VALUES (2, 'Another', '', '')",
        "DELETE FROM documents",
        "DELETE FROM tags WHERE id = 2",
        "UPDATE highlights SET start_offset = 'two'",
        "ALTER TABLE documents RENAME TO d; CREATE VIEW documents AS SELECT * FROM d",
    ],
)
def test_a_project_that_contradicts_itself_is_refused_and_leaves_nothing(tmp_path: Path, more: str) -> None:
    path = a_project(tmp_path, more=more)
    with pytest.raises(RashomonError) as caught:
        import_taguette(path, tmp_path / "study")
    assert caught.value.fault.code == "R932"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["project.sqlite3"]
