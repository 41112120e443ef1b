"""Generated boxes of what people rarely write and files nevertheless hold, one oddity each, named after it.

`make_hostile(path, seed, boxes)` writes a deck with `boxes` boxes of every oddity, the same for the same seed. A box is called
`oddity number`, so that errors can be told apart by what causes them.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable
from pathlib import Path

from boxes import TEXTS, _spacing
from lxml import etree
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches

FONTS = ("Calibri", "Arial", "Times New Roman", "Open Sans")
WORDS = TEXTS["en"].split(" ")
URL = "https://harborline.example/yard/scheduling?site=rotterdam-maasvlakte&slot=2026-11-30T08:00#carriers"
SCRIPTS = {
    "arabic": "انخفض وقت الانتظار عند الرصيف بنسبة ٣١٪ خلال تسعة أشهر بعد جدولة الساحة ساعة بساعة",
    "hebrew": "זמן ההמתנה ברציף ירד ב־31% בתשעה חודשים לאחר שהחצר תוזמנה שעה אחר שעה, אומר המנהל",
    "devanagari": "नौ महीनों में डॉक पर प्रतीक्षा का समय इकतीस प्रतिशत कम हुआ, जब यार्ड का समय घंटे के हिसाब से तय हुआ",
    "thai": "เวลารอที่ท่าลดลงร้อยละสามสิบเอ็ดภายในเก้าเดือนหลังจากจัดตารางลานเป็นรายชั่วโมง",
    "emoji": "Done ✅ on time 🚚🚚 with 👩‍💼 and 🇳🇱 teams, well 👍🏽 received ❤️ by all 🎉 drivers",
    "korean": "도크 대기 시간이 아홉 달 만에 31% 줄었습니다. 기사들은 출발 전에 시간대를 확인합니다.",
}

Run = tuple[str, dict[str, str]]


class _Box:
    """One box being drawn: its text body's properties, its paragraphs' and runs."""

    def __init__(self, draw: random.Random) -> None:
        self.draw = draw
        self.font, self.size = draw.choice(FONTS), draw.choice((11, 14, 18, 24, 32))
        self.frame: dict[str, str] = {}
        self.paragraph: dict[str, str] = {}
        self.spacing: dict[str, tuple[str, int]] = {}
        self.bullet = False
        self.tabs: tuple[int, ...] = ()
        self.paragraphs: list[list[Run]] = []
        self.bare_breaks = False

    def words(self, *counts: int) -> str:
        """Some words in a row."""
        count = self.draw.choice(counts or (6, 12, 25))
        start = self.draw.randrange(len(WORDS) - count)
        return " ".join(WORDS[start : start + count])

    def plain(self, count: int = 2) -> list[list[Run]]:
        """Paragraphs of words."""
        return [[(self.words(), {})] for _ in range(count)]

    def scattered(self, pieces: tuple[str, ...], words: int = 25) -> list[list[Run]]:
        """Words with odd pieces between some of them, instead of blanks."""
        out = [self.draw.choice(WORDS)]
        for _ in range(words):
            out += [self.draw.choice((" ", " ", *pieces)), self.draw.choice(WORDS)]
        return [[("".join(out), {})]]

    def changing(self, *looks: dict[str, str]) -> list[list[Run]]:
        """Words of several looks in one paragraph."""
        return [
            [(self.words(2, 4, 9) + " ", self.draw.choice(({}, *looks))) for _ in range(6)] for _ in range(2)
        ]


def _long_word(box: _Box) -> None:
    word = "".join(box.draw.choice("abcdefghiklmnoprstuvw") for _ in range(box.draw.choice((30, 60, 120))))
    box.paragraphs = [[(f"{box.words(4)} {word} {box.words(4)}", {})]]


def _url(box: _Box) -> None:
    box.paragraphs = [[(f"{box.words(6)} {URL} {box.words(6)}", {})]]


def _tabs(box: _Box) -> None:
    box.tabs = box.draw.choice(((), (914400,), (500000, 1800000, 3000000)))
    box.paragraphs = [[("\t".join(box.words(1, 2, 5) for _ in range(5)), {})] for _ in range(2)]


def _breaks(box: _Box) -> None:
    box.paragraphs = [[("\v".join(box.words(1, 3, 9) for _ in range(4)), {})], [(box.words(6) + "\v", {})]]
    box.bare_breaks = box.draw.random() < 0.5


def _indents(box: _Box) -> None:
    left = box.draw.choice((457200, 914400, 1371600))
    box.paragraph = {"marL": str(left), "indent": str(box.draw.choice((-left, -228600, 0, 300000)))}
    box.bullet = box.draw.random() < 0.7
    box.paragraphs = box.plain(3)


def _right_margin(box: _Box) -> None:
    box.paragraph = {"marR": str(box.draw.choice((200000, 600000)))}
    box.paragraphs = box.plain()


def _sizes(box: _Box) -> None:
    sizes = [{"sz": str(round(box.size * by) * 100)} for by in (0.5, 1.5, 2)]
    box.paragraphs = box.changing(*sizes)


def _fonts(box: _Box) -> None:
    box.paragraphs = box.changing(
        *({"font": font} for font in ("Courier New", "Cambria", "DejaVu Sans", "Lato"))
    )


def _superscripts(box: _Box) -> None:
    box.paragraphs = box.changing({"baseline": "30000"}, {"baseline": "-25000"})


def _small_caps(box: _Box) -> None:
    box.paragraphs = box.changing({"cap": "small"})


def _caps_of_some(box: _Box) -> None:
    box.paragraphs = box.changing({"cap": "all"})


def _letter_spacing(box: _Box) -> None:
    box.paragraphs = box.changing({"spc": "300"}, {"spc": "-100"})


def _kerning(box: _Box) -> None:
    box.paragraphs = [[("AVATAR To Ty. We Va, LTA " * 6, {"kern": box.draw.choice(("0", "1200"))})]]


def _line_points(box: _Box) -> None:
    box.spacing["a:lnSpc"] = "a:spcPts", round(box.size * box.draw.choice((0.7, 1.0, 1.2, 2.0)) * 100)
    box.paragraphs = box.plain() + box.changing({"sz": str(box.size * 150)})


def _line_percent(box: _Box) -> None:
    box.spacing["a:lnSpc"] = "a:spcPct", box.draw.choice((60, 70, 85, 130, 200)) * 1000
    box.paragraphs = box.plain() + box.changing({"sz": str(box.size * 150)})


def _space_around(box: _Box) -> None:
    box.spacing["a:lnSpc"] = "a:spcPct", box.draw.choice((80, 100, 150)) * 1000
    box.spacing["a:spcBef"] = box.draw.choice((("a:spcPct", 50000), ("a:spcPct", 200000), ("a:spcPts", 1800)))
    box.spacing["a:spcAft"] = box.draw.choice((("a:spcPct", 30000), ("a:spcPts", 600)))
    box.paragraphs = box.plain(4)


def _hyphens(box: _Box) -> None:
    box.paragraphs = box.scattered(("-", "\u2010", "\u2011", "\u2013", "\u2014", "--", " - ", "/"), 40)


def _soft_hyphens(box: _Box) -> None:
    box.paragraphs = box.scattered(("\u00ad", "\u00ad", "\u200b"), 30)


def _no_break(box: _Box) -> None:
    box.paragraphs = box.scattered(("\u00a0", "\u202f", "\u2060", "\u2007"), 40)


def _wide_spaces(box: _Box) -> None:
    box.paragraphs = box.scattered(("\u2003", "\u2009", "  ", "     "), 30)


def _mixed_asian(box: _Box) -> None:
    source = TEXTS[box.draw.choice(("zh", "ja"))]
    cut = [
        source[at : at + 9] + box.draw.choice((" Dock ", "WMS", " 31% ", "(ETA)")) for at in range(0, 54, 9)
    ]
    box.paragraphs = [[("".join(cut), {})]]


def _combining(box: _Box) -> None:
    box.paragraphs = [[(unicodedata.normalize("NFD", TEXTS[box.draw.choice(("fr", "pl", "el"))]), {})]]


def _script(name: str) -> Callable[[_Box], None]:
    def draw(box: _Box) -> None:
        box.paragraph = {"rtl": "1"} if name in ("arabic", "hebrew") else {}
        box.paragraphs = [[(SCRIPTS[name], {})], [(f"{box.words(3)} {SCRIPTS[name]} {box.words(3)}", {})]]

    return draw


def _empty_paragraphs(box: _Box) -> None:
    box.paragraphs = [[(box.words(), {})], [], [(" ", {})], [(box.words(), {})], []]


def _insets(box: _Box) -> None:
    for side in ("lIns", "rIns"):
        box.frame[side] = str(box.draw.choice((0, 300000, 700000)))
    box.paragraphs = box.plain()


def _fields(box: _Box) -> None:
    box.paragraphs = [
        [(box.words(9), {}), (" 12 ", {"field": "slidenum"}), (box.words(9), {})] for _ in range(2)
    ]


ODDITIES: dict[str, Callable[[_Box], None]] = {
    "long-word": _long_word, "url": _url, "tabs": _tabs, "breaks": _breaks, "indents": _indents, "right-margin": _right_margin, "sizes": _sizes,
    "fonts": _fonts, "superscripts": _superscripts, "small-caps": _small_caps, "caps-of-some": _caps_of_some,
    "letter-spacing": _letter_spacing, "kerning": _kerning, "line-points": _line_points,
    "line-percent": _line_percent, "space-around": _space_around, "hyphens": _hyphens, "soft-hyphens": _soft_hyphens,
    "no-break": _no_break, "wide-spaces": _wide_spaces, "mixed-asian": _mixed_asian, "combining": _combining,
    "empty-paragraphs": _empty_paragraphs, "insets": _insets, "fields": _fields,
    **{name: _script(name) for name in SCRIPTS},
}  # fmt: skip


def make_hostile(path: Path, seed: int, boxes: int) -> None:
    """Write a deck with a slide of `boxes` boxes for each oddity."""
    draw = random.Random(seed)
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(13.333), Inches(50)
    for name, oddity in ODDITIES.items():
        slide = deck.slides.add_slide(deck.slide_layouts[6])
        for number in range(boxes):
            box = _Box(draw)
            oddity(box)
            _write(slide, box, f"{name} {number + 1}")
    deck.save(str(path))


def _write(slide: object, box: _Box, name: str) -> None:
    width = Inches(box.draw.choice((2, 3.3, 5, 8)))
    shape = slide.shapes.add_textbox(Inches(0.4), Inches(0.4), width, Inches(2))  # type: ignore[attr-defined]
    shape.name = name
    body = shape.text_frame._txBody
    frame = body.find(qn("a:bodyPr"))
    frame.set("wrap", "square")
    for key, value in box.frame.items():
        frame.set(key, value)
    for old in body.findall(qn("a:p")):
        body.remove(old)
    for runs in box.paragraphs:
        body.append(_paragraph(box, runs))
    shape.width = Emu(width)


def _paragraph(box: _Box, runs: list[Run]) -> etree._Element:
    p = etree.Element(qn("a:p"))
    properties = etree.SubElement(p, qn("a:pPr"), box.paragraph)
    for tag, value in box.spacing.items():
        _spacing(properties, tag, value)
    if box.bullet:
        etree.SubElement(properties, qn("a:buFont"), typeface="Arial")
        etree.SubElement(properties, qn("a:buChar"), char="•")
    if box.tabs:
        stops = etree.SubElement(properties, qn("a:tabLst"))
        for at in box.tabs:
            etree.SubElement(stops, qn("a:tab"), pos=str(at), algn="l")
    for text, look in runs:
        for number, part in enumerate(text.split("\v")):
            if number:
                line = etree.SubElement(p, qn("a:br"))
                if not box.bare_breaks:
                    _look(line, box, look)
            if part:
                _run(p, box, part, look)
    if not runs:
        etree.SubElement(p, qn("a:endParaRPr"), lang="en-US", sz=str(box.size * 100))
    return p


def _run(p: etree._Element, box: _Box, text: str, look: dict[str, str]) -> None:
    field = look.get("field")
    run = etree.SubElement(p, qn("a:fld" if field else "a:r"))
    if field:
        run.set("id", "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}")
        run.set("type", field)
    _look(run, box, look)
    etree.SubElement(run, qn("a:t")).text = text


def _look(run: etree._Element, box: _Box, look: dict[str, str]) -> None:
    own = {"lang": "en-US", "sz": str(box.size * 100), **look}
    own.pop("field", None)
    font = own.pop("font", box.font)
    etree.SubElement(etree.SubElement(run, qn("a:rPr"), own), qn("a:latin"), typeface=font)
