"""Digests of what a slide or a text says and shows, the same before and after PowerPoint saved it.

In: the XML of a part and, for each relationship id, a token that stands for what it leads to. Out: a `SlideDigest`.
Counted are text with its emphasis, the structure of paragraphs and tables, alternative text, pictures, charts and
links. Not counted are ids, attribute order, how text is cut into runs, language and spelling marks, autofit scale,
creation ids and fallbacks, for PowerPoint rewrites those freely. Places are digested apart. One expat pass, no tree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Final
from urllib.parse import unquote
from xml.parsers import expat

from collateral.diagnostics.hashes import blake2b
from collateral.ooxml.names import NAMESPACES
from collateral.ooxml.pieces import Marked, Pieces, mark
from collateral.ooxml.record.values import VERSION, ShapeDigest, SlideDigest
from collateral.ooxml.xml import read_events

_POINT: Final = 12_700
_LINK: Final = "link "


def digest_text(text: str) -> str:
    """The digest of a text whose white space may be folded anew on the way, such as an e-mail's."""
    return hashed(" ".join(text.split()), 16)


def digest_words(tokens: Iterable[str]) -> str:
    """How long the words among the tokens of a pass are and their digest, without blanks and breaks; "" of none."""
    return _digest_of_bare(bare_words(tokens))


def bare_words(tokens: Iterable[str]) -> str:
    """The words among the tokens of a pass, without the blanks and breaks between them."""
    return _bare("".join([token for token in tokens if not token.startswith("\x1d")]))


def _bare(words: str) -> str:
    return "".join(words.split())


def _digest_of_bare(bare: str) -> str:
    return f"{len(bare):x}-{hashed(bare, 8)}" if bare else ""


def digest_bytes(data: bytes) -> str:
    """The digest of bytes that nobody rewrites."""
    return blake2b(data, digest_size=16).hexdigest()


def link_token(address: str) -> str:
    """What stands for an external address: PowerPoint escapes and adds a slash as it likes."""
    return _LINK + unquote(address).rstrip("/")


def media_token(crc: int, size: int) -> str:
    """What stands for a picture, workbook or media file; PowerPoint keeps its bytes, not its name."""
    return f"{crc:08x}-{size:x}"


