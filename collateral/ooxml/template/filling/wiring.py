"""The state of rendering one part: what its fragments point to, fresh ids, and how much it may still write.

Made anew for each rendered part; hot path, so it holds nothing until something needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from collateral.expressions.errors import ExpressionError, MissingValue
from collateral.expressions.formats import Formats
from collateral.ooxml.archive import ArchiveWriter, Member
from collateral.ooxml.template.filling.budget import Budget, TooLarge
from collateral.ooxml.template.filling.checkboxes import CheckedPlace, Signs, settle
from collateral.ooxml.template.filling.copies import Copies
from collateral.ooxml.template.parts.properties import PieceProperties
from collateral.ooxml.template.pictures.values import Placed, blip, fill, place_picture
from collateral.ooxml.template.shapes.shape_ids import ShapeIds
from collateral.ooxml.template.tables.cell_values import color_of, columns_covered
from collateral.ooxml.template.tables.row_filling import Covered, DrawnWidth, edge, fill_row
from collateral.ooxml.template.tables.separators import keep_apart
from collateral.ooxml.template.tables.sharing import Sharing
from collateral.ooxml.template.tables.spans import TableBegins, even_spans, span_place
from collateral.ooxml.values import Fragment, Image, RelatedPart
from collateral.ooxml.xml import escape_attribute, escape_text, whole_number

if TYPE_CHECKING:
    from collateral.ooxml.drawing.chart_data import Grid
    from collateral.ooxml.template.charts.values import AskedChart
    from collateral.ooxml.template.shapes.copy_flow import CopyFlow

TAG_REFERENCE = (
    b'<p:tags xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rIdTag"/>'
)
_NONE: Mapping[int, Any] = MappingProxyType({})
_NO_SLOTS: Mapping[str, Any] = MappingProxyType({})


class Wiring(Sharing, ShapeIds, Copies):
    """`related` are the parts and addresses this part came to point to, with the relationship ids they got."""

    # Most parts need none of these, so they are the class's until a part sets its own: made a million times a day.
    slots: Mapping[str, Any] = _NO_SLOTS
    next_relation = 1
    properties: PieceProperties | None = None
    fits: Mapping[int, Any] = _NONE
    copy = 0
    tag = False
    media_folder = "ppt"
    grid: Grid | None = None
    pictures: dict[int, Placed] | None = None
    charts: dict[str, AskedChart] | None = None
    turn_charts: Mapping[str, str] = _NO_SLOTS
    there: Container[str] = ()
    led: Mapping[int, tuple[int, int]] = _NONE
    links: dict[str, str] | None = None
    media: dict[tuple[str, str, str], str] | None = None
    columns: dict[int, int] | None = None
    column_width = 0
    copies: dict[CopyFlow, int] | None = None
    app_counts: Mapping[str, int] = _NO_SLOTS
    pieces: Sequence[bytes] = ()
    turns: tuple[int, ...] = ()
    turns_of: dict[int, list[tuple[int, ...]]] | None = None

    def __init__(self, budget: Budget, formats: Formats, next_id: int = 100_000) -> None:
        self.budget, self.formats, self.next_id = budget, formats, next_id
        self.problems: list[tuple[int, Exception]] = []
        self.related: list[tuple[str, RelatedPart]] = []

    def attempt(self, site: int, action: Callable[[], Any], default: Any) -> Any:
        """The result of the action, or the default after noting what went wrong at this tag."""
        try:
            return action()
        except TooLarge:
            raise
        except (ExpressionError, LookupError, TypeError, ValueError, ArithmeticError, NameError) as problem:
            self.problems.append((site, problem))
            if self.turns:
                self.turns_of = self.turns_of or {}
                self.turns_of.setdefault(site, []).append(self.turns)
            return default

    def turning(self, items: Iterable[Any]) -> Iterator[Any]:
        """The items of a loop, while what goes wrong is noted with the turns of the loops it happened in."""
        around = self.turns
        for turn, item in enumerate(items, 1):
            self.turns = (*around, turn)
            yield item
        self.turns = around

    def around(self, around: tuple[Any, ...], place: bytes, look: bytes) -> tuple[Any, ...]:
        """What surrounds a value in a run whose properties were not known before: with them in
        its `place`s."""
        return tuple([each.replace(place, look) if each.__class__ is bytes else each for each in around])

    def slot(self, name: str) -> Any:
        """The fragment (or list of them) that goes where the template says slot(name)."""
        found = self.slots.get(name)
        if found is None:
            raise MissingValue(f'slot("{name}")')
        return found

    def property(self, argument: tuple[str, bytes]) -> bytes:
        """A document property: what the caller set, or the template's own."""
        source, default = argument
        value = self.properties.get(source) if self.properties is not None else ""
        return escape_text(value).encode() if value else default

    def property_element(self, argument: tuple[str, tuple[bytes, bytes]]) -> bytes:
        """A document property the template lacks, as a whole element; nothing when it is not set."""
        source, (opening, closing) = argument
        value = self.properties.get(source) if self.properties is not None else ""
        return opening + escape_text(value).encode() + closing if value else b""

    def fit(self, argument: tuple[int, bytes]) -> bytes:
        """How a shape's text is scaled: as the composer found, or as the template has it."""
        shape_id, default = argument
        fit = self.fits.get(shape_id) if self.fits else None
        if fit is None:
            return default
        if fit.scale >= 1 and fit.spacing <= 0:
            return b"<a:normAutofit/>" if b"normAutofit" in default else default
        scale, spacing = round(fit.scale * 100_000), round(fit.spacing * 100_000)
        first = b' fontScale="%d"' % scale if scale < 100_000 else b""
        second = b' lnSpcReduction="%d"' % spacing if spacing > 0 else b""
        return b"<a:normAutofit%s%s/>" % (first, second)

    def slide_tag(self, argument: tuple[bytes, bytes, bytes]) -> bytes:
        """The reference to the slide's tag part, or what the template has there."""
        before, default, after = argument
        return before + TAG_REFERENCE + after if self.tag else default

    def slide_id(self, argument: tuple[int, str]) -> bytes:
        """The id of the slide a zoom leads to: the template's, or that of the copy in the same turn of a loop."""
        index, drawn = argument
        return b"%d" % self.led[index][0] if index in self.led else drawn.encode()

    def led_creation(self, argument: tuple[int, int]) -> bytes:
        """The creation id of that slide."""
        index, drawn = argument
        return _creation(drawn, self.led[index][1] if index in self.led else 0)

    def copy_begins(self, flow: tuple[Any, ...]) -> bytes:
        """A turn of a loop over shapes begins."""
        from collateral.ooxml.template.shapes.copy_flow import CopyFlow

        if self.copies is None:
            self.copies = {}
        known = CopyFlow(*flow)
        self.copies[known] = self.copies.get(known, 0) + 1
        return b""

    def copy_place(self, argument: tuple[tuple[Any, ...], int, int]) -> bytes:
        """Where a shape of this turn lies, to the right or down."""
        flow, axis, own = argument
        return b"%d" % (own + self._moved(flow, axis))

    def _moved(self, flow: tuple[Any, ...], axis: int) -> int:
        """How far the shapes of this turn lie from where they were drawn; `flow` is a CopyFlow."""
        from collateral.ooxml.template.shapes.copy_flow import CopyFlow

        known = CopyFlow(*flow)
        return known.offset((self.copies or {}).get(known, 1) - 1, axis)

    def creation(self, number: int) -> bytes:
        """A slide's creation id: its own, or one of its own for each copy."""
        return _creation(number, self.copy)

    def field_link(self, argument: None, address: Any) -> bytes:
        """The address of a link that is a field."""
        return attribute_bytes(_safe(address))

    def link(self, kind: str, address: Any) -> bytes:
        """The relationship id of a link to this address."""
        target = _safe(address)
        if self.links is None:
            self.links = {}
        known = self.links.get(target)
        if known is None:
            known = self.links[target] = self.relate(RelatedPart("", kind, target))
        return known.encode()

    def cell_span(self, most: int, value: Any) -> bytes:
        """How many columns a table cell covers."""
        return b"%d" % columns_covered(value, most)

    def row_span(self, most: int, value: Any) -> bytes:
        """The same in a row that is brought to its table's width."""
        return Covered(self.cell_span(most, value))

    def row_edge(self, argument: tuple[Any, ...]) -> bytes:
        """Where such a row, or a cell of it, begins or ends."""
        return edge(*argument)

    def drawn_width(self, element: bytes) -> bytes:
        """How wide a cell of such a row was drawn, as XML."""
        return DrawnWidth(element)

    def grid_column(self, table: int) -> bytes:
        """One more column of a table whose columns repeat; minus the table's number begins it with none."""
        if self.columns is None:
            self.columns = {}
        self.columns[abs(table)] = self.columns.get(table, 0) + 1 if table > 0 else 0
        return b""

    def row_ends(self, argument: tuple[int, int, int], out: list[bytes]) -> None:
        """Bring a row to its table's width: the table's number if its columns repeat, else how many it has."""
        table, columns, beside = argument
        fill_row(out, (self.columns or {}).get(table, columns), beside)

    def spans_begin(self, argument: None) -> bytes:
        """Where a table with merged cells begins."""
        return TableBegins()

    def span_place(self, name: str) -> bytes:
        """Where a cell says how it is merged."""
        return span_place()

    def spans_end(self, out: list[bytes]) -> None:
        """Let the table's merged cells reach as far as the cells they cover."""
        even_spans(out)

    def checked_place(self, drawn: bytes) -> bytes:
        """Where a box to tick says whether it is ticked."""
        return CheckedPlace(drawn)

    def box_ends(self, signs: Signs, out: list[bytes]) -> None:
        """Tick the box that was written last when its sign says so."""
        settle(out, signs)

    def tables_apart(self, separator: bytes, out: list[bytes]) -> None:
        """Keep the table that comes now apart from one that ends what was written."""
        keep_apart(out, separator)

    def cell_color(self, drawn: str, value: Any) -> bytes:
        """The colour behind a cell of a document's table; as it was drawn when there is none."""
        return (color_of(value) or drawn).encode()

    def cell_fill(self, drawn: bytes, value: Any) -> bytes:
        """What fills a cell of a slide's table; as it was drawn when there is no colour."""
        color = color_of(value)
        return b'<a:solidFill><a:srgbClr val="%s"/></a:solidFill>' % color.encode() if color else drawn

    def picture(self, argument: tuple[int, tuple[int, int, int, int], bool, bool], value: Any) -> bytes:
        """Note what takes the place of a picture: nothing when the value is text, which is its alt text (of a placeholder
        that waits for a picture it is none)."""
        number, frame, awaited, covers = argument
        if self.pictures is None:
            self.pictures = {}
        if value.__class__ is Image:
            self.pictures[number] = place_picture(value, frame, self.media_folder, self.relate, covers=covers)
        elif isinstance(value, str) and not awaited:
            self.pictures[number] = Placed(frame, "", "", value)
        else:
            raise ExpressionError("a picture is needed here")
        return b""

    def has(self, about: str) -> bool:
        """Whether what a part is about is there: a note a document refers to, a slide a link leads to."""
        return about in self.there

    def picture_alt(self, argument: tuple[int, str]) -> bytes:
        """The alt text of a picture whose alt text was only a tag."""
        number, name = argument
        placed = self.pictures.get(number) if self.pictures else None
        return attribute_bytes(placed.alt if placed is not None and placed.alt else name)

    def picture_size(self, argument: tuple[Any, ...]) -> bytes:
        """One number of a picture's box; a picture that is repeated has a fourth argument, how its copies go on."""
        number, which, default = argument[:3]
        placed = self.pictures.get(number) if self.pictures else None
        drawn = placed is None or not placed.rel_id or not placed.frame[2]
        own = whole_number(default) if drawn else placed.frame[which]  # type: ignore[union-attr]
        return b"%d" % (own + self._moved(argument[3], which) if len(argument) > 3 else own)

    def picture_part(self, argument: tuple[Any, ...]) -> bytes:
        """The crop (of a new picture that it has when it fills its frame) or the reference to the file."""
        placed = self.pictures.get(argument[0]) if self.pictures else None
        if placed is None or not placed.rel_id:
            return argument[2]  # type: ignore[no-any-return]
        return placed.crop if argument[1] == "crop" else blip(placed, argument[3])

    def picture_fill(self, argument: tuple[int, tuple[int, int, int, int], bytes, bytes, bytes]) -> bytes:
        """What fills a shape: its picture, none where the value is empty, or what was drawn."""
        number, frame, drawn, opening, effects = argument
        placed = self.pictures.get(number) if self.pictures else None
        if placed is None or not placed.rel_id:
            return drawn if placed is None or placed.alt else b"<a:noFill/>"
        return fill(placed, frame, opening, effects)

    def chart(self, rel_id: str, value: Any, known: Mapping[str, Any]) -> bytes:
        """Note the data of a chart, and what loops know where it stands; its part is written after what shows it. What a loop
        makes of it from the second turn on are charts of their own."""
        from collateral.ooxml.template.charts.values import AskedChart, chart_of

        asked = AskedChart(rel_id, chart_of(value), known)
        if self.charts is None:
            self.charts = {}
        own = self._own_id() if rel_id in self.charts else rel_id
        self.charts[own] = asked
        self.turn_charts = {**self.turn_charts, rel_id: own}
        return b""

    def chart_id(self, rel_id: str) -> bytes:
        """The relationship of a chart in a loop, in this turn."""
        return self.turn_charts.get(rel_id, rel_id).encode()

    def copied_charts(self) -> list[tuple[str, AskedChart]]:
        """The charts that loops made of others, by their relationships."""
        return [(own, asked) for own, asked in (self.charts or {}).items() if own != asked.rel_id]

    def series(self, argument: tuple[Any, ...]) -> bytes:
        """The series of a chart whose data are replaced."""
        from collateral.ooxml.template.charts.program import series_xml

        return series_xml(self.grid, argument) if self.grid is not None else b""

    def series_name(self, index: int) -> bytes:
        """The text of a title that shows the name of a series."""
        from collateral.ooxml.template.charts.program import title_xml

        return title_xml(self.grid, index) if self.grid is not None else b""

    def legend_entry(self, argument: tuple[int, int, bytes, bytes]) -> bytes:
        """An entry of a chart's legend that was made for one of its series or points."""
        from collateral.ooxml.template.charts.program import legend_entry_xml

        return legend_entry_xml(self.grid, argument) if self.grid is not None else b""

    def extended_data(self, dimension: str) -> bytes:
        """The data of an extended chart whose data are replaced."""
        from collateral.ooxml.template.charts.extended import extended_data_xml

        return extended_data_xml(self.grid, dimension) if self.grid is not None else b""

    def extended_series(self, argument: tuple[Any, ...]) -> bytes:
        """Series of an extended chart whose data are replaced."""
        from collateral.ooxml.template.charts.extended import extended_series_xml

        return extended_series_xml(self.grid, argument) if self.grid is not None else b""

    def has_more_series(self, count: int) -> bool:
        """Whether the data of a chart have more series than that."""
        return self.grid is None or len(self.grid.series) > count

    def archive(self, kept: tuple[tuple[Any, ...], ...], written: tuple[tuple[str, bytes], ...]) -> bytes:
        """A workbook inside the file, with some of its parts written anew."""
        writer = ArchiveWriter()
        for member in kept:
            writer.add_member(Member(*member))
        for name, data in written:
            writer.add(name, data)
        return b"".join(writer.chunks())

    def app_count(self, name: str) -> bytes:
        """How many slides, notes or hidden slides the deck has."""
        return b"%d" % self.app_counts.get(name, 0)

    def charge(self, size: int) -> None:
        """Count bytes against the bound."""
        self.budget.charge(size)

    def charge_items(self, count: int, cost: int) -> None:
        """Count a loop's items against the bounds."""
        self.budget.charge_items(count, cost)

    def place(self, fragment: Fragment) -> bytes:
        """A fragment's XML with real ids, noting what it points to."""
        if not fragment.related and not fragment.numberings and not fragment.ids:
            return fragment.render({})
        rename: dict[str, str] = {}
        for part in fragment.related:
            rename[part.rel_id] = self.relate(part)
        for request in fragment.numberings:
            rename[request.name] = self.numbering.number(request) if self.numbering else (request.like or "1")
        for name in fragment.ids:
            rename[name] = str(self.fresh_id())
        return fragment.render(rename)

    def relate(self, part: RelatedPart) -> str:
        """A relationship id for what a fragment points to; the same picture has the same one all over the part."""
        if self.media is None:
            self.media = {}
        key = (part.digest, part.content_type, part.type)
        if part.digest and key in self.media:
            return self.media[key]
        rel_id = self.media[key] = self._own_id()
        self.related.append((rel_id, part))
        return rel_id

    def _own_id(self) -> str:
        """A relationship id that nothing in the part has."""
        self.next_relation += 1
        return f"rIdx{self.next_relation - 1}"


