"""Plan → .docx: content written in the master's styles and put into its slots, the master's own tags filled.

In: a document plan (also a briefing), the compiled master and its styles. Out: the file with its record; each block stands in
a content control that carries its key. Decides nothing about content.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from collateral.diagnostics import Diagnostic, Place, has_errors
from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.expressions import Formats
from collateral.model import content as c
from collateral.model.artifact import Artifact
from collateral.model.plan import DocumentContent, DocumentPart, DocumentSection, Origin, Plan
from collateral.ooxml.leads import Leads
from collateral.ooxml.record import (
    Record,
    SlideDigest,
    control_tag,
    digest_around,
    digest_chart,
    digest_charts,
    digest_document,
    digest_fragment,
    digest_links,
    digest_pictures,
    story_words,
    word_control,
)
from collateral.ooxml.template.filling.document import DocumentTemplate, Story
from collateral.ooxml.values import Fragment, Image
from collateral.ooxml.word.insertion import body_fragment
from collateral.ooxml.word.nodes import WordSetting, word_content
from collateral.ooxml.word.styles import WordStyles
from collateral.render.office import (
    Images,
    load_images,
    pictures_in,
    piece_properties,
    record_part,
    remembered,
    with_images,
)
from collateral.render.recording import record_item, record_of, unique_key

EMPTY = Fragment.of("block", b"")


@dataclass(frozen=True, slots=True)
class DocumentTools:
    """What a document is rendered with. `images` gives the picture behind a path of the plan."""

    template: DocumentTemplate
    styles: WordStyles
    images: Images
    parts: Mapping[str, DocumentTemplate] = field(default_factory=dict)  # designed parts, by their path


def render_document(
    plan: Plan, content: DocumentContent, tools: DocumentTools
) -> tuple[Artifact | None, list[Diagnostic]]:
    """The document as a file; None with every reason when it cannot be made."""
    return _DocumentRenderer(plan, content, tools).run()


class _DocumentRenderer:
    def __init__(self, plan: Plan, content: DocumentContent, tools: DocumentTools) -> None:
        self.plan, self.content, self.tools = plan, content, tools
        self.problems: list[Diagnostic] = []
        self.images: Mapping[str, Image] = {}
        self.blocks: dict[
            str, tuple[Origin, Fragment]
        ] = {}  # where each comes from and what is in it, by its key

    def run(self) -> tuple[Artifact | None, list[Diagnostic]]:
        self.images, found = load_images(_pictures(self.content), self.tools.images)
        self.problems += found
        slots = self._slots()
        if has_errors(self.problems):
            return None, self.problems
        chunks, found = self.tools.template.fill(
            with_images(self.content.values, self.images),
            slots=slots,
            formats=Formats(self.plan.language, self.plan.currency),
            properties=piece_properties(self.plan),
            custom_parts=lambda xml, stories, leads: (record_part(self._record(xml, stories, leads)),),
        )
        self.problems += found
        if chunks is None or has_errors(self.problems):
            return None, self.problems
        return Artifact(self.plan.file_name, chunks), self.problems

    def _slots(self) -> dict[str, Sequence[Fragment]]:
        """Every slot of the master with its content; content the master has no slot for is an error."""
        filled: dict[str, Sequence[Fragment]] = dict.fromkeys(self.tools.template.slots, (EMPTY,))
        for section in self.content.sections:
            fragments = self._section(section)
            if section.slot in filled:
                filled[section.slot] = fragments or (EMPTY,)
            elif fragments:
                self.problems.append(self._no_place(section.slot, filled))
        return filled

    def _no_place(self, slot: str, known: Iterable[str]) -> Diagnostic:
        hint = f'put {{{{p slot("{slot}") }}}} into it, in a paragraph of its own'
        others = ", ".join(sorted(known))
        return Diagnostic.error(
            "no-place-for-section",
            f'the master has no place for the section "{slot}"',
            Place(self.tools.template.file),
            f"{hint}, or name one of: {others}" if others else hint,
        )

    def _section(self, section: DocumentSection) -> Sequence[Fragment]:
        """A heading and the parts under it; nothing at all when there are no parts."""
        if not section.parts:
            return ()
        fragments = [fragment for part in section.parts for fragment in self._part(part)]
        if section.title:
            head = c.Heading(1, (c.Run(section.title),))
            fragments.insert(0, self._written((head,), depth=0))
        return fragments

    def _part(self, part: DocumentPart) -> Iterator[Fragment]:
        """One block's content inside its content control."""
        key = unique_key(part.origin.block or "part", self.blocks)
        inner = self._designed(part.source) if part.source else self._written(part.nodes, depth=0)
        self.blocks[key] = part.origin, inner
        head, tail = word_control(key, part.origin.block or "")
        yield Fragment("block", (head, *inner.pieces, tail), inner.related, inner.numberings, inner.ids)

    def _designed(self, source: str) -> Fragment:
        """The body of a part somebody designed in Word, filled with the plan's values."""
        template = self.tools.parts.get(source)
        if template is None:
            self.problems.append(
                Diagnostic.error("missing-part", f'there is no document part "{source}"', Place(source))
            )
            return EMPTY
        values = with_images(self.content.values, self.images)
        chunks, found = template.fill(values, formats=Formats(self.plan.language, self.plan.currency))
        self.problems += found
        if chunks is None:
            return EMPTY
        fragment, found = body_fragment(b"".join(chunks), self.tools.styles, file=source)
        self.problems += found
        return fragment or EMPTY

    def _written(self, nodes: c.Nodes, depth: int) -> Fragment:
        setting = WordSetting(self.tools.styles, self.plan.language, self.images, depth)
        fragment, found = word_content(nodes, setting)
        self.problems += found
        return fragment

    def _record(self, xml: bytes, stories: Sequence[Story], leads: Leads) -> Record:
        """The record, with digests of all the document says, between the blocks and around them too."""
        digest = digest_document(xml, {})
        read = dict(digest.blocks)
        items = [
            record_item(key, origin, _digest_of(inner, read.get(control_tag(key))))
            for key, (origin, inner) in self.blocks.items()
        ]
        around = digest_around(remembered(story, story_words) for story in stories)
        return record_of(
            self.plan,
            items,
            content=digest.content,
            words=digest.words,
            around=around,
            links=digest_links(leads, digest.links),
            pictures=digest_pictures(leads),
            charts=digest_charts([remembered(chart, digest_chart) for chart in leads.charts]),
        )


def _digest_of(inner: Fragment, read: SlideDigest | None) -> SlideDigest:
    """The digest of a block as it was read in the document, which does not tell where links and pictures lead."""
    return digest_fragment(inner) if read is None or inner.related else read


def _pictures(content: DocumentContent) -> Iterator[c.Picture]:
    yield from pictures_in(content.values)
    for section in content.sections:
        for part in section.parts:
            yield from (node for node in part.nodes if isinstance(node, c.Picture))
