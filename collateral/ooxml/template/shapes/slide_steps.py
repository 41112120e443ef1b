"""What a slide's tree is prepared with before and after its tags are read: identity lines, text scales, ids, jumps, tags.

In: the tree of a slide or its notes. Out: the same tree with hooks, and what was learned on the way. Compile time only.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from lxml import etree

from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.ooxml.names import qn
from collateral.ooxml.template.language.marks import Marks, instruction, is_instruction
from collateral.ooxml.template.language.ops import Hook
from collateral.ooxml.template.language.scan import bare_xml, join, remove_keeping_tail
from collateral.ooxml.template.shapes.copies import CopySteps
from collateral.ooxml.template.shapes.slide_leads import SlideLeads
from collateral.ooxml.template.shapes.unique_ids import hook_unique_ids, token
from collateral.ooxml.xml import whole_number

_AUTOFIT = (qn("a:noAutofit"), qn("a:normAutofit"), qn("a:spAutoFit"))


@dataclass(slots=True)
class Notes:
    """What the notes of a slide say about it: its `@id` and its `@when`."""

    id: str = ""
    when: str | None = None

    def step(self, root: etree._Element, marks: Marks) -> None:
        """Read the `@id:` and `@when:` lines and take their paragraphs out."""
        for paragraph in list(root.iter(qn("a:p"))):
            _, text = join(paragraph)
            name, colon, value = text.strip().partition(":")
            if not colon or name.strip() not in ("@id", "@when"):
                continue
            if name.strip() == "@id":
                self.id = value.strip()
            else:
                self.when = value.strip()
            drop_paragraph(paragraph)
            marks.changed = True


def drop_paragraph(paragraph: etree._Element) -> None:
    """Take a paragraph out of its text body, which keeps at least an empty one."""
    body = paragraph.getparent()
    if body is None:
        return
    if len(body.findall(qn("a:p"))) > 1:
        remove_keeping_tail(paragraph)
        return
    for child in list(paragraph):
        if child.tag not in (qn("a:pPr"), qn("a:endParaRPr")):
            paragraph.remove(child)


def drop_empty_directive_paragraphs(root: etree._Element, marks: Marks) -> None:
    """Slide directives leave an empty paragraph in the notes or the shape: take it out."""
    for node in list(root.iter(etree.ProcessingInstruction)):
        if not is_instruction(node):
            continue
        tag = marks.of(node).tag
        paragraph = next((a for a in node.iterancestors() if a.tag == qn("a:p")), None)
        if tag is None or tag.prefix not in ("slide", "section") or paragraph is None:
            continue
        others = [n for n in paragraph.iter(etree.ProcessingInstruction) if n is not node]
        _, text = join(paragraph)
        if (
            not text.strip()
            and not others
            and "".join(str(t) for t in paragraph.itertext()).strip() in ("", str(node.text))
        ):
            body = paragraph.getparent()
            if body is not None and len(body.findall(qn("a:p"))) > 1:
                paragraph.addprevious(node)
                remove_keeping_tail(paragraph)


@dataclass(slots=True)
class SlideSteps:
    """Hooks of one slide's tree; `leads` are those of what leads to slides, `drawn` how many paragraphs texts have that move one by one, `copies` places repeated shapes, `tags` is the
    relationship id of what an add-in has noted on the slide."""

    leads: SlideLeads | None
    copies: CopySteps
    drawn: Mapping[str, int] = field(default_factory=dict)
    charts: Collection[str] = ()
    shapes: list[tuple[int, str]] = field(default_factory=list)
    tags: str = ""

    def after(self, root: etree._Element, marks: Marks) -> None:
        """Put all hooks of a slide, once its directives stand where they belong."""
        self.copies.after(root, marks)
        self._fits(root, marks)
        if self.leads is not None:
            self.leads.after(root, marks)
        self._creation(root, marks)
        self._tag_list(root, marks)
        hook_unique_ids(root, marks, self.drawn, self.charts)

    def _fits(self, root: etree._Element, marks: Marks) -> None:
        for body in root.iter(qn("p:txBody")):
            shape = body.getparent()
            if shape is None or not any(is_instruction(n) for n in body.iter(etree.ProcessingInstruction)):
                continue
            properties, named = body.find(qn("a:bodyPr")), shape.find(f"{qn('p:nvSpPr')}/{qn('p:cNvPr')}")
            if properties is None or named is None or not (named.get("id") or "").isdecimal():
                continue
            shape_id = whole_number(named.get("id"))
            self.shapes.append((shape_id, named.get("name") or ""))
            _hook_fit(properties, shape_id, marks)

    def _creation(self, root: etree._Element, marks: Marks) -> None:
        for element in root.iter(qn("p14:creationId")):
            value = element.get("val") or ""
            if value.isdecimal():
                element.set("val", token(marks, Hook("creation", int(value))))

    def _tag_list(self, root: etree._Element, marks: Marks) -> None:
        """Where the slide's tag goes, or stays what an add-in put there."""
        tree = root.find(f"{qn('p:cSld')}/{qn('p:spTree')}")
        if tree is None:
            return
        known = root.find(f"{qn('p:cSld')}/{qn('p:custDataLst')}")
        old = known.find(qn("p:tags")) if known is not None else None
        if known is None:
            hook = Hook("slide_tag", (b"<p:custDataLst>", b"", b"</p:custDataLst>"))
            tree.addnext(instruction(marks.add("hook", note=hook)))
            return
        default = bare_xml(old) if old is not None else b""
        known.append(instruction(marks.add("hook", note=Hook("slide_tag", (b"", default, b"")))))
        if old is not None:
            self.tags = old.get(qn("r:id")) or ""
            known.remove(old)


def _hook_fit(properties: etree._Element, shape_id: int, marks: Marks) -> None:
    old = next((child for child in properties if child.tag in _AUTOFIT), None)
    node = instruction(
        marks.add("hook", note=Hook("fit", (shape_id, bare_xml(old) if old is not None else b"")))
    )
    if old is not None:
        old.addprevious(node)
        properties.remove(old)
    elif len(properties) and properties[0].tag == qn("a:prstTxWarp"):
        properties[0].addnext(node)
    else:
        properties.insert(0, node)


def title_of(root: etree._Element) -> str:
    """The text of a slide's title placeholder, tags as they are written."""
    for shape in root.iter(qn("p:sp")):
        placeholder = shape.find(f"{qn('p:nvSpPr')}/{qn('p:nvPr')}/{qn('p:ph')}")
        if placeholder is not None and placeholder.get("type") in ("title", "ctrTitle"):
            return " ".join(text for p in shape.iter(qn("a:p")) if (text := join(p)[1].strip()))
    return ""


__all__ = [
    "Notes",
    "SlideSteps",
    "drop_empty_directive_paragraphs",
    "title_of",
]
