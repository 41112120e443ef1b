"""The slide master and its layouts: what each offers and where it stands on the grid."""

from __future__ import annotations

from collections.abc import Callable

from masters.brand import ARTWORK, CONTENT_WIDTH, MARGIN, NAME, SLIDE_HEIGHT, SLIDE_WIDTH
from masters.shapes import NS, Level, Tree, list_style, scheme

BODY_TOP, BODY_HEIGHT = 1.95, 4.55
TITLE_BOX = (MARGIN, 0.5, CONTENT_WIDTH, 1.05)
FOOTER_TOP = 6.95
GUTTER = 0.5

TITLE_LEVEL = Level(28, "tx2", bold=True, font="+mj-lt", line=92)
BODY_LEVELS = (
    Level(24, bullet="■", bullet_size=60, left=0.34, hang=0.34, before=18, line=100),
    Level(20, bullet="–", bullet_size=100, bullet_color="accent1", left=0.66, hang=0.26, before=7, line=98),
    Level(18, bullet="▪", bullet_size=80, bullet_color="accent5", left=0.96, hang=0.24, before=5, line=98),
    Level(16, bullet="–", bullet_size=100, bullet_color="accent5", left=1.22, hang=0.22, before=4, line=98),
    Level(16, bullet="▪", bullet_size=80, bullet_color="accent5", left=1.48, hang=0.22, before=4, line=98),
)
SIDE_LEVELS = (
    Level(20, bullet="■", bullet_size=60, left=0.3, hang=0.3, before=12, line=98),
    Level(18, bullet="–", bullet_size=100, bullet_color="accent1", left=0.58, hang=0.24, before=6, line=98),
    Level(16, bullet="▪", bullet_size=80, bullet_color="accent5", left=0.82, hang=0.2, before=4, line=98),
)
COLUMN_LEVELS = (
    Level(22, "accent1", bold=True, font="+mj-lt", before=0, line=95),
    Level(18, bullet="■", bullet_size=60, left=0.27, hang=0.27, before=10, line=98),
    Level(16, bullet="–", bullet_size=100, bullet_color="accent5", left=0.5, hang=0.2, before=4, line=98),
)
SMALL = Level(11, "accent5")
PROMPT_LEVELS = ("First level", "Second level", "Third level", "Fourth level", "Fifth level")


def furniture(tree: Tree, *, master: bool = False) -> None:
    """Date, footer and slide number placeholders; layouts inherit where they stand from the master."""
    number = (
        f'<a:fld id="{{5C3D1E2A-7B64-4F0E-9A55-0D2C8E6B1F10}}" type="slidenum"><a:rPr lang="{tree.language}"/>'
        f"<a:t>‹#›</a:t></a:fld>"
    ).replace("{id}", "")
    style = {"levels": (SMALL,), "anchor": "ctr", "fit": "noAutofit"} if master else {}
    right = {**style, "levels": (Level(11, "accent5", align="r"),)} if master else {}
    boxes = {
        "dt": (9.1, FOOTER_TOP, 2.4, 0.3),
        "ftr": (2.6, FOOTER_TOP, 6.3, 0.3),
        "sldNum": (SLIDE_WIDTH - MARGIN - 0.9, FOOTER_TOP, 0.9, 0.3),
    }
    tree.placeholder(
        "Date", "dt", boxes["dt"] if master else None, idx=2 if master else 10, size="half", **right
    )
    tree.placeholder(
        "Footer", "ftr", boxes["ftr"] if master else None, idx=3 if master else 11, size="quarter", **style
    )
    tree.placeholder(
        "Slide number", "sldNum", boxes["sldNum"] if master else None, idx=4 if master else 12, size="quarter",
        field_xml=number, **right,
    )  # fmt: skip


