"""Picture and chart tags: a lone tag at the start of a picture's alt text or name says what takes its place.

In: a part's tree. Out: the same tree with hooks where the picture's file, crop and size are written, and with the tag out
of the alt text (what follows it stays as the alt text). Whether the value is a picture is known when a piece is made: text
stays alt text. Compile time only; `wiring` does the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy

from lxml import etree

from collateral.diagnostics import Diagnostic, Place
from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.diagnostics.lazy_namedtuple import NamedTuple
from collateral.expressions import Expression, parse
from collateral.expressions import nodes as n
from collateral.expressions.unparse import unparse
from collateral.ooxml.names import DECORATIVE, qn
from collateral.ooxml.template.language.calls import CHART, FIT_HINT, PICTURE, drawn_instead, wrong_fit
from collateral.ooxml.template.language.marks import Marks, instruction, is_instruction
from collateral.ooxml.template.language.ops import CHART as CHART_HOOK
from collateral.ooxml.template.language.ops import Hook
from collateral.ooxml.template.language.scan import bare_xml
from collateral.ooxml.template.language.tags import Tag, find_tags, may_hold_tags
from collateral.ooxml.template.pictures.fills import hook_fill, is_filled_with_picture, says_nothing
from collateral.ooxml.template.pictures.placeholders import fill_placeholders_with_pictures
from collateral.ooxml.xml import whole_number

_NAMED = (qn("p:cNvPr"), qn("wp:docPr"), qn("pic:cNvPr"))
_OUTER = {
    qn("p:cNvPr"): (qn("p:pic"), qn("p:graphicFrame")),
    qn("wp:docPr"): (qn("wp:inline"), qn("wp:anchor")),
}


@dataclass(slots=True)
class PictureSteps:
    """Finds the picture tags of one part. `frames` are the boxes of the layout's placeholders by idx. `charts` are the relationship
    ids of chart parts that are replaced with the shapes' names. `awaits` says whether placeholders are to be filled: those of a
    layout wait for the pictures of its slides."""

    frames: Mapping[str, tuple[int, int, int, int]] = field(default_factory=dict)
    charts: dict[str, str] = field(default_factory=dict)
    awaits: bool = True
    _awaited: set[etree._Element] = field(default_factory=set)

    def before(self, root: etree._Element, marks: Marks) -> None:
        """Take the picture tags out of names and alt texts and put hooks where they act."""
        self._drop_stand_ins(root, marks)
        self._awaited = fill_placeholders_with_pictures(root) if self.awaits else set()
        for named in list(root.iter(*_NAMED)):
            for attribute in ("descr", "name"):
                value = named.get(attribute) or ""
                if may_hold_tags(value):
                    self._try(named, attribute, value, marks)

    def _drop_stand_ins(self, root: etree._Element, marks: Marks) -> None:
        """The picture that stands for an extended chart in older programs shows the old data: it goes with a chart tag."""
        for both in list(root.iter(qn("mc:AlternateContent"))):
            named = [e for e in both.iter(*_NAMED) if _asks_for_chart(e)]
            stand_in = both.find(qn("mc:Fallback"))
            if not named or stand_in is None or next(both.iter(qn("cx:chart")), None) is None:
                continue
            frame = next(both.iter(qn("p:graphicFrame")), None)
            for child in list(stand_in):
                stand_in.remove(child)
            if frame is not None:
                stand_in.append(_empty_box(frame))
            marks.changed = True

    def _try(self, named: etree._Element, attribute: str, value: str, marks: Marks) -> None:
        tags, problems = find_tags(value)
        lone = bool(tags) and not problems and tags[0].kind == "value" and not value[: tags[0].start].strip()
        if not lone or (attribute == "name" and value[tags[0].end :].strip()):
            return
        owner, asks = (
            _owner(named),
            isinstance(tags[0].body, str) and tags[0].body.lstrip().startswith("chart("),
        )
        if owner is None and not asks:
            return
        place = Place(marks.file, part=marks.part, slide=marks.slide, shape=named.get("name"))
        wanted, found = _parsed(tags[0], place)
        if wanted is None:
            marks.problems += found
            named.set(attribute, value[tags[0].end :].strip())
            return
        rest = value[tags[0].end :].strip()
        chart = _chart_of(owner) if owner is not None else None
        if asks and chart is None:
            shape = named.get("name") or ""
            message = f'"{shape}" is no chart whose data can be replaced'
            hint = "put the tag into the alt text of a chart; SmartArt, tables and pictures are none"
            marks.error("chart-unsupported", message, place, hint)
            named.set(attribute, rest)
        elif owner is None:
            return
        elif chart is not None:
            self._chart(
                named,
                attribute,
                rest,
                owner,
                chart,
                Hook(CHART_HOOK, chart, wanted.expression, place, tags[0].text),
                marks,
            )
        elif is_filled_with_picture(owner):
            hook = Hook("picture", wanted.fit != "contain", wanted.expression, place, tags[0].text)
            if says_nothing(owner):
                _drop_without_value(named, tags[0], wanted.text, place, marks)
            self._fill(named, attribute, rest, owner, hook, marks)
        elif (blip := owner.find(f".//{qn('a:blip')}")) is not None:
            hook = Hook("picture", wanted.fit == "cover", wanted.expression, place, tags[0].text)
            self._picture(named, attribute, rest, owner, blip, hook, marks)
            _drop_without_value(named, tags[0], wanted.text, place, marks)

    def _inherit(self, owner: etree._Element) -> None:
        """Write out the box a picture placeholder has from its layout, so that it can be changed."""
        properties, placeholder = (
            owner.find(qn("p:spPr")),
            owner.find(f"{qn('p:nvPicPr')}/{qn('p:nvPr')}/{qn('p:ph')}"),
        )
        if properties is None or placeholder is None or properties.find(qn("a:xfrm")) is not None:
            return
        frame = self.frames.get(placeholder.get("idx") or "0")
        if frame is None:
            return
        transform = etree.Element(qn("a:xfrm"))
        for name, keys, values in (("a:off", ("x", "y"), frame[:2]), ("a:ext", ("cx", "cy"), frame[2:])):
            child = etree.SubElement(transform, qn(name))
            for key, value in zip(keys, values, strict=True):
                child.set(key, str(value))
        properties.insert(0, transform)

    def _chart(
        self,
        named: etree._Element,
        attribute: str,
        rest: str,
        owner: etree._Element,
        rel_id: str,
        hook: Hook,
        marks: Marks,
    ) -> None:
        self.charts[rel_id] = (named.get("name") or "") if attribute == "descr" else "Chart"
        named.set(attribute, rest or self.charts[rel_id])
        owner.addprevious(instruction(marks.add("hook", note=hook)))

    def _picture(
        self,
        named: etree._Element,
        attribute: str,
        rest: str,
        owner: etree._Element,
        blip: etree._Element,
        hook: Hook,
        marks: Marks,
    ) -> None:
        self._inherit(owner)
        covers = bool(hook.argument)
        number = self._hook(named, attribute, rest, owner, _frame(owner), hook, marks)
        _hook_size(owner, number, marks)
        _hook_crop(blip, number, marks, covers=covers)
        _hook_blip(blip, number, marks)

    def _fill(
        self,
        named: etree._Element,
        attribute: str,
        rest: str,
        shape: etree._Element,
        hook: Hook,
        marks: Marks,
    ) -> None:
        placeholder = next(shape.iter(qn("p:ph")), None)
        drawn = _frame(shape)
        frame = (
            drawn
            if drawn[2] or placeholder is None
            else self.frames.get(placeholder.get("idx") or "0", drawn)
        )
        hook_fill(shape, self._hook(named, attribute, rest, shape, frame, hook, marks), frame, marks)

    def _hook(
        self,
        named: etree._Element,
        attribute: str,
        rest: str,
        owner: etree._Element,
        frame: tuple[int, int, int, int],
        hook: Hook,
        marks: Marks,
    ) -> int:
        """Put the hook that takes the picture before what shows it, and its words where they are missing; the picture's number."""
        number = len(marks.all)
        hook.argument = (number, frame, owner in self._awaited, bool(hook.argument))
        owner.addprevious(instruction(marks.add("hook", note=hook)))
        words, name = rest, named.get("name") or ""
        if attribute == "name":
            words, name = named.get("descr") or "", ""  # the name was the tag: it says nothing of the picture
            named.set("name", "Picture")
        if not words and not _is_decoration(named):
            alt = Hook("picture_alt", (number, name))
            words = f"{marks.token}{marks.add('hook', note=alt).id}{marks.token}"
        if words:
            named.set("descr", words)
        return number


