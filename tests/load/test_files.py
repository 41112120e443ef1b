"""Which files of a workspace are read."""

from __future__ import annotations

from pathlib import Path

from collateral.load.files import list_files


def test_link_to_a_folder_above_is_not_followed_in_circles(tmp_path: Path) -> None:
    blocks = tmp_path / "content_blocks"
    blocks.mkdir()
    (tmp_path / "collateral.yaml").write_text("seller: {name: A}\n")
    (blocks / "a.md").write_text("---\nid: a\n---\n")
    (blocks / "again").symlink_to(blocks, target_is_directory=True)
    assert [name for name in list_files(tmp_path) if name.endswith("a.md")] == ["content_blocks/a.md"]
