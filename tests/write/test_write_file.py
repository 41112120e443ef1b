"""Files are written whole or not at all, and never where they should not go."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collateral.diagnostics import Diagnostic
from collateral.write import (
    MAX_NAME_BYTES,
    WriteResult,
    leads_straight,
    remove_leftovers,
    safe_file_name,
    write_file,
)


def _written(path: Path, data: bytes, **options: object) -> WriteResult:
    result = write_file(path, [data], **options)  # type: ignore[arg-type]
    assert isinstance(result, WriteResult), result
    return result


def _code(result: WriteResult | Diagnostic) -> str:
    assert isinstance(result, Diagnostic), result
    return result.code


def test_chunks_become_one_file_in_their_order(tmp_path: Path) -> None:
    chunks = [bytes([n % 256]) * (n % 7) for n in range(2500)]
    result = write_file(tmp_path / "new" / "deck.pptx", chunks)
    assert isinstance(result, WriteResult)
    assert result.status == "written"
    assert (tmp_path / "new" / "deck.pptx").read_bytes() == b"".join(chunks)
    assert [p.name for p in (tmp_path / "new").iterdir()] == ["deck.pptx"]


def test_equal_bytes_leave_the_file_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "deck.pptx"
    _written(path, b"same")
    before = path.stat().st_mtime_ns
    os.utime(path, ns=(1, 1))
    assert _written(path, b"same").status == "unchanged"
    assert path.stat().st_mtime_ns == 1 != before


def test_other_bytes_of_the_same_length_replace_the_file(tmp_path: Path) -> None:
    path = tmp_path / "deck.pptx"
    _written(path, b"one")
    assert _written(path, b"two").status == "written"
    assert path.read_bytes() == b"two"


def test_a_path_outside_the_given_folder_is_refused(tmp_path: Path) -> None:
    inside = tmp_path / "out"
    assert _code(write_file(inside / ".." / "x", [b"1"], inside=inside)) == "outside-output-folder"
    assert _code(write_file(inside / "..", [b"1"], inside=inside)) == "outside-output-folder"
    assert list(tmp_path.iterdir()) == []


def test_a_linked_folder_that_leads_outside_is_refused(tmp_path: Path) -> None:
    inside, outside = tmp_path / "out", tmp_path / "elsewhere"
    inside.mkdir()
    outside.mkdir()
    (inside / "link").symlink_to(outside)
    assert _code(write_file(inside / "link" / "x", [b"1"], inside=inside)) == "outside-output-folder"
    assert list(outside.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="nothing leads straight there")
def test_a_path_leads_straight_where_nothing_has_to_be_resolved(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "folder")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "file").write_bytes(b"")
    for steps in ("", "folder", "folder/new/x", "new", "file"):
        assert leads_straight(tmp_path, tmp_path / steps)
    for steps in ("link", "link/x", "loop/x", "folder/../x", "..", "file/x", "nul\0", "/etc/passwd"):
        assert not leads_straight(tmp_path, tmp_path / steps)
    assert leads_straight(tmp_path / "link", tmp_path / "link" / "x")


def test_a_link_in_place_of_the_file_is_replaced_and_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    link = tmp_path / "deck.pptx"
    link.symlink_to(victim)
    _written(link, b"precious")
    assert not link.is_symlink()
    assert victim.read_bytes() == b"precious"


def test_a_folder_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "deck.pptx").mkdir()
    assert _code(write_file(tmp_path / "deck.pptx", [b"1"])) == "cannot-write"
    (tmp_path / "file").write_bytes(b"")
    assert _code(write_file(tmp_path / "file" / "deck.pptx", [b"1"])) == "cannot-write"
    assert _code(write_file(tmp_path / "nul\0", [b"1"])) == "cannot-write"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may write anywhere")
def test_an_unwritable_folder_keeps_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "deck.pptx"
    _written(path, b"old")
    tmp_path.chmod(0o500)
    try:
        assert _code(write_file(path, [b"new"])) == "unwritable-folder"
    finally:
        tmp_path.chmod(0o700)
    assert path.read_bytes() == b"old"


@pytest.mark.skipif(os.name == "nt", reason="file size limits are a Unix thing")
def test_no_room_left_keeps_the_old_file_and_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "deck.pptx"
    _written(path, b"old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        result = write_file(path, [b"x" * 600, b"y" * 600])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert _code(result) == "disk-full"
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["deck.pptx"]


def test_a_killed_run_leaves_the_old_file_whole_and_its_rest_can_be_removed(tmp_path: Path) -> None:
    path = tmp_path / "deck.pptx"
    _written(path, b"old")
    script = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from collateral.write import write_file\n"
        "os.fsync = lambda fd: os.kill(os.getpid(), signal.SIGKILL)\n"
        "write_file(Path(sys.argv[1]), [b'new'])\n"
    )
    subprocess.run([sys.executable, "-c", script, str(path)], check=False)
    assert path.read_bytes() == b"old"
    assert remove_leftovers(tmp_path) == 1
    assert [p.name for p in tmp_path.iterdir()] == ["deck.pptx"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Van Dijk Freight B.V.", "Van Dijk Freight B.V.pptx"),
        ("../../etc/passwd", "etc-passwd.pptx"),
        ("=cmd|' /C calc'!A0", "cmd-' -C calc'!A0.pptx"),
        ("CON", "_CON.pptx"),
        ("com1.final", "_com1.final.pptx"),
        ("", "unnamed.pptx"),
        ("...", "unnamed.pptx"),
        ("a\u202ecod.exe", "acod.exe.pptx"),
        ("a\tb\nc\0", "a b c.pptx"),
        ("Cafe\u0301", "Café.pptx"),
        ("\ud800x", "x.pptx"),
    ],
)
def test_file_names_are_made_safe(text: str, name: str) -> None:
    assert safe_file_name(text, ".pptx") == name


def test_long_names_that_differ_at_the_end_stay_apart() -> None:
    one, two = safe_file_name("長" * 500 + "a", ".docx"), safe_file_name("長" * 500 + "b", ".docx")
    assert one != two
    assert max(len(one.encode()), len(two.encode())) <= MAX_NAME_BYTES


@settings(max_examples=150, deadline=None)
@given(st.text())
def test_any_text_gives_a_name_that_stays_in_its_folder(text: str) -> None:
    name = safe_file_name(text, "pptx")
    assert name.endswith(".pptx") and len(name) > 5
    assert Path(name).name == name and not name.startswith((".", " "))
    assert not set(name) & set('<>:"/\\|?*') and len(name.encode()) <= MAX_NAME_BYTES
    assert unicodedata.is_normalized("NFC", name)
    assert safe_file_name(text, "pptx") == name
