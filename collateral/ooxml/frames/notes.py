"""A designed slide's identity and rule, written by its author in the speaker notes: `@id: cover`, `@when: …`."""

from __future__ import annotations

import re

from collateral.ooxml.frames.vocabulary import placeholder_of, shapes_in, text_of
from collateral.ooxml.names import qn
from collateral.ooxml.package import Package, Part
from collateral.ooxml.xml import parse_xml

_MARK = re.compile(r"^\s*@(id|when)\s*:\s*(.+?)\s*$")


def read_identity(package: Package, slide: Part) -> tuple[str, str | None]:
    """(the @id or an empty string, the @when rule or None). Raises XmlError when the notes cannot be read."""
    marks: dict[str, str] = {}
    for notes in package.related(slide, "notesSlide"):
        for line in re.split(r"[\n\v]", _notes_text(notes)):
            found = _MARK.match(line)
            if found is not None:
                marks.setdefault(found[1], found[2])
    return marks.get("id", ""), marks.get("when")


def _notes_text(notes: Part) -> str:
    texts = []
    for shape in shapes_in(parse_xml(notes.data())):
        key, body = placeholder_of(shape.element), shape.element.find(qn("p:txBody"))
        if body is not None and (key is None or key.kind == "body"):
            texts.append(text_of(body))
    return "\n".join(texts)