def master_xml(layout_count: int) -> str:
    """slideMaster1.xml; its logo is rId{layout_count + 2}."""
    tree = Tree()
    tree.rectangle("Title rule", (MARGIN, 1.68, CONTENT_WIDTH, 0.012), HAIRLINE_FILL)
    tree.rectangle("Title accent", (MARGIN, 1.665, 0.9, 0.042), scheme("accent2"))
    tree.picture(f"{NAME} logo", (MARGIN, FOOTER_TOP + 0.0, 1.42, 0.3082), f"rId{layout_count + 2}", NAME)
    tree.placeholder("Title", "title", TITLE_BOX, prompt="Click to edit the title", anchor="b", custom=False)
    tree.placeholder(
        "Text",
        "body",
        (MARGIN, BODY_TOP, CONTENT_WIDTH, BODY_HEIGHT),
        idx=1,
        prompt=PROMPT_LEVELS,
        anchor="t",
        custom=False,
    )
    furniture(tree, master=True)
    ids = "".join(f'<p:sldLayoutId id="{2147483649 + n}" r:id="rId{n + 1}"/>' for n in range(layout_count))
    others = "".join(lv.xml(n) for n, lv in enumerate([Level(18, left=0.5 * n) for n in range(9)], 1))
    body = list_style(*BODY_LEVELS, *[BODY_LEVELS[-1]] * 4).replace("a:lstStyle", "p:bodyStyle")
    return (
        f"<p:sldMaster {NS}><p:cSld><p:bg><p:bgPr>{scheme('bg1')}<a:effectLst/></p:bgPr></p:bg>{tree.xml()}</p:cSld>"
        '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" '
        'accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/>'
        f"<p:sldLayoutIdLst>{ids}</p:sldLayoutIdLst>"
        '<p:hf hdr="0" dt="0"/>'
        f"<p:txStyles>{list_style(TITLE_LEVEL).replace('a:lstStyle', 'p:titleStyle')}{body}"
        f"<p:otherStyle>{others}</p:otherStyle></p:txStyles></p:sldMaster>"
    )


HAIRLINE_FILL = '<a:solidFill><a:schemeClr val="accent5"><a:lumMod val="40000"/><a:lumOff val="60000"/></a:schemeClr></a:solidFill>'
NAVY_TINT = '<a:solidFill><a:schemeClr val="tx2"><a:lumMod val="85000"/><a:lumOff val="15000"/></a:schemeClr></a:solidFill>'
Build = Callable[[Tree], None]


def _title(tree: Tree, kind: str = "title") -> None:
    tree.placeholder("Title", kind, None, prompt="A sentence that states the message")


def _doors(
    tree: Tree, left: float, floor: float, heights: tuple[tuple[float, str], ...], width: float = 0.62
) -> None:
    """The brand's artwork: bars that stand on a line, Harborline's dock doors."""
    for n, (height, fill) in enumerate(heights):
        xml = NAVY_TINT if fill == "tint" else scheme(fill)
        tree.rectangle(
            f"{ARTWORK[0]} {n + 1}",
            (left + n * (width + 0.2), floor - height, width, height),
            xml,
            shape="roundRect",
            adjust=9000,
        )


def title_layout(tree: Tree) -> None:
    """Cover: navy ground, doors on the right, room for the prospect's logo."""
    _doors(
        tree, 9.05, 6.55, ((1.9, "tint"), (3.1, "accent1"), (2.4, "accent3"), (3.7, "tint"), (1.5, "accent2"))
    )
    tree.rectangle(ARTWORK[1], (9.05, 6.67, SLIDE_WIDTH - 9.05, 0.06), scheme("bg1"))
    tree.picture(f"{NAME} logo", (MARGIN, 0.62, 2.35, 0.51), "rId2", NAME)
    tree.placeholder(
        "Title", "ctrTitle", (MARGIN, 1.75, 7.8, 2.35), anchor="b", prompt="Title of the presentation",
        levels=(Level(40, "bg1", bold=True, font="+mj-lt", line=92),),
    )  # fmt: skip
    tree.placeholder(
        "Subtitle", "subTitle", (MARGIN, 4.3, 7.8, 0.95), idx=1, anchor="t", prompt="For whom, about what",
        levels=(Level(20, "accent6", line=98),),
    )  # fmt: skip
    tree.placeholder(
        "Contact", "body", (MARGIN, 6.05, 7.8, 0.68), idx=13, anchor="b", prompt="Name, role, date",
        levels=(Level(14, "bg1"), Level(14, "accent6")), size="quarter",
    )  # fmt: skip
    tree.placeholder(
        "Customer logo", "pic", (9.75, 0.62, 2.88, 1.15), idx=14, prompt="Customer’s logo", anchor="ctr", fit="noAutofit",
        levels=(Level(12, "accent6", align="ctr"),), size="quarter",
    )  # fmt: skip


