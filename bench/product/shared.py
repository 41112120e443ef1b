"""The shared bench, where it is there: copied to build/bench, its tools installed, its templates built, ours added.

In: the repository. Out: the tools (ours, the floor, the peers) of one job, as `workers.Tool`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from workers import Tool

FLOOR = "floor (ISA-L)"
FLOOR_ZLIB = "floor (zlib)"
ENGINE = "ours: engine"
ENGINE_ZLIB = "ours: engine, without ISA-L"
# runs a script as if the ISA-L package were not installed
_WITHOUT_ISAL = "import sys, runpy; sys.modules['isal'] = None; sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name='__main__')"
PEERS = {
    "deck": {"python-pptx": "t_pptx_naive", "docxtemplater": "js", "carbone": "js", "pptx-automizer": "js"},
    "prop": {"python-docx": "t_docx_naive", "docxtpl": "t_docxtpl", "docxtemplater": "js", "carbone": "js"},
}
SCRIPTS = {"pptx-automizer": "automizer"}


def prepare(source: Path, folder: Path, *, node: bool) -> str | None:
    """Make `folder` ready once; None when it is, else why it cannot be."""
    if not (folder / "py").is_dir():
        if not source.is_dir():
            return f"there is no '{source}'"
        shutil.copytree(source, folder, dirs_exist_ok=True)
        subprocess.run(["chmod", "-R", "u+w", str(folder)], check=True)
    try:
        if not (folder / "venv/bin/python").exists():
            _quietly([sys.executable, "-m", "venv", str(folder / "venv")], folder)
            wanted = (
                "python-pptx",
                "python-docx",
                "docxtpl",
                "jinja2",
                "lxml",
                "isal",
                "zlib-ng",
                "deflate",
                "pillow",
            )
            _quietly([str(folder / "venv/bin/pip"), "-q", "install", *wanted], folder)
        if node and shutil.which("npm") and not (folder / "node/node_modules").is_dir():
            _quietly(["npm", "init", "-y"], folder / "node")
            packages = ("docxtemplater", "pizzip", "pptx-automizer", "carbone")
            _quietly(["npm", "install", "--no-audit", "--no-fund", *packages], folder / "node")
        if not (folder / "out/_sample.prop.docx").exists():
            _quietly(["bash", "run.sh", "build"], folder)
        _quietly([sys.executable, str(Path(__file__).parents[1] / "engine/build_templates.py")], folder)
    except subprocess.CalledProcessError as error:
        return f"{' '.join(map(str, error.cmd[:3]))}: {(error.stderr or '').strip()[-300:]}"
    return None


def _quietly(command: list[str], folder: Path) -> None:
    env = {**os.environ, "PERF_ROOT": str(_root(folder)), "PERF_OUT": str(_root(folder) / "out")}
    subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True, env=env)


def _root(folder: Path) -> Path:
    return folder.parent if folder.name == "node" else folder


def tools(folder: Path, variant: str, records: int = 40) -> list[Tool]:
    """The floor, our engine and the peers for one variant of a job."""
    env = {"PERF_ROOT": str(folder), "PERF_OUT": str(folder / "out")}
    tail = (variant, str(records))
    python, work = str(folder / "venv/bin/python"), folder / "py"
    engine = str(Path(__file__).parents[1] / "engine/worker.py")
    found = [
        Tool(FLOOR, (python, "worker.py", "t_limit:bcode_isal1", *tail), work, env),
        Tool(FLOOR_ZLIB, (python, "worker.py", "t_limit:bcode_zlib6", *tail), work, env),
        Tool(ENGINE, (sys.executable, engine, *tail), work, env),
        Tool(ENGINE_ZLIB, (sys.executable, "-c", _WITHOUT_ISAL, engine, *tail), work, env),
    ]
    for name, module in PEERS["deck" if variant.startswith("deck") else "prop"].items():
        if module != "js":
            found.append(Tool(name, (python, "worker.py", module, *tail), work, env))
        elif (folder / "node/node_modules").is_dir() and shutil.which("node"):
            script = SCRIPTS.get(name, name)
            command = ("node", "--no-warnings", str(folder / "node/worker.js"), script, *tail)
            found.append(Tool(name, command, folder / "node", env))
    return found
