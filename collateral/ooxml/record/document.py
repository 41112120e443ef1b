"""Digests of a Word document's text: of the whole body, and of each block inside its content control.

In: the XML of the main part and tokens for what its relationships lead to. Out: a `DocumentDigest`. Counted are text
with its emphasis, paragraph styles, tables, pictures and links; insertions count and deletions do not. Not counted
are revision and spelling marks, bookmarks, page breaks Word remembered, and the results of page, date and contents
fields. One expat pass, no tree.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from typing import Final

from collateral.diagnostics.hashes import blake2b
from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.ooxml.archive import crc32
from collateral.ooxml.leads import Leads
from collateral.ooxml.names import CT_CHART, CT_CHART_EX, NAMESPACES
from collateral.ooxml.record.chart import digest_chart
from collateral.ooxml.record.digest import bare_words, digest_set, digest_words, link_token, media_token
from collateral.ooxml.record.tags import is_control_tag
from collateral.ooxml.record.values import VERSION, SlideDigest
from collateral.ooxml.values import Fragment, RelatedPart
from collateral.ooxml.xml import XmlError, read_events

_W: Final = NAMESPACES["w"]
_R: Final = NAMESPACES["r"]
_PARAGRAPH: Final = "\x1dp"


@dataclass(frozen=True, slots=True)
class DocumentDigest:
    """Digest of the body (since version 2 of what stands between the blocks, and in which order these are), of all its words, and
    tag and digest of each block in the order of the document. `links` are the addresses in its fields."""

    content: str
    blocks: tuple[tuple[str, SlideDigest], ...] = ()
    words: str = ""
    links: tuple[str, ...] = ()


class _Body:
    """What one pass has gathered so far; tokens begin with a character XML cannot hold."""

    def __init__(self, targets: Mapping[str, str], version: int = VERSION) -> None:
        self.targets = targets
        self.version = version
        self.starts = _STARTS if version > 1 else _STARTS_OF_1
        self.links: list[str] = []  # the addresses of fields
        self.out: list[str] = []
        self.controls: list[tuple[str, int]] = []  # tag and where its tokens begin, innermost last
        self.blocks: list[tuple[str, SlideDigest]] = []
        self.spans: list[tuple[int, int]] = []  # of the tokens of each block
        self.skipping = 0
        self.reading: list[str] | None = None
        self.instruction: list[str] = []
        self.fields: list[bool] = []  # of each open field: whether its result counts
        self.results: list[int] = []  # and where the tokens of that begin
        self.look = self.written_look = ""
        self.in_run = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self.skipping:
            self.skipping += 1
            return
        handler = self.starts.get(name)
        if handler is not None:
            handler(self, attributes)

    def end(self, name: str) -> None:
        if self.skipping:
            self.skipping -= 1
        elif name == _SDT:
            self._close_control()
        elif name in _READ:
            self.reading = None

    def text(self, text: str) -> None:
        if self.reading is not None and not self.skipping:
            self.reading.append(text)

    def _close_control(self) -> None:
        tag, begin = self.controls.pop() if self.controls else ("", 0)
        if is_control_tag(tag):
            inside = self.out[begin:]
            self.blocks.append((tag, SlideDigest(_hash(inside), words=digest_words(inside))))
            self.spans.append((begin, len(self.out)))

    def between(self) -> list[str]:
        """The tokens outside blocks, and the names of the blocks where they stand."""
        tokens = list(self.out)
        for (tag, _), (begin, end) in sorted(
            zip(self.blocks, self.spans, strict=True), key=lambda block: block[1], reverse=True
        ):
            tokens[begin:end] = ["\x1dblock " + tag, *[""] * (end - begin - 1)]
        return tokens


def _hash(tokens: list[str]) -> str:
    return blake2b("".join(tokens).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _value(attributes: dict[str, str], name: str = "val") -> str:
    return attributes.get(f"{_W} {name}", "")


def _paragraph(body: _Body, _: dict[str, str]) -> None:
    body.written_look = body.look = ""
    body.out.append(_PARAGRAPH)


def _style(body: _Body, attributes: dict[str, str]) -> None:
    body.out.append("\x1dstyle " + _value(attributes))


def _run(body: _Body, _: dict[str, str]) -> None:
    body.look = ""
    body.in_run = True


def _properties(body: _Body, _: dict[str, str]) -> None:
    body.in_run = False  # those of the paragraph mark


def _look(mark: str) -> _Handler:
    def handler(body: _Body, attributes: dict[str, str]) -> None:
        if body.in_run and _value(attributes) not in ("0", "false", "none"):
            body.look += mark

    return handler


def _text(body: _Body, _: dict[str, str]) -> None:
    if not all(body.fields):
        return
    body.reading = body.out
    if body.look != body.written_look:
        body.written_look = body.look
        body.out.append(f"\x1d[{body.look}]")


def _instruction(body: _Body, _: dict[str, str]) -> None:
    body.reading = body.instruction


def _field(body: _Body, attributes: dict[str, str]) -> None:
    kind = _value(attributes, "fldCharType")
    if kind == "begin":
        body.fields.append(False)
        body.results.append(len(body.out))
        body.instruction = []
    elif body.fields and kind == "separate":
        body.fields[-1] = _counts(body, "".join(body.instruction))
        body.results[-1] = len(body.out)
    elif body.fields and kind == "end":
        _end_field(body, body.fields.pop(), body.results.pop())


def _end_field(body: _Body, counts: bool, result: int) -> None:
    """Forget what Word computed, with its paragraphs and links: a table of contents is another after each update."""
    holds_block = bool(body.spans) and body.spans[-1][1] > result
    if body.version > 1 and not counts and not holds_block:
        del body.out[result:]


def _counts(body: _Body, instruction: str) -> bool:
    """Whether a field's result is content rather than something Word computes; where it leads is content, too."""
    kind = next(iter(instruction.split(maxsplit=1)), "").upper()
    if body.version > 1 and kind == "HYPERLINK":
        address = " ".join(instruction.split()[1:])
        body.links += _ADDRESS.findall(address)
        body.out.append("\x1dlink " + link_token(address))
    return kind == "HYPERLINK" if body.version == 1 else kind not in _COMPUTED


