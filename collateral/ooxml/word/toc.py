"""Tables of contents with their entries in them: what Word would list, written when the document is made.

In: the XML of a finished document part and the styles of its master. Out: the same XML in which each TOC field shows the
headings that are really there, as links to bookmarks around them. No page numbers: they are known only after layout, and
a wrong number is worse than none; Word adds them when the field is updated (docs/decisions/0001-table-of-contents.md).
A field that cannot be written (a table of figures, say) is left exactly as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from collateral.diagnostics.lazy_dataclass import dataclass, field, replace
from collateral.ooxml.word.toc_scan import FoundField, FoundParagraph, Scan, scan_part
from collateral.ooxml.xml import escape_attribute, escape_text

if TYPE_CHECKING:
    from collateral.ooxml.xml import Element

_FOREIGN: Final = frozenset(
    "abcdfls"
)  # switches for figures, parts of documents, sequences and marked entries
_WITH_VALUE: Final = frozenset("obtpcafdlsn")
_LEVELS: Final = range(1, 10)
_FIRST_NAME: Final = 100_000_001


@dataclass(frozen=True, slots=True)
class ContentsStyles:
    """Styles by id: the level of the built-in headings, the outline level of others, the styles of entries by level."""

    headings: Mapping[str, int] = field(default_factory=dict)
    outline: Mapping[str, int] = field(default_factory=dict)
    entries: Mapping[int, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)  # name in small letters: id
    listed: frozenset[str] = frozenset()  # those whose paragraphs the document's tables can name


@dataclass(frozen=True, slots=True)
class Switches:
    """What a TOC field asks for. `levels` come from headings, `styles` maps further style names to levels."""

    levels: range = range(0)
    styles: Mapping[str, int] = field(default_factory=dict)
    by_outline: bool = False
    links: bool = False


@dataclass(frozen=True, slots=True)
class _Entry:
    level: int
    text: str
    rtl: bool
    bookmark: str


def contents_styles(styles: Element) -> ContentsStyles:
    """The styles a table of contents needs, from a styles part."""
    from collateral.ooxml.names import qn

    headings: dict[str, int] = {}
    outline: dict[str, int] = {}
    entries: dict[int, str] = {}
    names: dict[str, str] = {}
    for style in styles.iter(qn("w:style")):
        name = style.find(qn("w:name"))
        if style.get(qn("w:type")) != "paragraph" or name is None:
            continue
        identity, shown = style.get(qn("w:styleId")) or "", (name.get(qn("w:val")) or "").lower()
        names[shown] = identity
        kind, _, number = shown.rpartition(" ")
        level = style.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        if kind == "heading" and number.isdecimal():
            headings[identity] = int(number)
        elif kind == "toc" and number.isdecimal():
            entries[int(number)] = identity
        elif level is not None and (value := level.get(qn("w:val")) or "").isdecimal():
            outline[identity] = int(value) + 1
    return ContentsStyles(headings, outline, entries, names)


def plan_contents(xml: bytes, styles: Element) -> ContentsStyles | None:
    """What `with_contents` needs for this part; None when it has no table of contents or one that cannot be written."""
    found = scan_part(xml, ()) if b"TOC" in xml else None
    if found is None or not found.contents or not all(map(_is_writable, found.contents)):
        return None
    known = contents_styles(styles)
    asked = [switches for t in found.contents if (switches := parse_switches(t.instruction))]
    named = {known.names[name] for switches in asked for name in switches.styles if name in known.names}
    outline = known.outline if any(switches.by_outline for switches in asked) else ()
    return replace(known, listed=frozenset((*known.headings, *outline, *named)))


def with_contents(xml: bytes, styles: ContentsStyles) -> bytes:
    """The part with the entries in its tables of contents and a bookmark around every heading they name."""
    found = scan_part(xml, styles.listed)
    if found is None or not found.contents:
        return xml
    entries: dict[int, _Entry] = {}
    edits: list[tuple[int, int, str]] = []
    for table in filter(_is_writable, found.contents):
        switches = parse_switches(table.instruction)
        listed = _listed(found, switches, styles, entries) if switches is not None else []
        edits += _replaced(xml, table, _paragraphs(xml, table, listed, switches or Switches(), styles))
    edits += _bookmarks(found, entries)
    return _edited(xml, edits)


def parse_switches(instruction: str) -> Switches | None:
    """What a field code such as `TOC \\o "1-2" \\h` asks for; None when it is not a table of headings."""
    words = _words(instruction)[1:]
    levels, styles, flags = range(0), dict[str, int](), set[str]()
    while words:
        switch = words.pop(0)[1:2].lower()
        value = words.pop(0) if switch in _WITH_VALUE and words and not words[0].startswith("\\") else ""
        flags.add(switch)
        if switch == "o":
            levels = _range(value)
        elif switch == "t":
            styles = _style_levels(value)
    if flags & _FOREIGN:
        return None
    if not levels and "t" not in flags:
        levels = _LEVELS
    return Switches(levels, styles, "u" in flags, "h" in flags)


def _words(instruction: str) -> list[str]:
    """The code cut at blanks; what stands in quotes is one word."""
    words: list[str] = []
    for n, part in enumerate(instruction.replace("“", '"').replace("”", '"').split('"')):
        words += [part] if n % 2 else part.split()
    return words


def _range(value: str) -> range:
    first, _, last = value.partition("-")
    if first.strip().isdecimal() and last.strip().isdecimal():
        return range(int(first), int(last) + 1)
    return _LEVELS


def _style_levels(value: str) -> dict[str, int]:
    """`Name,2,Other,3` as levels by name in small letters; lists are cut at commas or semicolons."""
    parts = [part.strip() for part in value.replace(";", ",").split(",")]
    return {
        name.lower(): int(level)
        for name, level in zip(parts[::2], parts[1::2], strict=False)
        if level.isdecimal()
    }


def _is_writable(table: FoundField) -> bool:
    whole = table.sound and table.shows and table.end > 0
    return whole and parse_switches(table.instruction) is not None


def _listed(
    found: Scan, switches: Switches, styles: ContentsStyles, entries: dict[int, _Entry]
) -> list[_Entry]:
    """The entries of one table in the order of the document; `entries` collects them by their paragraph's place."""
    named = {styles.names[name]: level for name, level in switches.styles.items() if name in styles.names}
    listed = []
    for paragraph in found.paragraphs:
        level = _level(paragraph, switches, styles, named)
        if level is None or not paragraph.text:
            continue
        known = entries.get(paragraph.start)
        bookmark = known.bookmark if known is not None else _free_name(found, len(entries))
        entry = _Entry(level, paragraph.text, paragraph.rtl, bookmark)
        entries.setdefault(paragraph.start, entry)
        listed.append(entry)
    return listed


