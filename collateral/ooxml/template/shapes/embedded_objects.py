"""Embedded objects of a slide that may be left out: each is shown by a picture of its own.

PowerPoint writes an object twice: for older programs its picture stands in a drawing all objects of the slide share, for newer ones beside
the object. From the shared drawing nothing can be taken out with an object, so on such a slide the objects are written the newer way alone.

In: a slide's tree whose directives stand where they belong. Out: the same tree. Compile time only.
"""

from __future__ import annotations

from lxml import etree

from collateral.ooxml.names import qn
from collateral.ooxml.template.language.marks import Marks
from collateral.ooxml.template.shapes.unique_ids import with_directives


def own_pictures_of_objects(root: etree._Element, marks: Marks) -> None:
    """Write embedded objects the newer way alone where a directive may leave one out."""
    governed = any(
        open_ and node.tag == qn("p:oleObj") and node.get("spid")
        for node, open_ in with_directives(root, marks)
    )
    for both in list(root.iter(qn("mc:AlternateContent"))) if governed else ():
        older, newer = both.find(f"{qn('mc:Choice')}/{qn('p:oleObj')}"), both.find(qn("mc:Fallback"))
        if older is None or newer is None or newer.find(f"{qn('p:oleObj')}/{qn('p:pic')}") is None:
            continue
        for child in list(newer):
            both.addprevious(child)
        both.getparent().remove(both)  # type: ignore[union-attr]
