"""A tagged PowerPoint deck, compiled: fill it, or assemble any sequence of its slides and of slides made elsewhere.

In: slides with their values, properties, tags and custom parts. Out: the chunks of a .pptx, or diagnostics that name
every place something is wrong. Slides that are not asked for leave nothing behind. Must not know what the values mean.
Rendering needs neither lxml nor Jinja.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from collateral.diagnostics import Diagnostic, Place, has_errors
from collateral.expressions.formats import Formats
from collateral.ooxml.template.filling.appearances import Appearances
from collateral.ooxml.template.filling.assembly import Assembly, CustomParts, Slide
from collateral.ooxml.template.filling.compiled_deck import CompiledDeck
from collateral.ooxml.template.filling.deck_values import TemplateSlide
from collateral.ooxml.template.filling.face import PLAIN, Chunks
from collateral.ooxml.template.parts.properties import PieceProperties
from collateral.ooxml.template.tables.sharing import Shares
from collateral.ooxml.template.tables.values import MeasureCell

if TYPE_CHECKING:
    from collateral.ooxml.template.filling.filled import Filled


class DeckTemplate(CompiledDeck):
    """A compiled deck that can be filled. `fields` are the paths of the data all its slides read."""

    __slots__ = ()

    def fill(
        self,
        data: Mapping[str, Any],
        *,
        formats: Formats = PLAIN,
        properties: PieceProperties | None = None,
        custom_parts: CustomParts = (),
        measure: MeasureCell | None = None,
    ) -> tuple[Chunks | None, list[Diagnostic]]:
        """The engine alone: every slide as often as its slide directives and `@when` say, filled with `data`.

        With `measure`, which says how high a cell's text is, tables that outgrow their slide go on on further slides;
        without it that is only warned of.
        """
        slides, found = self.expand(data, formats=formats)
        if self.slides and not slides and not has_errors(found):
            message = "the slide directives leave no slide for these data"
            found.append(Diagnostic.warning("no-slide-left", message, Place(self.file)))
        if measure is not None and not has_errors(found):
            slides, more = self._continued(slides, formats, measure)
            found += more
        if has_errors(found):
            # say what is wrong with the values of the other slides, too
            _, more = self.assemble(slides, formats=formats)
            return None, [*dict.fromkeys([*found, *more])]
        chunks, more = self.assemble(
            slides, formats=formats, properties=properties, custom_parts=custom_parts, values=data
        )
        return chunks, [*found, *more]

    def expand(
        self, data: Mapping[str, Any], *, formats: Formats = PLAIN
    ) -> tuple[list[TemplateSlide], list[Diagnostic]]:
        """The slides that `{%slide …%}`, `{%section …%}` and `@when` leave for this data, in order."""
        found = Appearances(self, formats)
        found.add_all(data)
        return found.slides, found.problems

    def turns(
        self, slides: Sequence[int], values: Mapping[str, Any], *, formats: Formats = PLAIN
    ) -> tuple[Sequence[TemplateSlide], list[Diagnostic]]:
        """The appearances of some slides (numbers from 1), their `@when` left aside: with the values given and the
        variables of their loops. Slides that are governed together appear turn by turn."""
        if len(slides) == 1 and not self.groups and not self.slides[slides[0] - 1].turns:
            return (TemplateSlide(slides[0], values),), []
        found = Appearances(self, formats)
        found.add_chosen(slides, values)
        return found.slides, found.problems

    def _continued(
        self, slides: Sequence[TemplateSlide], formats: Formats, measure: MeasureCell
    ) -> tuple[list[TemplateSlide], list[Diagnostic]]:
        """The slides, each as often as its tables need; several are numbered in their titles."""
        out: list[TemplateSlide] = []
        found: list[Diagnostic] = []
        for slide in slides:
            shares, problems = self.shares(slide.slide, slide.values, formats=formats, measure=measure)
            out += list(_parts(slide, shares)) or [slide]
            found += problems
        return out, found

    def shares(
        self,
        slide: str | int,
        values: Mapping[str, Any],
        *,
        measure: MeasureCell,
        formats: Formats = PLAIN,
    ) -> tuple[list[Shares], list[Diagnostic]]:
        """How the rows of a slide's tables are shared among slides; one share when they fit, none when none grows."""
        found = self.find_slide(slide)
        if found is None or not any(table.number for table in found.tables):
            return [], []
        from collateral.ooxml.template.filling.continuation import shares_of

        return shares_of(
            found, values, self.functions, formats, measure, Place(self.file, slide=found.number)
        )

    def filled(
        self,
        slide: str | int,
        values: Mapping[str, Any],
        *,
        formats: Formats = PLAIN,
        title_end: str = "",
    ) -> tuple[Filled | None, list[Diagnostic]]:
        """A slide with tagged shapes as it is before anybody knows how far its texts are shrunk: what `texts` are told of, and
        what a `TemplateSlide` with the same values need not be filled again for."""
        found = self.find_slide(slide)
        if found is None or not found.shapes or not found.owned[0].function:
            return None, []
        from collateral.ooxml.template.filling.filled import filled_of

        return filled_of(self.functions, found.owned[0].function, values, formats, title_end)

    def assemble(
        self,
        slides: Sequence[Slide],
        *,
        formats: Formats = PLAIN,
        properties: PieceProperties | None = None,
        custom_parts: CustomParts = (),
        slide_tags: Mapping[str, bytes] | None = None,
        values: Mapping[str, Any] | None = None,
    ) -> tuple[Chunks | None, list[Diagnostic]]:
        """A deck of these slides in this order: any slide of the template any number of times, and new slides.

        `custom_parts` hang on the presentation (custom XML for the record); when it is a function it is called with
        the slides as they were rendered. `slide_tags` are tag parts (`p:tagLst` as XML) by slide key, put on the slide
        by `custDataLst`. `values` fill what belongs to no slide (layouts, masters, properties); by default those of the
        first template slide do. Returns None and all diagnostics when a value is missing anywhere.
        """
        return Assembly(self, slides, formats, properties, custom_parts, slide_tags or {}, values).run()


def _parts(slide: TemplateSlide, shares: Sequence[Shares]) -> Iterator[TemplateSlide]:
    """The slide with each share of its tables' rows."""
    from collateral.model.content import continued_title_end  # hardly ever needed

    for number, share in enumerate(shares, 1):
        end = continued_title_end(number, len(shares)) if len(shares) > 1 else ""
        yield slide._replace(shares=share, title_end=end)
