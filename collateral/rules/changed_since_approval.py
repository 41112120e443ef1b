"""Promise 1: an approval is for exactly the content it was given for, and for what its claims said."""

from __future__ import annotations

from collections.abc import Iterator

from collateral.diagnostics import Diagnostic, Severity, Span
from collateral.diagnostics.lazy_dataclass import replace
from collateral.model.library import Approval, Block
from collateral.rules.rule import Rule, View, span_of

ID = "changed-since-approval"


def check(view: View) -> Iterator[Diagnostic]:
    """Blocks whose content, or a claim they rest on, is not as it was approved."""
    for block in view.blocks if view.library.policy.approvals_required else ():
        approval = view.library.approvals.get((block.id, block.language))
        if approval is None or block.internal:
            continue
        changed = approval.changed_claims(view.library.claims)
        if approval.digest != block.digest:
            yield _found(block, approval, "", approval.at, "the approval")
        elif changed:
            what = f'the claim "{changed[0]}" of '
            yield _found(block, approval, what, view.library.claims[changed[0]].at, "the claim")


def _found(block: Block, approval: Approval, what: str, at: Span | None, note: str) -> Diagnostic:
    message = (
        f'{what}"{block.id}" ({block.language}) was changed after {approval.by} approved it on {approval.on}'
    )
    hint = f"look at the change, then collateral approve {block.id} --by NAME"
    return replace(Diagnostic.warning(ID, message, span_of(block, "id"), hint), notes=((note, at),))


RULE = Rule(ID, "the block or a claim of it was changed after its approval", Severity.WARNING, check)
