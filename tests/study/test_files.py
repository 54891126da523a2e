"""Writing files whole or not at all. That a kill leaves no half is tested beside the store, with its processes."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from rashomon.errors import RashomonError
from rashomon.study.files import made_whole, require_place, write_atomically


def test_it_writes_replaces_and_leaves_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "report" / "deep" / "index.html"
    for data in (b"first", b"", b"\0second\r\n"):
        write_atomically(target, data)
        assert target.read_bytes() == data
    assert list(target.parent.iterdir()) == [target]


def test_permissions_follow_the_umask_and_those_of_a_replaced_file_stay(tmp_path: Path) -> None:
    target = tmp_path / "page.html"
    umask = os.umask(0o027)
    try:
        write_atomically(target, b"new")
    finally:
        os.umask(umask)
    if os.name == "posix":
        assert target.stat().st_mode & 0o777 == 0o640
    target.chmod(0o604)
    kept = target.stat().st_mode
    write_atomically(target, b"newer")
    assert target.stat().st_mode == kept


def test_a_reader_of_the_old_file_keeps_it(tmp_path: Path) -> None:
    target = tmp_path / "page.html"
    write_atomically(target, b"old")
    with open(target, "rb") as reader:
        if os.name == "posix":
            write_atomically(target, b"new")
        assert reader.read() == b"old"


def test_what_cannot_be_written_leaves_the_old_file_and_no_litter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "page.html"
    write_atomically(target, b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(RashomonError) as raised:
        write_atomically(target, b"new")
    assert (raised.value.fault.code, raised.value.fault.found) == ("R006", "No space left on device")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_in_the_way_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "page.html").mkdir()
    with pytest.raises(RashomonError) as raised:
        write_atomically(tmp_path / "page.html", b"new")
    assert raised.value.fault.code == "R006"
    write_atomically(tmp_path / "file", b"")
    with pytest.raises(RashomonError):
        write_atomically(tmp_path / "file" / "page.html", b"new")


def test_what_killed_writers_left_is_swept_up_when_it_is_old(tmp_path: Path) -> None:
    target = tmp_path / "page[1].html"
    mine, fresh, others = (
        tmp_path / f".{name}.{digit * 32}.tmp"
        for name, digit in ((target.name, "a"), (target.name, "b"), ("page1.html", "a"))
    )
    for left in (mine, fresh, others):
        left.write_bytes(b"half")
    for left in (mine, others):
        os.utime(left, (time.time() - 7200,) * 2)
    write_atomically(target, b"whole")
    assert sorted(tmp_path.iterdir()) == sorted([target, fresh, others])


def test_a_folder_that_a_killed_writer_left_is_swept_up_when_all_in_it_is_old(tmp_path: Path) -> None:
    target = tmp_path / "tables"
    old, written_to = (tmp_path / f".tables.{digit * 32}.tmp" for digit in "ab")
    for left in (old, written_to):
        left.mkdir()
        (left / "rows").write_bytes(b"half")
        os.utime(left, (time.time() - 7200,) * 2)
    os.utime(old / "rows", (time.time() - 7200,) * 2)
    with made_whole(target) as beside:
        beside.mkdir()
    assert sorted(tmp_path.iterdir()) == sorted([target, written_to])


def test_a_folder_is_there_when_all_that_it_holds_is_and_is_never_replaced(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "tables"

    def make(path: Path, data: bytes, stopped: bool = False) -> None:
        with made_whole(path) as beside:
            beside.mkdir()
            (beside / "a").write_bytes(data)
            assert stopped or path.exists() == (data == b"second")
            if stopped:
                raise KeyboardInterrupt

    make(target, b"first")
    with pytest.raises(RashomonError, match="R006"):
        make(target, b"second")
    with pytest.raises(KeyboardInterrupt):
        make(tmp_path / "deep" / "other", b"third", stopped=True)
    assert list(target.parent.iterdir()) == [target]
    assert [path.read_bytes() for path in target.iterdir()] == [b"first"]


def test_whether_a_file_can_be_written_is_known_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_bytes(b"")
    require_place(tmp_path / "file")
    require_place(tmp_path / "deep" / "deeper" / "file")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file"]
    within = tmp_path / "file" / "deep" / "new"
    for wrong, said in ((tmp_path, "a folder stands there"), (within, f"{tmp_path / 'file'} is no folder")):
        with pytest.raises(RashomonError, match="R006") as caught:
            require_place(wrong)
        assert caught.value.fault.found == said
        with pytest.raises(RashomonError, match="R006"):
            write_atomically(wrong, b"")
    monkeypatch.setattr(os, "access", lambda *_: False)  # as for one who is not the administrator
    with pytest.raises(RashomonError, match="cannot be written to"):
        require_place(tmp_path / "new")