def section_layout(tree: Tree) -> None:
    """Section opener: teal panel on the left, a few words on the right."""
    tree.rectangle("Panel", (0, 0, 5.2, SLIDE_HEIGHT), scheme("tx2"))
    _doors(tree, 0.7, 6.2, ((0.9, "accent1"), (1.5, "tint"), (1.1, "accent2")), 0.42)
    tree.rectangle(ARTWORK[1], (0, 6.28, 5.2, 0.04), scheme("bg1"))
    tree.placeholder(
        "Title", "ctrTitle", (MARGIN, 1.2, 4.1, 3.0), anchor="t", prompt="Section title",
        levels=(Level(34, "bg1", bold=True, font="+mj-lt", line=92),),
    )  # fmt: skip
    tree.placeholder(
        "Text", "body", (5.9, 1.2, 6.73, 5.1), idx=1, anchor="t", prompt="What this section answers",
        levels=(Level(22, before=8), *BODY_LEVELS[1:]),
    )  # fmt: skip
    furniture(tree)


def content_layout(tree: Tree) -> None:
    """The work horse."""
    _title(tree)
    tree.placeholder("Content", None, None, idx=1, prompt=PROMPT_LEVELS, custom=False)
    furniture(tree)


def _bottom_line(tree: Tree, kind: str) -> None:
    """An optional last word: its ground belongs to the placeholder, so an unused one leaves nothing."""
    tree.placeholder(
        "Bottom line", kind, (MARGIN, 5.62, CONTENT_WIDTH, 0.92), idx=20, anchor="ctr", prompt="What to remember", size="quarter",
        fill=scheme("bg2"), insets=(0.3, 0.08, 0.3, 0.08), levels=(Level(20, "tx2", bold=True, font="+mj-lt"),),
    )  # fmt: skip


def two_content_layout(tree: Tree) -> None:
    """Two equal columns."""
    _title(tree)
    width = (CONTENT_WIDTH - GUTTER) / 2
    for n, name in enumerate(("Left content", "Right content")):
        tree.placeholder(
            name, None, (MARGIN + n * (width + GUTTER), BODY_TOP, width, 3.5), idx=n + 1, size="half",
            prompt=PROMPT_LEVELS[:3], custom=False, levels=SIDE_LEVELS, anchor="t",
        )  # fmt: skip
    _bottom_line(tree, "obj")
    furniture(tree)


def case_study_layout(tree: Tree) -> None:
    """The story on the left, up to three figures on a paper panel on the right (figure, then caption one level down)."""
    tree.rectangle("Panel", (8.55, BODY_TOP, 4.083, 4.7), scheme("bg2"))
    tree.rectangle("Panel accent", (8.55, BODY_TOP, 0.06, 4.7), scheme("accent2"))
    _title(tree)
    tree.placeholder(
        "Story", "body", (MARGIN, BODY_TOP, 7.4, 4.7), idx=1, anchor="t", levels=SIDE_LEVELS,
        prompt=("What was wrong, what was done, what changed", "Detail"),
    )  # fmt: skip
    for n in range(3):
        tree.placeholder(
            f"Figure {n + 1}", "body", (8.9, BODY_TOP + 0.2 + n * 1.48, 3.5, 1.36), idx=13 + n, anchor="t", size="quarter",
            prompt=("00%", "what it measures"), levels=(Level(40, "accent2", bold=True, font="+mj-lt", line=90), Level(16, line=95)),
        )  # fmt: skip
    furniture(tree)


def quote_layout(tree: Tree) -> None:
    """One quotation with who said it; the title is small so that the words are large."""
    tree.rectangle("Ground", (0, 0, SLIDE_WIDTH, SLIDE_HEIGHT), scheme("bg2"))
    tree.rectangle("Accent", (MARGIN, 2.05, 0.06, 3.9), scheme("accent2"))
    tree.placeholder(
        "Title", "title", (MARGIN, 0.62, CONTENT_WIDTH, 0.75), anchor="t", prompt="What the quotation proves",
        levels=(Level(20, "accent1", bold=True, font="+mj-lt"),),
    )  # fmt: skip
    tree.placeholder(
        "Quotation", "body", (1.15, 1.95, 10.6, 3.05), idx=1, anchor="ctr", prompt="“Their words, not ours.”",
        levels=(Level(30, "tx2", italic=True, font="+mj-lt", line=100), Level(18, "accent5")),
    )  # fmt: skip
    tree.placeholder(
        "Who said it", "body", (1.15, 5.2, 10.6, 0.8), idx=13, anchor="t", prompt="Name, role, company", size="quarter",
        levels=(Level(16, "tx1", bold=True), Level(16, "accent5")),
    )  # fmt: skip
    tree.picture(f"{NAME} logo", (MARGIN, FOOTER_TOP, 1.42, 0.3082), "rId2", NAME)
    furniture(tree)


