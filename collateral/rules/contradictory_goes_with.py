"""A block cannot need another and rule it out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from collateral.diagnostics import Diagnostic, Severity
from collateral.model.library import Block, BlockId
from collateral.rules.rule import Rule, View, span_of

ID = "contradictory-goes-with"


def check(view: View) -> Iterator[Diagnostic]:
    """Blocks that bring along, directly or through others, a block they must not appear with."""
    blocks = {block.id: block for block in view.sources}
    for block in view.sources:
        brought = _brought(block, blocks)
        clashes = [
            one
            for one in sorted(brought | {block.id})
            for other in _never(one, blocks)
            if other in brought | {block.id}
        ]
        if clashes:
            message = f'"{block.id}" brings along blocks that must not appear together: {", ".join(dict.fromkeys(clashes))}'
            hint = "remove it from goes_with or from never_with"
            yield Diagnostic.error(ID, message, span_of(block, "goes_with"), hint)


def _brought(block: Block, blocks: Mapping[BlockId, Block]) -> set[BlockId]:
    found: set[BlockId] = set()
    todo = list(block.goes_with)
    while todo:
        id = todo.pop()
        if id not in found:
            found.add(id)
            todo += blocks[id].goes_with if id in blocks else ()
    return found


def _never(id: BlockId, blocks: Mapping[BlockId, Block]) -> tuple[BlockId, ...]:
    return blocks[id].never_with if id in blocks else ()


RULE = Rule(ID, "blocks are both required and ruled out together", Severity.ERROR, check)
