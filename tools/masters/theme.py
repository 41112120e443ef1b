"""The theme of all masters: colours, fonts and Office's plain effects; and the deck's table style."""

from __future__ import annotations

from masters import brand
from masters.brand import TABLE_STYLE
from masters.shapes import scheme

_NS = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_COLOURS = {
    "dk2": brand.NAVY,
    "lt2": brand.PAPER,
    "accent1": brand.TEAL,
    "accent2": brand.RUST,
    "accent3": brand.SEA,
    "accent4": brand.SUN,
    "accent5": brand.SLATE,
    "accent6": brand.MIST,
    "hlink": brand.TEAL,
    "folHlink": brand.VISITED,
}


def theme_xml() -> str:
    """theme1.xml."""
    colours = f'<a:dk1><a:srgbClr val="{brand.INK}"/></a:dk1><a:lt1><a:srgbClr val="{brand.WHITE}"/></a:lt1>'
    colours += "".join(f'<a:{n}><a:srgbClr val="{v}"/></a:{n}>' for n, v in _COLOURS.items())
    fonts = "".join(
        f'<a:{kind}Font><a:latin typeface="{face}"/><a:ea typeface=""/><a:cs typeface=""/></a:{kind}Font>'
        for kind, face in (("major", brand.HEADINGS), ("minor", brand.BODY))
    )
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    lines = "".join(
        f'<a:ln w="{w}" cap="flat" cmpd="sng" algn="ctr">{fill}<a:prstDash val="solid"/></a:ln>'
        for w in (6350, 12700, 19050)
    )
    return (
        f'<a:theme {_NS} name="{brand.NAME}"><a:themeElements><a:clrScheme name="{brand.NAME}">{colours}</a:clrScheme>'
        f'<a:fontScheme name="{brand.NAME}">{fonts}</a:fontScheme><a:fmtScheme name="{brand.NAME}">'
        f"<a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{lines}</a:lnStyleLst>"
        f"<a:effectStyleLst>{'<a:effectStyle><a:effectLst/></a:effectStyle>' * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements>"
        "<a:objectDefaults/><a:extraClrSchemeLst/></a:theme>"
    )


def table_styles_xml() -> str:
    """tableStyles.xml: navy header, thin rules between rows, no columns."""

    def line(side: str, color: str, width: int) -> str:
        return f'<a:{side}><a:ln w="{width}" cmpd="sng">{scheme(color)}</a:ln></a:{side}>'

    none = "".join(f"<a:{s}><a:ln><a:noFill/></a:ln></a:{s}>" for s in ("left", "right"))
    font = '<a:fontRef idx="minor"><a:prstClr val="black"/></a:fontRef>'
    rule = '<a:ln w="9525" cmpd="sng"><a:solidFill><a:schemeClr val="accent5"><a:lumMod val="40000"/><a:lumOff val="60000"/></a:schemeClr></a:solidFill></a:ln>'
    return (
        f'<a:tblStyleLst {_NS} def="{TABLE_STYLE}"><a:tblStyle styleId="{TABLE_STYLE}" styleName="{brand.NAME}">'
        f'<a:wholeTbl><a:tcTxStyle>{font}<a:schemeClr val="dk1"/></a:tcTxStyle><a:tcStyle><a:tcBdr>{none}'
        f"{line('bottom', 'dk2', 12700)}<a:insideH>{rule}</a:insideH>"
        f"<a:insideV><a:ln><a:noFill/></a:ln></a:insideV></a:tcBdr><a:fill><a:noFill/></a:fill></a:tcStyle></a:wholeTbl>"
        f'<a:firstCol><a:tcTxStyle b="on">{font}<a:schemeClr val="dk1"/></a:tcTxStyle><a:tcStyle><a:tcBdr/></a:tcStyle></a:firstCol>'
        f'<a:lastRow><a:tcTxStyle b="on">{font}<a:schemeClr val="dk1"/></a:tcTxStyle><a:tcStyle><a:tcBdr>'
        f"{line('top', 'dk2', 12700)}</a:tcBdr></a:tcStyle></a:lastRow>"
        f'<a:firstRow><a:tcTxStyle b="on">{font}<a:schemeClr val="lt1"/></a:tcTxStyle><a:tcStyle><a:tcBdr/>'
        f"<a:fill>{scheme('dk2')}</a:fill></a:tcStyle></a:firstRow></a:tblStyle></a:tblStyleLst>"
    )