def table_layout(tree: Tree) -> None:
    """A table over the whole width, a note below it."""
    _title(tree)
    tree.placeholder(
        "Table", "tbl", (MARGIN, BODY_TOP, CONTENT_WIDTH, 3.9), idx=13, prompt="A table", anchor="t"
    )
    tree.placeholder(
        "Note", "body", (MARGIN, 6.05, CONTENT_WIDTH, 0.6), idx=14, anchor="b", prompt="Source or note", size="quarter",
        levels=(Level(14, "accent5", line=95), Level(14, "accent5", line=95)),
    )  # fmt: skip
    furniture(tree)


def chart_layout(tree: Tree) -> None:
    """A chart and, beside it, what it shows."""
    _title(tree)
    tree.placeholder("Chart", "chart", (MARGIN, BODY_TOP, 7.6, 4.7), idx=13, prompt="A chart", anchor="t")
    tree.placeholder(
        "What it shows", "body", (8.8, BODY_TOP, 3.833, 4.7), idx=1, anchor="t", prompt=("What it shows", "Detail"),
        levels=SIDE_LEVELS, size="half",
    )  # fmt: skip
    furniture(tree)


def picture_layout(tree: Tree) -> None:
    """Text on the left, a picture on the right."""
    _title(tree)
    tree.placeholder(
        "Text", "body", (MARGIN, BODY_TOP, 4.9, 4.7), idx=1, anchor="t", prompt=("What it shows", "Detail"),
        levels=SIDE_LEVELS, size="half",
    )  # fmt: skip
    tree.placeholder("Picture", "pic", (6.1, BODY_TOP, 6.533, 4.7), idx=13, prompt="A picture", anchor="ctr")
    furniture(tree)


def big_numbers_layout(tree: Tree) -> None:
    """Three figures side by side, the text that explains them below."""
    width = (CONTENT_WIDTH - 2 * GUTTER) / 3
    for n in range(3):
        tree.rectangle(f"Rule {n + 1}", (MARGIN + n * (width + GUTTER), 2.1, width, 0.05), scheme("accent1"))
    _title(tree)
    for n in range(3):
        tree.placeholder(
            f"Figure {n + 1}", "body", (MARGIN + n * (width + GUTTER), 2.3, width, 1.85), idx=13 + n, anchor="t",
            levels=(Level(54, "accent2", bold=True, font="+mj-lt", line=90), Level(18, line=98)), size="quarter",
            prompt=("00%", "what it measures"),
        )  # fmt: skip
    tree.placeholder(
        "Text", "body", (MARGIN, 4.45, CONTENT_WIDTH, 2.15), idx=1, anchor="t", prompt=("What this means", "Detail"),
        levels=SIDE_LEVELS,
    )  # fmt: skip
    furniture(tree)


def columns_layout(tree: Tree) -> None:
    """Three columns, each with a heading (level 1) and points (level 2)."""
    width = (CONTENT_WIDTH - 2 * GUTTER) / 3
    for n in range(3):
        tree.rectangle(f"Rule {n + 1}", (MARGIN + n * (width + GUTTER), 2.1, width, 0.05), scheme("accent1"))
    _title(tree)
    for n in range(3):
        tree.placeholder(
            f"Column {n + 1}", "body", (MARGIN + n * (width + GUTTER), 2.3, width, 3.15), idx=13 + n, anchor="t",
            levels=COLUMN_LEVELS, prompt=("Heading", "Point"), size="quarter",
        )  # fmt: skip
    _bottom_line(tree, "body")
    furniture(tree)


def summary_layout(tree: Tree) -> None:
    """Executive summary on one page: three columns over a band with three figures."""
    width = (CONTENT_WIDTH - 2 * GUTTER) / 3
    tree.rectangle("Band", (0, 5.2, SLIDE_WIDTH, 1.55), scheme("bg2"))
    tree.rectangle("Band accent", (0, 5.2, SLIDE_WIDTH, 0.04), scheme("accent2"))
    for n in range(3):
        tree.rectangle(f"Rule {n + 1}", (MARGIN + n * (width + GUTTER), 1.95, width, 0.04), scheme("accent1"))
    _title(tree)
    levels = (
        Level(19, "accent1", bold=True, font="+mj-lt", line=95),
        Level(16, bullet="■", bullet_size=60, left=0.24, hang=0.24, before=7, line=98),
    )
    for n in range(3):
        tree.placeholder(
            f"Column {n + 1}", "body", (MARGIN + n * (width + GUTTER), 2.1, width, 2.95), idx=13 + n, anchor="t",
            levels=levels, prompt=("Heading", "Point"), size="quarter",
        )  # fmt: skip
    for n in range(3):
        tree.placeholder(
            f"Figure {n + 1}", "body", (MARGIN + n * (width + GUTTER), 5.38, width, 1.25), idx=16 + n, anchor="t",
            levels=(Level(32, "accent2", bold=True, font="+mj-lt", line=90), Level(15, line=95)), size="quarter",
            prompt=("00%", "what it measures"),
        )  # fmt: skip
    furniture(tree)


