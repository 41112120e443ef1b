"""Generated decks of text boxes with everything that moves a line break: fonts, sizes, insets, spacing, bullets, scripts.

`make_deck(path, seed, slides)` writes a deck of named text boxes, the same for the same seed.
"""

from __future__ import annotations

import random
from pathlib import Path

from lxml import etree
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

FONTS = (
    "Calibri", "Calibri", "Calibri", "Arial", "Arial", "Arial", "Cambria", "Times New Roman", "Courier New", "Open Sans",
    "Lato", "Roboto", "Inter", "Noto Sans", "DejaVu Sans",
)  # fmt: skip
TEXTS = {
    "en": "Dock waiting time fell by 31% in nine months after the yard was scheduled hour by hour, says the carrier's "
    "COO. Drivers see their slot before they leave home; planners see who is late and why. No new hardware is needed "
    "at the gate, and the roll-out took six weeks per site – including training. Well-run yards win back up to 1,400 "
    "hours a year. AVOID the Tuesday peak: “first come, first served” costs more than it saves (see appendix).",
    "nl": "De wachttijd aan het dock daalde met 31% in negen maanden. Chauffeurs zien hun tijdslot voordat ze vertrekken; "
    "planners zien wie te laat is en waarom. Vrachtwagenparkeerplaatsen en laadperronverlichting worden meegenomen.",
    "de": "Die Wartezeit an der Rampe sank in neun Monaten um 31 %. Geschwindigkeitsbegrenzungen und "
    "Umsatzsteuervoranmeldungen übernimmt das Zeitfenstermanagement; Fahrer sehen ihr Zeitfenster vor der Abfahrt.",
    "fr": "Le temps d’attente à quai a baissé de 31 % en neuf mois. Les chauffeurs voient leur créneau avant de partir "
    "; l’équipe de planification voit qui est en retard et pourquoi.",
    "pl": "Czas oczekiwania przy rampie spadł o 31% w dziewięć miesięcy. Kierowcy widzą swój przedział czasowy przed "
    "wyjazdem, a planiści widzą, kto się spóźnia i dlaczego.",
    "ru": "Время ожидания у дока сократилось на 31 % за девять месяцев. Водители видят своё окно до выезда, а "
    "планировщики видят, кто опаздывает и почему.",
    "el": "Ο χρόνος αναμονής στην αποβάθρα μειώθηκε κατά 31% σε εννέα μήνες. Οι οδηγοί βλέπουν την ώρα τους πριν φύγουν.",
    "zh": "码头等待时间在九个月内下降了百分之三十一。司机在出发前就能看到自己的时段；调度员可以看到谁迟到以及原因。无需在大门处安装新的硬件，每个站点的上线时间为六周（包括培训）。",
    "ja": "ドックの待ち時間は九か月で31%短縮されました。ドライバーは出発前に自分の時間枠を確認でき、計画担当者は誰が遅れているのか、その理由も分かります。「先着順」は節約よりも高くつきます。",
}
ASIAN = ("zh", "ja")


def make_deck(path: Path, seed: int, slides: int, per_slide: int = 8) -> None:
    """Write a deck of `slides` × `per_slide` boxes."""
    draw = random.Random(seed)
    deck = Presentation()
    deck.slide_width, deck.slide_height = (
        Inches(13.333),
        Inches(50),
    )  # tall: LibreOffice grows no shape beyond the page
    for number in range(slides):
        slide = deck.slides.add_slide(deck.slide_layouts[6])
        for box in range(per_slide):
            add_box(slide, draw, f"box {number + 1}.{box + 1}")
    deck.save(str(path))


def add_box(slide: object, draw: random.Random, name: str) -> None:
    """One box with properties drawn at random."""
    width = Inches(draw.choice((1.5, 2.2, 3, 3.7, 4.5, 5.5, 7, 9, 11.5)))
    shape = slide.shapes.add_textbox(Inches(0.4), Inches(0.4), width, Inches(2))  # type: ignore[attr-defined]
    shape.name = name
    body = shape.text_frame._txBody
    frame = body.find(qn("a:bodyPr"))
    frame.set("wrap", "square")
    if draw.random() < 0.3:
        for side in ("lIns", "rIns"):  # LibreOffice cuts high top and bottom insets of low boxes
            frame.set(side, str(draw.choice((0, 45720, 91440, 180000, 270000))))
    for old in body.findall(qn("a:p")):
        body.remove(old)
    language = draw.choice((*TEXTS, "en", "en", "en", "en", "nl", "de"))
    kind = _Kind(draw, language)
    for _ in range(draw.choice((1, 1, 2, 3, 5, 7))):
        body.append(kind.paragraph())
    shape.width = Emu(width)


