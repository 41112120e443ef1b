"""The prefixes filling writes without saying what they mean, made to mean it in every part that is compiled.

In: the root of a part as somebody's program wrote it, whatever prefixes it chose. Out: a root with the same content under
the prefixes Office itself uses. Compile time only.
"""

from __future__ import annotations

from typing import Final

from lxml import etree

from collateral.ooxml.names import NAMESPACES

_WRITTEN: Final = {prefix: NAMESPACES[prefix] for prefix in ("a", "c", "cx", "p", "r", "w", "wp", "pic")}
_NEEDED: Final = {
    NAMESPACES["c"]: ("a", "c", "r"),
    NAMESPACES["cx"]: ("a", "cx", "r"),
    NAMESPACES["p"]: ("a", "p", "r"),
    NAMESPACES["w"]: ("w", "r"),
}
"""What is written into a part, by its root's namespace; in others only what they declare themselves gets its prefix."""


def with_usual_prefixes(root: etree._Element) -> etree._Element:
    """The root itself when its prefixes are Office's; else a new one that its content was moved to."""
    declared = root.nsmap
    wanted = {prefix: uri for prefix, uri in _WRITTEN.items() if uri in declared.values()}
    namespace = etree.QName(root).namespace or ""
    wanted |= {prefix: NAMESPACES[prefix] for prefix in _NEEDED.get(namespace, ())}
    if all(declared.get(prefix) == uri for prefix, uri in wanted.items()):
        return root
    kept = {prefix: uri for prefix, uri in declared.items() if uri not in wanted.values()}
    made = etree.Element(root.tag, dict(root.attrib), nsmap={**kept, **wanted})  # type: ignore[dict-item, misc]
    made.text = root.text
    made.extend(list(root))
    return made
