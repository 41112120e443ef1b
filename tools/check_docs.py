"""Checks that the docs are true: links lead somewhere, every command, option, exit code, rule and filter is described.

`--write` rewrites the generated pages (docs/reference/commands.md, docs/reference/rules.md) instead of comparing them.
"""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parents[1]
LINK = re.compile(r"\]\(([^)#\s]+)(#[^)\s]*)?\)")
CODE = re.compile(r"`+[^`]*`+")
REFERENCE = ROOT / "docs" / "reference"


def main() -> int:
    """Print what is wrong; 1 when anything is."""
    if "--write" in sys.argv:
        for path, text in generated().items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    problems = [*broken_links(), *stale_pages(), *undescribed()]
    for problem in problems:
        print(problem)
    print(f"docs: {len(problems)} problems" if problems else "docs: true")
    return 1 if problems else 0


def pages() -> list[Path]:
    """Every Markdown page we publish."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def broken_links() -> Iterator[str]:
    """A line for each relative link that leads nowhere."""
    for page in pages():
        for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
            for target, _ in LINK.findall(CODE.sub("", line)):
                if (
                    "://" not in target
                    and not target.startswith("mailto:")
                    and not (page.parent / target).exists()
                ):
                    yield f"{page.relative_to(ROOT)}:{number}: no such file: {target}"


def stale_pages() -> Iterator[str]:
    """A line for each generated page that is not current."""
    for path, text in generated().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            yield f"{path.relative_to(ROOT)}: not current; run `python tools/check_docs.py --write`"


def undescribed() -> Iterator[str]:
    """A line for each filter, function and exit code the hand-written reference does not mention."""
    from collateral.cli.exits import MEANING
    from collateral.expressions import FILTERS, FUNCTIONS

    expressions = (REFERENCE / "expressions.md").read_text(encoding="utf-8")
    for name in sorted({*FILTERS, *FUNCTIONS}):
        if f"`{name}" not in expressions:
            yield f"docs/reference/expressions.md: does not describe `{name}`"
    codes = (REFERENCE / "exit-codes.md").read_text(encoding="utf-8")
    for code, meaning in MEANING.items():
        if f"| {int(code)} | {meaning} |" not in codes:
            yield f"docs/reference/exit-codes.md: does not say `| {int(code)} | {meaning} |`"


def generated() -> dict[Path, str]:
    """The generated pages."""
    return {REFERENCE / "commands.md": commands_page(), REFERENCE / "rules.md": rules_page()}


def commands_page() -> str:
    """Every command with its help, as the terminal shows it."""
    from collateral.cli.app import COMMANDS, cli

    parts = [
        "# Commands\n",
        "This page is generated from the commands' own help.\n",
        _help(cli, "collateral"),
    ]
    for name, (module, _) in COMMANDS.items():
        command = importlib.import_module(f"collateral.cli.commands.{module}").command
        parts.append(_help(command, f"collateral {name}"))
        if isinstance(command, click.Group):
            parts += [_help(sub, f"collateral {name} {key}") for key, sub in sorted(command.commands.items())]
    return "\n".join(parts)


def _help(command: click.Command, name: str) -> str:
    context = click.Context(
        command, info_name=name, max_content_width=100, terminal_width=100, help_option_names=["-h", "--help"]
    )
    return f"## {name}\n\n```\n{command.get_help(context)}\n```\n"


def rules_page() -> str:
    """Every rule of `collateral check`, each under a heading of its own, so that reports can link to it."""
    from collateral.rules.reference import rules_reference

    intro = "Every rule of `collateral check`. This page is generated from the rules themselves.\n"
    return f"# Rules\n\n{intro}\n{rules_reference()}"


if __name__ == "__main__":
    raise SystemExit(main())
