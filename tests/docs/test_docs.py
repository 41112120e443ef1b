"""The docs do what they say: their Python runs, their links lead somewhere, their reference is current."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from docx import Document

ROOT = Path(__file__).resolve().parents[2]
PYTHON = re.compile(r"```python\n(.*?)```", re.DOTALL)


@pytest.mark.parametrize("number", [0, 1])
def test_python_of_the_reference_runs(sample: Path, number: int) -> None:
    document = Document()
    document.add_paragraph("Dear {{ name }}")
    document.save(str(sample / "letter.docx"))
    code = PYTHON.findall((ROOT / "docs/reference/python.md").read_text(encoding="utf-8"))[number]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=sample, env=environment, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert list(sample.glob("out/van-dijk/*.eml" if number == 0 else "letter-els.docx"))


def test_docs_check_finds_nothing() -> None:
    run = subprocess.run(
        [sys.executable, ROOT / "tools/check_docs.py"], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout
