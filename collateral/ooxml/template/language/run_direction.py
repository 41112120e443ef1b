"""The properties of a run of Word that is like another one but for its direction.

In: a run. Out: XML of its properties with the direction turned. Word takes bold, italic and size of text from right to left from
properties of their own (`w:bCs`, `w:iCs`, `w:szCs`): where a run names only one kind, the other one is said alike.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Final

from lxml import etree

from collateral.ooxml.names import qn
from collateral.ooxml.template.language.tags import may_hold_tags

_RTL: Final = qn("w:rtl")
_OFF: Final = ("0", "false", "off")
_BEHIND: Final = frozenset(
    map(qn, ("w:cs", "w:em", "w:lang", "w:eastAsianLayout", "w:specVanish", "w:oMath", "w:rPrChange"))
)
_PAIRS: Final = ((qn("w:b"), qn("w:bCs")), (qn("w:i"), qn("w:iCs")), (qn("w:sz"), qn("w:szCs")))


def is_turned(run: etree._Element) -> bool:
    """Whether the run itself says that it runs from right to left."""
    said = run.find(f"{qn('w:rPr')}/{_RTL}")
    return said is not None and said.get(qn("w:val"), "1") not in _OFF


def turned_properties(run: etree._Element) -> etree._Element | None:
    """The run's properties with the direction turned, inside the run for the moment; None where a tag in them is filled later."""
    own = run.find(qn("w:rPr"))
    if own is not None and any(
        may_hold_tags(str(value)) for each in own.iter() for value in each.attrib.values()
    ):
        return None
    made = deepcopy(own) if own is not None else etree.Element(qn("w:rPr"))
    run.insert(0, made)
    for said in made.findall(_RTL):
        made.remove(said)
    if own is None or not is_turned(run):
        later = next((at for at, each in enumerate(made) if each.tag in _BEHIND), len(made))
        made.insert(later, etree.Element(_RTL))
    for plain, complex_script in _PAIRS:
        _say_both(made, plain, complex_script)
    return made


def _say_both(properties: etree._Element, plain: str, complex_script: str) -> None:
    own, other = properties.find(plain), properties.find(complex_script)
    if own is not None and other is None:
        own.addnext(_named(own, complex_script))
    elif other is not None and own is None:
        other.addprevious(_named(other, plain))


def _named(element: etree._Element, name: str) -> etree._Element:
    """A copy of the element under another name."""
    made = deepcopy(element)
    made.tag = name
    return made
