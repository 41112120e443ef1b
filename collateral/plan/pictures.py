"""Pictures of a block, named from the workspace's root instead of the block's folder."""

from __future__ import annotations

import posixpath

from collateral.diagnostics.lazy_dataclass import replace
from collateral.model import content as c
from collateral.plan.patterns import whole_tag


def rebased(content: c.FormContent, block_path: str) -> c.FormContent:
    """The content of a form with every picture file's path relative to the workspace; tags stay as they are."""
    folder = posixpath.dirname(block_path)
    slides = tuple(replace(slide, nodes=_nodes(slide.nodes, folder)) for slide in content.slides)
    return replace(content, slides=slides, nodes=_nodes(content.nodes, folder))


def _nodes(nodes: c.Nodes, folder: str) -> c.Nodes:
    return tuple(_node(node, folder) for node in nodes)


def _node(node: c.Node, folder: str) -> c.Node:
    match node:
        case c.Picture() if whole_tag(node.source) is None:
            return replace(node, source=posixpath.normpath(posixpath.join(folder, node.source)))
        case c.If():
            return replace(node, branches=tuple((test, _nodes(body, folder)) for test, body in node.branches))
        case c.For():
            return replace(node, body=_nodes(node.body, folder))
        case _:
            return node
