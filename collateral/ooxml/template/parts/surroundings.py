"""What a template has of the programs and servers it was kept with: a signature, panes of add-ins, buttons on the ribbon, what a document
library knows of it.

In: a package. Out: the same without. A signature is not true of what is made of the signed file, an add-in or a button of the template's
author means nothing to whoever gets it, and a library's columns name customers, people and servers. Compile time only.
"""

from __future__ import annotations

import re
from typing import Final

from collateral.ooxml.names import CT_CUSTOM_PROPERTIES, REL_CUSTOM_XML, REL_CUSTOM_XML_PROPS
from collateral.ooxml.package import Package, Part, Relationship
from collateral.ooxml.template.parts.droppable import reached
from collateral.ooxml.xml import XmlError, parse_xml, serialise

_OF_THE_FILE: Final = (
    "/digital-signature/origin",
    "/webextensiontaskpanes",
    "/ui/extensibility",
    "/ui/userCustomization",
)
_OF_A_LIBRARY: Final = (
    "{http://schemas.microsoft.com/office/2006/metadata/",
    "{http://schemas.microsoft.com/sharepoint/",
)
_COLUMNS: Final = re.compile(
    "_dlc_.*|_ip_.*|xd_.*|_SourceUrl|_SharedFileIndex|_ExtendedDescription|ContentTypeId|MediaServiceImageTags|SharedWithUsers"
    "|Order|TaxCatchAll|TemplateUrl|TriggerFlowInfo|ComplianceAssetId"
)
"""The columns that SharePoint keeps in a file's custom properties, beside those that somebody made."""
_ID: Final = re.compile(rb'itemID="(\{[0-9A-Fa-f-]+\})"')


def without_surroundings(package: Package) -> Package:
    """The package without any of them; the same one when there is none."""
    return _without_columns(_without_parts(package))


def _without_columns(package: Package) -> Package:
    part = next((p for p in package.parts.values() if p.content_type == CT_CUSTOM_PROPERTIES), None)
    if part is None:
        return package
    try:
        root = parse_xml(part.data())
    except XmlError:
        return package
    gone = [each for each in root if _COLUMNS.fullmatch(each.get("name") or "")]
    if not gone:
        return package
    for each in gone:
        root.remove(each)
    if len(root):
        return package.with_parts([part.with_data(serialise(root))])
    kept = [rel for rel in package.relationships if rel.target != part.name]
    return package.with_parts(remove=[part.name], relationships=kept)


def _without_parts(package: Package) -> Package:
    kept = [rel for rel in package.relationships if not rel.type.endswith(_OF_THE_FILE)]
    main = package.main
    own = [rel for rel in main.relationships if not _is_of_a_library(rel, package)]
    if len(kept) == len(package.relationships) and len(own) == len(main.relationships):
        return package
    made = package.with_parts([main.with_relationships(own)], relationships=kept)
    leads = {part.name: part.relationships for part in made.parts.values()}
    gone = {r.target for r in (*package.relationships, *main.relationships)} - {
        r.target for r in (*kept, *own)
    }
    needed = reached((rel.target for rel in kept), leads)
    return made.with_parts(remove=[name for name in reached(gone, leads) if name not in needed])


def _is_of_a_library(rel: Relationship, package: Package) -> bool:
    """Whether it leads to what a document library keeps, and no content control shows any of it."""
    part = package.get(rel.target) if rel.type == REL_CUSTOM_XML and not rel.external else None
    if part is None:
        return False
    try:
        root = parse_xml(part.data())
    except XmlError:
        return False
    return str(root.tag).startswith(_OF_A_LIBRARY) and not _is_bound(part, package)


def _is_bound(part: Part, package: Package) -> bool:
    properties = [
        package.parts[rel.target] for rel in part.relationships
        if rel.type == REL_CUSTOM_XML_PROPS and rel.target in package.parts
    ]  # fmt: skip
    ids = [found[1] for each in properties if (found := _ID.search(each.data()))]
    stories = [other.data() for other in package.parts.values() if "wordprocessingml" in other.content_type]
    return any(b"storeItemID" in story and own in story for story in stories for own in ids)
