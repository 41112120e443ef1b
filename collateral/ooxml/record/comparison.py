"""Reading the record of a file, and telling slide by slide how the file differs from it.

In: a package or its bytes. Out: the `Record`, and a `SlideState` per slide or block: intact, edited (with the shapes),
moved, missing or foreign. Whether something is outdated, expired or no longer approved is for the caller to say, who
has the library: the state carries block and digest for that.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping

from collateral.diagnostics.lazy_dataclass import replace
from collateral.ooxml import names
from collateral.ooxml.archive import Member
from collateral.ooxml.leads import Shown, leads_of, together
from collateral.ooxml.package import Package, Part, open_package
from collateral.ooxml.record.chart import digest_chart
from collateral.ooxml.record.digest import NOTHING, digest_notes, digest_slide, link_token, media_token
from collateral.ooxml.record.document import (
    digest_around,
    digest_charts,
    digest_document,
    digest_links,
    digest_pictures,
    paragraph_words,
    story_words,
)
from collateral.ooxml.record.email import read_email
from collateral.ooxml.record.finding import read_record
from collateral.ooxml.record.looks import looks_are_intact
from collateral.ooxml.record.order import slide_ids
from collateral.ooxml.record.tags import control_tag, piece_id, read_tags, tagged_item
from collateral.ooxml.record.unmarked import blocks_by_words, slides_by_words
from collateral.ooxml.record.values import (
    VERSION,
    Item,
    KnownBy,
    Record,
    ShapeChange,
    ShapeDigest,
    SlideDigest,
    SlideState,
    State,
)
from collateral.ooxml.xml import XmlError


def compare(source: Package | bytes, record: Record | None = None) -> list[SlideState]:
    """How each slide or block stands, in the order of the file, then those that are missing.

    `record` is read from the file when not given. A file that cannot be opened has no slides: every item is missing.
    """
    record = record or read_record(source)
    if isinstance(source, bytes):
        if not source.startswith(b"PK"):
            return _compare_email(source, record)
        package, _ = open_package(source)
        if package is None:
            return [_missing(item) for item in (record.items if record else ())]
        source = package
    return _compare_slides(source, record) if source.is_deck else _compare_document(source, record)


def content_tokens(package: Package, part: Part, version: int = VERSION) -> dict[str, str]:
    """For each relationship of a part that is content, the token that stands for what it leads to, in records of a version."""
    tokens: dict[str, str] = {}
    for rel in part.relationships:
        if rel.external:
            tokens[rel.id] = link_token(rel.target)
            continue
        target = package.get(rel.target)
        if target is None or target.content_type in _NO_CONTENT:
            continue
        tokens[rel.id] = _token(target, version)
    return tokens


_NO_CONTENT = frozenset((names.CT_SLIDE_LAYOUT, names.CT_NOTES_SLIDE, names.CT_TAGS))
_DATA = frozenset((names.CT_CHART, names.CT_CHART_EX, names.CT_DIAGRAM_DATA))


def _token(target: Part, version: int) -> str:
    if target.content_type == names.CT_SLIDE:
        return "slide"
    if target.content_type in _DATA:
        return _chart_token(target.data(), version)
    return media_token(target.member.crc, target.member.size)


def slide_parts(package: Package) -> list[Part]:
    """The slides in the order they are shown. A presentation that cannot be read has none."""
    by_id = {rel.id: rel.target for rel in package.main.relationships if not rel.external}
    try:
        ids = slide_ids(package.main.data())
    except XmlError:
        return []
    found = [package.get(by_id[rel_id]) for rel_id in ids if rel_id in by_id]
    return [part for part in found if part is not None]


def _tags_of(package: Package, slide: Part) -> tuple[Item, str] | None:
    for part in package.related(slide, "tags"):
        try:
            known = tagged_item(read_tags(part.data()))
        except XmlError:
            continue
        if known is not None:
            return known
    return None


def digest_of_slide(package: Package, slide: Part, version: int = VERSION) -> SlideDigest:
    """The digest of a slide as it is in a package, for records of a version; empty when its XML is broken."""
    try:
        digest = digest_slide(slide.data(), content_tokens(package, slide, version), version=version)
        pages = [digest_notes(notes.data()) for notes in package.related(slide, "notesSlide")]
    except XmlError:
        return SlideDigest("")
    return replace(digest, notes=pages[0] if pages else NOTHING)


def _compare_slides(package: Package, record: Record | None) -> list[SlideState]:
    items = {item.key: item for item in record.items} if record else {}
    piece = piece_id(record) if record else ""
    slides = slide_parts(package)
    version = record.version if record else VERSION
    now = {number: digest_of_slide(package, slide, version) for number, slide in enumerate(slides, 1)}
    tags = {number: tag for number, slide in enumerate(slides, 1) if (tag := _tags_of(package, slide))}
    states = _slide_states(now, tags, items, piece)
    seen = {state.key for state in states if state.state != "foreign"}
    states = _with_moved(states, list(items))
    return states + [_missing(item) for key, item in items.items() if key not in seen]


_Tags = Mapping[int, tuple[Item, str]]


def _slide_states(
    now: Mapping[int, SlideDigest], tags: _Tags, items: Mapping[str, Item], piece: str
) -> list[SlideState]:
    """Each slide by its mark; one that has none by what it says: by its words in a file without any mark, as after a program
    that drops them, and where others have theirs only by being all that a missing slide was."""
    marked = {told.key for told, made_for in tags.values() if made_for == piece}
    bare = {number: slide for number, slide in now.items() if number not in tags}
    lost = [item for key, item in items.items() if key not in marked]
    known = slides_by_words(bare, lost, only_content=not marked.isdisjoint(items))
    return [
        _unmarked_state(number, slide, *known[number])
        if number in known
        else _marked_state(number, slide, tags.get(number), items, piece)
        for number, slide in now.items()
    ]


def _marked_state(
    number: int, now: SlideDigest, tag: tuple[Item, str] | None, items: Mapping[str, Item], piece: str
) -> SlideState:
    if tag is None:
        return SlideState("foreign", "", number, None)
    told, made_for = tag
    if made_for == piece and told.key in items:
        return _slide_state(items[told.key], now, number)
    return replace(_slide_state(told, now, number), state="foreign")


def _unmarked_state(number: int, now: SlideDigest, item: Item, known_by: KnownBy) -> SlideState:
    if known_by == "content":
        return replace(_slide_state(item, now, number), known_by=known_by)
    changes = tuple(_changes_seen_anyhow(item.made, now))
    return SlideState("edited", item.key, number, item, changes, known_by)


def _slide_state(item: Item, now: SlideDigest, number: int) -> SlideState:
    notes = _are_other_notes(item.made, now)
    changes = (*_changes(item.made.shapes, now.shapes), *((_NOTES,) if notes else ()))
    if now.content != item.made.content or notes:
        return SlideState("edited", item.key, number, item, changes or _hidden_or_ordered(item))
    state: State = "intact" if now.place == item.made.place else "moved"
    return SlideState(state, item.key, number, item, changes)


_NOTES = ShapeChange("", "Notes", "edited")
_ORDER = ShapeChange("", "Hiding or order of shapes", "edited")
_LINKS = ShapeChange("", "Links", "edited")
_SHOWN = ShapeChange("", "Pictures or charts", "edited")


def _hidden_or_ordered(item: Item) -> tuple[ShapeChange, ...]:
    """What else can have changed where no shape has, if the record knows the shapes."""
    return (_ORDER,) if item.made.shapes else ()


def _is_other(made: str, now: str) -> bool:
    """Whether something is no longer as the record says, if it does."""
    return bool(made) and made != now


def _are_other_notes(made: SlideDigest, now: SlideDigest) -> bool:
    """Whether the notes say something else. Taken out they do not: who sends a deck may keep them to himself."""
    return now.notes != NOTHING and _is_other(made.notes, now.notes)


def _changes_seen_anyhow(made: SlideDigest, now: SlideDigest) -> Iterable[ShapeChange]:
    """What a program that draws slides anew would have left as it was: pictures, what charts say, and notes."""
    if _is_other(made.shows, now.shows):
        yield _SHOWN
    if _is_other(made.links, now.links):
        yield _LINKS
    if _are_other_notes(made, now):
        yield _NOTES


def _changes(before: Iterable[ShapeDigest], after: Iterable[ShapeDigest]) -> Iterable[ShapeChange]:
    """Shapes are the same by their number on the slide, else by their name."""
    left = {shape.id: shape for shape in before}
    by_name = {shape.name: shape.id for shape in left.values()}
    had_shapes = bool(left)
    for shape in after:
        known = left.pop(shape.id, None) or left.pop(by_name.get(shape.name, ""), None)
        if known is None:
            if had_shapes:
                yield ShapeChange(shape.id, shape.name, "added")
        elif known.content != shape.content:
            yield ShapeChange(shape.id, shape.name, "edited")
        elif known.place != shape.place:
            yield ShapeChange(shape.id, shape.name, "moved")
    for shape in left.values():
        yield ShapeChange(shape.id, shape.name, "removed")


def _missing(item: Item) -> SlideState:
    return SlideState("missing", item.key, None, item)


def _with_moved(states: list[SlideState], order: list[str]) -> list[SlideState]:
    """Intact ones that left the order they were made in are moved: as few as explain the new order. A copy that stands
    beside its slide is where it belongs."""
    rank = {key: at for at, key in enumerate(order)}
    ranked = [(rank[s.key], at) for at, s in enumerate(states) if s.state != "foreign" and s.key in rank]
    staying = _longest_rise(ranked)
    return [
        replace(state, state="moved")
        if state.state == "intact" and state.key in rank and at not in staying
        else state
        for at, state in enumerate(states)
    ]


def _longest_rise(ranked: list[tuple[int, int]]) -> set[int]:
    """The positions of a longest run of ranks that never falls (patience sorting)."""
    tops: list[int] = []
    piles: list[int] = []  # index into `ranked` of each pile's top
    before: list[int | None] = []
    for index, (rank, _) in enumerate(ranked):
        pile = bisect_right(tops, rank)
        before.append(piles[pile - 1] if pile else None)
        tops[pile : pile + 1] = [rank]
        piles[pile : pile + 1] = [index]
    staying: set[int] = set()
    at = piles[-1] if piles else None
    while at is not None:
        staying.add(ranked[at][1])
        at = before[at]
    return staying


def _compare_document(package: Package, record: Record | None) -> list[SlideState]:
    if record is None:
        return []
    try:
        tokens = content_tokens(package, package.main, record.version)
        now = digest_document(package.main.data(), tokens, record.version)
    except XmlError:
        return [_missing(item) for item in record.items]
    if not now.blocks:
        return _unmarked_blocks(paragraph_words(package.main.data(), record.version), record.items)
    by_tag = {control_tag(item.key): item for item in record.items}
    states = [
        _block_state(by_tag.get(tag), digest, number) for number, (tag, digest) in enumerate(now.blocks, 1)
    ]
    seen = {state.key for state in states}
    lost = [item for item in record.items if item.key not in seen]
    return states + (_lost_blocks(package, record, lost) if lost else [])


def _lost_blocks(package: Package, record: Record, lost: list[Item]) -> list[SlideState]:
    """The blocks without a mark in a document that has others: those whose words are there are known by them."""
    paragraphs = paragraph_words(package.main.data(), record.version)
    found = blocks_by_words(paragraphs, lost)
    return [
        SlideState("edited", item.key, None, item, known_by="words") if item.key in found else _missing(item)
        for item in lost
    ]


def _unmarked_blocks(paragraphs: list[str], items: Iterable[Item]) -> list[SlideState]:
    """The blocks of a file of which none has its mark, as after a program that drops them."""
    by_key = {item.key: item for item in items}
    found = blocks_by_words(paragraphs, by_key.values())
    keys = sorted(found, key=found.__getitem__)
    states = [
        SlideState("edited", key, number, by_key[key], known_by="words") for number, key in enumerate(keys, 1)
    ]
    rest = [item for key, item in by_key.items() if key not in found]
    return states + [SlideState("edited", item.key, None, item, known_by="record") for item in rest]


def _block_state(item: Item | None, now: SlideDigest, number: int) -> SlideState:
    if item is None:
        return SlideState("foreign", "", number, None)
    return SlideState("intact" if now.content == item.made.content else "edited", item.key, number, item)


def _compare_email(data: bytes, record: Record | None) -> list[SlideState]:
    """An e-mail is one text: all its items are intact or edited together."""
    if record is None:
        return []
    now = read_email(data, record.version)
    # programs may keep the plain text only
    is_other = now.page and (_is_other(record.words, now.page) or _is_other(record.pictures, now.pictures))
    state: State = "intact" if now.content == record.content and not is_other else "edited"
    return [SlideState(state, item.key, number, item) for number, item in enumerate(record.items, 1)]


def changed_around(package: Package, record: Record) -> list[str]:
    """What a piece says, shows and leads to outside its slides or blocks that is not as it was made, as far as the record can say."""
    if package.is_deck:
        piece = piece_id(record)
        own = [
            s for s in slide_parts(package) if (tag := _tags_of(package, s)) is not None and tag[1] == piece
        ]
        return [] if looks_are_intact(package, own, record) else ["layouts or masters"]
    stories = [part for kind in _STORIES for part in package.related(package.main, kind)]
    parts = [package.main, *stories]
    try:
        now = digest_document(package.main.data(), {}, record.version)
    except XmlError:
        return []
    leads = together([leads_of(part.data(), part.relationships, _shown(package, part)) for part in parts])
    words = digest_around(story_words(part.data(), record.version) for part in stories)
    found = {
        "headers, footers or notes": (record.around, words),
        "links": (record.links, digest_links(leads, now.links)),
    }
    if now.blocks or not record.items:  # else a program has drawn them anew
        charts = [_chart_token(chart, record.version) for chart in leads.charts]
        found |= {
            "pictures": (record.pictures, digest_pictures(leads)),
            "charts": (record.charts, digest_charts(charts)),
        }
    return [what for what, (made, is_now) in found.items() if _is_other(made, is_now)]


def _shown(package: Package, part: Part) -> Shown:
    targets = [package.get(rel.target) for rel in part.relationships if not rel.external]
    return {
        target.name: target.data()
        if target.content_type in _DATA
        else (target.member.crc, target.member.size)
        for target in targets
        if target is not None
    }


def _chart_token(chart: bytes | Member, version: int) -> str:
    try:
        return digest_chart(chart if isinstance(chart, bytes) else chart.data(), version)
    except XmlError:
        return "broken"


def document_is_intact(package: Package, record: Record) -> bool | None:
    """Whether a document's text is as it was made, between the blocks too; None when the record cannot say.

    Text, tables and emphasis are compared; what pictures show is compared inside blocks only. Of a document whose marks are
    gone the words alone are compared.
    """
    try:
        now = digest_document(package.main.data(), {}, record.version)
    except XmlError:
        return False
    unmarked = record.items and not now.blocks
    made, found = (record.words, now.words) if unmarked else (record.content, now.content)
    return made == found if made else None


_STORIES = ("header", "footer", "footnotes", "endnotes")
