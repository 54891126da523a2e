"""Faults of whole files, to be planted in the sound study of ``planting``."""

from __future__ import annotations

from planting import Planted, add_bytes, append, swap, write

L = "links.csv"
S = "statements.csv"
ROW = "s-public-trust,part-of,s-north-toll,coder,ferry-1999,p. 2"
LONG = "x" * 140_000
DECISION = b"""when,by,coder_a,coder_b,a,b,decision,counts,before_a,before_b,after,why
2026-01-02,Cy,ann,bob,s-north-toll,,a,s-north-toll,,,{,
"""

FILES = (
    Planted("empty file", "R102", L, "", "line of columns", write(L, b"")),
    Planted("empty file that others refer to", "R102", "polls.csv", "", "line of columns", write("polls.csv", b"\n")),
    Planted("missing column of ids", "R103", "moves.csv", "id", "'id'", swap("moves.csv", "id,when", "when")),
    Planted("missing column", "R103", L, "by", "'by'", write(L, b"from,kind,to,source,locator,note\n")),
    Planted("misspelt column", "R104", S, "hegde", "'hedge'", swap(S, "hedge", "hegde")),
    Planted("misspelt required column", "R104", S, "topics", "'topic'", swap(S, "id,path,topic", "id,path,topics")),
    Planted(
        "column without a name",
        "R104",
        L,
        "",
        "no name",
        write(L, b"from,kind,to,by,source,locator,note,\n" + f"{ROW},,why\n".encode()),
    ),
    Planted("column twice", "R105", "moves.csv", "note", "note", swap("moves.csv", ",issue,stage", ",issue,note")),
    Planted("too many cells", "R106", L, "", "unquoted", append(L, f"{ROW},a note, unquoted\n")),
    Planted("unclosed quote", "R107", L, "", '"a note', append(L, f'{ROW},"a note\n')),
    Planted(
        "unclosed quote before other rows",
        "R107",
        L,
        "",
        '"a note',
        append(L, f'{ROW},"a note\n{ROW},"another"\n{ROW},\n'),
    ),
    Planted("NUL byte", "R108", L, "", "0x00", append(L, f"{ROW},a\0note\n")),
    Planted("not UTF-8", "R109", L, "", "0xE9", add_bytes(L, ROW.encode() + b",caf\xe9\n")),
    Planted(
        "not UTF-8 in a name", "R109", L, "", "0xE9", add_bytes(L, b"s-public-trust,part-of,s-north\xe9,coder,,,\n")
    ),
    Planted("cut within a character", "R109", L, "", "0xC3", add_bytes(L, ROW.encode() + b",caf\xc3")),
    Planted("UTF-16", "R109", L, "", "UTF-16", write(L, "from,kind,to\n".encode("utf-16"))),
    Planted("study.toml not UTF-8", "R109", "study.toml", "", "0xFF", add_bytes("study.toml", b"\n# \xff\n")),
    Planted(
        "text outside the folder",
        "R110",
        "texts.csv",
        "file",
        "../",
        swap("texts.csv", "sources/address-1990.txt", "../address-1990.txt"),
    ),
    Planted(
        "absolute path",
        "R110",
        "texts.csv",
        "file",
        "/etc",
        swap("texts.csv", "sources/address-1990.txt", "/etc/hostname"),
    ),
    Planted("long cell", "R112", L, "", "131,072", append(L, f"{ROW},{LONG}\n")),
    Planted("stray quote", "R113", L, "", "twice", append(L, f'{ROW},"he "said" so"\n')),
    Planted("decision that was changed", "R114", "adjudications.csv", "after", "git", write("adjudications.csv", DECISION)),
    Planted("another separator", "R115", "access.csv", "", "semicolons", write("access.csv", b"sep=|\nrecord|audience\n")),
    Planted(
        "text that is not there",
        "R410",
        "texts.csv",
        "file",
        "1991",
        swap("texts.csv", "sources/address-1990.txt", "sources/address-1991.txt"),
    ),
)
