"""E-mail: one message (EML) or a box of them (MBOX); the words as plain text where there are such, what is attached as parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage, Message

from rashomon.errors import Fault, RashomonError
from rashomon.reading.dating import published_on
from rashomon.reading.decoding import decode
from rashomon.reading.documents import Block, Document, Metadata
from rashomon.reading.html_files import page
from rashomon.reading.kinds import SUFFIXES
from rashomon.reading.messages import addresses, header, message_of, part_bytes
from rashomon.reading.originals import Original, distinct, textless, too_much, unreadable
from rashomon.reading.plain_text import blocks_of, columns_of
from rashomon.texts import sound

__all__ = ["boxes", "documents"]

_LARGEST = 1 << 28  # bytes of a message
_MAIL = "an e-mail"
_POSTMARK = re.compile(rb"From \S+ .*[0-9]{4}\s*$")


def documents(original: Original, faults: list[Fault]) -> Iterator[Document | Original]:
    """The message, then what is attached to it and can be read. A message without words is a fault if nothing is attached."""
    message = message_of(original.read(), original, _MAIL)
    blocks = tuple(_blocks(message, original))
    attached = list(_attached(message, original))
    if blocks:
        yield Document(_metadata(message), blocks, original.part)
    elif not attached:
        faults.append(textless(original).fault)
    yield from attached


def boxes(original: Original, faults: list[Fault]) -> Iterator[Document | Original]:
    """The messages of an MBOX file one by one, each a part by its Message-ID, else its number."""
    seen: set[str] = set()
    for number, data in enumerate(_messages(original, faults), 1):
        found = re.search(
            rb"^Message-ID:\s*<([^<>\s]{1,200})>", data.partition(b"\n\n")[0], re.IGNORECASE | re.MULTILINE
        )
        part = distinct(found[1].decode("ascii", "replace") if found else str(number), number, seen)
        try:
            yield from documents(replace(original, part=original.inner(part), data=data), faults)
        except RashomonError as refused:
            faults += refused.faults


def _messages(original: Original, faults: list[Fault]) -> Iterator[bytes]:
    """The bytes of each message: from one line ``From …`` after a blank one to the next."""
    held: list[bytes] = []
    size = line_number = 0
    began, blank = False, True
    with original.open() as file:
        for line_number, line in enumerate(iter(lambda: file.readline(1 << 20), b""), 1):
            if blank and line.startswith(b"From ") and _POSTMARK.match(line):
                if began and size <= _LARGEST:
                    yield b"".join(held)
                held, size, began = [], 0, True
            elif began:
                size += len(line)
                if size <= _LARGEST:
                    held.append(line.replace(b"\r\n", b"\n"))
                elif held:
                    held = []
                    faults.append(too_much(original, "a message of more than 256 MiB", "256 MiB", line_number).fault)
            blank = not line.strip()
    if not began:
        raise unreadable(original, "a box of e-mail (MBOX)", "no line begins a message (From …)")
    if size <= _LARGEST:
        yield b"".join(held)


def _blocks(message: EmailMessage, original: Original) -> Iterator[Block]:
    plain = message.get_body(("plain",))
    lines = decode(*part_bytes(plain)).splitlines(keepends=True) if plain is not None else []
    if any(line.strip() for line in lines):
        yield from blocks_of(lines, columns_of(lines), mail=True)
    elif (body := message.get_body(("html",))) is not None:
        data, declared = part_bytes(body)
        yield from page(data, original, declared).blocks


def _metadata(message: EmailMessage) -> Metadata:
    return Metadata(
        title=header(message, "Subject"),
        authors=tuple(_people(message)),
        published=published_on(header(message, "Date")),
        language=header(message, "Content-Language").partition(",")[0].strip(),
    )


def _people(message: EmailMessage) -> Iterator[str]:
    """The names, else the addresses, of those it is from."""
    found = [(one.display_name or one.addr_spec) for one in addresses(message, "From")] or [header(message, "From")]
    yield from (sound(name) for name in found if name)


def _attached(message: EmailMessage, original: Original) -> Iterator[Original]:
    seen: set[str] = set()
    for place, part in enumerate(message.iter_attachments() if message.is_multipart() else (), 1):
        name, data = _named(part)
        if data and name[name.rfind(".") :].lower() in SUFFIXES:
            yield original.within(distinct(name, place, seen), data)


def _named(part: Message) -> tuple[str, bytes]:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        return "message.eml", inner[0].as_bytes() if isinstance(inner, list) and isinstance(inner[0], Message) else b""
    return sound((part.get_filename() or "").replace("/", "-")), part_bytes(part)[0]
