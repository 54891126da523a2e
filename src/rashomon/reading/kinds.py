"""Which format a document is in: by its suffix, and where that lies or says nothing, by its first bytes."""

from __future__ import annotations

import json
import re
import zipfile

from rashomon.reading.decoding import decode
from rashomon.reading.originals import Original, locked, not_read, textless

__all__ = ["PASSED_OVER", "SUFFIXES", "kind_of"]

SUFFIXES = {
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html",
    ".xhtml": "html", ".shtml": "html", ".mht": "mhtml", ".mhtml": "mhtml", ".docx": "docx", ".docm": "docx", ".dotx": "docx",
    ".odt": "odt", ".ott": "odt", ".epub": "epub", ".jsonl": "jsonl", ".ndjson": "jsonl", ".eml": "mail", ".mbox": "mbox",
    ".zip": "zip", ".pdf": "pdf",
}  # fmt: skip
"""The format that a suffix promises."""
PASSED_OVER = frozenset(
    (".css", ".js", ".map", ".woff", ".woff2", ".ttf", ".otf", ".eot", ".ico", ".svg", ".db", ".ini", ".url")
)
"""Suffixes of what lies beside saved pages and is no document."""

_HEAD = 1 << 16
_TEXTS = {"text", "markdown", "html", "mhtml", "jsonl", "mail", "mbox"}
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"AT&TFORM")
_SAVE_AS = "Open it in an office program and save it as DOCX, ODT or PDF."
_RECOGNISE = "Let a program recognise its text (OCR), and save that as PDF or TXT."
_PAGE = re.compile(
    r"\ufeff?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.DOTALL | re.IGNORECASE,
)
_MAIL = re.compile(
    r"\ufeff?(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:Received|Message-ID|Return-Path|MIME-Version|Date|From):[^\n]*\n"
    r"(?:[!-9;-~]+:|[ \t])",
    re.IGNORECASE,
)
_SAVED_PAGE = re.compile(r"^(?:Snapshot-Content-Location:|From: <Saved by)", re.IGNORECASE | re.MULTILINE)
_BOX = re.compile(r"From \S+ .*[0-9]{4}\s*?\n[!-9;-~]+:")
_CODES = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")


def kind_of(original: Original) -> str:
    """One of the formats of ``SUFFIXES``. Raises R902, R907 or R908 where there is nothing that we could read."""
    head = original.read(_HEAD)
    if not head:
        raise textless(original)
    promised = SUFFIXES.get(original.suffix, "")
    found = _by_marks(original, head, promised)
    if found:
        return found
    if promised in _TEXTS - {"text"}:
        return promised
    text = decode(head)
    found = "html" if _PAGE.match(text) else "" if promised else _by_text(text)
    if found or promised:
        return found or promised
    raise not_read(original, f"a file of an unknown kind ({original.name})", "Save it in one of these formats.")


def _by_marks(original: Original, head: bytes, promised: str) -> str:
    """By the marks with which binary formats begin."""
    if head.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in original.read(1 << 20):
            raise locked(original, "an office file with a password")
        raise not_read(original, "a file of an old office program (DOC, XLS, PPT, MSG)", _SAVE_AS)
    if head.startswith(b"{\\rtf"):
        raise not_read(original, "a file in Rich Text Format (RTF)", _SAVE_AS)
    if head.startswith(_PICTURES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        raise not_read(original, "a picture", _RECOGNISE)
    if head.startswith((b"PK\3\4", b"PK\5\6")):  # before what may stand within: an archive may begin with a PDF, not packed
        return _by_members(original, promised)
    if head.startswith(b"%PDF-") or (b"%PDF-" in head[:1024] and promised not in _TEXTS):
        return "pdf"
    return ""


def _by_members(original: Original, promised: str) -> str:
    """Which of the formats that are ZIP archives."""
    try:
        with original.open() as file, zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            mime = (
                archive.read("mimetype")[:100]
                if "mimetype" in names and archive.getinfo("mimetype").file_size < 200
                else b""
            )
    except Exception:  # a broken archive; its reader says what is wrong with it
        return promised if promised in ("docx", "odt", "epub") else "zip"
    if mime.startswith(b"application/epub") or "META-INF/container.xml" in names:
        return "epub"
    if mime.startswith(b"application/vnd.oasis.opendocument.text"):
        return "odt"
    if "[Content_Types].xml" in names and any(name.startswith("word/") for name in names):
        return "docx"
    if mime.startswith(b"application/vnd.oasis") or "[Content_Types].xml" in names:
        raise not_read(original, "a spreadsheet, drawing or presentation", "Save its text as DOCX, ODT or PDF.")
    return promised if promised in ("docx", "odt") else "zip"


def _by_text(text: str) -> str:
    """By how a text begins; "" where it is no text."""
    if len(_CODES.findall(text)) > len(text) / 50:
        return ""
    if _BOX.match(text):
        return "mbox"
    if _MAIL.match(text):
        return "mhtml" if _SAVED_PAGE.search(text[:4096]) else "mail"
    return "jsonl" if _is_record(text.partition("\n")[0]) else "text"


def _is_record(line: str) -> bool:
    if not line.lstrip("\ufeff").startswith("{"):
        return False
    try:
        return isinstance(json.loads(line.lstrip("\ufeff")), dict)
    except (ValueError, RecursionError):
        return False
