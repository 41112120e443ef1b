"""Every test is run: pytest leaves out folders by their names, `build` among them unless told otherwise."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]


def test_pytest_looks_into_every_folder_of_tests(request: pytest.FixtureRequest) -> None:
    left_out = request.config.getini("norecursedirs")
    folders = {part for file in TESTS.rglob("test_*.py") for part in file.relative_to(TESTS).parts[:-1]}
    assert "build" in folders
    assert not {folder for folder in folders for pattern in left_out if fnmatch(folder, pattern)}
