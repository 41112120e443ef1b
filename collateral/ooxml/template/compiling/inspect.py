"""What a tagged file needs and holds: fields with their places and types, slides, layouts, frames, fonts.

In: an opened package. Out: an `Inspection`, and a JSON Schema of the data the template needs. Nothing is filled.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from collateral.diagnostics import Diagnostic, Place
from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.model.frames import DeckMaster, ShapeFrame
from collateral.ooxml.names import qn
from collateral.ooxml.package import Package
from collateral.ooxml.template.compiling.compile_deck import DeckCompiler
from collateral.ooxml.template.compiling.compile_document import DocumentCompiler
from collateral.ooxml.template.language.reads import Reader, Use, steps_of
from collateral.ooxml.template.language.uses import loop_env, uses_of
from collateral.ooxml.xml import parse_xml

_RANK = (
    "any", "boolean", "texts", "text", "string", "number", "date", "picture", "list", "pairs", "chart", "group",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FieldUse:
    """A field of the data: its path ("rows[].price"), its kind, whether the template can do without, every place, and the
    tags there. `needed` are the paths on the way to it, itself included, without which filling is an error."""

    path: str
    kind: str
    optional: bool
    places: tuple[Place, ...]
    tags: tuple[str, ...] = ()
    needed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SlideView:
    """A slide as people know it."""

    number: int
    id: str
    title: str
    when: str | None
    layout: str
    section: str
    hidden: bool
    repeats: tuple[str, ...]
    shapes: tuple[ShapeFrame, ...] = ()


@dataclass(frozen=True, slots=True)
class Inspection:
    """All of it. `slots` are the names of `{{p slot("…") }}`, `layouts` the names of slide layouts or of styles in use."""

    file: str
    kind: str
    fields: tuple[FieldUse, ...]
    slides: tuple[SlideView, ...] = ()
    layouts: tuple[str, ...] = ()
    fonts: tuple[str, ...] = ()
    slots: tuple[str, ...] = ()
    master: DeckMaster | None = field(default=None, repr=False)


def inspect_package(package: Package) -> tuple[Inspection, list[Diagnostic]]:
    """What the file needs and holds, as far as its tags can be read, and what is wrong with them."""
    return _inspect_deck(package) if package.is_deck else _inspect_document(package)


def _inspect_document(package: Package) -> tuple[Inspection, list[Diagnostic]]:
    compiler = DocumentCompiler(package)
    template, problems = compiler.run()
    uses = [u for ops in compiler.parts.ops.values() for u in uses_of(ops, {})]
    slots = template.slots if template is not None else ()
    made = Inspection(
        package.file, package.kind, fields_of(uses), layouts=(), fonts=tuple(_fonts(package)), slots=slots
    )
    return made, problems


def _inspect_deck(package: Package) -> tuple[Inspection, list[Diagnostic]]:
    from collateral.ooxml.frames.master import read_master, read_slide_frames

    compiler = DeckCompiler(package)
    template, problems = compiler.run()
    master, found = read_master(package)
    uses: list[Use] = []
    for number, names in compiler.functions_by_slide.items():
        env, own = _slide_uses(compiler, number)
        uses += own
        for name in names:
            uses += uses_of(compiler.parts.ops[name], env)
    for name in compiler.functions_of_all:
        uses += uses_of(compiler.parts.ops[name], {})
    layouts = {layout.part: layout.name for layout in master.layouts.values()}
    slides = tuple(
        SlideView(
            slide.number,
            slide.id,
            slide.title,
            slide.when,
            layouts.get(slide.layout, slide.layout),
            slide.section,
            slide.hidden,
            tuple(step.tag for step in compiler.steps.get(slide.number, ()) if step.kind == "for"),
            read_slide_frames(package, package.parts[slide.owned[0].name])[0],
        )
        for slide in (template.slides if template is not None else ())
    )
    made = Inspection(
        package.file, package.kind, fields_of(uses), slides, tuple(master.layouts), master.fonts, (), master
    )
    return made, [*problems, *found]


def _slide_uses(compiler: DeckCompiler, number: int) -> tuple[Mapping[str, str | None], list[Use]]:
    """The names a slide's loops give it, and what its slide directives read."""
    env: Mapping[str, str | None] = {}
    uses: list[Use] = []
    for step in compiler.steps.get(number, ()):
        kind = "boolean" if step.kind == "if" else "list"
        reader = Reader(env, step.place, step.tag)
        uses += reader.uses(step.expression.node, kind, optional=step.kind == "if")
        if step.kind == "for":
            env = loop_env(step.names, step.expression.node, env)
    return env, uses


