"""Namespaces, relationship types and content types of Office files, as constants in one place.

`NAMESPACES` maps the prefixes Office itself uses to their URIs; `qn("a:t")` is the name lxml wants. Relationship
types are `REL_…`, content types `CT_…`. Nothing here reads or writes anything.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_MS = "http://schemas.microsoft.com/office/"

NAMESPACES: Final[dict[str, str]] = {
    "a": _DRAWING + "main",
    "a14": _MS + "drawing/2010/main",
    "a16": _MS + "drawing/2014/main",
    "asvg": _MS + "drawing/2016/SVG/main",
    "b": _OFFICE + "bibliography",
    "c": _DRAWING + "chart",
    "c14": _MS + "drawing/2007/8/2/chart",
    "c16": _MS + "drawing/2014/chart",
    "c16r2": _MS + "drawing/2015/06/chart",
    "cdr": _DRAWING + "chartDrawing",
    "cp": _PACKAGE + "metadata/core-properties",
    "ct": _PACKAGE + "content-types",
    "cx": _MS + "drawing/2014/chartex",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcmitype": "http://purl.org/dc/dcmitype/",
    "dcterms": "http://purl.org/dc/terms/",
    "dgm": _DRAWING + "diagram",
    "ds": _OFFICE + "customXml",
    "ep": _OFFICE + "extended-properties",
    "m": _OFFICE + "math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "o": "urn:schemas-microsoft-com:office:office",
    "op": _OFFICE + "custom-properties",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "p14": _MS + "powerpoint/2010/main",
    "p15": _MS + "powerpoint/2012/main",
    "p159": _MS + "powerpoint/2015/09/main",
    "pic": _DRAWING + "picture",
    "pr": _PACKAGE + "relationships",
    "r": _OFFICE + "relationships",
    "v": "urn:schemas-microsoft-com:vml",
    "vt": _OFFICE + "docPropsVTypes",
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "w10": "urn:schemas-microsoft-com:office:word",
    "w14": _MS + "word/2010/wordml",
    "w15": _MS + "word/2012/wordml",
    "w16cid": _MS + "word/2016/wordml/cid",
    "wp": _DRAWING + "wordprocessingDrawing",
    "wp14": _MS + "word/2010/wordprocessingDrawing",
    "wpc": _MS + "word/2010/wordprocessingCanvas",
    "wpg": _MS + "word/2010/wordprocessingGroup",
    "wps": _MS + "word/2010/wordprocessingShape",
    "x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "xml": "http://www.w3.org/XML/1998/namespace",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
STRICT_PREFIX: Final = "http://purl.oclc.org/ooxml/"

_R = NAMESPACES["r"] + "/"
_RP = _PACKAGE + "relationships/"
_MSR = _MS + "2007/relationships/"

REL_OFFICE_DOCUMENT: Final = _R + "officeDocument"
REL_STRICT_OFFICE_DOCUMENT: Final = STRICT_PREFIX + "officeDocument/relationships/officeDocument"
REL_CORE_PROPERTIES: Final = _RP + "metadata/core-properties"
REL_EXTENDED_PROPERTIES: Final = _R + "extended-properties"
REL_CUSTOM_PROPERTIES: Final = _R + "custom-properties"
REL_THUMBNAIL: Final = _RP + "metadata/thumbnail"
REL_SLIDE: Final = _R + "slide"
REL_SLIDE_LAYOUT: Final = _R + "slideLayout"
REL_SLIDE_MASTER: Final = _R + "slideMaster"
REL_NOTES_SLIDE: Final = _R + "notesSlide"
REL_NOTES_MASTER: Final = _R + "notesMaster"
REL_HANDOUT_MASTER: Final = _R + "handoutMaster"
REL_THEME: Final = _R + "theme"
REL_THEME_OVERRIDE: Final = _R + "themeOverride"
REL_PRES_PROPS: Final = _R + "presProps"
REL_VIEW_PROPS: Final = _R + "viewProps"
REL_TABLE_STYLES: Final = _R + "tableStyles"
REL_TAGS: Final = _R + "tags"
REL_COMMENTS: Final = _R + "comments"
REL_COMMENT_AUTHORS: Final = _R + "commentAuthors"
REL_REVIEWERS: Final = ("/commentAuthors", "/authors", "/people")
"""How the types of relationships end that lead to the names of who commented or changed something."""
REL_IMAGE: Final = _R + "image"
REL_HYPERLINK: Final = _R + "hyperlink"
REL_CHART: Final = _R + "chart"
REL_CHART_EX: Final = _MS + "2014/relationships/chartEx"
REL_CHART_STYLE: Final = _MS + "2011/relationships/chartStyle"
REL_CHART_COLOR_STYLE: Final = _MS + "2011/relationships/chartColorStyle"
REL_CHART_USER_SHAPES: Final = _R + "chartUserShapes"
REL_PACKAGE: Final = _R + "package"
REL_OLE_OBJECT: Final = _R + "oleObject"
REL_VML_DRAWING: Final = _R + "vmlDrawing"
REL_DIAGRAM_DATA: Final = _R + "diagramData"
REL_DIAGRAM_LAYOUT: Final = _R + "diagramLayout"
REL_DIAGRAM_STYLE: Final = _R + "diagramQuickStyle"
REL_DIAGRAM_COLORS: Final = _R + "diagramColors"
REL_DIAGRAM_DRAWING: Final = _MSR + "diagramDrawing"
REL_AUDIO: Final = _R + "audio"
REL_VIDEO: Final = _R + "video"
REL_MEDIA: Final = _MSR + "media"
REL_FONT: Final = _R + "font"
REL_CUSTOM_XML: Final = _R + "customXml"
REL_CUSTOM_XML_PROPS: Final = _R + "customXmlProps"
REL_STYLES: Final = _R + "styles"
REL_NUMBERING: Final = _R + "numbering"
REL_SETTINGS: Final = _R + "settings"
REL_WEB_SETTINGS: Final = _R + "webSettings"
REL_FONT_TABLE: Final = _R + "fontTable"
REL_HEADER: Final = _R + "header"
REL_FOOTER: Final = _R + "footer"
REL_FOOTNOTES: Final = _R + "footnotes"
REL_ENDNOTES: Final = _R + "endnotes"
REL_GLOSSARY: Final = _R + "glossaryDocument"
REL_ATTACHED_TEMPLATE: Final = _R + "attachedTemplate"

_OX = "application/vnd.openxmlformats-officedocument."
_PML = _OX + "presentationml."
_WML = _OX + "wordprocessingml."
_DML = _OX + "drawingml."

CT_PRESENTATION: Final = _PML + "presentation.main+xml"
CT_PRESENTATION_TEMPLATE: Final = _PML + "template.main+xml"
CT_SLIDESHOW: Final = _PML + "slideshow.main+xml"
CT_SLIDE: Final = _PML + "slide+xml"
CT_SLIDE_LAYOUT: Final = _PML + "slideLayout+xml"
CT_SLIDE_MASTER: Final = _PML + "slideMaster+xml"
CT_NOTES_SLIDE: Final = _PML + "notesSlide+xml"
CT_NOTES_MASTER: Final = _PML + "notesMaster+xml"
CT_HANDOUT_MASTER: Final = _PML + "handoutMaster+xml"
CT_PRES_PROPS: Final = _PML + "presProps+xml"
CT_VIEW_PROPS: Final = _PML + "viewProps+xml"
CT_TABLE_STYLES: Final = _PML + "tableStyles+xml"
CT_TAGS: Final = _PML + "tags+xml"
CT_COMMENTS_PML: Final = _PML + "comments+xml"
CT_COMMENT_AUTHORS: Final = _PML + "commentAuthors+xml"
CT_DOCUMENT: Final = _WML + "document.main+xml"
CT_DOCUMENT_TEMPLATE: Final = _WML + "template.main+xml"
CT_STYLES: Final = _WML + "styles+xml"
CT_NUMBERING: Final = _WML + "numbering+xml"
CT_SETTINGS: Final = _WML + "settings+xml"
CT_WEB_SETTINGS: Final = _WML + "webSettings+xml"
CT_FONT_TABLE: Final = _WML + "fontTable+xml"
CT_GLOSSARY: Final = _WML + "document.glossary+xml"
CT_HEADER: Final = _WML + "header+xml"
CT_FOOTER: Final = _WML + "footer+xml"
CT_FOOTNOTES: Final = _WML + "footnotes+xml"
CT_ENDNOTES: Final = _WML + "endnotes+xml"
CT_THEME: Final = _OX + "theme+xml"
CT_THEME_OVERRIDE: Final = _OX + "themeOverride+xml"
CT_CHART: Final = _DML + "chart+xml"
CT_CHART_SHAPES: Final = _DML + "chartshapes+xml"
CT_CHART_EX: Final = "application/vnd.ms-office.chartex+xml"
CT_CHART_STYLE: Final = "application/vnd.ms-office.chartstyle+xml"
CT_CHART_COLOR_STYLE: Final = "application/vnd.ms-office.chartcolorstyle+xml"
CT_DIAGRAM_DATA: Final = _DML + "diagramData+xml"
CT_DIAGRAM_LAYOUT: Final = _DML + "diagramLayout+xml"
CT_DIAGRAM_STYLE: Final = _DML + "diagramStyle+xml"
CT_DIAGRAM_COLORS: Final = _DML + "diagramColors+xml"
CT_DIAGRAM_DRAWING: Final = "application/vnd.ms-office.drawingml.diagramDrawing+xml"
CT_WORKBOOK: Final = _OX + "spreadsheetml.sheet"
CT_EMBEDDED: Final = frozenset(
    (CT_WORKBOOK, _OX + "wordprocessingml.document", _OX + "presentationml.presentation")
)
CT_RELATIONSHIPS: Final = "application/vnd.openxmlformats-package.relationships+xml"
CT_CORE_PROPERTIES: Final = "application/vnd.openxmlformats-package.core-properties+xml"
CT_EXTENDED_PROPERTIES: Final = _OX + "extended-properties+xml"
CT_CUSTOM_PROPERTIES: Final = _OX + "custom-properties+xml"
CT_CUSTOM_XML_PROPS: Final = _OX + "customXmlProperties+xml"
CT_XML: Final = "application/xml"
CT_VBA_PROJECT: Final = "application/vnd.ms-office.vbaProject"

# the main part's content type decides what kind of file this is, whatever its extension says
KIND_OF_MAIN: Final[dict[str, str]] = {
    CT_PRESENTATION: "pptx",
    CT_PRESENTATION_TEMPLATE: "potx",
    CT_SLIDESHOW: "ppsx",
    CT_DOCUMENT: "docx",
    CT_DOCUMENT_TEMPLATE: "dotx",
}
DEFAULT_TYPES: Final[dict[str, str]] = {
    "bmp": "image/bmp",
    "bin": _OX + "oleObject",
    "emf": "image/x-emf",
    "fntdata": "application/x-fontdata",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "m4a": "audio/mp4",
    "mov": "video/quicktime",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "png": "image/png",
    "rels": CT_RELATIONSHIPS,
    "svg": "image/svg+xml",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "vml": _OX + "vmlDrawing",
    "wav": "audio/x-wav",
    "wdp": "image/vnd.ms-photo",
    "webp": "image/webp",
    "wmf": "image/x-wmf",
    "xlsx": CT_WORKBOOK,
    "xml": CT_XML,
}


DECORATIVE: Final = f"{{{_MS}drawing/2017/decorative}}decorative"
"""The element that marks a drawing as decoration, which nobody need be told of."""


@lru_cache(maxsize=4096)
def qn(name: str) -> str:
    """The name lxml wants for `prefix:local`: `{uri}local`. Raises KeyError for a prefix not in `NAMESPACES`."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


STORIES: Final = frozenset((CT_HEADER, CT_FOOTER, CT_FOOTNOTES, CT_ENDNOTES))
"""What a document says outside its body."""

RUN_ACTIONS = ("ppaction://macro", "ppaction://program")
"""What a link on a slide begins with that runs something."""
