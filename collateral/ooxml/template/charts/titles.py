"""Titles and labels of a chart that show what a cell of its sheet holds.

In: a chart's tree. Out: the same tree: a title that shows the name of a series goes on doing so, with a hook; all others become plain
text, for what their cells will hold is not known. Equations of trend lines go where they are texts. Compile time only.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy

from lxml import etree

from collateral.ooxml.names import qn
from collateral.ooxml.template.language.marks import Marks, instruction
from collateral.ooxml.template.language.ops import Hook

_FORMULA = f"{qn('c:tx')}/{qn('c:strRef')}/{qn('c:f')}"


def free_texts(root: etree._Element, marks: Marks) -> None:
    """Make texts that come from cells plain text, but for names of series."""
    _drop_equations(root)
    names = {_cell(series) for series in root.iter(qn("c:ser"))}
    for text in list(root.iter(qn("c:tx"))):
        parent, reference = text.getparent(), text.find(qn("c:strRef"))
        if parent is None or reference is None or parent.tag not in (qn("c:title"), qn("c:dLbl")):
            continue
        if parent.tag == qn("c:dLbl") or _cell(parent) not in names:
            _make_literal(text, reference, parent.find(qn("c:txPr")))
            marks.changed = True


def _drop_equations(root: etree._Element) -> None:
    """The equation of a trend line that somebody wrote over is that of the old data; without it, it is worked out."""
    for label in root.iter(qn("c:trendlineLbl")):
        text = label.find(qn("c:tx"))
        if text is not None and "{" not in _shown(text):
            label.remove(text)


def fixed_labels(series: etree._Element) -> list[str]:
    """The labels of single points that say a number, whatever the data are."""
    texts = [_shown(label) for label in series.iterfind(f"{qn('c:dLbls')}/{qn('c:dLbl')}/{qn('c:tx')}")]
    return [text for text in texts if any(map(str.isdigit, text))]


def _shown(text: etree._Element) -> str:
    """The text without fields, which show what the data say."""
    return "".join(run.findtext(qn("a:t")) or "" for run in text.iter(qn("a:r")))


def hook_titles(root: etree._Element, series: Sequence[etree._Element], marks: Marks) -> None:
    """Let titles show the names these series will have."""
    names = [_cell(one) for one in series]
    for title in root.iter(qn("c:title")):
        text, cell = title.find(qn("c:tx")), _cell(title)
        if text is not None and cell and cell in names:
            hook = Hook("series_name", names.index(cell))
            text.addprevious(instruction(marks.add("hook", note=hook)))
            title.remove(text)


def _cell(owner: etree._Element) -> str:
    """The cell a title or the name of a series is taken from, "" when it is from none."""
    return (owner.findtext(_FORMULA) or "").replace("$", "").casefold()


def _make_literal(text: etree._Element, reference: etree._Element, look: etree._Element | None) -> None:
    """`c:tx` with the text it shows, in the look of `c:txPr`."""
    shown = "".join(v.text or "" for v in reference.iter(qn("c:v")))
    rich = etree.SubElement(text, qn("c:rich"))
    for child in look if look is not None else ():
        rich.append(deepcopy(child))
    if look is None:
        for name in ("a:bodyPr", "a:lstStyle", "a:p"):
            etree.SubElement(rich, qn(name))
    paragraph = rich.find(qn("a:p"))
    if paragraph is not None:
        for end in paragraph.findall(qn("a:endParaRPr")):
            paragraph.remove(end)
        run = etree.SubElement(paragraph, qn("a:r"))
        etree.SubElement(run, qn("a:t")).text = shown
    text.remove(reference)
