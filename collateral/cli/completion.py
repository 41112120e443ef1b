"""Shell completion of ids: what lies in the workspace the user stands in. Says nothing where there is none."""

from __future__ import annotations

from pathlib import Path

import click


def prospects(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Ids of prospects that begin with what was typed."""
    return _stems(ctx, "prospects", "*.yaml", incomplete)


def templates(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Ids of templates that begin with what was typed."""
    return _stems(ctx, "templates", "*.yaml", incomplete)


def blocks(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Ids of blocks, also in one language, that begin with what was typed."""
    return _stems(ctx, "content_blocks", "**/*.md", incomplete)


def _stems(ctx: click.Context, folder: str, pattern: str, incomplete: str) -> list[str]:
    from collateral.build import find_workspace

    given: str | None = ctx.find_root().obj
    root = Path(given) if given else find_workspace(Path.cwd())
    if root is None:
        return []
    return sorted({p.stem for p in (root / folder).glob(pattern) if p.stem.startswith(incomplete)})
