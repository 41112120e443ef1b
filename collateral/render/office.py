"""What decks and documents share: properties, pictures among values, the record as a part, digests of slides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from collateral.diagnostics import Diagnostic
from collateral.diagnostics.hashes import blake2b
from collateral.model.content import Picture
from collateral.model.plan import Plan
from collateral.ooxml import names
from collateral.ooxml.archive import Member, crc32
from collateral.ooxml.pieces import Pieces
from collateral.ooxml.record import (
    NOTHING,
    RECORD_PART,
    RECORD_PROPS_PART,
    RECORD_PROPS_XML,
    Record,
    SlideDigest,
    digest_chart,
    digest_notes,
    digest_slide,
    link_token,
    media_token,
    record_xml,
)
from collateral.ooxml.template.filling.deck_values import RenderedSlide
from collateral.ooxml.template.parts.properties import PieceProperties
from collateral.ooxml.values import Image, RelatedPart

Images = Callable[[str], tuple[Image | None, list[Diagnostic]]]
_NO_CONTENT = frozenset({"slideLayout", "notesSlide", "tags"})
_DATA = frozenset({"chart", "chartEx", "diagramData"})


def piece_properties(plan: Plan) -> PieceProperties:
    """The document properties of a piece; its date is the plan's, so that equal plans give equal files."""
    own = plan.properties
    return PieceProperties(
        title=own.title,
        subject=own.subject,
        author=own.author,
        company=own.company,
        keywords=own.keywords,
        language=own.language,
        modified=f"{plan.as_of.isoformat()}T00:00:00Z",
    )


def record_part(record: Record) -> RelatedPart:
    """The record as a custom XML part with its properties."""
    props = RelatedPart(
        "rId1",
        names.REL_CUSTOM_XML_PROPS,
        name_hint=f"/{RECORD_PROPS_PART}",
        content_type=names.CT_CUSTOM_XML_PROPS,
        data=RECORD_PROPS_XML,
    )
    return RelatedPart(
        "",
        names.REL_CUSTOM_XML,
        name_hint=f"/{RECORD_PART}",
        content_type=names.CT_XML,
        data=record_xml(record),
        related=(props,),
    )


_REMEMBERED = 256  # slides of a workspace that are alike for everybody; more would be a leak in a campaign
_digests: dict[bytes, SlideDigest] = {}
_words: dict[bytes, str] = {}


def slide_digest(slide: RenderedSlide) -> SlideDigest:
    """The digest of a slide as it was rendered, with a token for each picture, chart and link it shows, and its notes.

    Remembered by the slide's bytes: slides that say the same to everybody are read once.
    """
    tokens, notes = _tokens(slide), _notes_digest(slide)
    if slide.pieces is not None:
        return digest_slide(slide.xml, tokens, slide.pieces, notes=notes)
    key = blake2b(slide.xml, key=blake2b(repr((tokens, notes)).encode()).digest(), digest_size=16).digest()
    known = _digests.get(key)
    if known is None:
        if len(_digests) >= _REMEMBERED:
            _digests.clear()
        known = _digests[key] = digest_slide(slide.xml, tokens, notes=notes)
    return known


def _notes_digest(slide: RenderedSlide) -> str:
    pages = [rel.target for rel in slide.relationships if rel.type == names.REL_NOTES_SLIDE]
    content = slide.contents.get(pages[0]) if pages else None
    if content is None:
        return NOTHING
    return remembered(content, digest_notes)


def remembered(content: bytes | Member, digest: Callable[[bytes], str]) -> str:
    """The digest of a part's words, read once for all pieces that have the part."""
    key = blake2b(content, digest_size=16).digest() if isinstance(content, bytes) else content.digest
    known = _words.get(key)
    if known is None:
        if len(_words) >= _REMEMBERED:
            _words.clear()
        known = _words[key] = digest(content if isinstance(content, bytes) else content.data())
    return known


def remember(words: Mapping[bytes, str]) -> None:
    """Take over digests of words that were worked out before, by the digests of their parts."""
    if len(_words) + len(words) <= _REMEMBERED:
        _words.update(words)


def _tokens(slide: RenderedSlide) -> dict[str, str]:
    """What stands for each thing the slide points to: the same tokens that are found when the file is read back."""
    tokens: dict[str, str] = {}
    for relationship in slide.relationships:
        if relationship.external:
            tokens[relationship.id] = link_token(relationship.target)
        elif (content := slide.contents.get(relationship.target)) is not None:
            made_of = slide.made_of.get(relationship.target)
            token = _content_token(relationship.type, content, made_of)
            if token is not None:
                tokens[relationship.id] = token
    return tokens


def _content_token(type_: str, content: bytes | Member, made_of: Pieces | None) -> str | None:
    kind = type_.rpartition("/")[2]
    if kind in _NO_CONTENT:
        return None
    if kind == "slide":
        return "slide"
    if kind in _DATA:
        return digest_chart(content if isinstance(content, bytes) else content.data(), pieces=made_of)
    if isinstance(content, bytes):
        return media_token(crc32(content), len(content))
    return media_token(content.crc, content.size)


_PLAIN = frozenset((str, int, float, bool, type(None)))  # most values are, and there are many


def pictures_in(value: object) -> Iterator[Picture]:
    """Every picture among values, however deep."""
    match value:
        case Picture():
            yield value
        case dict() | Mapping():
            for item in value.values():
                if item.__class__ not in _PLAIN:
                    yield from pictures_in(item)
        case list() | tuple():
            for item in value:
                if item.__class__ not in _PLAIN:
                    yield from pictures_in(item)


def load_images(pictures: Iterable[Picture], images: Images) -> tuple[Mapping[str, Image], list[Diagnostic]]:
    """The pictures by their path, each loaded once, and why some could not be."""
    loaded: dict[str, Image] = {}
    found: list[Diagnostic] = []
    for source in dict.fromkeys(picture.source for picture in pictures):
        image, problems = images(source)
        found += problems
        if image is not None:
            loaded[source] = image
    return loaded, found


def with_images(values: Mapping[str, object], images: Mapping[str, Image]) -> Mapping[str, object]:
    """The values with every picture that could be loaded in place of its path; one that could not is not there."""
    return {key: made for key, item in values.items() if (made := _with_image(item, images)) is not None}


def _with_image(value: object, images: Mapping[str, Image]) -> object:
    if value.__class__ in _PLAIN:
        return value
    match value:
        case Picture():
            image = images.get(value.source)
            return image.shown(alt=value.alt) if image is not None and value.alt else image
        case dict() | Mapping():
            return with_images(value, images)
        case list() | tuple():
            return [_with_image(item, images) for item in value]
        case _:
            return value
