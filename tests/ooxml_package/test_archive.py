"""Archives: what is refused and why, and what is written."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office_builders import deck, zipped

from collateral.ooxml.archive import (
    ArchiveError,
    ArchiveWriter,
    Limits,
    Member,
    StaticBlob,
    check_members,
    read_archive,
    write_archive,
)


def _codes(data: bytes, limits: Limits | None = None) -> list[str]:
    members, found = read_archive(data, file="x.pptx", limits=limits or Limits())
    assert bool(members) != bool(found)
    return [d.code for d in found]


def _message(data: bytes) -> str:
    return read_archive(data, file="x.pptx")[1][0].message


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"", "not-an-office-file", "empty"),
        (b"%PDF-1.7 ...", "not-an-office-file", "a PDF"),
        (b"\xef\xbb\xbf  <html>", "not-an-office-file", "HTML"),
        (b"hello", "not-an-office-file", "no zip"),
        (b"PK\3\4" + b"\0" * 60, "damaged-archive", "cut off"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "encrypted-file",
            "encrypted",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "PowerPoint Document".encode("utf-16-le"),
            "legacy-file",
            ".ppt",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "legacy-file", ".doc"),
    ],
)
def test_files_that_are_no_archives_are_named_for_what_they_are(data: bytes, code: str, words: str) -> None:
    assert _codes(data) == [code]
    assert words in _message(data)


@pytest.mark.parametrize("name", ["../x", "/x", "a/../b", "a\\b", "C:/x", "C:x", "a//b", "./a", "a\nb", ""])
def test_members_with_dangerous_names_are_refused(name: str) -> None:
    assert _codes(zipped([("ok", b"1"), (name, b"2")])) == ["unsafe-member-name"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("names", [("a", "a"), ("A.xml", "a.XML")])
def test_members_that_share_a_name_are_refused(names: tuple[str, str]) -> None:
    assert _codes(zipped([(names[0], b"1"), (names[1], b"2")])) == ["duplicate-member"]


def test_a_bomb_is_refused_by_what_it_declares() -> None:
    bomb = zipped([("a", b"\0" * 20_000_000)])
    assert _codes(bomb) == ["archive-bomb"]


def test_a_bomb_that_lies_about_its_size_stops_while_inflating() -> None:
    data = bytearray(zipped([("a", b"\0" * 5_000_000)]))
    at = data.index(b"PK\1\2")
    struct.pack_into("<I", data, at + 24, 100)
    members, found = read_archive(bytes(data), file="x")
    assert not found
    with pytest.raises(ArchiveError, match="header says 100"):
        members["a"].data()
    assert [d.code for d in check_members(members.values(), file="x")] == ["damaged-archive"]


def test_limits_on_members_and_sizes_hold() -> None:
    three = zipped([(n, b"12345") for n in "abc"])
    assert _codes(three, Limits(max_members=2)) == ["archive-too-large"]
    assert _codes(three, Limits(max_total=14)) == ["archive-too-large"]
    assert _codes(three, Limits(max_member=4)) == ["archive-too-large"]
    assert _codes(three, Limits(max_members=3, max_total=15, max_member=5)) == []


@pytest.mark.parametrize(
    ("offset", "value", "code"),
    [
        (8, 1, "encrypted-file"),
        (10, 12, "damaged-archive"),  # bzip2
        (42, 0x7FFFFFF0, "damaged-archive"),  # beyond the file
        (20, 0x7FFFFFF0, "damaged-archive"),  # packed size beyond the file
    ],
)
def test_odd_directory_entries_are_refused(offset: int, value: int, code: str) -> None:
    data = bytearray(zipped([("a", b"12345")]))
    at = data.index(b"PK\1\2")
    struct.pack_into("<I" if offset > 12 else "<H", data, at + offset, value)
    assert _codes(bytes(data)) == [code]


def test_members_that_share_bytes_are_refused() -> None:
    data = bytearray(zipped([("a", b"12345"), ("a2", b"12345")]))
    second = data.index(b"PK\1\2", data.index(b"PK\1\2") + 1)
    struct.pack_into("<I", data, second + 42, 0)
    assert _codes(bytes(data)) == ["damaged-archive"]


def test_a_damaged_member_is_told_by_its_checksum() -> None:
    member = Member.of("a", b"hello" * 100)
    wrong = Member("a", member.method, member.crc ^ 1, member.size, member.packed)
    with pytest.raises(ArchiveError, match="checksum"):
        wrong.data()


def test_nothing_is_inflated_that_nobody_asks_for() -> None:
    data = bytearray(zipped([("a", b"x" * 1000), ("b", b"y" * 1000)]))
    packed = data.index(b"b", data.index(b"PK\3\4", 4)) + 1
    data[packed : packed + 4] = b"\xff\xff\xff\xff"
    members, found = read_archive(bytes(data), file="x")
    assert not found
    assert members["a"].data() == b"x" * 1000
    with pytest.raises(ArchiveError):
        members["b"].data()


_NAMES = st.text(
    st.characters(exclude_characters="\\/:", exclude_categories=["C", "Z"]), min_size=1, max_size=20
).filter(lambda n: n not in (".", ".."))


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(_NAMES, st.binary(max_size=300), min_size=1, max_size=5), st.booleans())
def test_what_is_written_is_read_by_us_and_by_others(files: dict[str, bytes], compress: bool) -> None:
    files = {
        name: data
        for name, data in files.items()
        if [n.casefold() for n in files].count(name.casefold()) == 1
    }
    writer = ArchiveWriter()
    for name, data in files.items():
        writer.add(name, data, compress=compress)
    whole = b"".join(writer.chunks())
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        assert {i.filename: archive.read(i) for i in archive.infolist()} == files
        assert archive.testzip() is None
    if files:
        members, found = read_archive(whole, file="x")
        assert not found
        assert {name: member.data() for name, member in members.items()} == files


def test_copied_members_keep_their_compressed_bytes() -> None:
    source, _ = read_archive(deck(), file="x")
    copy, found = read_archive(b"".join(write_archive(source)), file="x")
    assert not found
    assert [m.packed for m in copy.values()] == [m.packed for m in source.values()]


def test_the_same_calls_give_the_same_bytes() -> None:
    def made() -> bytes:
        writer = ArchiveWriter()
        writer.add("b", b"1" * 100)
        writer.add_member(Member.of("a", b"2" * 100), name="é")
        return b"".join(writer.chunks())

    assert made() == made()
    with zipfile.ZipFile(io.BytesIO(made())) as archive:
        assert {i.date_time for i in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert [i.flag_bits for i in archive.infolist()] == [0, 0x800]


@pytest.mark.parametrize("before", [0, 1, 3])
def test_a_static_blob_may_stand_anywhere(before: int) -> None:
    blob = StaticBlob.of([Member.of(n, n.encode() * 50) for n in ("x", "y", "zz")])
    writer = ArchiveWriter()
    for number in range(before):
        writer.add(f"n{number}", b"new" * number)
    writer.add_blob(blob)
    writer.add("last", b"!")
    with zipfile.ZipFile(io.BytesIO(b"".join(writer.chunks()))) as archive:
        assert archive.testzip() is None
        assert archive.read("zz") == b"zz" * 50
        assert len(archive.namelist()) == before + 4


def test_members_are_stored_when_compressing_gains_nothing() -> None:
    noise = zlib.compress(bytes(range(256)) * 20)
    assert Member.of("a", noise).packed == noise
    assert Member.of("a", b"").data() == b""


@pytest.mark.parametrize(
    ("missing", "library"), [((), "isal"), (("isal",), "zlib_ng"), (("isal", "zlib_ng"), "zlib")]
)
def test_each_compressor_packs_what_the_standard_library_unpacks(
    missing: tuple[str, ...], library: str
) -> None:
    script = (
        "import sys, zlib\n"
        f"sys.modules.update(dict.fromkeys({missing!r}))\n"
        "from collateral.ooxml import archive_member as m\n"
        "data = b'<a:t>Acme &amp; Sons</a:t>' * 500\n"
        "made = m.Member.of('x.xml', data)\n"
        "assert zlib.decompress(made.packed, -15) == data and made.crc == zlib.crc32(data)\n"
        "assert m.Member('x.xml', m.DEFLATED, made.crc, len(data), zlib.compress(data, 9, -15)).data() == data\n"
        "try:\n"
        "    m.Member('x.xml', m.DEFLATED, made.crc, len(data), b'damaged').data()\n"
        "except m.ArchiveError:\n"
        "    print(m._zlib.__name__.partition('.')[0])\n"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert run.stdout.strip() == library, run.stderr
