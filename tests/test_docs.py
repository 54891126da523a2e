"""The examples of the documentation, run as a reader would run them."""

from __future__ import annotations

import contextlib
import io
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import markdown
import pytest
from click.testing import CliRunner

from conftest import ROOT
from rashomon.cli import cli

DOCS = ROOT / "docs"
BLOCK = re.compile(r"^```(\w+)(?: title=\"([^\"]+)\")?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(page: Path) -> list[tuple[str, str, str]]:
    return [(m[1], m[2] or "", m[3]) for m in BLOCK.finditer(page.read_text(encoding="utf-8"))]


def run_console(text: str) -> None:
    command, _, expected = text.partition("\n")
    words = command.removeprefix("$ ").split()
    assert words[0] == "rashomon"
    done = CliRunner().invoke(cli, words[1:])
    assert done.exit_code == 0, done.output
    if expected:
        assert done.stdout == expected


def test_the_tutorial_does_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    printed = ""
    for kind, title, text in blocks(DOCS / "tutorial" / "small-study.md"):
        if title:
            (tmp_path / title).parent.mkdir(exist_ok=True)
            (tmp_path / title).write_text(text, encoding="utf-8")
        elif kind == "console":
            run_console(text)
        elif kind == "python":
            with contextlib.redirect_stdout(io.StringIO()) as out:
                exec(compile(text, "tutorial", "exec"), names)
            printed = out.getvalue()
        elif kind == "text":
            assert printed == text


PAGES = sorted((DOCS / "how-to").glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_how_to_examples_run(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    for kind, _, text in blocks(page):
        if kind == "python":
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile(text, page.name, "exec"), names)
        elif kind == "console":
            run_console(text)


def test_the_game_that_the_how_to_writes_plays(tmp_path: Path) -> None:
    page = blocks(DOCS / "how-to" / "play-a-game.md")
    text = "".join(text for kind, title, text in page if kind == "toml" and not title)
    (tmp_path / "deal.toml").write_text(text, encoding="utf-8")
    done = CliRunner().invoke(cli, ["play", str(tmp_path / "deal.toml")])
    assert done.exit_code == 0, done.output
    told = [text for kind, _, text in page if kind == "text"]
    assert len(told) == 3
    assert [text for text in told if text not in done.stdout.replace("\u00a0", " ")] == []


def test_reference_pages_follow_the_code() -> None:
    done = subprocess.run(
        [sys.executable, "docs/generate.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_every_page_is_in_the_navigation_and_every_link_leads_somewhere() -> None:
    nav = (ROOT / "zensical.toml").read_text(encoding="utf-8")
    for page in DOCS.rglob("*.md"):
        assert f'"{page.relative_to(DOCS).as_posix()}"' in nav, page
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), (page, target)


def test_every_formula_becomes_mathml_that_a_browser_shows_without_a_network() -> None:
    page = (DOCS / "explanation" / "measures.md").read_text(encoding="utf-8")
    settings = {"pymdownx.arithmatex": {"generic": True}}
    html = markdown.markdown(page, extensions=["pymdownx.arithmatex", "formulas"], extension_configs=settings)
    assert html.count("<math ") == html.count('class="arithmatex"') > 100
    for one in re.findall(r"<math .*?</math>", html):
        assert "\\" not in "".join(ElementTree.fromstring(one).itertext()), one
    assert 'display="block"' in html


def test_no_page_has_one_heading_twice() -> None:
    for page in DOCS.rglob("*.md"):
        text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
        headings = re.findall(r"^## .*$", text, re.MULTILINE)
        assert len(headings) == len(set(headings)), page