def agenda_layout(tree: Tree) -> None:
    """Numbered points beside a navy panel."""
    tree.rectangle("Panel", (0, 0, 4.4, SLIDE_HEIGHT), scheme("tx2"))
    tree.picture(f"{NAME} logo", (MARGIN, FOOTER_TOP, 1.42, 0.3082), "rId2", NAME)
    tree.placeholder(
        "Title", "title", (MARGIN, 1.2, 3.2, 3.4), anchor="t", prompt="Agenda",
        levels=(Level(34, "bg1", bold=True, font="+mj-lt", line=92),),
    )  # fmt: skip
    tree.placeholder(
        "Points", "obj", (5.1, 1.2, 7.53, 5.3), idx=1, anchor="t", prompt=("Point", "Detail"),
        levels=(
            Level(22, bullet="number", bullet_color="accent2", left=0.5, hang=0.5, before=14),
            Level(16, "accent5", left=0.5, before=2),
        ),
    )  # fmt: skip
    furniture(tree)


def title_only_layout(tree: Tree) -> None:
    """A title and free space for a designer."""
    _title(tree)
    furniture(tree)


def closing_layout(tree: Tree) -> None:
    """The last slide: what happens next, and whom to call."""
    _doors(
        tree, 9.05, 6.55, ((2.6, "accent3"), (1.7, "tint"), (3.3, "accent1"), (2.2, "accent2"), (1.3, "tint"))
    )
    tree.rectangle(ARTWORK[1], (9.05, 6.67, SLIDE_WIDTH - 9.05, 0.06), scheme("bg1"))
    tree.picture(f"{NAME} logo", (MARGIN, 0.62, 2.35, 0.51), "rId2", NAME)
    tree.placeholder(
        "Title", "ctrTitle", (MARGIN, 1.6, 7.8, 1.9), anchor="b", prompt="What happens next",
        levels=(Level(38, "bg1", bold=True, font="+mj-lt", line=92),),
    )  # fmt: skip
    tree.placeholder(
        "Text", "subTitle", (MARGIN, 3.7, 7.8, 1.7), idx=1, anchor="t", prompt="One sentence",
        levels=(Level(20, "accent6", before=6), Level(16, "accent6", before=4)),
    )  # fmt: skip
    tree.placeholder(
        "Contact", "body", (MARGIN, 5.7, 7.8, 1.03), idx=13, anchor="b", prompt="Name, e-mail, phone",
        levels=(Level(16, "bg1", before=2), Level(14, "accent6")), size="quarter",
    )  # fmt: skip


LAYOUTS: tuple[tuple[str, str, str, Build], ...] = (
    ("Title", "title", "dark", title_layout),
    ("Title and Content", "obj", "", content_layout),
    ("Two Content", "twoObj", "", two_content_layout),
    ("Section", "secHead", "own", section_layout),
    ("Case Study", "", "", case_study_layout),
    ("Big Numbers", "", "", big_numbers_layout),
    ("Three Columns", "", "", columns_layout),
    ("Executive Summary", "", "", summary_layout),
    ("Table", "tbl", "", table_layout),
    ("Chart", "chart", "", chart_layout),
    ("Picture", "picTx", "", picture_layout),
    ("Quote", "", "own", quote_layout),
    ("Agenda", "", "own", agenda_layout),
    ("Title Only", "titleOnly", "", title_only_layout),
    ("Closing", "", "dark", closing_layout),
)
"""Name, type, ground ("dark", "own" or the master's) and builder of each layout, in the order of the menu."""


def layout_xml(name: str, kind: str, ground: str, build: Build) -> str:
    """slideLayoutN.xml."""
    tree = Tree()
    build(tree)
    background = f"<p:bg><p:bgPr>{scheme('tx2')}<a:effectLst/></p:bgPr></p:bg>" if ground == "dark" else ""
    own = ' showMasterSp="0"' if ground else ""
    type_ = f' type="{kind}"' if kind else ' userDrawn="1"'
    return (
        f'<p:sldLayout {NS}{own}{type_} preserve="1"><p:cSld name="{name}">{background}{tree.xml()}</p:cSld>'
        "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    )
