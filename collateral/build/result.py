"""What became of one piece."""

from __future__ import annotations

from pathlib import Path

from collateral.diagnostics import Diagnostic
from collateral.diagnostics.lazy_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class PieceResult:
    """One piece: where it is, or why it is not. `status` is "made", "unchanged" or "refused"."""

    prospect: str
    template: str
    piece: str
    status: str
    path: Path | None
    diagnostics: tuple[Diagnostic, ...]
    detail: str = ""  # "11 slides"
    size: int = 0  # bytes

    @property
    def summary(self) -> str:
        """What a person wants to know in one line."""
        parts = [self.piece, self.detail, "unchanged" if self.status == "unchanged" else ""]
        return ", ".join(part for part in parts if part)

    def to_dict(self) -> dict[str, object]:
        """Plain data for --json."""
        return {
            "prospect": self.prospect,
            "template": self.template,
            "piece": self.piece,
            "status": self.status,
            "path": str(self.path) if self.path else None,
            "detail": self.detail,
            "size": self.size,
            "diagnostics": [d.to_dict() for d in self.diagnostics],
        }
