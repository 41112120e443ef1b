"""Compile a .docx package into a `DocumentTemplate`.

In: an opened package. Out: the template, or diagnostics with every tag that is wrong. Runs once for each version of a
file; everything it computes can be cached.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from functools import cached_property, partial

from lxml import etree

from collateral.diagnostics import Diagnostic, has_errors
from collateral.expressions import nodes as n
from collateral.ooxml.app_properties import drop_derived
from collateral.ooxml.archive import Member, StaticBlob
from collateral.ooxml.leads import Leads, Shown, leads_of
from collateral.ooxml.manifest import (
    CONTENT_TYPES,
    read_content_types,
    rels_name,
    write_content_types,
    write_relationships,
)
from collateral.ooxml.names import (
    CT_CHART,
    CT_CHART_EX,
    CT_CORE_PROPERTIES,
    CT_ENDNOTES,
    CT_EXTENDED_PROPERTIES,
    CT_FOOTNOTES,
    CT_NUMBERING,
    CT_SETTINGS,
    CT_STYLES,
    CT_THEME,
    STORIES,
)
from collateral.ooxml.package import Package, Part
from collateral.ooxml.template.compiling.copied_texts import CopiedTexts, names_made
from collateral.ooxml.template.compiling.document_charts import ChartFinder
from collateral.ooxml.template.compiling.embedded_books import books_of, compile_book, refuse_linked
from collateral.ooxml.template.compiling.merge_fields import free_merge_fields
from collateral.ooxml.template.compiling.parts_compiler import PartsCompiler
from collateral.ooxml.template.compiling.repeated_notes import RepeatedNotes
from collateral.ooxml.template.compiling.restarts import ListStyles
from collateral.ooxml.template.compiling.unfilled import unfilled_tags
from collateral.ooxml.template.compiling.word_notes import NoteSteps
from collateral.ooxml.template.compiling.word_steps import (
    WordSteps,
    ask_to_update_fields,
    has_reference,
    has_table_of_contents,
)
from collateral.ooxml.template.filling.document import FIRST_ID, DocumentTemplate, DynamicPart
from collateral.ooxml.template.filling.document_values import OptionalPart
from collateral.ooxml.template.language.marks import Marks
from collateral.ooxml.template.language.op_facts import expressions_of, fields_of
from collateral.ooxml.template.language.prefixes import with_usual_prefixes
from collateral.ooxml.template.parts.droppable import droppable_of, reached
from collateral.ooxml.template.parts.numbering import empty_numbering
from collateral.ooxml.template.parts.numbering_plan import plan_numbering
from collateral.ooxml.template.parts.sources import without_sources
from collateral.ooxml.template.parts.traces import without_traces
from collateral.ooxml.template.pictures.exact_lines import ExactLines, exact_lines
from collateral.ooxml.template.pictures.links import LinkSteps
from collateral.ooxml.template.pictures.pictures import PictureSteps
from collateral.ooxml.template.pictures.text_rooms import TextRooms, text_rooms
from collateral.ooxml.template.shapes.unique_ids import highest_given, hook_unique_ids
from collateral.ooxml.word.toc import ContentsStyles, plan_contents
from collateral.ooxml.xml import XmlError, parse_xml, serialise

_TURNS = {CT_FOOTNOTES: 1, CT_ENDNOTES: 1, CT_CHART: 2, CT_CHART_EX: 2}


def compile_document(package: Package) -> tuple[DocumentTemplate | None, list[Diagnostic]]:
    """The compiled document; None when a tag in it is wrong."""
    return DocumentCompiler(without_sources(without_traces(package)).as_ordinary_file()).run()


class DocumentCompiler:
    """Compiles one document; `parts` holds the operations of its parts."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.parts = PartsCompiler(package.file)
        self.main = package.main
        self.word = WordSteps(self._list_styles())
        self.copied = CopiedTexts(lambda: self._names_made)
        self.notes = NoteSteps()
        self.repeated = RepeatedNotes(package.parts.values())
        self.rooms = self._rooms()
        styles = self._styles()
        self.lines = exact_lines(styles) if styles is not None else ExactLines()
        self.has_contents = self.has_references = False
        self.next_id = FIRST_ID
        self.charts = ChartFinder()
        self.books: set[str] = set()
        self.contents: ContentsStyles | None = None

    def run(self) -> tuple[DocumentTemplate | None, list[Diagnostic]]:
        """The template, or None and what is wrong."""
        dynamic: dict[str, DynamicPart] = {}
        # notes come after what refers to them, charts late and their workbooks last: by then it is known which a tag names
        self.books = books_of(self.package.parts.values())
        for part in sorted(self.package.parts.values(), key=self._turn):
            made = self._part(part)
            if made is not None:
                dynamic[part.name] = made
        self.parts.problems += unfilled_tags(self.package)
        if has_errors(self.parts.problems):
            return None, self.parts.problems
        self.contents = self._contents(dynamic)
        return self._template(dynamic), self.parts.problems

    def _turn(self, part: Part) -> int:
        is_comment = "comments" in part.content_type
        return 3 if part.name in self.books else _TURNS.get(part.content_type, int(is_comment))

    def _list_styles(self) -> ListStyles:
        styles = self._styles()
        return ListStyles() if styles is None else ListStyles.of(styles)

    def _styles(self) -> etree._Element | None:
        styles = next((p for p in self.package.parts.values() if p.content_type == CT_STYLES), None)
        try:
            return None if styles is None else parse_xml(styles.data())
        except XmlError:  # said when the part itself is compiled
            return None

    @cached_property
    def _names_made(self) -> frozenset[str]:
        """The names that loops of the main part make, which is looked at when a field shows a tag that Word copied."""
        try:
            return names_made(parse_xml(self.main.data()))
        except XmlError:  # said when the part itself is compiled
            return frozenset()

    def _rooms(self) -> TextRooms:
        try:
            return text_rooms(parse_xml(self.main.data()), self.main.relationships)
        except XmlError:  # said when the part itself is compiled
            return TextRooms()

    def _contents(self, dynamic: Mapping[str, DynamicPart]) -> ContentsStyles | None:
        """What its tables of contents are written with; None when it has none, or nothing in it ever changes."""
        styles = self._styles() if self.has_contents and self.parts.ops else None
        if styles is None or self.main.name not in dynamic:
            return None
        return plan_contents(self.main.data(), styles)

    def _look(self, root: etree._Element, marks: Marks) -> None:
        self.has_contents = self.has_contents or has_table_of_contents(root)
        self.has_references = self.has_references or has_reference(root)
        self.next_id = max(self.next_id, highest_given(root))

    def _part(self, part: Part) -> DynamicPart | None:
        rels = _rels_member(part)
        if part.content_type in (CT_CORE_PROPERTIES, CT_EXTENDED_PROPERTIES):
            name, is_plain = self.parts.properties(part)
            fallback = _without_counts(part) if is_plain else None
            return DynamicPart(part.name, name, part.relationships, rels, fallback) if name else None
        if part.name in self.charts.owners:
            self.charts.compile(part, self.package, self.parts)
            return None
        if part.name in self.books and part.name not in self.charts.names():
            book, _ = compile_book(part, self.parts)
            return DynamicPart(part.name, book, part.relationships, rels) if book else None
        refuse_linked(part, self.parts)
        pictures = PictureSteps()
        links = LinkSteps(part.relationships)
        if part.content_type in (CT_SETTINGS, CT_STYLES, CT_THEME):
            return None
        compiled = self.parts.compile(
            part,
            before=[
                self._look,
                free_merge_fields,
                self.copied.before,
                self.repeated.before,
                pictures.before,
                links.before,
            ],
            after=[
                self.repeated.after,
                self.rooms.after,
                self.lines.after,
                self.word.after,
                self.notes.after,
                partial(hook_unique_ids, charts=pictures.charts),
            ],
        )
        if compiled is None:
            return None
        if part.name == self.main.name:
            self.notes.look_at(part, compiled.ops, self.package.parts.values())
        function = self.parts.function(compiled.ops)
        self.charts.note(part, function, compiled.ops, pictures.charts)
        if len(kept := links.kept()) < len(part.relationships):
            part = part.with_relationships(kept)
            rels = _rels_member(part)
            self.main = part if part.name == self.main.name else self.main
        droppable = droppable_of(part, part.relationships, compiled.ops, self.package.parts)
        return DynamicPart(part.name, function, part.relationships, rels, droppable=droppable)

    def _template(self, dynamic: dict[str, DynamicPart]) -> DocumentTemplate:
        package, main = self.package, self.main
        types = {name: part.content_type for name, part in package.parts.items()}
        types_member = package.types_member or Member.of(
            CONTENT_TYPES, write_content_types(types, package.types)
        )
        numbering = next((p for p in package.parts.values() if p.content_type == CT_NUMBERING), None)
        main_rels = _rels_member(main) or Member.of(rels_name(main.name), write_relationships((), main.name))
        optional = self._optional(dynamic)
        expressions = [e for ops in self.parts.ops.values() for e in expressions_of(ops)]
        slots = dict.fromkeys(
            str(node.args[0].value)
            for e in expressions
            for node in n.walk(e.node)
            if isinstance(node, n.Call)
            and node.name == "slot"
            and node.args
            and isinstance(node.args[0], n.Const)
        )
        return DocumentTemplate(
            file=package.file,
            functions=self.parts.functions(),
            static=StaticBlob.of(self._static(dynamic, numbering, optional)),
            optional=optional,
            parts=tuple(dynamic.values()),
            types=types,
            known_types=read_content_types(types_member.data()),
            types_member=types_member,
            main=main.name,
            main_rels=main.relationships,
            main_rels_member=main_rels,
            numbering=plan_numbering(with_usual_prefixes(parse_xml(numbering.data())))
            if numbering
            else empty_numbering(),
            numbering_name=numbering.name if numbering else "",
            numbering_member=numbering.member if numbering else None,
            fields=fields_of(self.parts.ops.values()),
            slots=tuple(slots),
            charts=tuple(self.charts.charts.values()),
            contents=self.contents,
            has_references=self.has_references,
            stories=tuple(
                part.member
                for part in package.parts.values()
                if part.content_type in STORIES and part.name not in dynamic and part.name not in optional
            ),
            leads=self._leads(dynamic),
            shown=self._shown,
            has_sections=self.word.has_sections,
            has_loose_notes=bool(self.notes.loose),
            next_id=self.next_id,
        )

    @cached_property
    def _shown(self) -> Shown:
        """Its pictures, and the charts that are the same in every piece."""
        shown: dict[str, tuple[int, int] | bytes | Member] = {}
        for part in self.package.parts.values():
            if part.content_type in (CT_CHART, CT_CHART_EX) and part.name not in self.charts.charts:
                shown[part.name] = part.member
            elif part.content_type.startswith("image/"):
                shown[part.name] = part.member.crc, part.member.size
        return shown

    def _leads(self, dynamic: Container[str]) -> dict[str, Leads]:
        """Where the parts lead that are the same in every piece, of those that say something."""
        told = [p for p in self.package.parts.values() if p.content_type in STORIES or p is self.main]
        return {
            part.name: leads_of(part.data(), part.relationships, self._shown)
            for part in told
            if part.name not in dynamic
        }

    def _updated(self, settings: Part) -> Member:
        """The settings, asking Word to update fields when something changes that they show and we cannot write."""
        is_left = self.copied.stale or (self.has_contents and self.contents is None)
        if not is_left or not self.parts.ops:
            return settings.member
        root = parse_xml(settings.data())
        ask_to_update_fields(root)
        return Member.of(settings.name, serialise(root))

    def _optional(self, dynamic: Mapping[str, DynamicPart]) -> dict[str, OptionalPart]:
        """The parts that only droppable relationships lead to: stored when one of them is kept."""
        droppable = {part.name: part.droppable for part in dynamic.values() if part.droppable}
        if not droppable:
            return {}
        parts = self.package.parts
        relationships = {
            n: dynamic[n].relationships if n in dynamic else p.relationships for n, p in parts.items()
        }
        roots = [r.target for r in self.package.relationships]
        kept = reached(roots, relationships, droppable)
        loose = {name for name in reached(roots, relationships) if name not in kept}
        written = {*dynamic, *self.charts.names()}
        return {
            name: OptionalPart(
                relationships[name],
                None if name in written else part.member,
                _rels_member(part),
                waits=name in dynamic,
            )
            for name, part in parts.items()
            if name in loose
        }

    def _static(
        self, dynamic: dict[str, DynamicPart], numbering: Part | None, optional: Container[str]
    ) -> list[Member]:
        package, charts = self.package, set(self.charts.names())
        members = [
            package.rels_member or Member.of("_rels/.rels", write_relationships(package.relationships, ""))
        ]
        for part in package.parts.values():
            if part.name in dynamic or part is numbering or part.name in optional or part.name in charts:
                continue
            members.append(self._updated(part) if part.content_type == CT_SETTINGS else part.member)
            rels = _rels_member(part)
            if rels is not None and part.name != self.main.name:
                members.append(rels)
        if numbering is not None and (rels := _rels_member(numbering)):
            members.append(rels)
        return members


def _without_counts(part: Part) -> Member:
    """The properties as they are, without what app.xml says of the text as it was."""
    if part.content_type != CT_EXTENDED_PROPERTIES:
        return part.member
    try:
        root = parse_xml(part.data())
    except XmlError:  # said when the part itself is compiled
        return part.member
    drop_derived(root)
    return Member.of(part.name, serialise(root))


def _rels_member(part: Part) -> Member | None:
    if part.rels_member is not None or not part.relationships:
        return part.rels_member
    return Member.of(rels_name(part.name), write_relationships(part.relationships, part.name))
