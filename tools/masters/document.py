"""The Word masters: the proposal and the internal briefing, each in two languages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from masters.brand import NAVY
from masters.deck import blank_logo
from masters.package import CT, app_xml, core_xml, relationships, zipped
from masters.slides import ON_DARK
from masters.theme import theme_xml
from masters.word_styles import W, numbering_xml, styles_xml
from masters.word_text import (
    bookmarked,
    contents,
    field,
    inline_picture,
    page_picture,
    para,
    plain_table,
    table,
)
from masters.word_words import BRIEFING, PROPOSAL

Texts = dict[str, str]
PAGE = '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1588" w:right="1418" w:bottom="1418" w:left="1418" w:header="680" w:footer="567" w:gutter="0"/>'
TEXT_WIDTH = 9070
SLOTS_BEFORE = ("summary", "situation", "solution", "worth")
SLOTS_AFTER = ("proof", "rollout", "security", "questions", "about", "next")


def write_documents(folder: Path, assets: Path) -> None:
    """Write proposal and briefing in every language."""
    for language, words in PROPOSAL.items():
        suffix = "" if language == "en" else f".{language}"
        (folder / f"proposal{suffix}.docx").write_bytes(proposal(words, assets))
        (folder / f"briefing{suffix}.docx").write_bytes(briefing(BRIEFING[language], assets))


def cover_art() -> bytes:
    """The band on top of the proposal's first page: navy, dock doors, the harbour line, the white logo."""
    import resvg_py

    from masters import brand
    from masters.logo import ON_DARK, logo_svg

    doors = "".join(
        f'<rect x="{1030 + n * 98}" y="{470 - h}" width="74" height="{h}" rx="8" fill="#{c}"/>'
        for n, (h, c) in enumerate(
            ((170, brand.DUSK), (270, brand.TEAL), (215, brand.SEA), (320, brand.DUSK), (140, brand.RUST))
        )
    )
    logo = logo_svg(ON_DARK, brand.WHITE).replace("<svg ", '<svg x="142" y="120" width="330" height="71" ', 1)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1654 560"><rect width="1654" height="560" fill="#{brand.NAVY}"/>{doors}'
        f'<rect x="1030" y="484" width="624" height="7" fill="#{brand.WHITE}"/>{logo}</svg>'
    )
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, width=1654))


def proposal(
    words: Texts, assets: Path, *, before: Sequence[str] = SLOTS_BEFORE, after: Sequence[str] = SLOTS_AFTER
) -> bytes:
    """The proposal; `before` and `after` are the slots on both sides of the investment."""
    gap = para("", properties='<w:spacing w:before="0" w:after="4300"/>')
    picture = inline_picture("rId8", 21, "Customer logo", "{{ prospect.logo }}", 2.6, 0.96)
    room = '<w:spacing w:before="360" w:after="360"/>'
    dark = f'<w:shd w:val="clear" w:color="auto" w:fill="{NAVY}"/>{room}<w:ind w:left="140" w:right="4900"/>'
    on_dark = para(inner=picture.replace('id="21"', 'id="22"'), properties=dark)
    cover = [
        gap,
        para(words["title"], "Title"),
        para(words["subtitle"], "Subtitle"),
        para("{%p if known(prospect.logo) and " + ON_DARK + " %}"),
        on_dark,
        para("{%p elif known(prospect.logo) %}"),
        para(inner=picture, properties=room),
        para("{%p endif %}"),
        para(words["prepared"], "CoverNote"),
        para("{%p if known(contact.name) %}"),
        para(words["attention"], "CoverNote"),
        para("{%p endif %}"),
        para(words["valid"], "CoverNote"),
    ]
    break_ = para(inner='<w:r><w:br w:type="page"/></w:r>')
    entries = [*before, "investment", *after, "signature"]
    listed = [
        (words.get(f"section_{name}") or words.get(name) or name.capitalize(), f"part-{name}")
        for name in entries
    ]
    body = [*cover, break_, contents(words["contents"], listed), break_]
    body += [_slot(name, n) for n, name in enumerate(before, 901)]
    body += _investment(words)
    body += [_slot(name, n) for n, name in enumerate(after, 911)]
    body += _signatures(words)
    header = para(words["header"], "Header")
    return _package(words, "".join(body), header, words["footer"], assets, art=True)