def hashed(text: str, size: int) -> str:
    """A digest of so many bytes, as hex."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=size).hexdigest()


def _name(prefixed: str) -> str:
    prefix, _, local = prefixed.partition(":")
    return f"{NAMESPACES[prefix]} {local}"


_R: Final = NAMESPACES["r"]
_PICTURE: Final = "picture"
_BLIP: Final = _name("a:blip")
_CHART: Final = _name("c:chart")
_SHAPES: Final = {
    _name("p:sp"): "shape",
    _name("p:pic"): _PICTURE,
    _name("p:cxnSp"): "line",
    _name("p:graphicFrame"): "frame",
    _name("p:grpSp"): "group",
    _name("p:contentPart"): "ink",
}
_FALLBACK: Final = _name("mc:Fallback")
_TEXT: Final = _name("a:t")
_POINTED: Final = {  # element: the attribute whose relationship is part of the content
    _BLIP: (f"{_R} embed", f"{_R} link"),
    _name("asvg:svgBlip"): (f"{_R} embed",),
    _CHART: (f"{_R} id",),
    _name("cx:chart"): (f"{_R} id",),
    _name("dgm:relIds"): (f"{_R} dm",),
    _name("p:oleObj"): (f"{_R} id",),
    _name("a:videoFile"): (f"{_R} link",),
    _name("a:audioFile"): (f"{_R} link",),
    _name("p14:media"): (f"{_R} embed",),
}
_NOTES_BODY: Final = "\x1dph body "
_TITLES: Final = frozenset(("title", "ctrTitle"))
_LOOKS: Final = ("b", "i", "u", "strike", "baseline", "sz")
_PLAIN: Final = frozenset(("0", "none", "noStrike", "false"))


class _Shape:
    """Tokens of one shape. They begin with a character XML cannot hold, so no text can be taken for one."""

    __slots__ = ("id", "is_title", "look", "name", "out", "place")

    def __init__(self, kind: str) -> None:
        self.id = self.name = self.look = ""
        self.is_title = False
        self.out = [kind]
        self.place: list[str] = []

    def digest(self) -> ShapeDigest:
        content = hashed("".join(self.out), 8)
        return ShapeDigest(self.id, self.name, content, hashed(" ".join(self.place), 4))


class _Slide:
    """What one pass over a slide has gathered so far.

    Ends of elements and text are listened to only inside `a:t` and inside what is skipped: the rest of a slide is
    known by its starts, and that halves the cost of a pass.
    """

    __slots__ = (
        "in_run",
        "links",
        "look",
        "now",
        "parser",
        "shapes",
        "shown",
        "skipping",
        "slide",
        "starts",
        "targets",
    )

    def __init__(self, targets: Mapping[str, str], version: int) -> None:
        self.targets = targets
        self.starts = _STARTS if version > 1 else _STARTS_OF_1
        self.slide = self.now = _Shape("slide")
        self.shapes: list[_Shape] = []
        self.shown: list[str] = []  # the tokens of pictures and charts
        self.links: list[str] = []
        self.skipping = 0
        self.in_run = False
        self.look = ""
        self.parser: expat.XMLParserType

    def attach(self, parser: expat.XMLParserType) -> None:
        self.parser = parser

    def digest(self, notes: str) -> SlideDigest:
        """The digest of what was gathered; of its notes as given."""
        shapes = tuple([shape.digest() for shape in self.shapes])
        place = " ".join([shape.place for shape in shapes])
        content = _content("".join(self.slide.out), shapes)
        words, title = digest_words(self.words()), digest_words(self.title())
        return SlideDigest(
            content, hashed(place, 8), shapes, words, title, _shows(self.shown), notes, _leads(self.links)
        )

    def words(self) -> list[str]:
        """What all shapes say."""
        return [token for shape in self.shapes for token in shape.out[1:]]

    def title(self) -> list[str]:
        """What the first title says."""
        return next((shape.out[1:] for shape in self.shapes if shape.is_title), [])

    def start(self, name: str, attributes: dict[str, str]) -> None:
        handler = self.starts.get(name)
        if handler is not None:
            handler(self, name, attributes)

    def read_text(self) -> None:
        """Listen to the text that follows, up to the next end of an element."""
        self.parser.CharacterDataHandler = self.now.out.append
        self.parser.EndElementHandler = self._end_text

    def _end_text(self, _: str) -> None:
        self.parser.CharacterDataHandler = None
        self.parser.EndElementHandler = None

    def skip(self) -> None:
        """Take no notice of the element that just began, nor of all it holds."""
        self.skipping = 1
        self.parser.StartElementHandler = self._skip_start
        self.parser.EndElementHandler = self._skip_end

    def _skip_start(self, _: str, __: dict[str, str]) -> None:
        self.skipping += 1

    def _skip_end(self, _: str) -> None:
        self.skipping -= 1
        if not self.skipping:
            self.parser.StartElementHandler = self.start
            self.parser.EndElementHandler = None


_Handler = Callable[[_Slide, str, dict[str, str]], None]


def _start_shape(slide: _Slide, name: str, _: dict[str, str]) -> None:
    shape = slide.now = _Shape(_SHAPES[name])
    slide.shapes.append(shape)
    slide.in_run = False


def _start_identity(slide: _Slide, _: str, attributes: dict[str, str]) -> None:
    shape = slide.now
    if shape is slide.slide or shape.id:
        return
    shape.id, shape.name = attributes.get("id", ""), attributes.get("name", "")
    shape.out.append(f"\x1dalt {attributes.get('descr', '')}\x1d{attributes.get('hidden', '')}")


def _start_placeholder(slide: _Slide, _: str, attributes: dict[str, str]) -> None:
    slide.now.is_title = attributes.get("type") in _TITLES
    slide.now.out.append(f"\x1dph {attributes.get('type', 'obj')} {attributes.get('idx', '0')}")


def _start_paragraph(slide: _Slide, _: str, __: dict[str, str]) -> None:
    slide.look = ""
    slide.now.out.append("\x1dp")


def _start_paragraph_look(slide: _Slide, _: str, attributes: dict[str, str]) -> None:
    level = attributes.get("lvl", "0")
    if level != "0":
        slide.now.out.append("\x1dlvl " + level)


def _start_run(slide: _Slide, _: str, __: dict[str, str]) -> None:
    slide.look = ""
    slide.in_run = True


def _start_run_look(slide: _Slide, _: str, attributes: dict[str, str]) -> None:
    marks = [f"{key}{attributes[key]}" for key in _LOOKS if attributes.get(key, "0") not in _PLAIN]
    if marks:
        slide.look = " ".join(marks)


def _start_link(slide: _Slide, _: str, attributes: dict[str, str]) -> None:
    target = slide.targets.get(attributes.get(f"{_R} id", ""), attributes.get("action", ""))
    slide.links.append(target)
    if slide.in_run:
        slide.look += "\x1dlink " + target
    else:
        slide.now.out.append("\x1dlink " + target)


def _start_text(slide: _Slide, _: str, __: dict[str, str]) -> None:
    shape = slide.now
    if slide.look != shape.look:
        shape.look = slide.look
        shape.out.append(f"\x1d[{slide.look}]")
    slide.read_text()


def _start_break(slide: _Slide, _: str, __: dict[str, str]) -> None:
    slide.now.out.append("\n")


def _start_field(slide: _Slide, _: str, attributes: dict[str, str]) -> None:
    """Fields show what PowerPoint computes: their kind counts, their text does not."""
    slide.now.out.append("\x1dfield " + attributes.get("type", ""))
    slide.skip()


def _skip(slide: _Slide, _: str, __: dict[str, str]) -> None:
    slide.skip()


def _start_cell(slide: _Slide, name: str, attributes: dict[str, str]) -> None:
    spans = " ".join(f"{key}{value}" for key, value in sorted(attributes.items()) if value not in ("1", "0"))
    slide.now.out.append(f"\x1d{name[-2:]} {spans}" if name == _CELL else "\x1drow")


def _start_pointed(slide: _Slide, name: str, attributes: dict[str, str]) -> None:
    tokens = [slide.targets.get(attributes[key], "") for key in _POINTED[name] if key in attributes]
    slide.now.out.append("\x1dto " + " ".join(tokens))
    if name == _CHART or (name == _BLIP and slide.now.out[0] == _PICTURE):
        slide.shown += tokens[:1]


def _start_crop(slide: _Slide, _: str, attributes: dict[str, str]) -> None:
    cut = [f"{key}{value}" for key, value in sorted(attributes.items()) if value != "0"]
    if cut:
        slide.now.out.append("\x1dcrop " + " ".join(cut))


def _start_geometry(slide: _Slide, _: str, attributes: dict[str, str]) -> None:
    slide.now.out.append("\x1das " + attributes.get("prst", ""))


def _start_place(slide: _Slide, _: str, attributes: dict[str, str]) -> None:
    """`a:off`, `a:ext`: the first pair of a shape, in points."""
    place = slide.now.place
    if len(place) < 4:
        place += [
            str(_points(value)) for key, value in sorted(attributes.items()) if key in ("x", "y", "cx", "cy")
        ]


def _points(value: str) -> int:
    try:
        return round(int(value) / _POINT)
    except ValueError:
        return 0


def _start_slide(slide: _Slide, _: str, attributes: dict[str, str]) -> None:
    slide.slide.out.append("hidden" if attributes.get("show") in ("0", "false") else "shown")


_CELL: Final = _name("a:tc")
_STARTS: Final[dict[str, _Handler]] = {
    **dict.fromkeys(_SHAPES, _start_shape),
    **dict.fromkeys(_POINTED, _start_pointed),
    _FALLBACK: _skip,
    _TEXT: _start_text,
    _name("m:t"): _start_text,
    _CELL: _start_cell,
    _name("a:tr"): _start_cell,
    _name("p:sld"): _start_slide,
    _name("p:cNvPr"): _start_identity,
    _name("p:ph"): _start_placeholder,
    _name("a:p"): _start_paragraph,
    _name("a:pPr"): _start_paragraph_look,
    _name("a:r"): _start_run,
    _name("a:rPr"): _start_run_look,
    _name("a:hlinkClick"): _start_link,
    _name("a:br"): _start_break,
    _name("a:fld"): _start_field,
    _name("a:srcRect"): _start_crop,
    _name("a:prstGeom"): _start_geometry,
    _name("a:off"): _start_place,
    _name("a:ext"): _start_place,
    _name("a:hlinkMouseOver"): _start_link,
    _name("a:hlinkHover"): _start_link,
}
_OVER: Final = frozenset((_name("a:hlinkMouseOver"), _name("a:hlinkHover")))
_STARTS_OF_1: Final = {name: handler for name, handler in _STARTS.items() if name not in _OVER}


def digest_slide(
    xml: bytes,
    targets: Mapping[str, str],
    pieces: Pieces | None = None,
    *,
    version: int = VERSION,
    notes: str = "",
) -> SlideDigest:
    """The digest of a slide (or notes page) from its XML; `notes` is that of the words of its notes.

    `targets` maps relationship ids to tokens: `media_token`, `link_token`, `digest_chart`; an id that is missing
    counts as nothing, which is right for relationships that are not content. `pieces` are the same XML as the template's
    function gave it: quicker to read. `version` is that of the record it is compared with. Raises XmlError on broken XML.
    """
    if pieces is not None:
        tokens = tuple(
            dict.fromkeys(targets.values())
        )  # links that lead to one place are one link to a reader
        known = tuple((rel_id, tokens.index(token)) for rel_id, token in targets.items())
        plan, values = pieces.read((digest_slide, known), partial(_plan_of, dict(known)), tokens)
        if plan is not None:
            return plan.digest(values, notes)
    return _read_slide(xml, targets, version).digest(notes)


def _read_slide(xml: bytes, targets: Mapping[str, str], version: int = VERSION) -> _Slide:
    slide = _Slide(targets, version)
    read_events(xml, start=slide.start, prepare=slide.attach)
    return slide


class _Plan:
    """The digest of all slides that differ in their texts and targets only."""

    __slots__ = ("_links", "_place", "_said", "_shapes", "_shown", "_title", "_words")

    def __init__(self, slide: _Slide) -> None:
        self._said = Marked("".join(slide.slide.out))
        self._shown = [Marked(token) for token in slide.shown]
        self._links = [Marked(token) for token in slide.links]
        self._words, self._title = Marked(bare_words(slide.words())), Marked(bare_words(slide.title()))
        shapes = [(shape.digest(), Marked("".join(shape.out))) for shape in slide.shapes]
        self._shapes = [(digest, said if said else None) for digest, said in shapes]
        self._place = hashed(" ".join([digest.place for digest, _ in self._shapes]), 8)

    def digest(self, values: Sequence[str], notes: str) -> SlideDigest:
        """The digest of the slide with these values."""
        shapes = tuple(
            [
                digest
                if said is None
                else ShapeDigest(digest.id, digest.name, hashed(said.filled(values), 8), digest.place)
                for digest, said in self._shapes
            ]
        )
        return SlideDigest(
            _content(self._said.filled(values), shapes),
            self._place,
            shapes,
            _digest_of_bare(_bare(self._words.filled(values))),
            _digest_of_bare(_bare(self._title.filled(values))),
            _shows([token.filled(values) for token in self._shown]) if self._shown else NOTHING,
            notes,
            _leads([token.filled(values) for token in self._links]) if self._links else NOTHING,
        )


def _plan_of(targets: Mapping[str, int], xml: bytes) -> _Plan:
    return _Plan(_read_slide(xml, {rel_id: mark(number) for rel_id, number in targets.items()}))


def _content(said: str, shapes: Sequence[ShapeDigest]) -> str:
    return hashed("\x1e".join([said, *[shape.content for shape in shapes]]), 16)


def digest_notes(xml: bytes) -> str:
    """The digest of the words of a notes page, without the dates and numbers around them. Raises XmlError."""
    bodies = [shape.out for shape in _read_slide(xml, {}).shapes if _NOTES_BODY in "".join(shape.out[1:3])]
    return digest_words(token for out in bodies for token in out[1:]) or NOTHING


def digest_own_words(xml: bytes) -> str:
    """The digest of the words of all shapes but placeholders, "" of none. Raises XmlError."""
    shapes = [shape.out for shape in _read_slide(xml, {}).shapes]
    own = [out for out in shapes if not any(token.startswith("\x1dph ") for token in out[1:3])]
    return digest_words(token for out in own for token in out[1:])


def _shows(tokens: Iterable[str]) -> str:
    """The digest of the pictures and of the charts' values: what a program keeps that draws a slide anew."""
    return digest_set(token.rpartition(" ")[2] for token in tokens)


def _leads(tokens: Iterable[str]) -> str:
    """The digest of the addresses a slide leads to, once each; programs write jumps between slides in their own ways."""
    return digest_set({token for token in tokens if token.startswith(_LINK)})


def digest_set(values: Iterable[str]) -> str:
    """The digest of values in any order, `NOTHING` when there are none."""
    kept = sorted(values)
    return hashed("\x1d".join(kept), 8) if kept else NOTHING


NOTHING: Final = "-"
"""What a record says instead of a digest of nothing; "" means that it does not say."""
