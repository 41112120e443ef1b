"""The `collateral` group: a table of commands whose modules are imported only when they run."""

from __future__ import annotations

import importlib
from typing import Any

import click

from collateral.cli.context import reader_may_leave
from collateral.version import __version__

# command: (module, one line for --help)
COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("init", "Make a new workspace that works."),
    "generate": ("generate", "Make the pieces for one or more prospects."),
    "explain": ("explain", "Tell what is picked and why, what is not and what it would take."),
    "check": ("check", "Check every block, template, prospect and campaign."),
    "approve": ("approve", "Record that blocks are approved exactly as they are now."),
    "campaign": ("campaign", "Run a template over many prospects."),
    "verify": ("verify", "Tell what in a finished piece was edited or is no longer approved."),
    "fill": ("fill", "Fill any tagged .pptx or .docx with any data."),
    "inspect": ("inspect", "Tell what a .pptx or .docx needs and holds."),
    "schema": ("schema", "Print the JSON Schema of a file kind."),
    "doctor": ("doctor", "Tell whether this machine and workspace are in order."),
}

EPILOG = "Start with `collateral init`, or see one prospect's pieces with `collateral generate PROSPECT`."


class LazyGroup(click.Group):
    """A group that lists its commands from the table and imports one only to run it."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        with reader_may_leave():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        with reader_may_leave():
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"collateral.cli.commands.{COMMANDS[cmd_name][0]}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from collateral.diagnostics.hints import closest

            near = closest(args[0], COMMANDS)
            hint = f" (did you mean '{near}'?)" if near else ""
            raise click.UsageError(f"no such command '{args[0]}'{hint}", ctx) from error


@click.group(
    cls=LazyGroup,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="collateral")
@click.option(
    "-w",
    "--workspace",
    metavar="DIR",
    help="The workspace; by default the nearest folder upwards that has a collateral.yaml.",
)
@click.pass_context
def cli(ctx: click.Context, workspace: str | None) -> None:
    """Tailored decks, proposals and e-mails from approved content."""
    ctx.obj = workspace
