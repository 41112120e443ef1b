"""The cache: never wrong, never trusted when damaged, safe to delete."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from collateral.diagnostics import Severity
from collateral.load.cache import read_index
from collateral.load.workspace import load_library, load_prospect
from collateral.model.library import Library
from collateral.model.sealed import MAGIC, seal, unseal
from tests.load.conftest import BLOCK, Make

OLD = 1_700_000_000


@pytest.fixture
def ws(make: Make) -> Path:
    """A workspace whose files are old enough to be trusted."""
    files: dict[str, str | bytes] = {
        f"content_blocks/b{n}.md": BLOCK.replace("dwell-case", f"b{n}") for n in range(3)
    }
    files |= {
        "prospects/p.yaml": "name: N\nx: 1\n",
        "content_blocks/odd.md": BLOCK.replace("dwell-case", "odd").replace("A ", "08 "),
    }
    root = make(files)
    age(root)
    return root


def age(root: Path) -> None:
    for path in root.rglob("*"):
        os.utime(path, (OLD, OLD))


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def both(ws: Path, cache: Path) -> tuple[Library, Library]:
    return load_library(ws, cache_folder=cache)[0], load_library(ws)[0]


def test_warm_library_is_the_cold_one_with_its_problems(ws: Path, cache: Path) -> None:
    (ws / "content_blocks/bad.md").write_text("---\nid: bad\n---\n")
    cold = load_library(ws)
    assert load_library(ws, cache_folder=cache) == cold
    assert load_library(ws, cache_folder=cache) == cold


def test_warm_load_imports_nothing_heavy(ws: Path, cache: Path) -> None:
    load_prospect("p", load_library(ws, cache_folder=cache)[0], cache_folder=cache)
    code = """
import sys; from pathlib import Path
from collateral.load.workspace import load_library, load_prospect
library, _ = load_library(Path(sys.argv[1]), cache_folder=Path(sys.argv[2]))
assert load_prospect("p", library, cache_folder=Path(sys.argv[2]))[0]
print([m for m in ("yaml", "pydantic", "markdown_it", "jinja2", "difflib") if m in sys.modules])
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(ws), str(cache)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_edit_is_seen_even_when_size_and_time_stay_the_same(ws: Path, cache: Path) -> None:
    path = ws / "content_blocks/b1.md"
    load_library(ws, cache_folder=cache)
    stat = path.stat()
    path.write_text(BLOCK.replace("dwell-case", "b1").replace("It did.", "He did."))
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns + 1))
    cached, cold = both(ws, cache)
    assert cached == cold and "He did." in cached.blocks["b1"]["en"].forms[0].source


def test_file_written_just_before_the_index_is_read_again(ws: Path, cache: Path) -> None:
    path = ws / "content_blocks/b1.md"
    path.write_text(BLOCK.replace("dwell-case", "b1").replace("It did.", "AAAAAAA"))
    load_library(ws, cache_folder=cache)
    stat = path.stat()
    with path.open("r+") as stream:
        stream.write(path.read_text().replace("AAAAAAA", "BBBBBBB"))
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    cached, cold = both(ws, cache)
    assert cached == cold and "BBBBBBB" in cached.blocks["b1"]["en"].forms[0].source


@pytest.mark.parametrize(
    "change",
    [
        lambda ws: (ws / "content_blocks/b1.md").unlink(),
        lambda ws: (ws / "content_blocks/b1.md").rename(ws / "content_blocks/b9.md"),
        lambda ws: (ws / "content_blocks/b1.pptx").write_bytes(b"PK"),
        lambda ws: (ws / "content_blocks/claims.yaml").write_text("a: {says: b}"),
        lambda ws: (ws / "collateral.yaml").write_text("seller: {name: Other}"),
        lambda ws: (ws / "content_blocks/new.md").write_text(BLOCK.replace("dwell-case", "new")),
    ],
)
def test_every_kind_of_change_is_seen(ws: Path, cache: Path, change: object) -> None:
    load_library(ws, cache_folder=cache)
    assert callable(change)
    change(ws)
    cached, cold = both(ws, cache)
    assert cached == cold
    assert load_library(ws, cache_folder=cache) == load_library(ws)


