"""Collateral: tailored decks, proposals and e-mails from approved content."""

from __future__ import annotations

from collateral.version import __version__

TYPE_CHECKING = False  # as in `typing`, which is imported after the command has put garbage collection off
if TYPE_CHECKING:
    from collateral.build import Workspace

__all__ = ["Workspace", "__version__"]


def __getattr__(name: str) -> object:
    # Lazy, so that `collateral --help` does not pay for the engine.
    if name == "Workspace":
        from collateral.build import Workspace

        return Workspace
    raise AttributeError(name)
