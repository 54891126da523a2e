"""E-mail messages and their parts, as far as the standard library reads them, with its failures as faults."""

from __future__ import annotations

import email
from email.headerregistry import Address
from email.message import EmailMessage, Message
from email.policy import default

from rashomon.reading.originals import Original, unreadable
from rashomon.texts import sound

__all__ = ["addresses", "header", "message_of", "part_bytes"]


_LONGEST = 4000  # letters of a line of the head; longer ones take the standard library the square of their length


def message_of(data: bytes, original: Original, taken_for: str) -> EmailMessage:
    """The message that ``data`` is. Raises R901 where it has no head, or its parts cannot be told apart."""
    try:
        message: EmailMessage = email.message_from_bytes(data, policy=default)
        _try(message)
    except Exception as fault:  # the parser of heads raises errors of many kinds on what nobody wrote by intent
        raise unreadable(original, taken_for, f"{type(fault).__name__}: {fault}") from fault
    if not message.keys():
        raise unreadable(original, taken_for, "it has no head (From:, Subject:, Date:)")
    return message


def _try(message: EmailMessage) -> None:
    """Ask all that will be asked of the message, so that what fails fails here."""
    for kind in ("plain", "html"):
        message.get_body((kind,))
    if message.is_multipart():
        list(message.iter_attachments())
    for part in message.walk():
        part.get_filename(), part.get_content_charset()


def header(message: EmailMessage, name: str) -> str:
    """A line of the head as text, "" where there is none or it cannot be decoded."""
    raw = _raw(message, name)
    try:
        said = str(message.get(name) or "") if len(raw) <= _LONGEST else raw
    except Exception:  # as above: one unreadable line is no reason to lose the message
        return ""
    return " ".join(sound(said).split())


def _raw(message: EmailMessage, name: str) -> str:
    """A line of the head as it was sent, "" where there is none."""
    return next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), "")


def addresses(message: EmailMessage, name: str) -> tuple[Address, ...]:
    """The people of a line of the head; none where it cannot be read, or is longer than people write."""
    try:
        return tuple(message[name].addresses) if len(_raw(message, name)) <= _LONGEST else ()
    except Exception:  # as above
        return ()


def part_bytes(part: Message) -> tuple[bytes, str]:
    """The bytes of a part, and the encoding that it declares, "" if none."""
    payload = part.get_payload(decode=True)
    return (payload if isinstance(payload, bytes) else b""), (part.get_content_charset() or "")
