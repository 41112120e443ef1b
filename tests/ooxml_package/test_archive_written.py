"""A file that was just made knows its members as reading it back finds them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from collateral.ooxml.archive import ArchiveWriter, Member, StaticBlob, WrittenArchive, read_archive
from collateral.ooxml.opening import open_trusted

NAMES = st.lists(st.sampled_from([f"part{n}.xml" for n in range(9)]), min_size=3, max_size=6, unique=True)


@settings(max_examples=40, deadline=None)
@given(NAMES, st.binary(max_size=200), st.booleans())
def test_members_of_a_written_file_are_those_read_back(names: list[str], data: bytes, compress: bool) -> None:
    writer = ArchiveWriter(remember=True)
    writer.add_blob(StaticBlob.of([Member.of(names[0], data)]))
    writer.add(names[1], data, compress)
    writer.add_member(Member.of("other", data), names[2])
    written = writer.chunks()
    read, found = read_archive(b"".join(written), file="x.pptx")
    assert not found and list(read) == names[:3]
    assert isinstance(written, WrittenArchive)
    known = written.members()
    assert {n: (m.method, m.crc, m.size, m.packed, m.data()) for n, m in known.items()} == {
        n: (m.method, m.crc, m.size, m.packed, m.data()) for n, m in read.items()
    }


def test_blob_from_a_cache_still_knows_its_members() -> None:
    import pickle

    blob = StaticBlob.of([Member.of("a", b"one" * 50), Member.of("b/ü", b"two")])
    again = pickle.loads(pickle.dumps(blob))
    assert [(m.name, m.data()) for m in again.members()] == [("a", b"one" * 50), ("b/ü", b"two")]


def test_file_with_one_name_twice_is_refused_though_it_was_just_made() -> None:
    writer = ArchiveWriter(remember=True)
    writer.add("a.xml", b"<a/>")
    writer.add("A.xml", b"<b/>")
    written = writer.chunks()
    assert isinstance(written, WrittenArchive)
    package, found = open_trusted(written, file="x.pptx")
    assert package is None
    assert found
