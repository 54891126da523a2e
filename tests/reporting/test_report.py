"""The report of the worked study, opened as its reader opens it: in a browser, offline."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import rashomon
from rashomon.cli import cli
from rashomon.errors import RashomonError
from rashomon.reporting.naming import Names
from studies import write_study

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync"]  # fmt: skip


@pytest.fixture(scope="module")
def report(worked: rashomon.Study, tmp_path_factory: pytest.TempPathFactory) -> Path:
    from rashomon.reporting import write_report

    return write_report(worked.data, worked.measure(), worked.plays(), tmp_path_factory.mktemp("report"))


@pytest.fixture(scope="module")
def page(report: Path) -> Iterator[Any]:
    if BROWSER is None:
        pytest.skip("needs Chromium: run `make services`")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=FLAGS)
        opened = browser.new_page(viewport={"width": 1200, "height": 900})
        opened.said, opened.asked = [], []
        opened.on("console", lambda message: opened.said.append(message.text) if message.type == "error" else None)
        opened.on("pageerror", lambda error: opened.said.append(str(error)))
        opened.on("request", lambda request: opened.asked.append(request.url))
        opened.goto(report.as_uri())
        opened.wait_for_timeout(3000)
        yield opened
        browser.close()


def _reasons(told: Any) -> Iterator[str]:
    """Every ``because`` in what was measured."""
    if isinstance(told, dict):
        yield from filter(None, [told.get("because")])
    for one in told.values() if isinstance(told, dict) else told if isinstance(told, list | tuple) else ():
        yield from _reasons(one)


def test_no_reason_is_given_in_ids(worked: rashomon.Study, report: Path) -> None:
    names, page = Names(worked.data), html.unescape(re.sub("<[^>]+>", "", report.read_text()))
    with_ids = {said for said in _reasons(worked.measure().to_dict()) if names.prose(said) != said}
    assert len(with_ids) > 50
    assert [said for said in with_ids if said in page] == []
    positions = {one.id for issue in worked.data.declared.issues for one in issue.positions}
    later = set(re.findall(r"later held: ([\w-]+)", page))
    assert later
    assert not later & positions  # but names of them
    assert "via: sarkisov" not in page
    assert "territory=four-in-stages" not in page


def test_no_error_and_no_request_but_the_file_itself(page: Any, report: Path) -> None:
    assert page.said == []
    assert {url.partition("#")[0] for url in page.asked if not url.startswith(("data:", "blob:"))} == {report.as_uri()}


def test_every_link_within_the_page_leads_somewhere(page: Any) -> None:
    broken = page.evaluate(
        """() => [...document.querySelectorAll('a[href^="#"]')]
            .map(a => a.getAttribute('href').slice(1))
            .filter(id => id && !document.getElementById(decodeURIComponent(id)))"""
    )
    assert broken == []
    assert page.evaluate("""() => document.querySelectorAll('a[href^="#"]').length""") > 500


def test_figures_lead_to_records_and_records_to_sources(page: Any) -> None:
    figures = page.evaluate("""() => document.querySelectorAll('figure').length""")
    assert figures >= 5
    records = page.evaluate("""() => [...document.querySelectorAll('[id^="r-"]')].length""")
    without = page.evaluate(
        """() => [...document.querySelectorAll('[id^="r-"]')]
            .filter(r => !r.querySelector('a[href^="#s-"]') && !r.querySelector('a[href^="#r-' + r.id.slice(2) + '."]'))
            .map(r => r.id)"""
    )
    assert records > 900
    assert without == []


def test_every_mark_of_a_chart_leads_to_a_record_that_is_there(page: Any) -> None:
    named = page.evaluate(
        """() => [...document.querySelectorAll('script[type="application/json"]')]
            .flatMap(one => Object.values(JSON.parse(one.textContent).datasets).flat())
            .map(row => row.record).filter(Boolean)"""
    )
    assert len(named) > 500
    assert page.evaluate("names => [...new Set(names)].filter(name => !document.getElementById(name))", named) == []
    chart, mark = page.locator("#fig-beliefs"), page.locator("#fig-beliefs .mark-symbol path").first
    chart.evaluate("one => one.scrollIntoView({block: 'center', behavior: 'instant'})")  # charts are drawn as they come near
    mark.evaluate("one => one.scrollIntoView({block: 'center', behavior: 'instant'})")
    mark.click()
    assert page.evaluate("() => location.hash.slice(1)") in named


def test_opened_on_a_wide_screen_no_table_or_chart_is_wider_than_its_box(page: Any) -> None:
    page.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true; })")
    page.wait_for_timeout(1500)
    boxes = page.evaluate(
        """() => [...document.querySelectorAll('.scroll, .chart, figure')]
            .filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.outerHTML.slice(0, 200))"""
    )
    assert boxes == []
    page.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = false; })")


def test_usable_on_a_phone_and_on_paper(page: Any) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.wait_for_timeout(500)
    assert page.evaluate("() => document.scrollingElement.scrollWidth") <= 360
    page.set_viewport_size({"width": 1200, "height": 900})
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_the_first_screen_of_a_phone_gives_the_answer_and_every_chart_and_table_fits_it(page: Any) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.wait_for_timeout(500)
    ends = page.evaluate(
        "() => [...document.querySelectorAll('.answer li')].map(one => one.getBoundingClientRect().bottom + scrollY)"
    )
    assert len(ends) == 6
    assert max(ends) <= 740
    said = page.evaluate("() => document.querySelector('.answer').innerText")
    assert "34 of 117 beliefs stay undetermined; most often: nothing that the other said or did" in said
    assert "apart on 4 of 44 comparisons, furthest on “Liking” (Since 2000); 40 stay undetermined." in said
    assert "to have cost an agreement in none of 6 modelled conflicts; 3 would have had none even if seen truly; " in said
    assert "All beliefs together are told by 3 independent voices." in said
    page.evaluate("() => document.querySelectorAll('details.fold').forEach(one => { one.open = true; })")
    page.wait_for_timeout(1500)
    boxes = page.evaluate(
        "() => [...document.querySelectorAll('.scroll, .chart')].filter(one => one.scrollWidth > one.clientWidth + 1).length"
    )
    assert boxes == 0
    widths = page.evaluate("() => [...document.querySelectorAll('.chart svg')].map(one => one.clientWidth)")
    assert min(widths) > 250
    page.evaluate("() => document.querySelectorAll('details.fold').forEach(one => { one.open = false; })")
    page.set_viewport_size({"width": 1200, "height": 900})


def test_in_the_dark_words_and_charts_stand_bright_on_one_ground(page: Any) -> None:
    page.emulate_media(color_scheme="dark")
    ground, ink, link = (
        page.evaluate(f"() => getComputedStyle(document.querySelector('{one}')).{what}")
        for one, what in (("body", "backgroundColor"), ("body", "color"), ("main a", "color"))
    )
    bright = [sum(map(int, re.findall(r"\d+", colour)[:3])) for colour in (ground, ink, link)]
    assert bright[0] < 100 < 400 < min(bright[1:])
    assert "invert" in page.evaluate("() => getComputedStyle(document.querySelector('.chart svg')).filter")
    page.emulate_media(color_scheme="light")
    assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_japanese_and_russian_words_are_marked_as_such(page: Any) -> None:
    marked = page.eval_on_selector_all("main [lang]", "all => all.map(one => [one.lang, one.textContent])")
    assert {tongue for tongue, _ in marked} == {"ja", "ru"}
    assert all(re.search(r"[ぁ-ヿ㐀-鿿]" if tongue == "ja" else r"[а-я]", text, re.I) for tongue, text in marked)
    bare = page.evaluate(
        """() => { const walk = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT), found = [];
        for (let node; (node = walk.nextNode());) if (/[ぁ-ヿ㐀-鿿а-я]/i.test(node.data)
            && !node.parentElement.closest('[lang]:not(html), script, svg')) found.push(node.data); return found; }"""
    )
    assert [one for one in bare if not re.search(r"[іїє]", one)] == []  # Ukrainian is not called Russian


def test_a_long_list_is_searched_by_words_and_a_link_into_it_shows_its_record(page: Any) -> None:
    field = page.locator("#records .find input").first
    field.fill("gorbachev  VLADIVOSTOK")
    shown = page.locator("#records .entries").first.locator(".entry:visible").all_text_contents()
    assert 0 < len(shown) < 30
    assert all("gorbachev" in one.lower() and "vladivostok" in one.lower() for one in shown)
    assert page.locator("#records .find output").first.inner_text() == f"{len(shown)} of 560"
    page.evaluate("() => { location.hash = 'r-s001'; }")
    page.wait_for_selector("#r-s001", state="visible")
    assert field.input_value() == ""


def test_a_table_is_sorted_by_numbers_and_by_days_with_what_is_folded_of_it(page: Any) -> None:
    def column(table: str, at: int) -> list[str]:
        page.locator(f"#{table} thead").first.locator("button").nth(at).click()
        return page.eval_on_selector_all(
            f"#{table} tbody tr", "(rows, at) => rows.map(row => row.cells[at].firstChild.textContent.trim())", at
        )

    found = [float(one.split(" ")[0].replace("−", "-")) for one in column("tab-asymmetries", 3) if one != "–"]
    assert found == sorted(found)
    assert min(found) < 0 < max(found)
    known = [one for one in column("tab-beliefs-contradicted", 3) if re.match(r"\d", one)]
    assert [datetime.strptime(one, "%d %B %Y") for one in known] == sorted(datetime.strptime(one, "%d %B %Y") for one in known)
    assert page.locator("#tab-beliefs-contradicted th[aria-sort=ascending]").count() == 2
    column("tab-beliefs-contradicted", 3)
    column("tab-beliefs-contradicted", 3)  # down, then as they stood
    assert page.locator("#tab-beliefs-contradicted tbody tr").first.get_attribute("id") == "b-contradicted-1"


def test_a_screen_reader_finds_its_way(page: Any) -> None:
    assert page.evaluate("() => document.documentElement.lang") == "en"
    assert page.evaluate("() => document.querySelectorAll('main').length") == 1
    assert page.evaluate("() => document.querySelectorAll('h1').length") == 1
    assert page.evaluate("() => document.querySelectorAll('.chart svg:not([aria-hidden])').length") == 0
    assert page.evaluate("() => document.querySelectorAll('.chart:not([aria-label])').length") == 0
    assert page.evaluate("() => document.querySelectorAll('body > a:not(.skip)').length") == 0
    assert page.evaluate("() => [...document.querySelectorAll('main table')].filter(t => !t.caption).length") == 0
    assert page.evaluate("() => [...document.querySelectorAll('main th')].filter(t => !t.scope).length") == 0


def test_the_file_forbids_the_network_and_escapes_what_it_is_told(tmp_path: Path) -> None:
    from rashomon.reporting import write_report

    evil = "<script>alert(1)</script></script><img src=x onerror=alert(2)>"
    row = {"id": "v1", "path": "south-ministry > north-leader", "modality": "believes > wants", "topic": "border",
           "stance": "move", "basis": "inferred", "note": evil}  # fmt: skip
    study = rashomon.open(write_study(tmp_path / "study", statements=[row]))
    text = write_report(study.data, study.measure(), study.plays(), tmp_path).read_text("utf-8")
    assert evil not in text
    assert "<img src=x" not in text
    assert re.search(r"<meta[^>]+Content-Security-Policy[^>]+default-src .{0,5}none", text)


def test_markdown_tells_the_same_findings(worked: rashomon.Study, tmp_path: Path) -> None:
    from rashomon.reporting import write_report

    text = write_report(worked.data, worked.measure(), worked.plays(), tmp_path, "md").read_text("utf-8")
    assert text.startswith("# ")
    assert "contradicted" in text
    assert "What hangs on one voice" in text
    assert "Of 19 pairs of views, none can be decided: told by one voice only (13)" in text
    assert "Of 166 views at dates, none stands out; 5 with no change found; 161 cannot be decided: " in text
    assert "0 moved" not in text


def test_an_unknown_format_is_an_error_that_mends(worked: rashomon.Study, tmp_path: Path) -> None:
    from rashomon.reporting import write_report

    with pytest.raises(RashomonError) as caught:
        write_report(worked.data, worked.measure(), worked.plays(), tmp_path, "htm")
    assert (caught.value.fault.code, "html" in caught.value.fault.remedy) == ("R601", True)


def test_the_summary_fits_one_screen(worked: rashomon.Study) -> None:
    lines = worked.summary().splitlines()
    assert len(lines) <= 40
    assert max(map(len, lines)) <= 100


def test_what_is_found_once_is_said_in_the_singular(tmp_path: Path) -> None:
    assert CliRunner().invoke(cli, ["init", str(tmp_path / "banks")]).exit_code == 0
    said = " ".join(rashomon.open(tmp_path / "banks").summary().split())
    assert "The only belief about another that the evidence decides is contradicted." in said
    assert "kept to it in 1 of 1 case and changed or narrowed it in none." in said
    assert "The only test whether a campaign moved a series cannot be decided: " in said


def test_a_replay_says_in_its_head_what_the_day_hides(tmp_path: Path) -> None:
    view = {"path": "north-leader", "modality": "wants", "topic": "border", "stance": "keep"}
    clauses = [{"id": "p1", "clause": str(i), "title": "Draft", "kind": "draft", "when": "1986", "author": "north-leader",
                "issue": "border", "stance": "keep"} for i in (1, 2)]  # fmt: skip
    rows = [view | {"id": "v1", "when": "1986-02", "basis": "words", "stage": "public"}, view | {"id": "v2", "when": "1986"}]
    root = write_study(tmp_path, statements=rows, packages=clauses)
    toml = (root / "study.toml").read_text(encoding="utf-8")
    named = '[[date]]\nid = "a"\nname = "Treaty"\nwhen = "1986"\n[[date]]\nid = "b"\nname = "Rupture"\nwhen = "1988"\n'
    (root / "study.toml").write_text(toml + named, encoding="utf-8")
    study = rashomon.open(root)
    late = study.as_of("1987-06-01")
    said = " ".join(late.summary().split())
    hidden = "2 records that had begun by then are left out, because when they became known is not on record."
    assert f"As known on 1 June 1987; {hidden}" in said
    assert said.count("left out") == 1
    written = html.unescape(late.report().read_text("utf-8"))
    assert hidden in written
    assert "Rupture" not in written
    early = " ".join(study.as_of("1985-01-01").summary().split())
    assert early.endswith("nothing in the study was open by then; the first record was open by 28 February 1986.")
    assert "undetermined" not in early


def test_a_study_without_records_says_what_to_write(tmp_path: Path) -> None:
    said = rashomon.open(write_study(tmp_path)).summary()
    assert said.endswith("No record in it counts yet: write rows into statements.csv, moves.csv or\npolls.csv.")
