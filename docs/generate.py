"""Write the reference pages that follow from the code; with ``--check``, only say whether they are up to date.

Commands come from ``--help``, the study format from the schema and the vocabulary, the API from docstrings, the error codes
from :data:`rashomon.errors.CODES`.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import click
from pydantic import BaseModel

REFERENCE = Path(__file__).parent / "reference"
EXAMPLE = Path(__file__).parents[1] / "examples" / "kuril" / "README.md"
BEGIN, END = "<!-- agreement: made by docs/generate.py -->", "<!-- end of agreement -->"
MADE = "<!-- Made by docs/generate.py; change the code instead. -->\n\n"


def commands() -> str:
    """One section a command, with its ``--help``."""
    from rashomon.cli import cli

    parts = ["# Commands\n", _help(cli, "rashomon")]
    for name, command in cli.commands.items():
        parts.append(f"## rashomon {name}\n\n{_help(command, f'rashomon {name}')}")
    parts.append(
        "## Exit status\n\n| status | meaning |\n|---|---|\n| 0 | done |\n| 1 | findings that the user asked to fail on |\n"
        "| 2 | bad input |\n| 3 | partly done; what was skipped is listed |\n| 70 | a fault of Rashomon itself |\n"
        "| 130 | stopped by its user |\n"
    )
    return "\n".join(parts)


def _help(command: click.Command, name: str) -> str:
    with click.Context(command, info_name=name, terminal_width=96) as context:
        return f"```text\n{command.get_help(context)}\n```\n"


_WRITTEN = (
    (
        "semicolons or tabs between cells",
        "as the first line of columns shows. A line `sep=;` before it counts, as in Excel; other separators "
        "are refused (R115)",
    ),
    (
        "decimal commas: `0,8`",
        "as 0.8, but only in a table whose cells are separated by semicolons or tabs. In one with commas, "
        '`"0,8"` is refused',
    ),
    (
        "`1,234`",
        "refused, for it may be a thousand; read as 1.234 where another number of its column has a comma that"
        " can be nothing else, such as `0,8`, and none has a point",
    ),
    (
        "`1.234`",
        "as 1.234; refused where some number of the table has a decimal comma, for then it may be a thousand",
    ),
    (
        "`1 234` with a blank, also a thin or a fixed one",
        "as 1234; marks between thousands are refused: `1.234,5`, `1,234.5`, `1,234,567`",
    ),
    (
        "`80%`",
        "in `certainty` as 0.8; in `share` as 80 where the unit is percent",
    ),
    (
        "`−0.4` with the sign for minus",
        "as -0.4",
    ),
    (
        "a byte-order mark, any ends of lines, blank rows, blank columns after the last",
        "passed over",
    ),
    (
        "dates that a spreadsheet has rewritten: `01.02.1990`, `1/2/1990`, `Okt 90`, `32905`",
        "refused (R304), with what was probably meant",
    ),
    (
        'UTF-16 ("Unicode text"), another encoding than UTF-8',
        'refused (R109): save it as "CSV UTF-8"',
    ),
)
"""What spreadsheets make of tables, and how it is read."""
_OTHERS = (
    "Tables in other formats, such as `polls.xlsx`, are not read, and `rashomon check` says so; `rashomon import xlsx` makes a "
    "study of a workbook."
)


def _as_written() -> str:
    """How tables may be written."""
    said = "What spreadsheets make of a table is read too, and kept where the program adds rows to it."
    rows = "\n".join(f"| {found} | {read} |" for found, read in _WRITTEN)
    return f"## How tables may be written\n\n{said}\n\n| what a file has | how it is read |\n|---|---|\n{rows}\n\n{_OTHERS}\n"


def study_format() -> str:
    """The keys of study.toml and the columns of every CSV file."""
    from rashomon.study import TABLES, VERBS
    from rashomon.study.journals import JOURNALS
    from rashomon.study.schema import SECTIONS, Check, Position, Question, Role, Study

    parts = [
        "# Study format\n\nA study is a folder with `study.toml` and CSV files: plain UTF-8, one record a row. "
        "Only the columns marked *required* must be there. Unknown keys and columns are errors.\n",
        "## study.toml\n",
        _keys("[study]", Study),
    ]
    for section, (_, model) in SECTIONS.items():
        parts.append(_keys(f"[[{section}]]", model))
    parts += [
        _keys("roles of an actor", Role),
        _keys("positions of an issue", Position),
        _keys("checks of a hypothesis", Check),
        _keys("query of an expectation", Question),
    ]
    parts.append(_as_written())
    parts.append(f"## Verbs\n\n{', '.join(f'`{verb}`' for verb in VERBS)}; `not ` before a verb negates it.\n")
    for table in (*TABLES.values(), *JOURNALS.values()):
        parts.append(f"## {table.file}\n\n{table.title}\n\n| column | | what it holds |\n|---|---|---|")
        for field in table.fields:
            allowed = f"; one of {', '.join(f'`{one}`' for one in field.allowed)}" if field.allowed else ""
            default = f"; default `{field.default}`" if field.default else ""
            parts.append(
                f"| `{field.name}` | {'required' if field.required else ''} | {_cell(field.title + allowed + default)} |"
            )
        parts.append("")
    return "\n".join([*parts, _lexicon()])


def _lexicon() -> str:
    """The cells of a study's own lexicon of feeling."""
    from rashomon.measuring.feeling.lexicon import COLUMNS, FILE, LEAST_CELLS

    rows = [
        f"| `{name}` | {'required' if i < LEAST_CELLS else ''} | {_cell(said)} |"
        for i, (name, said) in enumerate(COLUMNS.items())
    ]
    return "\n".join(
        [
            f"## {FILE}\n\nWords of feeling that a study adds to the [lexicon](../how-to/words-of-feeling.md), one entry a line, "
            "with tabs between the cells. The first line names all columns in this order; lines that begin with # are not read."
            "\n\n| column | | what it holds |\n|---|---|---|",
            *rows,
            "",
        ]
    )


