"""Which files of a workspace are read."""

from __future__ import annotations

from pathlib import Path

from collateral.load.files import list_files
from collateral.load.workspace import load_library, load_prospects
from tests.load.conftest import Make


def test_link_to_a_folder_above_is_not_followed_in_circles(tmp_path: Path) -> None:
    blocks = tmp_path / "content_blocks"
    blocks.mkdir()
    (tmp_path / "collateral.yaml").write_text("seller: {name: A}\n")
    (blocks / "a.md").write_text("---\nid: a\n---\n")
    (blocks / "again").symlink_to(blocks, target_is_directory=True)
    assert [name for name in list_files(tmp_path) if name.endswith("a.md")] == ["content_blocks/a.md"]


def test_files_that_were_meant_to_be_blocks_are_named(make: Make) -> None:
    root = make(
        {
            "content_blocks/a.md.txt": "x",
            "content_blocks/b.MD": "x",
            "content_blocks/c.pptx": b"x",
            "content_blocks/README.txt": "x",
            "content_blocks/picture.png": b"x",
        }
    )
    _, found = load_library(root)
    assert [(str(d.at), d.hints[0]) for d in found if d.code == "unknown-file"] == [
        ("content_blocks/a.md.txt", 'name it "a.md"'),
        ("content_blocks/b.MD", 'name it "b.md"'),
        ("content_blocks/c.pptx", "write one; its front matter is enough"),
    ]


def test_profiles_that_are_not_read_are_named(make: Make) -> None:
    root = make(
        {
            "prospects/a.yaml": "name: A",
            "prospects/a.yml": "name: B",
            "prospects/b.yaml.txt": "name: B",
            "prospects/emea/c.yaml": "name: C",
            "prospects/logos/c.png": b"x",
        }
    )
    prospects, found = load_prospects(load_library(root)[0])
    assert [p.id for p in prospects] == ["a"]
    assert [(d.code, str(d.at)) for d in found] == [
        ("unknown-file", "prospects/a.yml"),
        ("unknown-file", "prospects/b.yaml.txt"),
        ("unknown-file", "prospects/emea/c.yaml"),
    ]
