"""Approvals as the text of `approvals.yaml`: who approved which block with exactly which content, and on which claims.

Pure: the caller reads and writes the file. What is there already stays as and where it is, so that a change shows as one line.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date

from collateral.model.library import Approval, Block, Library

PATH = "content_blocks/approvals.yaml"
_HEAD = "# Written by `collateral approve`: each line says who approved a block with exactly this content.\n"


def needs_approval(library: Library) -> tuple[Block, ...]:
    """Every block, in every language, whose content is not the approved one, by id and language."""
    return tuple(
        block
        for languages in library.blocks.values()
        for block in languages.values()
        if not is_approved(library, block)
    )


def is_approved(library: Library, block: Block) -> bool:
    """Whether a person approved exactly this content, and the claims it rests on still say what they said."""
    approval = library.approvals.get((block.id, block.language))
    return (
        approval is not None
        and approval.digest == block.digest
        and not approval.changed_claims(library.claims)
    )


def approve(library: Library, blocks: Sequence[Block], *, by: str, on: date) -> str:
    """The new text of approvals.yaml with these blocks approved; entries and their order are kept, new ones come last."""
    fresh = {(b.id, b.language): _approval(library, b, by, on) for b in blocks}
    kept = [fresh.pop(key, approval) for key, approval in library.approvals.items()]
    added = sorted(fresh.values(), key=lambda a: (a.block, a.language))
    return write_approvals([*kept, *added], library.default_language)


def _approval(library: Library, block: Block, by: str, on: date) -> Approval:
    claims = {id: library.claims[id].digest for id in sorted(block.claims) if id in library.claims}
    return Approval(block.id, block.language, block.digest, by, on, claims=claims)


def write_approvals(approvals: Iterable[Approval], default_language: str) -> str:
    """The text of approvals.yaml, one line for each."""
    lines = [_line(approval, default_language) for approval in approvals]
    return _HEAD + ("\n".join(lines) if lines else "[]") + "\n"


def _line(approval: Approval, default_language: str) -> str:
    language = f", language: {approval.language}" if approval.language != default_language else ""
    by = json.dumps(approval.by, ensure_ascii=False)
    claims = ", ".join(f'{json.dumps(id)}: "{digest}"' for id, digest in approval.claims.items())
    rest = f", claims: {{{claims}}}" if claims else ""
    on = approval.on.isoformat()
    return f"- {{block: {approval.block}{language}, digest: {approval.digest}, by: {by}, on: {on}{rest}}}"