def _keys(title: str, model: type[BaseModel]) -> str:
    lines = [f"### {title}\n\n{inspect.getdoc(model)}\n\n| key | | what it holds |\n|---|---|---|"]
    for name, info in model.model_fields.items():
        lines.append(
            f"| `{info.alias or name}` | {'required' if info.is_required() else ''} | {_cell(info.title or '')} |"
        )
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def game_file() -> str:
    """The keys of a game's file."""
    from rashomon.playing import schema

    tables = (
        ("The game", schema.GameTable), ("[[player]]", schema.PlayerTable), ("options of a player", schema.OptionTable),
        ("[views.VIEWER]", schema.ViewTable), ("[[edit]]", schema.EditTable),
    )  # fmt: skip
    head = (
        "# Game file\n\nA game is a TOML file, in the folder `games/` of a study or alone. What the words mean, and what is "
        "computed from them, stands in [Conflict games](games.md). Unknown keys are errors. Conditions are boolean expressions "
        "over option ids: `!`, `&`, `|`, `->`, `<->`, parentheses.\n\nAlone, a file needs only players and preferences; what-ifs "
        "and causal shares need a status quo and an agreement besides. A file in the format `.gmcr` is read too.\n"
    )
    return "\n".join([head, *(_keys(title, model) for title, model in tables)])


def errors() -> str:
    """Every code with its meaning."""
    from rashomon.errors import CODES

    rows = "\n".join(f"| {code} | {meaning} |" for code, meaning in sorted(CODES.items()))
    return (
        "# Error codes\n\nEvery error says what was found and where, what is allowed, and how to mend it. Codes never change "
        f"their meaning.\n\n| code | meaning |\n|---|---|\n{rows}\n"
    )


def api() -> str:
    """The public names with their docstrings, then the rows that results hold."""
    import rashomon
    from rashomon import coding, measuring, playing, reading
    from rashomon.measuring import feeling, networks
    from rashomon.playing import built_lists, sharing, solving, travelling, weighing, whatifs, windows
    from rashomon.reporting import pairing
    from rashomon.study import results

    parts = ["# Python API\n\nThe names of `rashomon` are the whole public API.\n"]
    for name in sorted(rashomon.__all__):
        thing = getattr(rashomon, name)
        if name != "__version__":
            parts.append(_entry(name, thing, 2))
    parts.append("## Games\n\nWhat `Study.game` and `rashomon.game` give.\n")
    parts.append(_entry("Conflict", playing.Conflict, 3))
    parts.append("## Discourse networks\n\nWhat `Study.discourse` gives, and the rows of its answers.\n")
    parts += [_entry(name, thing, 3) for name, thing in _rows_of(networks, networks.__all__)]
    parts.append(
        "## The vocabulary of feeling\n\nThe rows of what `Study.feeling` gives, and what reads a text by itself.\n"
    )
    parts += [_entry(name, thing, 3) for name, thing in _rows_of(feeling, feeling.__all__) if name != "Feeling"]
    parts.append("## Results\n\nEvery measure returns a `Result`: `rows`, and a `provenance`.\n")
    parts += [_entry(name, getattr(results, name), 3) for name in ("Result", "Provenance", "Estimate")]
    parts.append("## Rows\n")
    parts += [_entry(name, thing, 3) for name, thing in _rows_of(measuring, measuring.__all__)]
    parts.append("## Studies side by side\n\nWhat `rashomon.compare` gives.\n")
    parts += [_entry(name, getattr(pairing, name), 3) for name in ("Pairs", "Beside", "Frame")]
    parts.append("## Documents and passages\n\nWhat `Study.read`, `Study.find` and `Study.passages` take and give.\n")
    parts += [_entry(name, thing, 3) for name, thing in _rows_of(reading, reading.__all__)]
    parts.append("## Attitudes between states\n\nOf `rashomon.coding`; no study is needed.\n")
    between = ("directed_attitudes", "balances", "acts_in", "DirectedAttitude", "Balance", "Act")
    parts += [_entry(name, getattr(coding, name), 3) for name in between]
    parts.append("## Answers of games\n")
    for module in (solving, built_lists, whatifs, sharing, windows, travelling, weighing):
        own = [name for name, thing in vars(module).items() if getattr(thing, "__module__", "") == module.__name__]
        parts += [_entry(name, thing, 3) for name, thing in _rows_of(module, (name for name in own if name[0] != "_"))]
    return "\n".join(parts)