def _is_decoration(named: etree._Element) -> bool:
    """Whether the drawing says that nobody need be told of it."""
    return any(mark.get("val") != "0" for mark in named.iter(DECORATIVE))


def _drop_without_value(named: etree._Element, tag: Tag, value: str, place: Place, marks: Marks) -> None:
    """An empty value takes the picture away, so that no sample is shown; what is missing stays an error of its tag."""
    condition = f'if ({value}) is not defined or ({value}) != ""'
    made = marks.add("directive", tag=Tag("directive", "shape", condition, 0, 0, tag.text), place=place)
    behind = sum(1 for child in named if is_instruction(child))
    named.insert(behind, instruction(made))


class _Wanted(NamedTuple):
    """What a lone tag asks for: its expression, also as a text, and how a picture fits its frame, where it says so."""

    expression: Expression
    text: str
    fit: str = ""


def _parsed(tag: Tag, place: Place) -> tuple[_Wanted | None, list[Diagnostic]]:
    """What a lone tag asks for: a chart by its function, a picture by its name or by its function with how it fits."""
    expression, found = parse(tag.body, at=place, functions=CHART | PICTURE)
    if expression is None:
        return None, found
    whole = expression.node
    inner = next((x for x in n.walk(whole) if isinstance(x, n.Call) and x.name in PICTURE), None)
    if inner is None:
        return _Wanted(expression, str(tag.body)), found
    if inner is not whole or (wrong := wrong_fit(inner)):
        message, hint = drawn_instead(inner) if inner is not whole else (wrong, FIT_HINT)
        return None, [Diagnostic.error("tag-misplaced", f'"{tag.text}" {message}', place, hint)]
    text = unparse(inner.args[0])
    shown, found = parse(text, at=place, functions=CHART)
    fit = next((str(value.value) for _, value in inner.named if isinstance(value, n.Const)), "")
    return (_Wanted(shown, text, fit) if shown is not None else None), found