def _simple_field(body: _Body, attributes: dict[str, str]) -> None:
    if not _counts(body, _value(attributes, "instr")):
        body.skipping = 1


def _word_art(body: _Body, attributes: dict[str, str]) -> None:
    """Letters that are drawn, as those of a watermark."""
    body.out.append(attributes.get("string", ""))


def _symbol(body: _Body, attributes: dict[str, str]) -> None:
    body.out.append(f"\x1dsymbol {_value(attributes, 'font')} {_value(attributes, 'char')}")


def _link(body: _Body, attributes: dict[str, str]) -> None:
    target = body.targets.get(attributes.get(f"{_R} id", ""), _value(attributes, "anchor"))
    body.out.append("\x1dlink " + target)


def _picture(body: _Body, attributes: dict[str, str]) -> None:
    body.out.append("\x1dto " + body.targets.get(attributes.get(f"{_R} embed", ""), ""))


def _chart(body: _Body, attributes: dict[str, str]) -> None:
    body.out.append("\x1dto " + body.targets.get(attributes.get(f"{_R} id", ""), ""))


def _alt(body: _Body, attributes: dict[str, str]) -> None:
    body.out.append("\x1dalt " + attributes.get("descr", ""))


def _token(text: str) -> _Handler:
    def handler(body: _Body, _: dict[str, str]) -> None:
        body.out.append(text)

    return handler


def _control(body: _Body, _: dict[str, str]) -> None:
    body.controls.append(("", len(body.out)))


def _control_tag(body: _Body, attributes: dict[str, str]) -> None:
    if body.controls:
        body.controls[-1] = (_value(attributes), body.controls[-1][1])


def _skip(body: _Body, _: dict[str, str]) -> None:
    body.skipping = 1


