"""The list of table styles a deck should have: `with_table_styles`.

A table names its style by an id; the built-in ones need no definition in the file. But a deck without the list, as Google
Slides and LibreOffice write it, shows tables with a built-in style bare in LibreOffice.
"""

from __future__ import annotations

from typing import Final

from collateral.ooxml import names
from collateral.ooxml.drawing.tables import DEFAULT_TABLE_STYLE
from collateral.ooxml.package import Package, Part, Relationship

_LIST: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<a:tblStyleLst xmlns:a="{names.NAMESPACES["a"]}" def="{DEFAULT_TABLE_STYLE}"/>'
)
_ID: Final = "rIdTableStyles"


def with_table_styles(package: Package) -> Package:
    """The deck with an empty list of table styles where it has none; otherwise the deck itself."""
    main, name = package.main, f"{package.main.name.rpartition('/')[0]}/tableStyles.xml".lstrip("/")
    taken = name in package.parts or any(rel.id == _ID for rel in main.relationships)
    if taken or package.related(main, "tableStyles"):
        return package
    part = Part.of(name, names.CT_TABLE_STYLES, _LIST.encode())
    listed = Relationship(_ID, names.REL_TABLE_STYLES, name)
    return package.with_parts([main.with_relationships([*main.relationships, listed]), part])