def make_tables(path: Path, seed: int, count: int) -> None:
    """Write a deck of tables, one a slide, whose rows have no height of their own."""
    draw = random.Random(seed)
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(13.333), Inches(50)
    words = TEXTS["en"].split(" ")
    for number in range(count):
        rows, columns = draw.choice((2, 5, 9)), draw.choice((2, 3, 5))
        shapes = deck.slides.add_slide(deck.slide_layouts[6]).shapes
        width = Inches(draw.choice((5, 8, 12)))
        frame = shapes.add_table(rows, columns, Inches(0.4), Inches(0.4), width, Inches(0.1))
        frame.name = f"table {number + 1}"
        font, size = draw.choice(FONTS), draw.choice((9, 10, 12, 14, 18))
        for row in frame.table.rows:
            row.height = Emu(1)
            for cell in row.cells:
                start = draw.randrange(len(words) - 12)
                cell.text = " ".join(words[start : start + draw.choice((1, 2, 4, 9, 12))])
                for run in cell.text_frame.paragraphs[0].runs:
                    run.font.size, run.font.name = Pt(size), font
    deck.save(str(path))


class _Kind:
    """The properties all paragraphs of a box share."""

    def __init__(self, draw: random.Random, language: str) -> None:
        self.draw, self.language = draw, language
        self.font = draw.choice(FONTS)
        self.size = draw.choice((10, 11, 12, 14, 16, 18, 20, 24, 28, 32, 40))
        self.line = draw.choice((None, None, None, "90%", "80%", "110%", "150%", "exact"))
        self.before = draw.choice((None, None, 0, 6, 10, "20%", "50%"))
        self.after = draw.choice((None, None, None, 6, 12))
        self.bullets = draw.random() < 0.4
        self.mixed = draw.random() < 0.3
        self.bold = draw.random() < 0.2
        self.italic = draw.random() < 0.1
        self.caps = draw.random() < 0.07
        self.tight = draw.choice((0,) * 10 + (50, 100, -30))
        self.sizes = draw.random() < 0.08

    def paragraph(self) -> etree._Element:
        draw = self.draw
        p = etree.Element(qn("a:p"))
        properties = etree.SubElement(p, qn("a:pPr"))
        if self.bullets:
            level = draw.choice((0, 0, 0, 1))
            properties.set("marL", str(285750 + 400050 * level))
            properties.set("indent", "-285750")
        if self.line:
            points = ("a:spcPts", round(self.size * 130)) if self.line == "exact" else None
            _spacing(properties, "a:lnSpc", points or ("a:spcPct", int(str(self.line)[:-1]) * 1000))
        for tag, value in (("a:spcBef", self.before), ("a:spcAft", self.after)):
            if isinstance(value, str):
                _spacing(properties, tag, ("a:spcPct", int(value[:-1]) * 1000))
            elif value is not None:
                _spacing(properties, tag, ("a:spcPts", value * 100))
        if self.bullets:
            etree.SubElement(properties, qn("a:buFont"), typeface="Arial")
            etree.SubElement(properties, qn("a:buChar"), char="•")
        elif draw.random() < 0.02:
            etree.SubElement(p, qn("a:endParaRPr"), lang="en-US", sz=str(self.size * 100))
            return p
        for text, bold in self._runs():
            self._run(p, text, bold)
        return p

    def _runs(self) -> list[tuple[str, bool]]:
        text = self._text()
        if not self.mixed:
            return [(text, self.bold)]
        cuts = sorted(self.draw.sample(range(1, max(len(text), 4)), 2))
        return [(text[: cuts[0]], False), (text[cuts[0] : cuts[1]], True), (text[cuts[1] :], False)]

    def _text(self) -> str:
        source, draw = TEXTS[self.language], self.draw
        if self.language in ASIAN:
            start = draw.randrange(len(source) // 2)
            return source[start : start + draw.choice((8, 20, 40, 80))]
        words = source.split(" ")
        count = draw.choice((2, 4, 7, 10, 14, 20, 35))
        start = draw.randrange(max(len(words) - count, 1))
        return " ".join(words[start : start + count])

    def _run(self, p: etree._Element, text: str, bold: bool) -> None:
        run = etree.SubElement(p, qn("a:r"))
        size = self.size + (8 if self.sizes and bold else 0)
        look = etree.SubElement(
            run, qn("a:rPr"), lang="en-US", sz=str(size * 100), b=str(int(bold)), i=str(int(self.italic))
        )
        if self.caps:
            look.set("cap", "all")
        if self.tight:
            look.set("spc", str(self.tight))
        etree.SubElement(look, qn("a:latin"), typeface=self.font)
        etree.SubElement(run, qn("a:t")).text = text


def _spacing(properties: etree._Element, tag: str, value: tuple[str, int]) -> None:
    etree.SubElement(etree.SubElement(properties, qn(tag)), qn(value[0]), val=str(value[1]))
