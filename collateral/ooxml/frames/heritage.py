"""What shapes inherit: presentation defaults, themes, masters and layouts of a deck, and the chain behind a shape.

In: an opened package. Out: a `Heritage` that answers, for a shape on a slide or layout, which elements it inherits
from and the level styles that result. Holds XML, so it is for the time of reading only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from collateral.diagnostics import Diagnostic, Place
from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.model.frames import LevelStyle
from collateral.ooxml.frames.levels import Style, level_style, overlay, read_list_style
from collateral.ooxml.frames.theme import Theme, read_theme, whole
from collateral.ooxml.frames.vocabulary import FURNITURE, TITLES, PlaceholderKey, placeholder_of, shapes_in
from collateral.ooxml.names import NAMESPACES, qn
from collateral.ooxml.package import Package, Part
from collateral.ooxml.xml import XmlError, parse_xml

if TYPE_CHECKING:
    from lxml import etree

    Element = etree._Element

_R_ID = f"{{{NAMESPACES['r']}}}id"
_WIDE = (12192000, 6858000)

Styles = tuple[Style, ...]


@dataclass(frozen=True, slots=True)
class MasterPart:
    """A slide master: its theme, its three text styles and its placeholders by what inherits from them."""

    root: Element
    theme: Theme
    title: Styles
    body: Styles
    other: Styles
    placeholders: Mapping[str, Element]

    def styles(self, kind: str | None) -> Styles:
        """The text style for a kind of placeholder (None: a shape that is none)."""
        if kind in TITLES:
            return self.title
        return self.other if kind is None or kind in FURNITURE else self.body


@dataclass(frozen=True, slots=True)
class LayoutPart:
    """A slide layout and the master it stands on."""

    part: str
    name: str
    root: Element
    master: MasterPart
    placeholders: Sequence[tuple[PlaceholderKey, Element]]

    def find(self, key: PlaceholderKey) -> Element | None:
        """The placeholder a slide's placeholder stands for: the same index, else the same kind."""
        for own, element in self.placeholders:
            if own.index == key.index and (own.kind in TITLES) == (key.kind in TITLES):
                return element
        return next((element for own, element in self.placeholders if _same_kind(own.kind, key.kind)), None)

    def shown(self) -> Iterator[Element]:
        """What slides made on it show without holding it: the layout, and the master unless the layout hides it."""
        yield self.root
        if self.root.get("showMasterSp") not in ("0", "false"):
            yield self.master.root


def _same_kind(one: str, other: str) -> bool:
    return one == other or (one in TITLES and other in TITLES)


def _master_kind(kind: str) -> str:
    """The kind of master placeholder a kind of placeholder inherits from."""
    if kind in TITLES:
        return "title"
    return kind if kind in FURNITURE else "body"


@dataclass(frozen=True, slots=True)
class Heritage:
    """All of a deck that shapes inherit from, and its slides' parts in order."""

    width: int
    height: int
    defaults: Element | None
    masters: Mapping[str, MasterPart]
    layouts: Mapping[str, LayoutPart]
    slides: Sequence[Part]

    @property
    def theme(self) -> Theme:
        """The first master's theme."""
        return next(iter(self.masters.values())).theme if self.masters else Theme()

    def layout_of(self, package: Package, slide: Part) -> LayoutPart | None:
        """The layout a slide is made on."""
        parts = package.related(slide, "slideLayout")
        return self.layouts.get(parts[0].name) if parts else None

    def chain(self, shape: Element, layout: LayoutPart | None, *, on_layout: bool = False) -> list[Element]:
        """The elements a shape inherits from and itself, weakest first."""
        key = placeholder_of(shape)
        if key is None or layout is None:
            return [shape]
        above = shape if on_layout else layout.find(key)
        kind = key.kind
        if above is not None and (upper := placeholder_of(above)) is not None:
            kind = upper.kind
        master = layout.master.placeholders.get(_master_kind(kind))
        return [e for e in (master, None if on_layout else above) if e is not None] + [shape]

    def styles(self, chain: Sequence[Element], layout: LayoutPart | None) -> Styles:
        """The nine effective styles behind a chain, before any paragraph's own properties."""
        master = layout.master if layout is not None else next(iter(self.masters.values()), None)
        theme = master.theme if master is not None else Theme()
        key = next(
            (key for e in reversed(chain[:-1] or chain) if (key := placeholder_of(e)) is not None), None
        )
        base = (Style(font=theme.font("+mn-lt") or None),) * 9
        defaults = read_list_style(self.defaults, theme)
        inherited = master.styles(key.kind if key is not None else None) if master is not None else base
        order = [base, inherited, defaults] if key is None else [base, defaults, inherited]
        own = [read_list_style(e.find(f"{qn('p:txBody')}/{qn('a:lstStyle')}"), theme) for e in chain]
        return overlay([*order, *own])

    def levels(self, chain: Sequence[Element], layout: LayoutPart | None) -> tuple[LevelStyle, ...]:
        """The nine effective level styles behind a chain."""
        return tuple(map(level_style, self.styles(chain, layout)))


