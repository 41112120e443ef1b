"""What glues the parts of a package together: [Content_Types].xml and the .rels files, read and written.

In: their bytes. Out: `ContentTypes` and `Relationship` values, and bytes again, always the same for the same values.
Reading builds no tree, because these files are small and many. It must not know what the parts hold.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final
from urllib.parse import unquote

from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.ooxml.names import CT_RELATIONSHIPS, NAMESPACES
from collateral.ooxml.xml import escape_attribute, read_events

CONTENT_TYPES: Final = "[Content_Types].xml"
_HEADER: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True, slots=True)
class Relationship:
    """One relationship. `target` is the absolute part name without leading slash, or the text as written when it is
    external or a place inside the same part (`#…`)."""

    id: str
    type: str
    target: str
    external: bool = False


@dataclass(frozen=True, slots=True)
class ContentTypes:
    """Content types by extension (lower case) and by part name (lower case, no leading slash)."""

    defaults: Mapping[str, str]
    overrides: Mapping[str, str]

    def of(self, name: str) -> str | None:
        """The content type of a part, None when the file does not say."""
        return self.overrides.get(name.lower()) or self.defaults.get(extension_of(name))


def extension_of(name: str) -> str:
    """The part name's extension in lower case, without the dot."""
    last = name.rpartition("/")[2]
    return last.rpartition(".")[2].lower() if "." in last else ""


def rels_name(part: str) -> str:
    """The name of the .rels file of a part, or of the package for an empty name."""
    folder, _, last = part.rpartition("/")
    return f"{folder}/_rels/{last}.rels" if folder else f"_rels/{last}.rels"


@lru_cache(maxsize=4096)  # the names of members are the same in piece after piece
def source_of_rels(name: str) -> str | None:
    """The part whose .rels file this is, empty for the package, None when the name is not a .rels file's."""
    folder, _, last = name.rpartition("/")
    if not last.endswith(".rels") or folder.rpartition("/")[2] != "_rels":
        return None
    above = folder.rpartition("/")[0]
    stem = last.removesuffix(".rels")
    return f"{above}/{stem}" if above else stem


def resolve_target(source: str, target: str) -> str:
    """The absolute part name of a target as written in the .rels of `source`; steps above the root are dropped."""
    path = target.partition("#")[0].replace("\\", "/")
    if not path.startswith("/"):
        path = f"/{posixpath.dirname(source)}/{path}"
    return posixpath.normpath("/" + path.lstrip("/")).lstrip("/")


def _elements(data: bytes, namespace: str) -> list[tuple[str, dict[str, str]]]:
    """Local name and attributes of every element of one namespace. Raises XmlError."""
    found: list[tuple[str, dict[str, str]]] = []
    prefix = namespace + " "

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.startswith(prefix):
            found.append((name[len(prefix) :], attributes))

    read_events(data, start=start)
    return found


def read_content_types(data: bytes) -> ContentTypes:
    """The content types. Raises XmlError when the file is broken."""
    return judge_content_types(data)[0]


def judge_content_types(data: bytes) -> tuple[ContentTypes, tuple[str, ...]]:
    """The content types, and the extensions and parts that have two, of which the first is taken. Raises XmlError."""
    defaults: dict[str, str] = {}
    overrides: dict[str, str] = {}
    twice = []
    for name, attributes in _elements(data, NAMESPACES["ct"]):
        if name == "Default":
            known, key = defaults, attributes.get("Extension", "").lower()
        elif name == "Override":
            known, key = overrides, attributes.get("PartName", "").lstrip("/").lower()
        else:
            continue
        if key in known:
            twice.append(key)
        known.setdefault(key, attributes.get("ContentType", ""))
    return ContentTypes(defaults, overrides), tuple(dict.fromkeys(twice))


def write_content_types(types: Mapping[str, str], known: ContentTypes) -> bytes:
    """[Content_Types].xml for these parts (name → content type), keeping the defaults of `known` that are in use."""
    extensions = {extension_of(name) for name in types} | {"rels", "xml"}
    defaults = {ext: kind for ext, kind in known.defaults.items() if ext in extensions}
    defaults["rels"] = CT_RELATIONSHIPS
    defaults.setdefault("xml", "application/xml")
    for name, kind in types.items():
        if not kind.endswith("xml") or kind.startswith("image/"):  # SVG is a picture of its own extension
            defaults.setdefault(extension_of(name), kind)
    out = [_HEADER, f'<Types xmlns="{NAMESPACES["ct"]}">']
    out += [
        f'<Default Extension="{escape_attribute(ext)}" ContentType="{escape_attribute(kind)}"/>'
        for ext, kind in sorted(defaults.items())
        if ext
    ]
    out += [
        f'<Override PartName="/{escape_attribute(name)}" ContentType="{escape_attribute(kind)}"/>'
        for name, kind in types.items()
        if not extension_of(name) or defaults.get(extension_of(name)) != kind
    ]
    out.append("</Types>")
    return "".join(out).encode()


def read_relationships(data: bytes, source: str) -> list[Relationship]:
    """The relationships of a part as they are written, internal targets made absolute. Raises XmlError."""
    found = []
    for name, attributes in _elements(data, NAMESPACES["pr"]):
        if name != "Relationship":
            continue
        target = attributes.get("Target", "")
        external = attributes.get("TargetMode") == "External"
        if not external and target and not target.startswith("#"):
            target = resolve_target(source, target)
        found.append(Relationship(attributes.get("Id", ""), attributes.get("Type", ""), target, external))
    return found


def decoded_target(target: str) -> str:
    """The target with percent escapes resolved, for archives whose member names are not escaped."""
    return unquote(target) if "%" in target else target


def relative_target(source: str, target: str) -> str:
    """The target as Office writes it: relative to the folder of the source part."""
    if target.startswith("#"):
        return target
    steps, base = target.split("/"), source.split("/")[:-1]
    same = 0
    while same < len(base) and same < len(steps) - 1 and base[same] == steps[same]:
        same += 1
    return "../" * (len(base) - same) + "/".join(steps[same:])


def write_relationships(relationships: Iterable[Relationship], source: str) -> bytes:
    """The .rels file of a part (of the package for an empty name)."""
    out = [_HEADER, f'<Relationships xmlns="{NAMESPACES["pr"]}">']
    for rel in relationships:
        target = rel.target if rel.external else relative_target(source, rel.target)
        mode = ' TargetMode="External"' if rel.external else ""
        out.append(
            f'<Relationship Id="{escape_attribute(rel.id)}" Type="{escape_attribute(rel.type)}"'
            f' Target="{escape_attribute(target)}"{mode}/>'
        )
    out.append("</Relationships>")
    return "".join(out).encode()
