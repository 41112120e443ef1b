"""Make the validator's table of children and attributes from the ISO/IEC 29500 transitional schemas.

usage: make_schema_table.py XSD_FOLDER OUT_FOLDER

Writes one file for each namespace prefix (`schema_a.json`, …), so that judging a deck does not read Word's.

For every element name: its children in order (`a|b` may stand in any order at one place; `!` at most once there,
`+` at least once), and its attributes with what their values may be. An element that means different things in
different places is left out where those meanings differ, so that the table never complains wrongly.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from lxml import etree

XS = "{http://www.w3.org/2001/XMLSchema}"
PREFIXES = {
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://schemas.openxmlformats.org/presentationml/2006/main": "p",
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "c",
    "http://schemas.openxmlformats.org/drawingml/2006/picture": "pic",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://schemas.openxmlformats.org/officeDocument/2006/sharedTypes": "s",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties": "ep",
    "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes": "vt",
    "http://schemas.openxmlformats.org/drawingml/2006/chartDrawing": "cdr",
    "http://www.w3.org/XML/1998/namespace": "xml",
}
FILES = (
    "dml-main.xsd", "pml.xsd", "wml.xsd", "dml-chart.xsd", "dml-picture.xsd", "dml-wordprocessingDrawing.xsd",
    "dml-chartDrawing.xsd", "shared-commonSimpleTypes.xsd", "shared-relationshipReference.xsd", "shared-math.xsd",
)  # fmt: skip
WRITTEN = ("a", "p", "w", "c", "pic", "wp", "cdr")
PARTLY = ("p14",)
# what Office itself writes against the schema: never to be reported; and what is said instead
TOLERATED = {
    "a:buSzPct@val": "+", **dict.fromkeys((
    "a:latin@pitchFamily", "a:ea@pitchFamily", "a:cs@pitchFamily", "a:sym@pitchFamily",
    "a:buFont@pitchFamily", "a:font@pitchFamily", "w:zoom@percent", "w:pgMar@header", "w:pgMar@footer",
    "w:pgMar@gutter",
    ), ""),
}  # fmt: skip


class Schemas:
    def __init__(self, folder: Path) -> None:
        self.top: dict[tuple[str, str], Any] = {}
        for file in FILES:
            root = etree.parse(folder / file).getroot()
            prefix = PREFIXES[root.get("targetNamespace")]
            qualified = root.get("attributeFormDefault") == "qualified"
            for node in root.iter(etree.Element):
                node.attrib["_"] = prefix
                if node.tag == XS + "attribute" and (qualified or node.get("form") == "qualified"):
                    node.attrib["_q"] = "1"
            for node in root:
                if isinstance(node.tag, str) and node.get("name"):
                    self.top[(node.tag.removeprefix(XS), f"{prefix}:{node.get('name')}")] = node

    def find(self, kind: str, name: str, at: Any) -> Any:
        prefix, _, local = name.rpartition(":")
        if prefix:
            uri = at.nsmap.get(prefix)
            prefix = PREFIXES.get(uri, "?")
        else:
            prefix = at.get("_")
        return self.top.get((kind, f"{prefix}:{local}"))


class Particles:
    """Flattens a content model into places; each place holds (name, single, required)."""

    def __init__(self, schemas: Schemas) -> None:
        self.schemas = schemas
        self.places: list[list[tuple[str, bool, bool]]] = []
        self.elements: dict[str, Any] = {}
        self.open = False

    def walk(self, node: Any, *, many: bool, required: bool, place: int | None) -> None:
        kind = node.tag.removeprefix(XS) if isinstance(node.tag, str) else ""
        if kind in ("sequence", "choice", "all", "group", "element", "any"):
            many = many or node.get("maxOccurs", "1") != "1"
            required = required and node.get("minOccurs", "1") != "0"
        if kind == "group":
            target = self.schemas.find("group", node.get("ref"), node)
            if target is None:
                self.open = True
                return
            for child in target:
                self.walk(child, many=many, required=required, place=place)
        elif kind in ("choice", "all") or (kind == "sequence" and many):
            if place is None:
                place = self.new_place()
            alone = len([c for c in node if isinstance(c.tag, str)]) == 1
            many = many or kind == "all"
            for child in node:
                self.walk(child, many=many, required=required and (alone or kind != "choice"), place=place)
        elif kind == "sequence":
            for child in node:
                # a sequence inside a choice keeps no order of its own
                self.walk(
                    child, many=many or place is not None, required=required and place is None, place=place
                )
        elif kind == "element":
            self.add(node, many, required, self.new_place() if place is None else place)
        elif kind == "any":
            self.open = True

    def new_place(self) -> int:
        self.places.append([])
        return len(self.places) - 1

    def add(self, node: Any, many: bool, required: bool, place: int) -> None:
        if node.get("ref"):
            node = self.schemas.find("element", node.get("ref"), node)
            if node is None:  # of a namespace that is not read: never complained about
                return
        name = f"{node.get('_')}:{node.get('name')}"
        self.elements[name] = node
        self.places[place].append((name, not many, required))


def complex_type(schemas: Schemas, element: Any) -> Any:
    inline = element.find(XS + "complexType")
    if inline is not None:
        return inline
    return schemas.find("complexType", element.get("type"), element) if element.get("type") else None


def content(schemas: Schemas, type_: Any, into: Particles, attributes: dict[str, Any]) -> None:
    for node in type_:
        kind = node.tag.removeprefix(XS) if isinstance(node.tag, str) else ""
        if kind in ("complexContent", "simpleContent"):
            content(schemas, node, into, attributes)
        elif kind in ("extension", "restriction"):
            base = schemas.find("complexType", node.get("base"), node)
            if base is not None and kind == "extension":
                content(schemas, base, into, attributes)
            content(schemas, node, into, attributes)
        elif kind in ("sequence", "choice", "all", "group"):
            into.walk(node, many=False, required=True, place=None)
        elif kind == "attributeGroup":
            group = schemas.find("attributeGroup", node.get("ref"), node)
            if group is not None:
                content(schemas, group, into, attributes)
        elif kind == "attribute":
            attribute(schemas, node, attributes)
        elif kind == "anyAttribute":
            attributes["*"] = ""


def attribute(schemas: Schemas, node: Any, attributes: dict[str, Any]) -> None:
    name, rule = node.get("name"), node
    if name is None:
        target = schemas.find("attribute", node.get("ref"), node)
        prefix = node.get("ref").partition(":")[0]
        name = f"{PREFIXES.get(node.nsmap.get(prefix), prefix)}:{node.get('ref').rpartition(':')[2]}"
        rule = target if target is not None else node
        if name == "xml:space":  # its schema is not among those read
            attributes[name] = "=default|preserve"
            return
    elif node.get("_q"):
        name = f"{node.get('_')}:{name}"
    required = "+" if node.get("use") == "required" else ""
    attributes[name] = required + values(schemas, rule)


INTEGERS = {
    "xsd:int": (-(2**31), 2**31 - 1), "xsd:unsignedInt": (0, 2**32 - 1), "xsd:integer": (None, None),
    "xsd:unsignedByte": (0, 255), "xsd:byte": (-128, 127), "xsd:unsignedShort": (0, 65535), "xsd:long": (None, None),
    "xsd:short": (-32768, 32767), "xsd:unsignedLong": (0, 2**64 - 1),
}  # fmt: skip


FRACTION = r"~[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?|-?INF|NaN"
MOMENT = r"~-?[0-9]{4,}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})?"
PATTERNS = {"xsd:double": FRACTION, "xsd:float": FRACTION, "xsd:dateTime": MOMENT}


def values(schemas: Schemas, node: Any) -> str:
    """What an attribute may hold: `=a|b` a choice, `#low..high` a whole number, `x6` hex digits, `~` a pattern, any of
    several with ` or ` between them; empty: anything."""
    type_name = node.get("type") or node.get("base") or ""
    inline = node.find(XS + "simpleType")
    if inline is not None:
        return restriction(schemas, inline)
    if type_name == "xsd:boolean":
        return "=0|1|true|false"
    if type_name in INTEGERS:
        low, high = INTEGERS[type_name]
        return f"#{'' if low is None else low}..{'' if high is None else high}"
    if type_name in PATTERNS:
        return PATTERNS[type_name]
    named = schemas.find("simpleType", type_name, node) if type_name else None
    return restriction(schemas, named) if named is not None else ""


def restriction(schemas: Schemas, simple: Any) -> str:
    union = simple.find(XS + "union")
    if union is not None:
        parts = [values_of_member(schemas, name, union) for name in (union.get("memberTypes") or "").split()]
        if not all(parts):
            return ""
        if all(part.startswith("=") for part in parts):
            return "=" + "|".join(dict.fromkeys(v for p in parts for v in p[1:].split("|")))
        return " or ".join(dict.fromkeys(parts))
    rule = simple.find(XS + "restriction")
    if rule is None:
        return ""
    choices = [e.get("value") for e in rule.findall(XS + "enumeration")]
    if choices:
        return "=" + "|".join(choices)
    patterns = [e.get("value") for e in rule.findall(XS + "pattern")]
    if patterns:
        return "~" + "|".join(patterns)
    length = rule.find(XS + "length")
    if rule.get("base") == "xsd:hexBinary" and length is not None:
        return f"x{2 * int(length.get('value'))}"
    base = values_of_member(schemas, rule.get("base"), rule)
    if not base.startswith("#") or " or " in base:
        return "" if base.startswith("=") and base != "=0|1|true|false" else base
    low, _, high = base[1:].partition("..")
    for tag, by in (("minInclusive", 0), ("minExclusive", 1)):
        bound = rule.find(XS + tag)
        low = str(int(bound.get("value")) + by) if bound is not None else low
    for tag, by in (("maxInclusive", 0), ("maxExclusive", -1)):
        bound = rule.find(XS + tag)
        high = str(int(bound.get("value")) + by) if bound is not None else high
    return f"#{low}..{high}"


def values_of_member(schemas: Schemas, name: str, at: Any) -> str:
    probe = etree.SubElement(at, "probe")
    probe.set("type", name)
    probe.set("_", at.get("_"))
    try:
        return values(schemas, probe)
    finally:
        at.remove(probe)


def describe(schemas: Schemas, element: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    type_ = complex_type(schemas, element)
    if type_ is None:
        return {"c": "*"} if element.get("type") not in (None, "xsd:string") else {}, {}
    particles, attributes = Particles(schemas), {}
    content(schemas, type_, particles, attributes)
    places = []
    for place in particles.places:
        merged: dict[str, tuple[bool, bool]] = {}
        for name, single, required in place:
            known = merged.get(name)
            merged[name] = (single and known is None, required or bool(known and known[1]))
        if merged:
            one = all(single for single, _ in merged.values())
            names = "|".join(name + ("+" if required else "") for name, (_, required) in merged.items())
            places.append(names + ("!" if one else ""))
    out: dict[str, Any] = {"c": " ".join(places), "a": attributes}
    if particles.open:
        out["c"] = "*"
    return out, particles.elements


def gather(schemas: Schemas) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """Name → parent (empty for a root) → what the element may be there."""
    known: dict[Any, tuple[dict[str, Any], dict[str, Any]]] = {}
    found: dict[str, dict[str, list[dict[str, Any]]]] = {}
    todo = [("", name, node) for (kind, name), node in schemas.top.items() if kind == "element"]
    while todo:
        parent, name, node = todo.pop()
        mark = (name, node.get("_"), node.get("type") or id(node))
        if mark not in known:
            known[mark] = describe(schemas, node)
            todo += [(name, *below) for below in known[mark][1].items()]
        there = found.setdefault(name, {}).setdefault(parent, [])
        if known[mark][0] not in there:
            there.append(known[mark][0])
    return found


def entry_of(name: str, entries: list[dict[str, Any]]) -> dict[str, Any]:
    """What all these meanings of an element have in common; empty when nothing can be said."""
    if any("a" not in e for e in entries):
        return {}
    children = {e["c"] for e in entries}
    attributes = {json.dumps(e["a"], sort_keys=True): e["a"] for e in entries}
    entry: dict[str, Any] = {}
    if len(children) == 1 and children != {"*"}:
        entry["c"] = children.pop()
    if len(attributes) == 1:
        only = next(iter(attributes.values()))
        if "*" not in only:
            entry["a"] = {
                k: TOLERATED.get(f"{name}@{k.rpartition(':')[2]}", v) for k, v in sorted(only.items())
            }
    if name == "w:rPr":
        entry["c"] = RUN_PROPERTIES
    if name == "c:chart" and "c" in entry:  # Office writes the last one behind the extensions
        entry["c"] = entry["c"].replace("c:showDLblsOverMax! c:extLst!", "c:showDLblsOverMax|c:extLst")
    return entry


# sections of a presentation, which no ISO schema knows: [MS-PPTX] 2.6, 2.10
GUID = r"+~\{[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}"
BEYOND: dict[str, Any] = {
    "p14:sectionLst": {"a": {}, "c": "p14:section+"},
    "p14:section": {"a": {"id": GUID, "name": ""}, "c": "p14:sldIdLst+! p14:extLst!"},
    "p14:sldIdLst": {"a": {}, "c": "p14:sldId"},
    "p14:sldId": {"a": {"id": "+#256..2147483647"}, "c": "p14:extLst!"},
}


def main() -> None:
    table: dict[str, Any] = dict(BEYOND)
    for name, by_parent in sorted(gather(Schemas(Path(sys.argv[1]))).items()):
        if name.partition(":")[0] not in WRITTEN:
            continue
        apart = {parent: entry_of(name, entries) for parent, entries in sorted(by_parent.items())}
        together = entry_of(name, [e for entries in by_parent.values() for e in entries])
        if all(entry == together for entry in apart.values()):
            if together:
                table[name] = together
        else:
            table[name] = {"in": apart}
    for prefix in (*WRITTEN, *PARTLY):
        own = {name: entry for name, entry in table.items() if name.startswith(prefix + ":")}
        text = json.dumps(own, indent=0, sort_keys=True, separators=(",", ":")) + "\n"
        (Path(sys.argv[2]) / f"schema_{prefix}.json").write_text(text)
    print(len(table), "elements,", sum("in" in e for e in table.values()), "by parent")


# the schema lets these stand in any order, Word and the SDK do not (ECMA-376 first edition, 2.3.2)
RUN_PROPERTIES = " ".join(
    f"w:{name}!"
    for name in [
        "ins|w:del|w:moveFrom|w:moveTo",
        "rStyle",
        "rFonts",
        "b",
        "bCs",
        "i",
        "iCs",
        "caps",
        "smallCaps",
        "strike",
        "dstrike",
        "outline",
        "shadow",
        "emboss",
        "imprint",
        "noProof",
        "snapToGrid",
        "vanish",
        "webHidden",
        "color",
        "spacing",
        "w",
        "kern",
        "position",
        "sz",
        "szCs",
        "highlight",
        "u",
        "effect",
        "bdr",
        "shd",
        "fitText",
        "vertAlign",
        "rtl",
        "cs",
        "em",
        "lang",
        "eastAsianLayout",
        "specVanish",
        "oMath",
        "rPrChange",
    ]
)

if __name__ == "__main__":
    main()
