"""Which style of a master plays which role: read once from its styles part, kept as plain values.

In: a package. Out: `WordStyles`. A role the master has no style for is None, and content then falls back to direct
formatting; nothing is ever added to the master's styles.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.ooxml.names import qn
from collateral.ooxml.sizes import TWIPS_TO_EMU
from collateral.ooxml.word.indents import list_indents
from collateral.ooxml.word.measures import DEFAULT_WIDTH, section_width
from collateral.ooxml.xml import XmlError, parse_xml

if TYPE_CHECKING:
    from collateral.ooxml.package import Package
    from collateral.ooxml.xml import Element

_ON = frozenset({"1", "true", "on"})


@dataclass(frozen=True, slots=True)
class WordStyles:
    """Style ids by role; `number_id` is the list instance behind the number style, `width` the text width in twips.
    `right_to_left` are the paragraph styles whose text runs from right to left, "" for text in no style; `indents` say for the
    styles of lists where the text of an item begins, in twips."""

    headings: tuple[str | None, ...] = (None,) * 6
    bullets: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    number_id: str | None = None
    bullet_id: str | None = None
    table: str | None = None
    table_text: str | None = None
    caption: str | None = None
    quote: str | None = None
    link: str | None = None
    width: int = DEFAULT_WIDTH
    by_name: Mapping[tuple[str, str], str] = field(
        default_factory=dict
    )  # (kind, name in small letters): style id
    right_to_left: frozenset[str] = frozenset()
    indents: Mapping[str, int] = field(default_factory=dict)

    @property
    def width_emu(self) -> int:
        """The text width in EMU."""
        return self.width * TWIPS_TO_EMU


def read_styles(package: Package) -> WordStyles:
    """The roles of a document's styles, found by the names Word gives its built-in styles."""
    found = _named_styles(package)
    numbers = _levels(found, "list number")
    return WordStyles(
        headings=tuple(_id(found.get(("paragraph", f"heading {depth}"))) for depth in range(1, 7)),
        bullets=_levels(found, "list bullet"),
        numbers=numbers,
        number_id=_list_instance(found.get(("paragraph", "list number"))),
        bullet_id=_list_instance(found.get(("paragraph", "list bullet"))),
        table=_table(found),
        table_text=_id(found.get(("paragraph", "table text"))),
        caption=_id(found.get(("paragraph", "caption"))),
        quote=_id(found.get(("paragraph", "quote"))),
        link=_id(found.get(("character", "hyperlink"))),
        width=_text_width(package),
        by_name=style_names(package),
        right_to_left=_right_to_left(package),
        indents=list_indents(package, found),
    )


def style_names(package: Package) -> dict[tuple[str, str], str]:
    """Style ids by kind and name in small letters: ids differ between languages of Word, built-in names do not."""
    return {key: identity for key, style in _named_styles(package).items() if (identity := _id(style))}


def _named_styles(package: Package) -> dict[tuple[str, str], Element]:
    found: dict[tuple[str, str], Element] = {}
    for root in _style_parts(package):
        for style in root.iter(qn("w:style")):
            name = style.find(qn("w:name"))
            if name is not None:
                found[style.get(qn("w:type")) or "", (name.get(qn("w:val")) or "").lower()] = style
    return found


def _style_parts(package: Package) -> Iterator[Element]:
    for part in package.related(package.main, "styles"):
        try:
            yield parse_xml(part.data())
        except XmlError:
            continue


def _right_to_left(package: Package) -> frozenset[str]:
    """The paragraph styles that turn their text, by themselves or by what they are based on."""
    styles: dict[str, Element] = {}
    turned = False
    for root in _style_parts(package):
        turned = _turns(root.find(f"{qn('w:docDefaults')}/{qn('w:pPrDefault')}")) or turned
        for style in root.iter(qn("w:style")):
            if style.get(qn("w:type")) == "paragraph":
                styles[style.get(qn("w:styleId")) or ""] = style
                if style.get(qn("w:default")) in _ON:
                    styles[""] = style
    found = {name for name in styles if _is_turned(name, styles, turned)}
    return frozenset(found | {""} if turned and "" not in styles else found)


def _is_turned(name: str, styles: Mapping[str, Element], default: bool) -> bool:
    """Whether a style turns its text: what it says, else what the style it is based on says, else the document's default."""
    seen = set[str]()
    while name in styles and name not in seen:
        seen.add(name)
        said = _turns(styles[name])
        if said is not None:
            return said
        base = styles[name].find(qn("w:basedOn"))
        name = "" if base is None else base.get(qn("w:val")) or ""
        if not name:
            break
    return default


def _turns(element: Element | None) -> bool | None:
    """What the paragraph properties in an element say of the direction."""
    bidi = None if element is None else element.find(f"{qn('w:pPr')}/{qn('w:bidi')}")
    return None if bidi is None else bidi.get(qn("w:val"), "1") in _ON


def _id(style: Element | None) -> str | None:
    return None if style is None else style.get(qn("w:styleId"))


def _levels(found: dict[tuple[str, str], Element], name: str) -> tuple[str, ...]:
    """The style of each level: "List Bullet", "List Bullet 2", …, as far as they go without a gap."""
    ids = [_id(found.get(("paragraph", name if level == 1 else f"{name} {level}"))) for level in range(1, 6)]
    end = ids.index(None) if None in ids else len(ids)
    return tuple(i for i in ids[:end] if i)


def _list_instance(style: Element | None) -> str | None:
    number = None if style is None else style.find(f".//{qn('w:numId')}")
    return None if number is None else number.get(qn("w:val"))


def _table(found: dict[tuple[str, str], Element]) -> str | None:
    """The master's own table style, else Word's grid."""
    own = [
        s for (kind, _), s in found.items() if kind == "table" and s.get(qn("w:customStyle")) in ("1", "true")
    ]
    return _id(own[0]) if own else _id(found.get(("table", "table grid")))


def _text_width(package: Package) -> int:
    """The width between the margins of the last section."""
    try:
        sections = list(parse_xml(package.main.data()).iter(qn("w:sectPr")))
    except XmlError:
        return DEFAULT_WIDTH
    return section_width(sections[-1]) if sections else DEFAULT_WIDTH