def _creation(number: int, copy: int) -> bytes:
    return b"%d" % ((number + 2_654_435_761 * copy) & 0xFFFFFFFF)


class Reading(Wiring):
    """The state of filling a part only to read its text back: pictures and charts are of no concern, and a picture may still be a mere
    name; copies of a shape keep its id, by which their texts are known."""

    def unique(self, argument: tuple[str, str]) -> bytes:
        """The id the template has."""
        return argument[1].encode()

    def shape_id(self, number: str) -> bytes:
        """The id the template has."""
        return number.encode()

    shape_id_again = shape_id

    def picture(self, argument: object, value: Any) -> bytes:
        """Nothing: the picture stays what the template has."""
        return b""

    def chart(self, rel_id: str, value: Any, known: Mapping[str, Any]) -> bytes:
        """Nothing: what is wrong with the data is said when the slide is written."""
        return b""


def _safe(address: Any) -> str:
    """The address as a URI; none that could do anything but open is let through."""
    from collateral.ooxml.drawing.addresses import safe_address

    text = str(address)
    target = safe_address(text)
    if target is None:
        raise ExpressionError(f'"{text[:60]}" is no web or mail address')
    return target


def attribute_bytes(text: str) -> bytes:
    """The text inside a double-quoted attribute."""
    return escape_attribute(text).encode()
