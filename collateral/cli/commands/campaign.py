"""`collateral campaign`: templates over many prospects."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

import click

from collateral.cli.context import cache_folder, open_workspace, print_diagnostics, today
from collateral.cli.exits import Exit
from collateral.cli.iso_date import IsoDate
from collateral.diagnostics import has_errors


@click.group(
    name="campaign", epilog="Example: collateral campaign run campaigns/spring-retail.yaml -o out/spring"
)
def command() -> None:
    """Run a template over many prospects, from a CSV as a CRM exports it."""


@command.command(epilog="Example: collateral campaign check campaigns/spring-retail.yaml")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--as-of", type=IsoDate(), help="The day that decides what is valid; today by default.")
@click.pass_context
def check(ctx: click.Context, file: Path, as_of: date | None) -> None:
    """Check FILE and every row of its CSV without making anything."""
    from collateral.campaign import check_campaign

    workspace = open_workspace(ctx)
    report, found = check_campaign(workspace, file.resolve(), as_of=as_of or today())
    print_diagnostics(found, root=workspace.root)
    if report is None:
        ctx.exit(Exit.PROBLEMS)
    for remark in report.remarks:
        piece = f"{remark.template}: " if remark.template else ""
        click.echo(f"{report.csv}:{remark.line}: warning: {piece}{remark.text}")
    for bad in report.set_aside:
        piece = f"{bad.template}: " if bad.template else ""
        click.echo(f"{report.csv}:{bad.line}: {piece}{bad.reason}")
    click.echo(report.summary)
    ctx.exit(Exit.PROBLEMS if report.set_aside or has_errors(found) else Exit.FINE)


@command.command(
    epilog="Example: collateral campaign run campaigns/spring-retail.yaml -o out/spring --workers 4"
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Where the pieces go; out/CAMPAIGN by default."
)
@click.option(
    "--workers", type=click.IntRange(1, 256), help="Processes side by side; the number of cores by default."
)
@click.option("--as-of", type=IsoDate(), help="The day that decides what is valid; today by default.")
@click.option(
    "--resume/--fresh",
    default=True,
    show_default=True,
    help="Skip what is already made, or make everything again.",
)
@click.pass_context
def run(
    ctx: click.Context, file: Path, output: Path | None, workers: int | None, as_of: date | None, resume: bool
) -> None:
    """Make the pieces for every good row of FILE; bad rows are set aside in a CSV with the reason."""
    from collateral.campaign import run_campaign

    workspace = open_workspace(ctx)
    folder = output or Path("out") / file.stem
    with _Progress() as progress:
        try:
            report, found = run_campaign(
                workspace,
                file.resolve(),
                folder=folder,
                as_of=as_of or today(),
                workers=workers or os.cpu_count() or 1,
                resume=resume,
                cache_folder=cache_folder(),
                on_progress=progress.step,
            )
        except KeyboardInterrupt:
            click.echo(
                f"\nstopped: what is made is whole and in {folder}; run again to make the rest", err=True
            )
            ctx.exit(Exit.PROBLEMS)
    print_diagnostics(found, root=workspace.root)
    if report is None:
        ctx.exit(Exit.PROBLEMS)
    click.echo(report.summary)
    if report.set_aside or has_errors(found):
        ctx.exit(Exit.PROBLEMS)
    ctx.exit(Exit.FINE if report.made or report.skipped else Exit.NOTHING)


class _Progress:
    """A bar on a terminal, a plain line every tenth part elsewhere."""

    def __init__(self) -> None:
        self._bar: click._termui_impl.ProgressBar[int] | None = None
        self._shown = 0
        self._terminal = sys.stderr.isatty()

    def __enter__(self) -> _Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.render_finish()

    def step(self, done: int, total: int) -> None:
        """`done` of `total` pieces are finished."""
        if self._terminal:
            if self._bar is None:
                self._bar = click.progressbar(length=total, label="pieces", file=sys.stderr, show_pos=True)
                self._bar.render_progress()
            self._bar.update(done - self._bar.pos)
        elif total and done * 10 // total > self._shown:
            self._shown = done * 10 // total
            click.echo(f"{done} of {total} pieces", err=True)
