"""Digests of what a slide, a chart or a text says and shows, the same before and after PowerPoint saved it.

In: the XML of a part and, for each relationship id, a token that stands for what it leads to. Out: a `SlideDigest`.
Counted are text with its emphasis, the structure of paragraphs and tables, alternative text, pictures, charts and
links. Not counted are ids, attribute order, how text is cut into runs, language and spelling marks, autofit scale,
creation ids and fallbacks, for PowerPoint rewrites those freely. Places are digested apart. One expat pass, no tree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import Final
from urllib.parse import unquote
from xml.parsers import expat

from collateral.ooxml.names import NAMESPACES
from collateral.ooxml.pieces import Event, Interest, Listener, Pieces, tell
from collateral.ooxml.record.values import ShapeDigest, SlideDigest
from collateral.ooxml.xml import read_events

_POINT: Final = 12_700


def digest_text(text: str) -> str:
    """The digest of a text whose white space may be folded anew on the way, such as an e-mail's."""
    return _hash(" ".join(text.split()), 16)


def digest_bytes(data: bytes) -> str:
    """The digest of bytes that nobody rewrites."""
    return blake2b(data, digest_size=16).hexdigest()


def link_token(address: str) -> str:
    """What stands for an external address: PowerPoint escapes and adds a slash as it likes."""
    return "link " + unquote(address).rstrip("/")


def media_token(crc: int, size: int) -> str:
    """What stands for a picture, workbook or media file; PowerPoint keeps its bytes, not its name."""
    return f"{crc:08x}-{size:x}"


def _hash(text: str, size: int) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=size).hexdigest()


def _name(prefixed: str) -> str:
    prefix, _, local = prefixed.partition(":")
    return f"{NAMESPACES[prefix]} {local}"


_R: Final = NAMESPACES["r"]
_SHAPES: Final = {
    _name("p:sp"): "shape",
    _name("p:pic"): "picture",
    _name("p:cxnSp"): "line",
    _name("p:graphicFrame"): "frame",
    _name("p:grpSp"): "group",
    _name("p:contentPart"): "ink",
}
_FALLBACK: Final = _name("mc:Fallback")
_TEXT: Final = _name("a:t")
_POINTED: Final = {  # element: the attribute whose relationship is part of the content
    _name("a:blip"): (f"{_R} embed", f"{_R} link"),
    _name("asvg:svgBlip"): (f"{_R} embed",),
    _name("c:chart"): (f"{_R} id",),
    _name("cx:chart"): (f"{_R} id",),
    _name("dgm:relIds"): (f"{_R} dm",),
    _name("p:oleObj"): (f"{_R} id",),
    _name("a:videoFile"): (f"{_R} link",),
    _name("a:audioFile"): (f"{_R} link",),
    _name("p14:media"): (f"{_R} embed",),
}
_LOOKS: Final = ("b", "i", "u", "strike", "baseline", "sz")
_PLAIN: Final = frozenset(("0", "none", "noStrike", "false"))


class _Shape:
    """Tokens of one shape. They begin with a character XML cannot hold, so no text can be taken for one."""

    __slots__ = ("id", "look", "name", "out", "place")

    def __init__(
        self, *out: str, id: str = "", name: str = "", look: str = "", place: Iterable[str] = ()
    ) -> None:
        self.id, self.name, self.look = id, name, look
        self.out = list(out)
        self.place = list(place)

    def copy(self) -> _Shape:
        return _Shape(*self.out, id=self.id, name=self.name, look=self.look, place=self.place)

    def digest(self) -> ShapeDigest:
        content = _hash("".join(self.out), 8)
        return ShapeDigest(self.id, self.name, content, _hash(" ".join(self.place), 4))


_State = tuple[bool, tuple[str, str, str, int], bool, str, tuple[int, str], bool]
"""Whether no shape was begun; the current shape's id, name, look and number of places; in a run, the run's look; what is
skipped, and whether text is read."""