def placeholder_frames(layout: etree._Element) -> dict[str, tuple[int, int, int, int]]:
    """The boxes of a layout's placeholders by idx."""
    found: dict[str, tuple[int, int, int, int]] = {}
    for shape in layout.iter(qn("p:sp"), qn("p:pic")):
        placeholder = next(shape.iter(qn("p:ph")), None)
        frame = _frame(shape)
        if placeholder is not None and frame[2]:
            found[placeholder.get("idx") or "0"] = frame
    return found


def _empty_box(frame: etree._Element) -> etree._Element:
    """What programs that know no extended charts show: a frame with the chart's name."""
    named, place = next(frame.iter(qn("p:cNvPr"))), frame.find(qn("p:xfrm"))
    box = etree.Element(qn("p:sp"))
    head = etree.SubElement(box, qn("p:nvSpPr"))
    for tag in ("p:cNvPr", "p:cNvSpPr", "p:nvPr"):
        etree.SubElement(head, qn(tag))
    for key in ("id", "name"):
        head[0].set(key, named.get(key) or "")
    look = etree.SubElement(box, qn("p:spPr"))
    transform = etree.SubElement(look, qn("a:xfrm"))
    transform.extend(deepcopy(child) for child in (place if place is not None else ()))
    etree.SubElement(etree.SubElement(look, qn("a:prstGeom"), prst="rect"), qn("a:avLst"))
    line = etree.SubElement(etree.SubElement(look, qn("a:ln")), qn("a:solidFill"))
    etree.SubElement(line, qn("a:schemeClr"), val="tx1")
    text = etree.SubElement(box, qn("p:txBody"))
    etree.SubElement(text, qn("a:bodyPr"), anchor="ctr")
    paragraph = etree.SubElement(text, qn("a:p"))
    etree.SubElement(paragraph, qn("a:pPr"), algn="ctr")
    etree.SubElement(etree.SubElement(paragraph, qn("a:r")), qn("a:t")).text = named.get("name")
    return box