def test_change_of_one_file_keeps_the_records_of_the_others(ws: Path, cache: Path) -> None:
    (ws / "content_blocks/claims.yaml").write_text("c: {says: s, source: t, owner: o}\n")
    (ws / "content_blocks/lexicon.yaml").write_text(
        "rules: [{extends: existence, message: m, tokens: [t]}]\n"
    )
    (ws / "content_blocks/approvals.yaml").write_text(
        f"- {{block: b1, digest: sha256:{'0' * 64}, by: x, on: 2026-01-01}}\n"
    )
    age(ws)
    load_library(ws, cache_folder=cache)
    (ws / "content_blocks/b1.md").write_text(BLOCK.replace("dwell-case", "b1").replace("It did.", "Else."))
    cached, cold = both(ws, cache)
    assert cached == cold and cached.claims and cached.lexicon and cached.approvals


def test_damaged_or_foreign_cache_is_ignored_and_made_again(ws: Path, cache: Path) -> None:
    cold = load_library(ws)
    load_library(ws, cache_folder=cache)
    for path in sorted(cache.rglob("*.bin")):
        data = path.read_bytes()
        for damaged in (
            b"",
            b"junk",
            data[:-1],
            data[:100] + bytes([data[100] ^ 1]) + data[101:],
            MAGIC + b"0" * 50,
        ):
            path.write_bytes(damaged)
            assert load_library(ws, cache_folder=cache) == cold
        assert load_library(ws, cache_folder=cache) == cold


def test_cache_may_be_deleted_or_impossible_to_write(ws: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    cold = load_library(ws)
    assert load_library(ws, cache_folder=tmp_path / "file") == cold


def test_copy_of_a_workspace_shares_the_snapshot(ws: Path, cache: Path, tmp_path: Path) -> None:
    import shutil

    load_library(ws, cache_folder=cache)
    shutil.copytree(ws, tmp_path / "copy")
    copied, _ = load_library(tmp_path / "copy", cache_folder=cache)
    assert copied.root == str(tmp_path / "copy") and copied.digest == load_library(ws)[0].digest
    assert len(list((cache / "library").glob("snapshot-*"))) == 1


def test_index_knows_every_file(ws: Path, cache: Path) -> None:
    library, _ = load_library(ws, cache_folder=cache)
    index = read_index(cache, ws)
    assert index.library == library.digest and "content_blocks/b1.md" in index.files


def test_prospect_comes_from_the_cache_until_it_or_the_library_changes(ws: Path, cache: Path) -> None:
    library, _ = load_library(ws)
    first = load_prospect("p", library, cache_folder=cache)
    assert load_prospect("p", library, cache_folder=cache) == first == load_prospect("p", library)
    (ws / "prospects/p.yaml").write_text("name: M\n")
    assert load_prospect("p", library, cache_folder=cache) == load_prospect("p", library)


def test_sealed_value_admits_nothing_but_our_values() -> None:
    class Evil:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return os.system, ("true",)

    assert unseal(seal({"a": (1, "b")}, "k"), "k") == {"a": (1, "b")}
    assert unseal(seal(Evil(), "k"), "k") is None
    assert unseal(seal(pickle.Pickler, "k"), "k") is None
    assert unseal(seal(1, "k"), "other kind") is None


def test_what_other_code_kept_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    from collateral.model import sealed

    kept = sealed.seal(("a",), "kind")
    assert sealed.unseal(kept, "kind") == ("a",)
    monkeypatch.setattr(sealed, "code_version", lambda: b"other")
    assert sealed.unseal(kept, "kind") is None


class Reduced:
    """Pickles as what it is given says, such as an enumeration's member did up to Python 3.11.3."""

    def __init__(self, *how: object) -> None:
        self.how = how

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return getattr, self.how


def test_member_of_an_enumeration_survives_however_this_python_pickles_it() -> None:
    assert unseal(seal(Severity.WARNING, "k"), "k") is Severity.WARNING
    assert unseal(seal(Reduced(Severity, "WARNING"), "k"), "k") is Severity.WARNING


@pytest.mark.parametrize("how", [(Severity, "mro"), (Library, "__init__"), ("text", "format"), (Severity, 1)])
def test_nothing_else_is_reached_that_way(how: tuple[object, ...]) -> None:
    assert unseal(seal(Reduced(*how), "k"), "k") is None