class _Slide:
    """What one pass over a slide has gathered so far.

    Ends of elements and text are listened to only inside `a:t` and inside what is skipped: the rest of a slide is
    known by its starts, and that halves the cost of a pass.
    """

    __slots__ = ("in_run", "look", "now", "parser", "shapes", "skipped", "skipping", "slide", "targets")

    def __init__(self, targets: Mapping[str, str]) -> None:
        self.targets = targets
        self.slide = self.now = _Shape("slide")
        self.shapes: list[_Shape | ShapeDigest] = []
        self.skipping = 0
        self.skipped = ""
        self.in_run = False
        self.look = ""
        self.parser: expat.XMLParserType | Listener

    def attach(self, parser: expat.XMLParserType | Listener) -> None:
        self.parser = parser
        parser.StartElementHandler = self.start

    def state(self) -> _State:
        """All that decides what the next events do."""
        now, parser = self.now, self.parser
        reading = parser.CharacterDataHandler is not None
        shape = now.id, now.name, now.look, len(now.place)
        return now is self.slide, shape, self.in_run, self.look, (self.skipping, self.skipped), reading

    def enter(self, state: _State) -> None:
        """Go on from this state."""
        now, parser = self.now, self.parser
        _, (now.id, now.name, now.look, _), self.in_run, self.look, skips, reading = state
        self.skipping, self.skipped = skips
        parser.StartElementHandler = self._skip_start if self.skipping else self.start
        parser.EndElementHandler = self._skip_end if self.skipping else self._end_text if reading else None
        parser.CharacterDataHandler = now.out.append if reading else None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        handler = _STARTS.get(name)
        if handler is not None:
            handler(self, name, attributes)

    def read_text(self) -> None:
        """Listen to the text that follows, up to the next end of an element."""
        self.parser.CharacterDataHandler = self.now.out.append
        self.parser.EndElementHandler = self._end_text

    def _end_text(self, _: str) -> None:
        self.parser.CharacterDataHandler = None
        self.parser.EndElementHandler = None

    def skip(self, name: str) -> None:
        """Take no notice of the element that just began, nor of all it holds."""
        self.skipped, self.skipping = name, 1
        self.parser.StartElementHandler = self._skip_start
        self.parser.EndElementHandler = self._skip_end

    def _skip_start(self, name: str, _: dict[str, str]) -> None:
        self.skipping += name == self.skipped

    def _skip_end(self, name: str) -> None:
        self.skipping -= name == self.skipped
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


def _start_field(slide: _Slide, name: str, attributes: dict[str, str]) -> None:
    """Fields show what PowerPoint computes: their kind counts, their text does not."""
    slide.now.out.append("\x1dfield " + attributes.get("type", ""))
    slide.skip(name)


def _skip(slide: _Slide, name: str, _: dict[str, str]) -> None:
    slide.skip(name)


def _start_cell(slide: _Slide, name: str, attributes: dict[str, str]) -> None:
    spans = " ".join(f"{key}{value}" for key, value in sorted(attributes.items()) if value not in ("1", "0"))
    slide.now.out.append(f"\x1d{name[-2:]} {spans}" if name == _CELL else "\x1drow")


def _start_pointed(slide: _Slide, name: str, attributes: dict[str, str]) -> None:
    tokens = [slide.targets.get(attributes[key], "") for key in _POINTED[name] if key in attributes]
    slide.now.out.append("\x1dto " + " ".join(tokens))


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
    _name("a:prstGeom"): _start_geometry,
    _name("a:off"): _start_place,
    _name("a:ext"): _start_place,
}

_INTEREST: Final = Interest(frozenset(_STARTS), frozenset((_TEXT, _FALLBACK, _name("a:fld"))))
_POINTING: Final = frozenset((*_POINTED, _name("a:hlinkClick")))


