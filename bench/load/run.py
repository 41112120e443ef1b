"""Loading a library cold, warm and after one edit: `python bench/load/run.py [SIZES…]`; one process per measurement."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from make_blocks import make_blocks

SIZES = (100, 1_000, 10_000)
ONE = """
import sys, time
from pathlib import Path
start = time.perf_counter(), time.process_time()
from collateral.load.workspace import load_library
loaded = time.perf_counter(), time.process_time()
library, found = load_library(Path(sys.argv[1]), cache_folder=Path(sys.argv[2]))
end = time.perf_counter(), time.process_time()
assert len(library.blocks) == int(sys.argv[3]) and not [d for d in found if d.severity == "error"], found[:3]
heavy = [name for name in ("yaml", "pydantic", "markdown_it", "jinja2") if name in sys.modules]
print(f"{(end[0] - loaded[0]) * 1000:.1f} {(end[1] - loaded[1]) * 1000:.1f} {(loaded[0] - start[0]) * 1000:.1f} {','.join(heavy) or '-'}")
"""


def measure(root: Path, cache: Path, count: int) -> str:
    """Wall ms, CPU ms, import ms and heavy imports of one load in a fresh process."""
    done = subprocess.run(
        [sys.executable, "-c", ONE, str(root), str(cache), str(count)],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def main(sizes: tuple[int, ...]) -> None:
    """Print the table."""
    print(f"{'blocks':>8} {'what':<10} wall-ms cpu-ms import-ms heavy imports")
    for count in sizes:
        with tempfile.TemporaryDirectory() as folder:
            root, cache = Path(folder) / "ws", Path(folder) / "cache"
            make_blocks(count, root)
            print(f"{count:>8} {'cold':<10} {measure(root, cache, count)}")
            for _ in range(3):
                print(f"{count:>8} {'warm':<10} {measure(root, cache, count)}")
            block = root / "content_blocks/group-0/block-1.md"
            block.write_text(block.read_text().replace("nine months", "ten months"))
            print(f"{count:>8} {'one edit':<10} {measure(root, cache, count)}")


if __name__ == "__main__":
    main(tuple(int(a) for a in sys.argv[1:]) or SIZES)