def _slot(name: str, number: int) -> str:
    """Where a section of the template goes; the table of contents points at it."""
    return bookmarked(para('{{p slot("' + name + '") }}'), f"part-{name}", number)


def _investment(words: Texts) -> list[str]:
    rows = [
        [words["item"], words["basis"], words["amount"]],
        ["{%tr for line in value.investment %}", "", ""],
        ["{{ line.what }}", "{{ line.basis }}", "{{ line.amount | money(decimals=0) }}"],
        ["{%tr endfor %}", "", ""],
        [words["first_year"], "", "{{ value.cost_first_year | money(decimals=0) }}"],
    ]
    return [
        bookmarked(para(words["investment"], "Heading1"), "part-investment", 921),
        para("{%p if known(value.investment) %}"),
        para(words["investment_intro"], properties="<w:keepNext/>"),
        table(rows, (3900, 3300, 1870), right=(2,), last=True, title=words["investment"]),
        para(words["investment_note"], "Caption"),
        para("{%p else %}"),
        para(words["investment_open"], "Callout"),
        para("{%p endif %}"),
    ]


def _signatures(words: Texts) -> list[str]:
    line = '<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="546A78"/></w:pBdr><w:spacing w:before="900" w:after="60"/>'

    def signed(name: str) -> str:
        return para("", properties=line) + para(name, "CoverNote") + para(words["place_date"], "CoverNote")

    def party(who: str) -> str:
        return para(f"**{who}**", properties="<w:keepNext/>")

    return [
        bookmarked(para(words["signature"], "Heading1"), "part-signature", 922),
        para(words["signature_intro"], properties="<w:keepNext/>"),
        plain_table(
            [
                [party("{{ prospect.name }}"), para(""), party("{{ seller.legal_name }}")],
                [signed(words["name_role"]), para(""), signed(words["signatory"])],
            ],
            (4200, 670, 4200),
            words["signature"],
        ),
        para(""),
    ]


def briefing(words: Texts, assets: Path) -> bytes:
    """The internal briefing."""
    body = [
        para(words["internal"], "Internal"),
        para(
            words["title"],
            "Title",
            properties='<w:spacing w:before="160" w:after="40"/>',
            run='<w:sz w:val="44"/><w:szCs w:val="44"/>',
        ),
        para(words["subtitle"], "Subtitle"),
        para("{%p if known(prospect.opportunity.value) %}"),
        para(words["deal"], "Callout"),
        para("{%p endif %}"),
    ]
    body += [
        para('{{p slot("' + n + '") }}')
        for n in ("contacts", "facts", "questions", "competitors", "objections", "proof", "why")
    ]
    return _package(words, "".join(body), para(words["header"], "Header"), words["footer"], assets, art=False)


def plain_document(body: str, title: str) -> bytes:
    """A document of the house without cover, for parts that stand beside a block."""
    words = BRIEFING["en"] | {"property_title": title}
    return _package(words, body, para("", "Header"), "", Path(), art=False)


