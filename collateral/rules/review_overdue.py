"""Content that nobody looked at for long goes stale."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from collateral.diagnostics import Diagnostic, Severity
from collateral.rules.rule import Rule, View, span_of

ID = "review-overdue"


def check(view: View) -> Iterator[Diagnostic]:
    """Blocks past their `review_by`, or approved longer ago than the policy's `review_after`."""
    limit = view.library.policy.review_after_days
    for block in view.blocks:
        approval = view.library.approvals.get((block.id, block.language))
        if block.review_by is not None and view.says(block, "review_by"):
            due, where = block.review_by, "review_by"
        elif approval is not None and limit is not None:
            due, where = approval.on + timedelta(days=limit), "id"
        else:
            continue
        if due < view.as_of:
            message = f'"{block.id}" ({block.language}) should have been looked at by {due}'
            who = f" {block.owner}" if block.owner else ""
            yield Diagnostic.warning(
                ID, message, span_of(block, where), f"ask{who or ' its owner'} to review it"
            )


RULE = Rule(ID, "the block is due for a review", Severity.WARNING, check)