_Handler = Callable[[_Body, dict[str, str]], None]
_ADDRESS: Final = re.compile(r'"([^"]*)"')
_COMPUTED: Final = frozenset(
    (
        "", "=", "AUTHOR", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "BIBLIOGRAPHY", "CITATION", "COMMENTS", "CREATEDATE", "DATE",
        "DOCPROPERTY", "EDITTIME", "FILENAME", "FILESIZE", "INDEX", "INFO", "KEYWORDS", "LASTSAVEDBY", "LISTNUM", "NOTEREF",
        "NUMCHARS", "NUMPAGES", "NUMWORDS", "PAGE", "PAGEREF", "PRINTDATE", "RD", "REF", "REVNUM", "SAVEDATE", "SECTION",
        "SECTIONPAGES", "SEQ", "STYLEREF", "SUBJECT", "TA", "TC", "TEMPLATE", "TIME", "TITLE", "TOA", "TOC", "USERADDRESS",
        "USERINITIALS", "USERNAME", "XE",
    )
)  # fmt: skip
_SDT: Final = f"{_W} sdt"
_READ: Final = frozenset((f"{_W} t", f"{_W} instrText", f"{NAMESPACES['m']} t", f"{NAMESPACES['a']} t"))
_IN_WORD: Final[dict[str, _Handler]] = {
    "p": _paragraph,
    "pStyle": _style,
    "r": _run,
    "pPr": _properties,
    "b": _look("b"),
    "i": _look("i"),
    "u": _look("u"),
    "strike": _look("s"),
    "vertAlign": _look("v"),
    "t": _text,
    "instrText": _instruction,
    "fldChar": _field,
    "fldSimple": _simple_field,
    "hyperlink": _link,
    "tab": _token("\t"),
    "br": _token("\n"),
    "cr": _token("\n"),
    "tr": _token("\x1drow"),
    "tc": _token("\x1dcell"),
    "sdt": _control,
    "tag": _control_tag,
    "sdtPr": _properties,
    "del": _skip,
    "moveFrom": _skip,
    "tabs": _skip,
    "sectPr": _skip,
    "vanish": _look("h"),
    "sym": _symbol,
    "noBreakHyphen": _token("\x1d-"),
    "altChunk": _token("\x1dchunk"),
    "footnoteReference": _token("\x1dnote"),
    "endnoteReference": _token("\x1dnote"),
}
_SINCE_2: Final = frozenset(
    f"{_W} {name}"
    for name in ("vanish", "sym", "noBreakHyphen", "altChunk", "footnoteReference", "endnoteReference")
) | {f"{NAMESPACES['v']} textpath"}
_STARTS: Final[dict[str, _Handler]] = {
    **{f"{_W} {name}": handler for name, handler in _IN_WORD.items()},
    f"{NAMESPACES['m']} t": _text,
    f"{NAMESPACES['a']} t": _text,
    f"{NAMESPACES['a']} blip": _picture,
    f"{NAMESPACES['c']} chart": _chart,
    f"{NAMESPACES['wp']} docPr": _alt,
    f"{NAMESPACES['mc']} Fallback": _skip,
    f"{NAMESPACES['v']} textpath": _word_art,
}
_STARTS_OF_1: Final = {name: handler for name, handler in _STARTS.items() if name not in _SINCE_2}


def digest_document(xml: bytes, targets: Mapping[str, str], version: int = VERSION) -> DocumentDigest:
    """The digests of a document from the XML of its main part; `targets` and `version` as for a slide. Raises XmlError."""
    body = _Body(targets, version)
    read_events(xml, start=body.start, end=body.end, text=body.text)
    content = _hash(body.out if version == 1 else body.between())
    return DocumentDigest(content, tuple(body.blocks), digest_words(body.out), tuple(body.links))


def story_words(xml: bytes, version: int = VERSION) -> str:
    """The digest of the words of a header, a footer or notes; "" of none, and of one that no parser reads."""
    try:
        return digest_document(xml, {}, version).words
    except XmlError:
        return ""


def digest_around(words: Iterable[str]) -> str:
    """The digest of what stands around a document's body, from the digests of the words of its headers, footers and notes:
    those that say the same count once, for programs give each section its own."""
    return digest_set({said for said in words if said})


def digest_links(leads: Leads, of_fields: Iterable[str]) -> str:
    """The digest of all addresses in a document and around it, in any order."""
    return digest_set({link_token(address) for address in (*leads.links, *of_fields)})


def digest_pictures(leads: Leads) -> str:
    """The digest of all pictures in a document and around it, in any order."""
    return digest_set({media_token(crc, size) for crc, size in leads.pictures})


def digest_charts(tokens: Iterable[str]) -> str:
    """The digest of all charts in a document and around it, in any order, from that of each."""
    return digest_set(set(tokens))


def paragraph_words(xml: bytes, version: int = VERSION) -> list[str]:
    """What each paragraph of a document says, without blanks. Raises XmlError."""
    body = _Body({}, version)
    read_events(xml, start=body.start, end=body.end, text=body.text)
    starts = [at for at, token in enumerate(body.out) if token == _PARAGRAPH]
    return [bare_words(body.out[begin:end]) for begin, end in pairwise([*starts, len(body.out)])]


_WRAPPER: Final = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items() if prefix != "xml")


def digest_fragment(fragment: Fragment) -> SlideDigest:
    """The digest a block will have inside its content control, from the fragment that is put there.

    Raises XmlError when the fragment is not XML.
    """
    xml = b"<w:body%s>%s</w:body>" % (_WRAPPER.encode(), fragment.xml)
    targets = {part.rel_id: token for part in fragment.related if (token := _stand_in(part)) is not None}
    body = _Body(targets)
    read_events(xml, start=body.start, end=body.end, text=body.text)
    return SlideDigest(_hash(body.out), words=digest_words(body.out))


def _stand_in(part: RelatedPart) -> str | None:
    """What will stand for a thing the fragment points to, once it is a part of a package."""
    if part.target is not None:
        return None if part.target.startswith("#") else link_token(part.target)
    data = part.data or b""
    if part.content_type in (CT_CHART, CT_CHART_EX):
        return digest_chart(data)
    return media_token(crc32(data), len(data))