def _level(
    paragraph: FoundParagraph, switches: Switches, styles: ContentsStyles, named: Mapping[str, int]
) -> int | None:
    """The level a paragraph has in the table; None when it is not in it."""
    level = styles.headings.get(paragraph.style)
    if level is not None and level in switches.levels:
        return level
    if paragraph.style in named:
        return named[paragraph.style]
    if not switches.by_outline or level is not None:
        return None
    level = paragraph.outline or styles.outline.get(paragraph.style)
    return level if level in (switches.levels or _LEVELS) else None


def _free_name(found: Scan, count: int) -> str:
    """A bookmark name as Word makes them, not yet in the document."""
    number = _FIRST_NAME + count
    while (name := f"_Toc{number}") in found.names:
        number += 1
    found.names.add(name)
    return name


def _paragraphs(
    xml: bytes, table: FoundField, entries: list[_Entry], switches: Switches, styles: ContentsStyles
) -> list[str]:
    """The paragraphs of a table, the field's begin in the first; its end is left to the paragraph that has it."""
    head = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> '
        f'{escape_text(table.instruction)} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    before = xml[table.first.content : table.start].decode()
    lines = [_line(entry, styles, switches.links) for entry in entries] or [("<w:p>", "")]
    return [
        f"{opening}{before + head if n == 0 else ''}{content}" for n, (opening, content) in enumerate(lines)
    ]


def _line(entry: _Entry, styles: ContentsStyles, links: bool) -> tuple[str, str]:
    """An entry as the beginning of its paragraph and what stands in it."""
    style = styles.entries.get(entry.level)
    properties = f'<w:pStyle w:val="{escape_attribute(style)}"/>' if style else ""
    properties += "<w:bidi/>" if entry.rtl else ""
    look = "<w:rPr><w:rtl/></w:rPr>" if entry.rtl else ""
    run = f'<w:r>{look}<w:t xml:space="preserve">{escape_text(entry.text)}</w:t></w:r>'
    content = f'<w:hyperlink w:anchor="{entry.bookmark}" w:history="1">{run}</w:hyperlink>' if links else run
    return f"<w:p><w:pPr>{properties}</w:pPr>" if properties else "<w:p>", content


def _replaced(xml: bytes, table: FoundField, paragraphs: list[str]) -> list[tuple[int, int, str]]:
    """The edits that put the paragraphs in place of the field's; what follows the field in its last paragraph stays."""
    first, last = table.first, table.last
    if last is None:
        return []
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    if last is first:
        return [(first.start, table.end, "</w:p>".join(paragraphs) + end)]
    opening = xml[last.start : last.content].decode()
    return [(first.start, table.end, "</w:p>".join(paragraphs) + "</w:p>" + opening + end)]


def _bookmarks(found: Scan, entries: Mapping[int, _Entry]) -> list[tuple[int, int, str]]:
    number = found.highest
    edits = []
    for paragraph in found.paragraphs:
        entry = entries.get(paragraph.start)
        if entry is not None:
            number += 1
            begin = f'<w:bookmarkStart w:id="{number}" w:name="{entry.bookmark}"/>'
            edits.append((paragraph.content, paragraph.content, begin))
            edits.append((paragraph.closing, paragraph.closing, f'<w:bookmarkEnd w:id="{number}"/>'))
    return edits


def _edited(xml: bytes, edits: list[tuple[int, int, str]]) -> bytes:
    out: list[bytes] = []
    at = 0
    for start, end, text in sorted(edits, key=lambda edit: edit[:2]):
        out += (xml[at:start], text.encode())
        at = end
    return b"".join([*out, xml[at:]])