class _Effect:
    """What a constant piece does to a slide that was in a certain state: it is the same every time."""

    __slots__ = ("finished", "opened", "place", "said", "state")

    def __init__(self, events: Sequence[Event], state: _State) -> None:
        slide, listener = _Slide({}), Listener()
        slide.parser = listener
        outside, (*_, places) = state[:2]
        first = slide.now = slide.slide if outside else _Shape()
        first.out, first.place = [], [""] * places
        slide.enter(state)
        tell(events, listener)
        shapes = [shape for shape in slide.shapes if isinstance(shape, _Shape)]
        self.said, self.place = "".join(first.out), first.place[places:]
        self.finished = [shape.digest() for shape in shapes[:-1]]
        self.opened = shapes[-1] if shapes else None
        self.state = slide.state()

    def on(self, slide: _Slide) -> None:
        """Do it."""
        now = slide.now
        if self.said:
            now.out.append(self.said)
        if self.place:
            now.place += self.place
        if self.opened is not None:
            slide.now = self.opened.copy()
            slide.shapes += [*self.finished, slide.now]
        slide.enter(self.state)


_Effects = dict[tuple[bytes, _State], _Effect | None]
_MAX_EFFECTS: Final = 1_000  # of one slide; more means that a value got into the states


def _read_pieces(slide: _Slide, pieces: Pieces, listener: Listener) -> bool:
    """Take in the slide piece by piece; False, with nothing taken in, when its XML must be parsed."""
    readings = pieces.readings(_INTEREST)
    if readings is None:
        return False
    effects: _Effects = pieces.source.kept(_Effect)
    if len(effects) > _MAX_EFFECTS:
        effects.clear()
    for constant, events in readings:
        effect = _effect(constant, events, slide, effects) if constant else None
        if effect is not None:
            effect.on(slide)
        else:
            tell(events, listener)
    return True


def _effect(constant: bytes, events: Sequence[Event], slide: _Slide, effects: _Effects) -> _Effect | None:
    """What the piece does; None when it points to something, which differs from piece to piece."""
    key = constant, slide.state()
    if key not in effects:
        pointing = any(name in _POINTING for _, name, _ in events)
        effects[key] = None if pointing else _Effect(events, key[1])
    return effects[key]


def digest_slide(xml: bytes, targets: Mapping[str, str], pieces: Pieces | None = None) -> SlideDigest:
    """The digest of a slide (or notes page) from its XML.

    `targets` maps relationship ids to tokens: `media_token`, `link_token`, `digest_chart`; an id that is missing
    counts as nothing, which is right for relationships that are not content. `pieces` are the same XML as the template's
    function gave it: quicker to read. Raises XmlError on broken XML.
    """
    slide = _Slide(targets)
    listener = Listener()
    slide.attach(listener)
    if pieces is None or not _read_pieces(slide, pieces, listener):
        read_events(xml, prepare=slide.attach)
    shapes = tuple([shape.digest() if isinstance(shape, _Shape) else shape for shape in slide.shapes])
    content = "\x1e".join(["".join(slide.slide.out), *[shape.content for shape in shapes]])
    place = " ".join([shape.place for shape in shapes])
    return SlideDigest(_hash(content, 16), _hash(place, 8), shapes)


_CHART_KINDS: Final = frozenset(
    f"{kind}Chart"
    for kind in (
        "bar", "bar3D", "line", "line3D", "area", "area3D", "pie", "pie3D", "doughnut", "scatter", "bubble", "radar",
        "ofPie", "stock", "surface", "surface3D",
    )
)  # fmt: skip


def digest_chart(xml: bytes) -> str:
    """The digest of a chart's data and words: its kinds, series, points and titles. Raises XmlError."""
    out: list[str] = []
    reading = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal reading
        local = name.rpartition(" ")[2]
        reading = local in ("v", "t", "f", "pt")
        if local in _CHART_KINDS or local in ("ser", "cat", "val", "xVal", "yVal", "title", "series"):
            out.append("\x1d" + local)
        elif local == "pt":
            out.append("\x1d" + attributes.get("idx", ""))

    def end(_: str) -> None:
        nonlocal reading
        reading = False

    def text(value: str) -> None:
        if reading:
            out.append(value)

    read_events(xml, start=start, end=end, text=text)
    return "chart " + _hash("".join(out), 8)
