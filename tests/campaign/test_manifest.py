"""The manifest: what a crash may leave behind, and what a second run makes of it."""

from __future__ import annotations

from pathlib import Path

from collateral.campaign.manifest import Entry, Manifest

ENTRY = Entry("van-dijk", "pitch-deck", 1, "van-dijk/pitch.pptx", "digest", "abc", 10)


def test_finished_piece_is_remembered_by_the_next_run(tmp_path: Path) -> None:
    Manifest(tmp_path / "m.jsonl").add(ENTRY)
    assert Manifest(tmp_path / "m.jsonl").find("van-dijk", "pitch-deck") == ENTRY


def test_line_cut_off_by_a_crash_is_ignored_and_the_next_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "m.jsonl"
    path.write_text('{"key": "van-di')
    manifest = Manifest(path)
    assert manifest.find("van-dijk", "pitch-deck") is None
    manifest.add(ENTRY)
    assert Manifest(path).find("van-dijk", "pitch-deck") == ENTRY


def test_finished_manifest_holds_the_wanted_pieces_in_order(tmp_path: Path) -> None:
    other = Entry("abel", "pitch-deck", 2, "abel/pitch.pptx", "digest", "abc", 10)
    manifest = Manifest(tmp_path / "m.jsonl")
    manifest.add(other)
    manifest.add(ENTRY)
    assert manifest.finish([("van-dijk", "pitch-deck"), ("gone", "x"), ("abel", "pitch-deck")]) == (
        ENTRY,
        other,
    )
    assert len((tmp_path / "m.jsonl").read_text().splitlines()) == 2
