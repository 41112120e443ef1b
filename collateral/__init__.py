"""Collateral: tailored decks, proposals and e-mails from approved content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from collateral.version import __version__

if TYPE_CHECKING:
    from collateral.build import Workspace

__all__ = ["Workspace", "__version__"]


def __getattr__(name: str) -> Any:
    # Lazy, so that `collateral --help` does not pay for the engine.
    if name == "Workspace":
        from collateral.build import Workspace

        return Workspace
    raise AttributeError(name)