def _package(words: Texts, body: str, header: str, footer: str, assets: Path, *, art: bool) -> bytes:
    first = '<w:headerReference w:type="first" r:id="rId6"/>' if art else ""
    first_footer = '<w:footerReference w:type="first" r:id="rId7"/>' if art else ""
    section = (
        f'<w:sectPr><w:headerReference w:type="default" r:id="rId4"/>{first}<w:footerReference w:type="default" r:id="rId5"/>{first_footer}'
        f"{PAGE}{'<w:titlePg/>' if art else ''}</w:sectPr>"
    )
    pages = (
        field("PAGE", "1")
        + f'<w:r><w:t xml:space="preserve"> {words["of"]} </w:t></w:r>'
        + field("NUMPAGES", "1")
    )
    targets = [
        ("styles", "styles.xml"), ("numbering", "numbering.xml"), ("settings", "settings.xml"), ("header", "header1.xml"), ("footer", "footer1.xml"),
        ("header", "header2.xml"), ("footer", "footer2.xml"), ("image", "media/customer-logo.png"), ("theme", "theme/theme1.xml"), ("fontTable", "fontTable.xml"),
    ]  # fmt: skip
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _content_types(art=art),
        "_rels/.rels": relationships(
            ("officeDocument", "word/document.xml"),
            (
                "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
                "docProps/core.xml",
            ),
            ("extended-properties", "docProps/app.xml"),
        ),
        "docProps/core.xml": core_xml(words["property_title"], language=words["lang"]),
        "docProps/app.xml": app_xml("Microsoft Office Word"),
        "word/document.xml": f"<w:document {W}><w:body>{body}{section}</w:body></w:document>",
        "word/styles.xml": styles_xml(words["lang"], body=11 if art else 10),
        "word/numbering.xml": numbering_xml(),
        "word/settings.xml": _settings(words["lang"]),
        "word/fontTable.xml": _fonts(),
        "word/theme/theme1.xml": theme_xml(),
        "word/header1.xml": f"<w:hdr {W}>{header}</w:hdr>",
        "word/footer1.xml": f"<w:ftr {W}>{para(footer + chr(9), 'Footer', inner=pages)}</w:ftr>",
    }
    if art:
        parts["word/header2.xml"] = (
            f"<w:hdr {W}>{para('', 'Header', inner=page_picture('rId1', 11, 'Cover art', 8.27, 2.8))}</w:hdr>"
        )
        parts["word/_rels/header2.xml.rels"] = relationships(("image", "media/cover.png"))
        parts["word/footer2.xml"] = (
            f"<w:ftr {W}>{para('{{ seller.address }}  ·  {{ seller.website }}', 'Footer')}</w:ftr>"
        )
        parts["word/media/cover.png"] = cover_art()
        parts["word/media/customer-logo.png"] = blank_logo()
    rels = relationships(*targets)
    if not art:
        for n in (6, 7, 8):
            start = rels.index(f'<Relationship Id="rId{n}"')
            rels = rels[:start] + rels[rels.index("/>", start) + 2 :]
    parts["word/_rels/document.xml.rels"] = rels
    return zipped(parts)


def _content_types(*, art: bool) -> str:
    kinds = {
        "document": "document.main", "styles": "styles", "numbering": "numbering", "settings": "settings", "fontTable": "fontTable",
        "header1": "header", "footer1": "footer",
    }  # fmt: skip
    if art:
        kinds |= {"header2": "header", "footer2": "footer"}
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{CT}.wordprocessingml.{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        f'{overrides}<Override PartName="/word/theme/theme1.xml" ContentType="{CT}.theme+xml"/>'
        '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        f'<Override PartName="/docProps/app.xml" ContentType="{CT}.extended-properties+xml"/></Types>'
    )


def _settings(language: str) -> str:
    return (
        f'<w:settings {W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="709"/><w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        f'<w:themeFontLang w:val="{language}"/><w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" w:accent1="accent1" '
        'w:accent2="accent2" w:accent3="accent3" w:accent4="accent4" w:accent5="accent5" w:accent6="accent6" w:hyperlink="hyperlink" '
        'w:followedHyperlink="followedHyperlink"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def _fonts() -> str:
    fonts = "".join(
        f'<w:font w:name="{name}"><w:charset w:val="00"/><w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
        for name, family in (("Calibri", "swiss"), ("Cambria", "roman"), ("Arial", "swiss"))
    )
    return f"<w:fonts {W}>{fonts}</w:fonts>"
