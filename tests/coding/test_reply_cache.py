"""The file of replies: what is put in is found again, by all that it depends on, whatever happens to the file."""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.coding.reply_cache import FILE, Kept, MemoryCache, ReplyCache, ReplyFile, ReplyKey
from rashomon.errors import RashomonError

KEY = ReplyKey("anchor text", "codebook", "prompt", "model", 0.0, 100, "json_schema")
REPLY = Kept('{"statements": []}', "host", "model-1", "2026-01-01T00:00:00+00:00")
TEXT = st.text(st.characters(codec="utf-8"))
KEYS = st.builds(
    ReplyKey, TEXT, TEXT, TEXT, TEXT, st.floats(0, 2), st.integers(1, 9), st.sampled_from(["text", "json_object"])
)


@given(st.lists(st.tuples(KEYS, st.builds(Kept, TEXT, TEXT, TEXT, TEXT)), max_size=12))
def test_both_caches_give_back_what_was_first_put_in(
    tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[ReplyKey, Kept]]
) -> None:
    first: dict[ReplyKey, Kept] = {}
    for key, reply in pairs:
        first.setdefault(key, reply)
    with ReplyFile(tmp_path_factory.mktemp("replies") / FILE) as file:
        caches: list[ReplyCache] = [MemoryCache(), file]
        for cache in caches:
            for key, reply in pairs:
                cache.put(key, reply)
            assert {key: cache.get(key) for key in first} == first
            assert cache.get(KEY) is None


@pytest.mark.parametrize("field", ["passage", "codebook", "prompt", "model", "temperature", "reply_tokens", "mode"])
def test_all_of_a_key_tells_replies_apart(tmp_path: Path, field: str) -> None:
    other = replace(KEY, **{field: {"temperature": 0.5, "reply_tokens": 7, "mode": "text"}.get(field, "other")})
    with ReplyFile(tmp_path / FILE) as file:
        file.put(KEY, REPLY)
        assert file.get(KEY) == REPLY
        assert file.get(other) is None


def test_replies_outlive_the_program_and_several_may_use_the_file(tmp_path: Path) -> None:
    with ReplyFile(tmp_path / FILE) as one, ReplyFile(tmp_path / FILE) as other:
        one.put(KEY, REPLY)
        assert other.get(KEY) == REPLY
        other.put(KEY, replace(REPLY, content="later"))
    with ReplyFile(tmp_path / FILE) as again:
        assert again.get(KEY) == REPLY


def test_threads_share_a_file(tmp_path: Path) -> None:
    with ReplyFile(tmp_path / FILE) as file:
        keys = [replace(KEY, prompt=str(number)) for number in range(40)]

        def put(part: int) -> None:
            for key in keys[part::4]:
                file.put(key, REPLY)

        threads = [threading.Thread(target=put, args=(part,)) for part in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [file.get(key) for key in keys] == [REPLY] * 40


def test_a_reply_that_rotted_is_none_and_is_put_anew(tmp_path: Path) -> None:
    with ReplyFile(tmp_path / FILE) as file:
        file.put(KEY, REPLY)
    with sqlite3.connect(tmp_path / FILE) as raw:
        raw.execute("UPDATE replies SET reply = replace(reply, 'statements', 'stagements')")
    raw.close()
    with ReplyFile(tmp_path / FILE) as file:
        assert file.get(KEY) is None
        file.put(KEY, REPLY)
        assert file.get(KEY) == REPLY


def test_a_file_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    raw = sqlite3.connect(tmp_path / "foreign.db")
    raw.execute("CREATE TABLE replies (a)")
    raw.close()
    (tmp_path / "text.db").write_text("These are not replies. " * 100)
    (tmp_path / "folder.db").mkdir()
    with ReplyFile(tmp_path / "later.db") as file:
        file._file.execute("PRAGMA user_version = 9")
    for name in ("foreign.db", "text.db", "folder.db", "later.db", "nowhere/replies.db"):
        before = (tmp_path / name).read_bytes() if (tmp_path / name).is_file() else b""
        with pytest.raises(RashomonError) as raised:
            ReplyFile(tmp_path / name)
        assert raised.value.fault.code == "R924"
        assert raised.value.fault.where.file == str(tmp_path / name)
        if name == "text.db":
            assert (tmp_path / name).read_bytes() == before


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / FILE).symlink_to(tmp_path / "elsewhere.db")
    with pytest.raises(RashomonError) as raised:
        ReplyFile(tmp_path / FILE)
    assert raised.value.fault.code == "R110"
    assert not (tmp_path / "elsewhere.db").exists()
