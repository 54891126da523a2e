"""Passwords as DNA keeps them: Jasypt's StrongPasswordEncryptor, written from its documentation.

SHA-256 over 16 random bytes of salt and the password in UTF-8 (NFC), then over the digest again until 100,000 rounds are done;
the salt and the last digest, one after the other, in Base64.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import unicodedata
from typing import Final

_ROUNDS: Final = 100_000
_SALT: Final = 16


def password_hash(password: str, salt: bytes | None = None) -> str:
    """The hash of a password; ``salt``: 16 bytes, random ones where none are given."""
    chosen = os.urandom(_SALT) if salt is None else salt
    digest = chosen + unicodedata.normalize("NFC", password).encode()
    for _ in range(_ROUNDS):
        digest = hashlib.sha256(digest).digest()
    return base64.b64encode(chosen + digest).decode()


def is_password(password: str, hashed: str) -> bool:
    """Whether a hash is of this password."""
    try:
        salt = base64.b64decode(hashed, validate=True)[:_SALT]
    except ValueError:
        return False
    return hmac.compare_digest(password_hash(password, salt).encode(), hashed.encode())
