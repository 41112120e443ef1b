"""Promise 1: an approval is for exactly the content it was given for."""

from __future__ import annotations

from collections.abc import Iterator

from collateral.diagnostics import Diagnostic, Severity
from collateral.diagnostics.lazy_dataclass import replace
from collateral.rules.rule import Rule, View, span_of

ID = "changed-since-approval"


def check(view: View) -> Iterator[Diagnostic]:
    """Blocks whose content is not the approved one."""
    for block in view.blocks if view.library.policy.approvals_required else ():
        approval = view.library.approvals.get((block.id, block.language))
        if approval is not None and approval.digest != block.digest and not block.internal:
            message = f'"{block.id}" ({block.language}) was changed after {approval.by} approved it on {approval.on}'
            hint = f"look at the change, then collateral approve {block.id} --by NAME"
            found = Diagnostic.warning(ID, message, span_of(block, "id"), hint)
            yield replace(found, notes=(("the approval", approval.at),))


RULE = Rule(ID, "the block was changed after its approval", Severity.WARNING, check)