def read_heritage(package: Package) -> tuple[Heritage, list[Diagnostic]]:
    """What the deck's shapes inherit from. Parts that cannot be read are left out and named."""
    reader = _Reader(package)
    main = reader.root(package.main)
    size = main.find(qn("p:sldSz")) if main is not None else None
    masters: dict[str, MasterPart] = {}
    layouts: dict[str, LayoutPart] = {}
    for part in reader.listed(main, "p:sldMasterIdLst/p:sldMasterId"):
        root = reader.root(part)
        if root is None:
            continue
        master = masters[part.name] = reader.master(part, root)
        for own in reader.layout_parts(part, root):
            layout = reader.root(own)
            if layout is not None:
                layouts[own.name] = _layout(own, layout, master)
    heritage = Heritage(
        whole(size.get("cx"), _WIDE[0]) if size is not None else _WIDE[0],
        whole(size.get("cy"), _WIDE[1]) if size is not None else _WIDE[1],
        main.find(qn("p:defaultTextStyle")) if main is not None else None,
        masters,
        layouts,
        list(reader.listed(main, "p:sldIdLst/p:sldId")),
    )
    return heritage, reader.found


def _layout(part: Part, root: Element, master: MasterPart) -> LayoutPart:
    content = root.find(qn("p:cSld"))
    # names may hold line breaks, which nobody can type into `layout=`
    name = " ".join(content.get("name", "").split()) if content is not None else ""
    placeholders = [
        (key, shape.element)
        for shape in shapes_in(root)
        if (key := placeholder_of(shape.element)) is not None
    ]
    return LayoutPart(part.name, name or part.name.rsplit("/", 1)[-1], root, master, placeholders)


class _Reader:
    """Parses parts and remembers what could not be parsed."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.found: list[Diagnostic] = []

    def root(self, part: Part) -> Element | None:
        try:
            return parse_xml(part.data())
        except XmlError as problem:
            self.found.append(unreadable(self.package, part, problem))
            return None

    def listed(self, main: Element | None, path: str) -> Iterator[Part]:
        """The parts that the presentation lists by relationship ids, in its order."""
        if main is None:
            return
        yield from self._targets(self.package.main, main, path)

    def _targets(self, source: Part, root: Element, path: str) -> Iterator[Part]:
        for item in root.iterfind("/".join(qn(step) for step in path.split("/"))):
            relationship = source.relationship(item.get(_R_ID, ""))
            part = (
                self.package.get(relationship.target) if relationship and not relationship.external else None
            )
            if part is not None:
                yield part

    def layout_parts(self, part: Part, root: Element) -> Iterator[Part]:
        return self._targets(part, root, "p:sldLayoutIdLst/p:sldLayoutId")

    def master(self, part: Part, root: Element) -> MasterPart:
        themes = self.package.related(part, "theme")
        mapping = root.find(qn("p:clrMap"))
        colors = {str(k): str(v) for k, v in mapping.attrib.items()} if mapping is not None else {}
        theme = read_theme(self.root(themes[0]) if themes else None, colors)
        title, body, other = (
            read_list_style(root.find(f"{qn('p:txStyles')}/{qn('p:' + name)}"), theme)
            for name in ("titleStyle", "bodyStyle", "otherStyle")
        )
        placeholders: dict[str, Element] = {}
        for shape in shapes_in(root):
            key = placeholder_of(shape.element)
            if key is not None:
                placeholders.setdefault(_master_kind(key.kind), shape.element)
        return MasterPart(root, theme, title, body, other, placeholders)


def unreadable(package: Package, part: Part, problem: XmlError) -> Diagnostic:
    """The diagnostic for a part that is no XML we can read."""
    return Diagnostic.error("unreadable-part", f"{part.name}: {problem}", Place(package.file, part=part.name))
