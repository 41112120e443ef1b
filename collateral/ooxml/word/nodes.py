"""Content nodes → a fragment of a Word document.

In: final nodes, the master's styles, pictures by the `source` the content names them by. Out: a `Fragment` of blocks and
what could not be written. Headings are as deep as their number signs, moved down by the setting's `depth`.
"""

from __future__ import annotations

from collections.abc import Mapping

from collateral.diagnostics import Diagnostic
from collateral.diagnostics.lazy_dataclass import dataclass, field, replace
from collateral.model import content as c
from collateral.ooxml.drawing.relations import LocalName, Relations, pieces_of
from collateral.ooxml.values import Fragment, Image, NumberingRequest
from collateral.ooxml.word.indents import OWN_INDENT
from collateral.ooxml.word.lists import NumberedLists
from collateral.ooxml.word.objects import chart_paragraph, picture_paragraph, table_xml
from collateral.ooxml.word.paragraphs import Properties, heading, paragraph
from collateral.ooxml.word.styles import WordStyles
from collateral.ooxml.word.text import TextWriter


@dataclass(frozen=True, slots=True)
class WordSetting:
    """What all content of a document shares. `depth` is added to every heading's depth."""

    styles: WordStyles
    language: str = "en"
    images: Mapping[str, Image] = field(default_factory=dict)
    depth: int = 0


def word_content(nodes: c.Nodes, setting: WordSetting) -> tuple[Fragment, list[Diagnostic]]:
    """The nodes as block content of a Word document."""
    return _Writer(setting).run(nodes)


def _stays_with(node: c.Node, following: c.Node | None) -> bool:
    """Whether a node belongs on one page with the next: with its sources, a quotation with who said it, an announcement with
    what it announces."""
    if isinstance(following, c.Paragraph) and following.note:
        return True
    if not isinstance(node, c.Paragraph) or following is None:
        return False
    is_quoted = node.quote and isinstance(following, c.Paragraph)
    return is_quoted or c.plain_text(node.inlines).rstrip().endswith((":", "\uff1a"))


class _Writer:
    def __init__(self, setting: WordSetting) -> None:
        self.setting = setting
        self.text = TextWriter(Relations("/word/media"), setting.styles, setting.language)
        self.out: list[str] = []
        self.numberings: list[NumberingRequest] = []
        self.ids: list[str] = []
        self.lists = NumberedLists()
        self.indents: dict[int, int] = {}  # of the text of the last item of each level
        self.bullets: LocalName | None = None

    def run(self, nodes: c.Nodes) -> tuple[Fragment, list[Diagnostic]]:
        for node, following in zip(nodes, (*nodes[1:], None), strict=False):
            self._node(node, kept=_stays_with(node, following))
        parts = self.text.relations.parts()
        fragment = Fragment("block", pieces_of(self.out), parts, tuple(self.numberings), tuple(self.ids))
        return fragment, self.text.diagnostics

    def _node(self, node: c.Node, *, kept: bool) -> None:
        """Write a node; `kept` says that it stays on one page with what follows, as with the sources of what it says."""
        match node:
            case c.Paragraph():
                self._paragraph(node, kept)
            case c.Heading():
                self.out += heading(self.text, node, self.setting.styles, self.setting.depth)
            case c.Table():
                self.out += table_xml(self.text, node, kept=kept)
            case c.Picture():
                self._picture(node, kept)
            case c.Chart():
                self.out += chart_paragraph(self.text, node, self._fresh_id(), kept=kept)
            case c.Rule():
                line = '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>'
                self.out.append(f"<w:p><w:pPr>{line}</w:pPr></w:p>")
            case _:
                message = f"{type(node).__name__.lower()} has no place in finished content"
                self.text.diagnostics.append(Diagnostic.error("not-final", message, node.at))

    def _paragraph(self, node: c.Paragraph, kept: bool) -> None:
        styles, level = self.setting.styles, node.level
        if node.list == "bullet":
            self.lists.bullet(level)
            look = Properties(number=None if styles.bullets else self._own_bullets(), keep_next=kept)
            self._list_item(node, styles.bullets, look)
        elif node.list == "number":
            number = self.lists.number(level, node.start, self._own_numbers)
            self._list_item(node, styles.numbers, Properties(number=number, keep_next=kept))
        else:
            style = styles.quote if node.quote else styles.caption if node.note else None
            indent = self.indents.get(level) if node.inside else None
            look = Properties(style=style, keep_next=kept, indent=indent)
            self.out += paragraph(self.text, node, look, italic=style is None and (node.quote or node.note))

    def _list_item(self, node: c.Paragraph, styles: tuple[str, ...], look: Properties) -> None:
        style = styles[min(node.level, len(styles) - 1)] if styles else None
        own = OWN_INDENT * (node.level + 1)
        self.indents[node.level] = self.setting.styles.indents.get(style or "", own)
        self.out += paragraph(self.text, node, replace(look, style=style, level=min(node.level, 8)))

    def _own_bullets(self) -> LocalName:
        if self.bullets is None:
            self.bullets = LocalName(f"list{len(self.numberings) + 1}")
            self.numberings.append(NumberingRequest(str(self.bullets), "bullet", restart=False))
        return self.bullets

    def _own_numbers(self, level: int, start: int) -> LocalName:
        name = LocalName(f"list{len(self.numberings) + 1}")
        begins = (min(level, 8), start) if start != 1 else None
        like = self.setting.styles.number_id
        self.numberings.append(NumberingRequest(str(name), "number", like, begins=begins))
        return name

    def _picture(self, node: c.Picture, kept: bool) -> None:
        image = self.setting.images.get(node.source)
        if image is None:
            message = f'the picture "{node.source}" is not there'
            self.text.diagnostics.append(Diagnostic.error("missing-picture", message, node.at))
            return
        self.out += picture_paragraph(self.text, node, image, self._fresh_id(), kept=kept)

    def _fresh_id(self) -> LocalName:
        name = LocalName(f"id{len(self.ids) + 1}")
        self.ids.append(str(name))
        return name
