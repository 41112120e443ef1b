"""Where a Word template takes its own content from: a mail merge's list of recipients, the template attached to it, and building
blocks with tags in them, as prompts of content controls.

In: a package. Out: the same without them. A filled file is no form letter any more: Word would ask for the list, by a path of the
author's computer, each time somebody opens it, and a building block is text of no place. Compile time only.
"""

from __future__ import annotations

from typing import Final

from collateral.ooxml.names import CT_GLOSSARY, CT_SETTINGS, qn
from collateral.ooxml.package import Package
from collateral.ooxml.template.language.tags import may_hold_tags
from collateral.ooxml.xml import XmlError, parse_xml, serialise

_LEADS_THERE: Final = ("/attachedTemplate", "/mailMergeSource", "/mailMergeHeaderSource", "/recipientData")

_SETTINGS: Final = (qn("w:attachedTemplate"), qn("w:mailMerge"))


def without_sources(package: Package) -> Package:
    """The package without any of them; the same one when there is none."""
    return _without_tagged_blocks(_without_merge(package))


def _without_merge(package: Package) -> Package:
    settings = next((part for part in package.parts.values() if part.content_type == CT_SETTINGS), None)
    if settings is None or not any(name in settings.data() for name in (b"attachedTemplate", b"mailMerge")):
        return package
    try:
        root = parse_xml(settings.data())
    except XmlError:
        return package
    for element in list(root.iterchildren(*_SETTINGS)):
        root.remove(element)
    gone = [rel for rel in settings.relationships if rel.type.endswith(_LEADS_THERE)]
    kept = [rel for rel in settings.relationships if rel not in gone]
    return package.with_parts(
        [settings.with_data(serialise(root), kept)], remove=[rel.target for rel in gone if not rel.external]
    )


def _without_tagged_blocks(package: Package) -> Package:
    blocks = next((part for part in package.parts.values() if part.content_type == CT_GLOSSARY), None)
    if blocks is None or b"{" not in blocks.data():
        return package
    try:
        root = parse_xml(blocks.data())
    except XmlError:
        return package
    for listed in list(root.iterchildren(qn("w:docParts"))):
        for block in list(listed):
            if may_hold_tags("".join(text.text or "" for text in block.iter(qn("w:t")))):
                listed.remove(block)
        if len(listed) == 0:
            root.remove(listed)
    return package.with_parts([blocks.with_data(serialise(root))])
