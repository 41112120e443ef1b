"""A plain notes master for decks that have none, so that new slides can carry speaker notes.

In: a package. Out: the notes master and its theme as parts, to be put into a piece only when a new slide has notes.
"""

from __future__ import annotations

from collateral.ooxml.archive import Member
from collateral.ooxml.manifest import Relationship
from collateral.ooxml.names import CT_NOTES_MASTER, CT_THEME, REL_NOTES_MASTER, REL_SLIDE_MASTER, REL_THEME
from collateral.ooxml.package import Package, Part
from collateral.ooxml.parts import PartNames
from collateral.ooxml.template.filling.deck_values import OwnedPart

_SPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
_XML = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<p:notesMaster {_SPACES}><p:cSld><p:bg><p:bgRef idx="1001"><a:schemeClr val="bg1"/></p:bgRef></p:bg><p:spTree>\
<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>\
<p:sp><p:nvSpPr><p:cNvPr id="2" name="Slide Image Placeholder 1"/><p:cNvSpPr><a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/>\
</p:cNvSpPr><p:nvPr><p:ph type="sldImg" idx="2"/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x="685800" y="1143000"/>\
<a:ext cx="5486400" cy="3086100"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/>\
<a:ln w="12700"><a:solidFill><a:prstClr val="black"/></a:solidFill></a:ln></p:spPr></p:sp>\
<p:sp><p:nvSpPr><p:cNvPr id="3" name="Notes Placeholder 2"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr>\
<p:ph type="body" sz="quarter" idx="3"/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x="685800" y="4400550"/>\
<a:ext cx="5486400" cy="3600450"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr><p:txBody>\
<a:bodyPr vert="horz" lIns="91440" tIns="45720" rIns="91440" bIns="45720" rtlCol="0"/><a:lstStyle/><a:p><a:endParaRPr lang="en-US"/>\
</a:p></p:txBody></p:sp></p:spTree></p:cSld><p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2"\
 accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/><p:notesStyle>\
<a:lvl1pPr marL="0" algn="l" defTabSz="914400" rtl="0" eaLnBrk="1" latinLnBrk="0" hangingPunct="1"><a:defRPr sz="1200" kern="1200">\
<a:solidFill><a:schemeClr val="tx1"/></a:solidFill><a:latin typeface="+mn-lt"/><a:ea typeface="+mn-ea"/><a:cs typeface="+mn-cs"/>\
</a:defRPr></a:lvl1pPr></p:notesStyle></p:notesMaster>"""


def spare_notes_master(package: Package, main: Part) -> tuple[OwnedPart, ...]:
    """The notes master and its theme (a copy of the slide master's), none when the deck has a notes master."""
    if any(r.type == REL_NOTES_MASTER for r in main.relationships):
        return ()
    master = next((package.get(r.target) for r in main.relationships if r.type == REL_SLIDE_MASTER), None)
    theme = (
        next((package.get(r.target) for r in master.relationships if r.type == REL_THEME), None)
        if master
        else None
    )
    if theme is None:
        return ()
    names = PartNames(package.parts)
    theme_name = names.take("ppt/theme/theme{n}.xml")
    name = names.take("ppt/notesMasters/notesMaster{n}.xml")
    relationships = (Relationship("rId1", REL_THEME, theme_name),)
    copied = theme.renamed(theme_name)
    return (
        OwnedPart(name, CT_NOTES_MASTER, Member.of(name, _XML.encode()), relationships),
        OwnedPart(theme_name, CT_THEME, copied.member, theme.relationships),
    )