def _asks_for_chart(named: etree._Element) -> bool:
    return any("chart(" in (named.get(name) or "").replace(" ", "") for name in ("descr", "name"))


def _owner(named: etree._Element) -> etree._Element | None:
    wanted = _OUTER.get(str(named.tag), (qn("wp:inline"), qn("wp:anchor")))
    return next((a for a in named.iterancestors() if a.tag in wanted or is_filled_with_picture(a)), None)


def _chart_of(owner: etree._Element) -> str | None:
    data = owner.find(f".//{qn('a:graphicData')}")
    charts = [e for e in data if e.tag in (qn("c:chart"), qn("cx:chart"))] if data is not None else []
    return charts[0].get(qn("r:id")) if charts else None


def _frame(owner: etree._Element) -> tuple[int, int, int, int]:
    """The picture's box: x, y, width, height; zero when it is inherited."""
    extent = owner.find(qn("wp:extent"))
    if extent is not None:
        return 0, 0, whole_number(extent.get("cx")), whole_number(extent.get("cy"))
    transform = owner.find(f"{qn('p:spPr')}/{qn('a:xfrm')}")
    if transform is None:
        return 0, 0, 0, 0
    offset, size = transform.find(qn("a:off")), transform.find(qn("a:ext"))
    if offset is None or size is None:
        return 0, 0, 0, 0
    return (
        whole_number(offset.get("x")),
        whole_number(offset.get("y")),
        whole_number(size.get("cx")),
        whole_number(size.get("cy")),
    )


def _hook_size(owner: etree._Element, number: int, marks: Marks) -> None:
    """Sizes and offsets become hooks: 0 x, 1 y, 2 width, 3 height."""
    for element in owner.iter(qn("wp:extent"), qn("a:ext")):
        if element.get("cx") is not None and element.get("cy") is not None:
            _set(element, "cx", number, 2, marks)
            _set(element, "cy", number, 3, marks)
    for element in owner.iter(qn("a:off")):
        if owner.tag == qn("p:pic"):
            _set(element, "x", number, 0, marks)
            _set(element, "y", number, 1, marks)


def _set(element: etree._Element, name: str, number: int, which: int, marks: Marks) -> None:
    hook = Hook("picture_size", (number, which, element.get(name) or "0"))
    element.set(name, f"{marks.token}{marks.add('hook', note=hook).id}{marks.token}")


def _hook_crop(blip: etree._Element, number: int, marks: Marks, *, covers: bool) -> None:
    """The crop is that of the new picture, which has one when it fills its frame."""
    fill = blip.getparent()
    crop = fill.find(qn("a:srcRect")) if fill is not None else None
    if covers or (crop is not None and crop.attrib):
        hook = Hook("picture_part", (number, "crop", bare_xml(crop) if crop is not None else b""))
        blip.addnext(instruction(marks.add("hook", note=hook)))
        if crop is not None:
            crop.getparent().remove(crop)  # type: ignore[union-attr]


def _hook_blip(blip: etree._Element, number: int, marks: Marks) -> None:
    """The whole reference to the file is written when the value is known; effects on the picture stay."""
    effects = b"".join(bare_xml(child) for child in blip if child.tag != qn("a:extLst"))
    hook = Hook("picture_part", (number, "blip", bare_xml(blip), effects))
    blip.addprevious(instruction(marks.add("hook", note=hook)))
    blip.getparent().remove(blip)  # type: ignore[union-attr]
