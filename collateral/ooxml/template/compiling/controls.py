"""Content controls with tags in them: what they show is the value, and nothing writes over it when the file is opened.

In: the tree of a Word part whose tags are marked. Out: the same tree; such controls are bound to no data any more (Word would show
what its data store says, which is the tag still) and do not count as prompts, which vanish at a click. Boxes to tick are ticked when
their sign says so. Compile time only.
"""

from __future__ import annotations

import re

from lxml import etree

from collateral.ooxml.names import qn
from collateral.ooxml.template.language.marks import Marks, instruction, is_instruction
from collateral.ooxml.template.language.ops import BOX_ENDS, Hook
from collateral.ooxml.template.shapes.unique_ids import token
from collateral.ooxml.xml import escape_text

_BINDINGS = frozenset({"dataBinding", "showingPlcHdr"})
"""Local names: newer files bind in a namespace of their own."""
_DAY = qn("w:fullDate")
"""The day a date's control was set to by hand."""
_STATE = qn("w14:val")
_SYMBOLS = 0xF000  # where the letters of symbol fonts are to be found, too
_CODE = re.compile("[0-9A-Fa-f]{1,5}")
_TICKED, _EMPTY = (
    [letter.encode() for letter in letters]
    for letters in ("\u2611\u2612\u2713\u2714\u2705", "\u2610\u25a1\u25fb")
)
"""What people show in such boxes beside the signs a box has for itself."""


def free_controls(root: etree._Element, marks: Marks) -> None:
    """Take the binding, the prompt and the day chosen before off every control that shows a tag."""
    for properties in list(root.iter(qn("w:sdtPr"))):
        content = properties.getparent().find(qn("w:sdtContent"))  # type: ignore[union-attr]
        if content is None or not _shows_tag(content):
            continue
        for child in list(properties.iterchildren(etree.Element)):
            if etree.QName(child).localname in _BINDINGS:
                properties.remove(child)
            elif child.get(_DAY) is not None:
                del child.attrib[_DAY]
        box = properties.find(qn("w14:checkbox"))
        if box is not None:
            _hook_state(box, content, marks)


def _hook_state(box: etree._Element, content: etree._Element, marks: Marks) -> None:
    """Let a box to tick be ticked as its sign says, which is known behind it."""
    state = box.find(qn("w14:checked"))
    if state is None:
        state = etree.Element(qn("w14:checked"))
        box.insert(0, state)
    drawn = "1" if state.get(_STATE) in ("1", "true", "on") else "0"
    state.set(_STATE, token(marks, Hook("checked_place", drawn.encode())))
    ticked, empty = (_forms(box.find(qn(f"w14:{name}"))) for name in ("checkedState", "uncheckedState"))
    signs = (*ticked, *(sign for sign in _TICKED if sign not in empty)), (*empty, *_EMPTY)
    home = next(reversed(list(content.iter(qn("w:p")))), content)
    home.append(instruction(marks.add("hook", note=Hook(BOX_ENDS, signs))))


def _forms(sign: etree._Element | None) -> tuple[bytes, ...]:
    """How XML may have the sign of a state: as a letter, or as a symbol of a font."""
    code = (sign.get(_STATE) or "") if sign is not None else ""
    number = int(code, 16) if _CODE.fullmatch(code) else 0
    own = [escape_text(chr(number)).encode()] if number > 0x20 and not 0xD800 <= number < 0xE000 else []
    own += [b'w:char="%04X"' % each for each in (number, number | _SYMBOLS) if 0 < each < 0x10000]
    return tuple(own)


def _shows_tag(content: etree._Element) -> bool:
    """Whether a tag is in the control itself; those of a control in it are that one's."""
    return any(
        is_instruction(node) and next(node.iterancestors(qn("w:sdtContent"))) is content
        for node in content.iter(etree.ProcessingInstruction)
    )