def _rows_of(module: ModuleType, names: Iterable[str]) -> list[tuple[str, Any]]:
    named = ((name, getattr(module, name)) for name in sorted(names))
    return [(name, thing) for name, thing in named if inspect.isclass(thing) and is_dataclass(thing)]


def _entry(name: str, thing: Any, depth: int) -> str:
    lines = [f"{'#' * depth} {name}\n"]
    if inspect.isfunction(thing):
        lines.append(f"```python\n{name}{inspect.signature(thing)}\n```\n")
    lines.append(_prose(inspect.getdoc(thing) or "") + "\n")
    if inspect.isclass(thing) and is_dataclass(thing):
        shown = ", ".join(f"`{one.name}`" for one in fields(thing))
        lines.append(f"Fields: {shown}.\n")
    if inspect.isclass(thing) and (name in METHODS or not is_dataclass(thing)) and not issubclass(thing, Exception):
        for method, found in inspect.getmembers(thing, inspect.isfunction):
            if not method.startswith("_"):
                lines.append(f"{'#' * (depth + 1)} {name}.{method}\n")
                lines.append(
                    f"```python\n{method}{inspect.signature(found)}\n```\n\n{_prose(inspect.getdoc(found) or '')}\n"
                )
    return "\n".join(lines)


def _prose(doc: str) -> str:
    """A docstring as Markdown: references become code, doctests become a block."""
    text = re.sub(r":\w+:`~?([^`]+)`", lambda match: f"`{match[1].split('.')[-1]}`", doc).replace("``", "`")
    kept = [line for line in text.splitlines() if not line.lstrip().startswith(">>>")]
    return "\n".join(kept).strip()


def example_readme() -> str:
    """The worked study's README with the agreement of its two readers measured anew."""
    import rashomon

    text = EXAMPLE.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    after = rest.partition(END)[2]
    found = rashomon.open(EXAMPLE.parent).agreement("reader-a", "reader-b")
    lines = [
        f"*{found.label}*: {found.coders[0]} and {found.coders[1]}.\n",
        "| field | pairs | alike | alike, unpaired statements counted as unlike | paired without a look at it | alpha (90 %) |",
        "|---|---|---|---|---|---|",
    ]
    for row in found.rows:
        band = f" ({row.alpha.low:.2f} to {row.alpha.high:.2f})" if row.alpha.low == row.alpha.low else ""
        shares = " | ".join(_share(value) for value in (row.share, row.of_all, row.blind_share))
        lines.append(f"| {row.field} | {row.n} | {shares} | {_share(row.alpha.estimate)}{band} |")
    lines += ["\n| depth of path | statements of A | of B | A's paired | B's paired |", "|---|---|---|---|---|"]
    lines += [f"| {row.depth} | {row.a} | {row.b} | {row.matched_a} | {row.matched_b} |" for row in found.unitising]
    return f"{before}{BEGIN}\n" + "\n".join(lines) + f"\n{END}{after}"


def _share(value: float) -> str:
    return f"{value:.2f}" if value == value else "–"


METHODS = ("Conflict", "Discourse")
"""Dataclasses whose methods are questions."""

REFERENCE_PAGES = {
    "commands.md": commands,
    "study-format.md": study_format,
    "game-file.md": game_file,
    "errors.md": errors,
    "api.md": api,
}


def pages() -> dict[Path, str]:
    """Every page that follows from the code or the data, as it should read."""
    made = {REFERENCE / name: MADE + make().rstrip() + "\n" for name, make in REFERENCE_PAGES.items()}
    return {**made, EXAMPLE: example_readme()}


def main() -> int:
    """Write the pages, or compare them; returns the exit status."""
    stale = []
    for path, text in pages().items():
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
        elif not path.is_file() or path.read_text(encoding="utf-8") != text:
            stale.append(path.name)
    if stale:
        print(f"out of date: {', '.join(stale)}; run: python docs/generate.py", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
