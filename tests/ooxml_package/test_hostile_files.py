"""Damaged and hostile files never raise and never hang; the long run is bench/fuzz_packages.py."""

from __future__ import annotations

import importlib.util
from itertools import islice
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office_builders import deck, document

SCRIPT = Path(__file__).parents[2] / "bench" / "fuzz_packages.py"


def _fuzzer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("fuzz_packages", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_mutated_packages_are_opened_or_refused(seed: int) -> None:
    fuzzer = _fuzzer()
    outcomes = {fuzzer.exercise(data) for _, data in islice(fuzzer.mutants([deck(), document()], seed), 80)}
    assert {"opened", "damaged-archive"} <= outcomes


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\3\4", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]))
def test_arbitrary_bytes_are_refused_without_raising(data: bytes, head: bytes) -> None:
    assert _fuzzer().exercise(head + data) != "opened"