def fields_of(uses: Iterable[Use]) -> tuple[FieldUse, ...]:
    """The uses brought together by path, sorted."""
    by_path: dict[str, list[Use]] = {}
    for use in uses:
        by_path.setdefault(use.path, []).append(use)
    return tuple(
        FieldUse(
            path,
            max((u.kind for u in found), key=_RANK.index),
            all(path not in u.needed for u in found),
            tuple(dict.fromkeys(u.place for u in found if u.place is not None)),
            tuple(dict.fromkeys(u.tag for u in found)),
            frozenset().union(*(u.needed for u in found)),
        )
        for path, found in sorted(by_path.items())
    )


def _fonts(package: Package) -> Iterator[str]:
    """Fonts a document names: in its theme, its styles and its text."""
    seen: dict[str, None] = {}
    for part in package.parts.values():
        if not part.content_type.endswith("+xml"):
            continue
        root = parse_xml(part.data())
        for element in root.iter(qn("w:rFonts")):
            seen.update(
                dict.fromkeys(str(v) for k, v in element.items() if str(k).endswith(("}ascii", "}hAnsi")))
            )
        for element in root.iter(qn("a:latin")):
            seen[element.get("typeface") or ""] = None
    yield from (name for name in seen if name and not name.startswith("+"))


_TEXT: Mapping[str, Any] = {"type": ["string", "number", "boolean"]}
_TYPES: Mapping[str, Mapping[str, Any]] = {
    "any": {"type": ["string", "number", "boolean", "array", "object"]},
    "boolean": {},
    "text": _TEXT,
    "texts": {"type": ["string", "number", "boolean", "array"], "items": _TEXT},
    "string": {"type": ["string", "number"]},
    "number": {"type": "number"},
    "date": {"type": "string", "format": "date"},
    "picture": {"type": "string", "description": "the path of a picture"},
    "chart": {"type": ["object", "array"], "description": "categories and series of a chart"},
    "list": {"type": "array"},
    "pairs": {"type": ["object", "array"], "items": {"type": "array"}},
    "group": {"type": "object"},
}


def to_json_schema(inspection: Inspection) -> dict[str, Any]:
    """The JSON Schema (2020-12) of the data the file needs: what it requires are values whose absence may be an error."""
    root: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": inspection.file,
        "type": "object",
    }
    for one in inspection.fields:
        _add(root, "", steps_of(one.path), one)
    _allow_null(root)
    return root


def _add(schema: dict[str, Any], above: str, steps: list[str], use: FieldUse) -> None:
    step, rest = steps[0], steps[1:]
    path = above + (f".{step}" if above and not step.startswith("[") else step)
    if step.startswith("["):
        child = _item(schema, step[1:-1], needed=path in use.needed)
    else:
        if schema.get("type") != "object":
            schema.clear()
            schema["type"] = "object"
        child = schema.setdefault("properties", {}).setdefault(step, {})
        if path in use.needed and step not in schema.setdefault("required", []):
            schema["required"].append(step)
    if rest:
        _add(child, path, rest, use)
    elif "properties" not in child and "items" not in child:
        child.update(_TYPES[use.kind])


def _item(schema: dict[str, Any], number: str, *, needed: bool) -> dict[str, Any]:
    """The schema of a list's items; a list of which one is needed, or the one of a number, has at least so many."""
    schema["type"] = "array"
    if needed:
        schema["minItems"] = max(schema.get("minItems", 0), int(number or 0) + 1)
    items: dict[str, Any] = schema.setdefault("items", {})
    return items


def _allow_null(schema: dict[str, Any]) -> None:
    """What may be missing may be null."""
    for name, child in schema.get("properties", {}).items():
        _allow_null(child)
        if name not in schema.get("required", ()) and "type" in child:
            kinds = child["type"] if isinstance(child["type"], list) else [child["type"]]
            child["type"] = [*kinds, "null"]
    if isinstance(schema.get("items"), dict):
        _allow_null(schema["items"])
