"""Packs slides into decks with python-pptx's default master, without the product's own assembly."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pptx
import pytest

from collateral.model.frames import Frame, Layout, LevelStyle, Placeholder
from collateral.ooxml.drawing.slides import SlideXml
from collateral.ooxml.values import RelatedPart

MASTER = Path(pptx.__file__).parent / "templates" / "default.pptx"
_KINDS = {"TITLE": "title", "CENTER_TITLE": "ctrTitle", "BODY": "body", "OBJECT": "obj", "PICTURE": "pic"}
_KINDS |= {"SLIDE_NUMBER": "sldNum", "FOOTER": "ftr", "DATE": "dt", "SUBTITLE": "subTitle"}
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def layout_of(number: int) -> Layout:
    """A layout of the default master as a value."""
    layout = pptx.Presentation(str(MASTER)).slide_layouts[number - 1]
    placeholders = []
    for shape in layout.placeholders:
        kind = _KINDS[shape.placeholder_format.type.name]
        bullets = kind == "obj"
        levels = tuple(
            LevelStyle(bullet=bullets, margin_left=342900 + 400000 * i if bullets else 0) for i in range(9)
        )
        frame = Frame(shape.width, shape.height, shape.left, shape.top, autofit="shrink", levels=levels)
        placeholders.append(Placeholder(shape.placeholder_format.idx, kind, shape.name, frame))
    return Layout(f"/ppt/slideLayouts/slideLayout{number}.xml", layout.name, tuple(placeholders))


class DeckPacker:
    """Writes a .pptx around slides."""

    def __init__(self) -> None:
        with zipfile.ZipFile(MASTER) as source:
            self.parts = {name: source.read(name) for name in source.namelist()}
        self.types: list[str] = []
        self.numbers: dict[str, int] = {}
        self.digests: dict[str, str] = {}

    def pack(self, slides: Sequence[tuple[SlideXml, Layout]]) -> bytes:
        ids, rels = "", ""
        for n, (slide, layout) in enumerate(slides, 1):
            name = f"ppt/slides/slide{n}.xml"
            self.add(
                name, slide.xml, "application/vnd.openxmlformats-officedocument.presentationml.slide+xml"
            )
            own = f'<Relationship Id="rIdL" Type="{_R}/slideLayout" Target="{layout.part}"/>'
            self.relate(name, slide.related, own)
            ids += f'<p:sldId id="{255 + n}" r:id="rIdS{n}"/>'
            rels += f'<Relationship Id="rIdS{n}" Type="{_R}/slide" Target="slides/slide{n}.xml"/>'
        self.replace("ppt/presentation.xml", "<p:sldSz", f"<p:sldIdLst>{ids}</p:sldIdLst><p:sldSz")
        self.replace("ppt/_rels/presentation.xml.rels", "</Relationships>", rels + "</Relationships>")
        defaults = '<Default Extension="svg" ContentType="image/svg+xml"/>'
        defaults += '<Default Extension="png" ContentType="image/png"/>'
        defaults += '<Default Extension="gif" ContentType="image/gif"/>'
        if b'Extension="jpg"' not in self.parts["[Content_Types].xml"]:
            defaults += '<Default Extension="jpg" ContentType="image/jpeg"/>'
        self.replace("[Content_Types].xml", "<Override", defaults + "".join(self.types) + "<Override", 1)
        return self.written()

    def add(self, name: str, data: bytes, content_type: str) -> None:
        self.parts[name] = data
        if not name.startswith("ppt/media/"):
            self.types.append(f'<Override PartName="/{name}" ContentType="{content_type}"/>')

    def relate(self, name: str, related: Sequence[RelatedPart], own: str = "") -> None:
        xml = own
        for part in related:
            if part.data is None:
                target = part.target or ""
                outside = "" if target.startswith("#") else ' TargetMode="External"'
                target = "/ppt/slides/slide1.xml" if target.startswith("#") else target.replace("&", "&amp;")
            else:
                outside, target = "", "/" + self.stored(part)
            xml += f'<Relationship Id="{part.rel_id}" Type="{part.type}" Target="{target}"{outside}/>'
        if xml:
            folder, _, file = name.rpartition("/")
            root = f'<Relationships xmlns="{_PACKAGE}/relationships">{xml}</Relationships>'
            self.parts[f"{folder}/_rels/{file}.rels"] = root.encode()

    def stored(self, part: RelatedPart) -> str:
        if part.digest in self.digests:
            return self.digests[part.digest]
        number = self.numbers[part.name_hint] = self.numbers.get(part.name_hint, 0) + 1
        name = part.name_hint.format(n=number).lstrip("/")
        if part.digest:
            self.digests[part.digest] = name
        assert part.data is not None
        self.add(name, part.data, part.content_type)
        self.relate(name, part.related)
        return name

    def replace(self, name: str, old: str, new: str, count: int = 1) -> None:
        self.parts[name] = self.parts[name].decode().replace(old, new, count).encode()

    def written(self) -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
            for name, data in self.parts.items():
                target.writestr(name, data)
        return buffer.getvalue()


def pack_deck(slides: Sequence[tuple[SlideXml, Layout]]) -> bytes:
    """The bytes of a .pptx with these slides on the default master."""
    return DeckPacker().pack(slides)


@pytest.fixture
def layout() -> Callable[[int], Layout]:
    return layout_of


@pytest.fixture
def deck() -> Callable[[Sequence[tuple[SlideXml, Layout]]], pptx.presentation.Presentation]:
    """Packs slides and opens the result with python-pptx."""
    return lambda slides: pptx.Presentation(io.BytesIO(pack_deck(slides)))
