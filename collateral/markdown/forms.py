"""One form of a block → its content: slides for a deck, nodes for anything else.

In: a `Form` and the name of its file. Out: `FormContent` and diagnostics. A pure function: reads no file, evaluates nothing.
Its results are plain frozen values that can be cached.
"""

from __future__ import annotations

import re

from collateral.diagnostics import Diagnostic
from collateral.diagnostics.lazy_dataclass import dataclass, field, replace
from collateral.markdown.nodes import NodeReader, nested_nodes
from collateral.markdown.tags import Masked, Tag, mask_tags
from collateral.model.content import FormContent, Heading, Inlines, Node, Nodes, Run, SlideContent
from collateral.model.library import Form

_DIV = re.compile(r"\s{0,3}:{3,}\s*(.*?)\s*:*\s*$")
_CODE = re.compile(r"\s*(`{3,}|~{3,})")
_ATTRIBUTES = re.compile(r"\s*\{([^{}]*)\}\s*$")
_LAYOUT = re.compile(r"""\s*layout\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S+))\s*$""")
_SPANNING = "a condition cannot hold several slides; put them into a block of their own with `when`"


def parse_form(form: Form, *, file: str) -> tuple[FormContent, list[Diagnostic]]:
    """The form's content, as far as it can be read, and what is wrong with it."""
    return _FormParser(form, mask_tags(form.source, file, form.line)).parse()


@dataclass(slots=True)
class _Notes:
    line: int
    nodes: Nodes


@dataclass(slots=True)
class _FormParser:
    form: Form
    masked: Masked
    claims: list[str] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def parse(self) -> tuple[FormContent, list[Diagnostic]]:
        self.diagnostics += self.masked.diagnostics
        lines, notes = self._take_notes()
        items = self._read(lines, 0)
        if self.form.piece == "deck":
            content = FormContent(slides=self._slides(items, notes))
        else:
            content = FormContent(nodes=nested_nodes(items, self.diagnostics))
        claims = tuple(dict.fromkeys(self.claims))
        return replace(content, claims=claims), sorted(self.diagnostics, key=_position)

    def _read(self, lines: list[str], offset: int) -> list[Node | Tag]:
        reader = NodeReader(self.masked, offset, self.diagnostics, by_slide=self.form.piece == "deck")
        items = reader.read(lines)
        self.claims += reader.claims
        return items

    def _take_notes(self) -> tuple[list[str], list[_Notes]]:
        """The lines with speaker notes blanked out, and the notes."""
        lines = list(self.masked.lines)
        notes: list[_Notes] = []
        start, code = -1, ""
        for number, line in enumerate(lines):
            code, inside = _code_state(line, code)
            div = None if inside else _DIV.match(line)
            if start >= 0 and div is not None and not div[1]:
                notes.append(self._notes(lines, start, number))
                lines[start : number + 1] = [""] * (number + 1 - start)
                start = -1
            elif div is not None:
                start = self._open_div(div[1], number, start)
                lines[number] = ""
        if start >= 0:
            self._error("unclosed-fence", '"::: notes" is not closed', start, "close it with a line of :::")
        return lines, notes

    def _notes(self, lines: list[str], start: int, end: int) -> _Notes:
        items = self._read(lines[start + 1 : end], start + 1)
        return _Notes(start, nested_nodes(items, self.diagnostics))

    def _open_div(self, name: str, number: int, start: int) -> int:
        if name == "notes" and self.form.piece == "deck" and start < 0:
            return number
        if name == "notes":
            self._error(
                "misplaced-notes",
                '"::: notes" has no place here',
                number,
                "notes belong inside a slide of a deck form",
            )
        elif name:
            self._error(
                "unknown-fence", f'"::: {name}" is not read inside a form', number, "only ::: notes is"
            )
        return start

    def _slides(self, items: list[Node | Tag], notes: list[_Notes]) -> tuple[SlideContent, ...]:
        starts = [n for n, item in enumerate(items) if isinstance(item, Heading) and item.depth == 2]
        self._check_before(items[: starts[0]] if starts else items)
        slides = []
        for number, start in enumerate(starts):
            end = starts[number + 1] if number + 1 < len(starts) else len(items)
            slides.append(self._slide(items[start:end]))
        return self._with_notes(slides, notes)

    def _check_before(self, items: list[Node | Tag]) -> None:
        if not items:
            return
        hint = _SPANNING if isinstance(items[0], Tag) else 'begin each slide with "## " and its title'
        self.diagnostics.append(
            Diagnostic.error("text-before-slide", "there is text before the first slide", items[0].at, hint)
        )

    def _slide(self, items: list[Node | Tag]) -> SlideContent:
        heading = items[0]
        assert isinstance(heading, Heading)
        title, layout = self._layout(heading)
        before = len(self.diagnostics)
        nodes = nested_nodes(items[1:], self.diagnostics)
        self.diagnostics[before:] = [replace(d, hints=(_SPANNING,)) for d in self.diagnostics[before:]]
        return SlideContent(title, nodes, (), layout or self.form.layout, heading.at)

    def _layout(self, heading: Heading) -> tuple[Inlines, str | None]:
        """The title without its attributes, and the layout they ask for."""
        last = heading.inlines[-1] if heading.inlines else None
        found = _ATTRIBUTES.search(last.text) if isinstance(last, Run) else None
        if found is None or not isinstance(last, Run):
            return heading.inlines, None
        layout = _LAYOUT.match(found[1])
        if layout is None:
            message = f'"{{{found[1]}}}" means nothing on a slide'
            self.diagnostics.append(
                Diagnostic.error("unknown-attribute", message, heading.at, 'only {layout="…"} is read')
            )
        kept = last.text[: found.start()].rstrip()
        title = (*heading.inlines[:-1], *((replace(last, text=kept),) if kept else ()))
        return title, (layout[1] or layout[2] or layout[3]) if layout else None

    def _with_notes(self, slides: list[SlideContent], notes: list[_Notes]) -> tuple[SlideContent, ...]:
        for note in notes:
            line = self.masked.origin[note.line]
            owners = [n for n, s in enumerate(slides) if s.at is not None and (s.at.line or 0) < line]
            if owners:
                slide = slides[owners[-1]]
                slides[owners[-1]] = replace(slide, notes=slide.notes + note.nodes)
            else:
                self._error(
                    "misplaced-notes",
                    '"::: notes" stands before the first slide',
                    note.line,
                    "move it behind a title",
                )
        return tuple(slides)

    def _error(self, code: str, message: str, line: int, hint: str) -> None:
        self.diagnostics.append(Diagnostic.error(code, message, self.masked.span(line), hint))


def _code_state(line: str, code: str) -> tuple[str, bool]:
    """The code fence open after this line, and whether the line belongs to one."""
    mark = _CODE.match(line)
    if code:
        closes = mark is not None and mark[1].startswith(code) and line.strip() == mark[1]
        return ("" if closes else code), True
    return (mark[1], True) if mark else ("", False)


def _position(diagnostic: Diagnostic) -> tuple[int, int]:
    at = diagnostic.at
    return (getattr(at, "line", 0) or 0, getattr(at, "column", 0) or 0)
