"""What an Office file needs and holds, as text, plain data and a JSON Schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from collateral.diagnostics import Diagnostic
from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.ooxml import inspect
from collateral.ooxml.template.compiling.inspect import Inspection, SlideView, to_json_schema


@dataclass(frozen=True, slots=True)
class FileView:
    """One file. `inspection` is None when the file was refused."""

    file: str
    inspection: Inspection | None
    diagnostics: tuple[Diagnostic, ...]

    @property
    def schema(self) -> Mapping[str, Any]:
        """The JSON Schema of the data the file needs."""
        return to_json_schema(self.inspection) if self.inspection else {}

    def to_dict(self) -> dict[str, object]:
        """Plain data for --json."""
        made = self.inspection
        if made is None:
            return {"file": self.file, "refused": [d.message for d in self.diagnostics]}
        return {
            "file": self.file,
            "kind": made.kind,
            "fields": [
                {"path": f.path, "kind": f.kind, "optional": f.optional, "places": [str(p) for p in f.places]}
                for f in made.fields
            ],
            "slides": [
                {
                    "number": s.number,
                    "id": s.id,
                    "title": s.title,
                    "when": s.when,
                    "layout": s.layout,
                    "section": s.section,
                    "hidden": s.hidden,
                    "shapes": [
                        {"name": shape.name, "width": shape.frame.width, "height": shape.frame.height}
                        for shape in s.shapes
                    ],
                }
                for s in made.slides
            ],
            "slots": list(made.slots),
            "layouts": list(made.layouts),
            "fonts": list(made.fonts),
        }

    def to_text(self) -> str:
        """Lines for a terminal."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        made = self.inspection
        if made is None:
            yield f"{self.file}: refused"
            return
        yield f"{self.file} ({made.kind})"
        yield from _listed(
            "fields",
            [
                f"{f.path}  {f.kind}{'' if not f.optional else ', optional'}  {_where(f.places)}"
                for f in made.fields
            ],
        )
        yield from _listed("slides", [_slide_line(slide) for slide in made.slides])
        yield from _listed("slots", list(made.slots))
        yield from _listed("layouts", list(made.layouts))
        yield from _listed("fonts", list(made.fonts))


def _listed(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield f"  {title}"
        yield from (f"    {line}" for line in lines)


def _slide_line(slide: SlideView) -> str:
    title = " ".join(slide.title.split()) or "(no title)"
    layout = f"  [{slide.layout}]" if slide.layout else ""
    return f"{slide.number}  {slide.id or '-'}  {title}{layout}"


def _where(places: tuple[object, ...]) -> str:
    shown = [str(place).partition(" › ")[2] for place in places[:2]]
    more = f" and {len(places) - 2} more" if len(places) > 2 else ""
    return "; ".join(shown) + more


def inspect_file(file: Path) -> FileView:
    """Look into one .pptx or .docx."""
    inspection, found = inspect(file)
    return FileView(str(file), inspection, tuple(found))
