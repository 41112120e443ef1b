"""What many tests share: a copy of the sample workspace, and the judges that may or may not be on this machine."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from collateral.build import Workspace

ROOT = Path(__file__).resolve().parents[1]
PARTS = ("collateral.yaml", "content_blocks", "templates", "prospects", "campaigns")


@pytest.fixture(scope="session")
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache the whole run shares, so that masters are compiled once."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A copy of the sample workspace that a test may change."""
    folder = tmp_path / "harborline"
    folder.mkdir()
    for name in PARTS:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name)
        else:
            shutil.copy(source, folder / name)
    return folder


@pytest.fixture
def workspace(sample: Path, cache_folder: Path) -> Workspace:
    """The copy, opened."""
    return Workspace(sample, cache_folder=cache_folder)
