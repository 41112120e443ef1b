"""Everything the engine and the product make of one file of the corpus.

In: a file, the masters to put its slides into, a folder. Out: a `Row` of plain data: what inspection says, and each
result with its file, what was said, and what was lost. Runs in a process of its own, so that its memory can be told.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path

from deck_facts import SlideFacts, differences, read_deck

DAY = date(2026, 11, 30)


@dataclass
class Result:
    """One thing made of a file, or why it was not."""

    name: str
    file: str | None = None
    sources: list[str] = field(default_factory=list)  # whose sins are not ours
    ms: float = 0.0
    errors: list[str] = field(default_factory=list)  # why it was refused
    warnings: list[str] = field(default_factory=list)
    losses: list[str] = field(default_factory=list)
    invalid: list[str] = field(default_factory=list)  # what our own validator says
    pages: int | None = None  # slides that are shown; None for documents


@dataclass
class Row:
    """One file."""

    file: str
    size: int
    kind: str = ""
    ms: float = 0.0  # CPU time of inspection, imports included
    megabytes: float = 0.0  # the process's peak after inspection
    fields: int = 0
    slides: int = 0
    refused: list[str] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)
    peak: float = 0.0  # the process's peak after everything


def make_all(file: str, masters: Sequence[str], folder: str) -> dict[str, object]:
    """Everything of one file; files are written into `folder`."""
    return asdict(_Making(Path(file), [Path(m) for m in masters], Path(folder)).run())


class _Making:
    def __init__(self, file: Path, masters: Sequence[Path], folder: Path) -> None:
        self.file, self.masters, self.folder = file, masters, folder
        self.data = file.read_bytes()
        self.row = Row(str(file), len(self.data))
        self.folder.mkdir(parents=True, exist_ok=True)

    def run(self) -> Row:
        if self._inspect():
            (self._deck if self.row.kind == "pptx" else self._document)()
        self.row.peak = _peak()
        return self.row

    def _inspect(self) -> bool:
        from collateral.ooxml import inspect

        began = time.process_time()
        inspection, found = inspect(self.file)
        self.row.ms, self.row.megabytes = (time.process_time() - began) * 1000, _peak()
        self.row.kind = "docx" if self.file.suffix in (".docx", ".dotx") else "pptx"
        if inspection is None:
            self.row.refused = _errors(found)
            return False
        self.row.fields, self.row.slides = len(inspection.fields), len(inspection.slides)
        self._record("inspect", lambda result: (None, found))
        return True

    # --- decks

    def _deck(self) -> None:
        self.facts = read_deck(self.data)
        self._record("fill", self._fill)
        if self.row.fields:
            self._record("fill with data", self._fill_with_data)
        self._record("own master", self._own_master)
        for master in self.masters:
            for mode in ("map", "bring"):
                self._record(f"into {master.stem}, {mode}", self._into(master, mode), [master])
        self._master()
        self._record("as block", self._as_block, [self.masters[0]])

    def _own_master(self, result: Result) -> tuple[bytes | None, list[object]]:
        from collateral.ooxml.slides import new_package_from

        package, found = self._open(self.file)
        empty, more = new_package_from(package)
        return self._transplant(result, package, empty, "map", [*found, *more])

    def _into(self, master: Path, mode: str) -> Callable[[Result], tuple[bytes | None, list[object]]]:
        def make(result: Result) -> tuple[bytes | None, list[object]]:
            from collateral.ooxml.slides import new_package_from

            package, found = self._open(self.file)
            empty, _ = new_package_from(self._open(master)[0])
            return self._transplant(result, package, empty, mode, found)

        return make

    def _transplant(
        self, result: Result, package: object, empty: object, mode: str, found: list[object]
    ) -> tuple[bytes | None, list[object]]:
        from collateral.ooxml.package import write_package
        from collateral.ooxml.slides import ImportOptions, import_slides

        made, arrived, more = import_slides(empty, package, options=ImportOptions(layouts=mode))
        data = b"".join(write_package(made))
        came = [self.facts[slide.source_number - 1] for slide in arrived]
        result.losses = differences(came, read_deck(data))
        refused = sum(d.severity.value == "error" for d in more)
        if len(self.facts) - len(came) != refused:
            result.losses.append(f"{len(self.facts) - len(came)} slides did not arrive, {refused} refused")
        return data, [*found, *more]

    def _master(self) -> None:
        """A generated deck on this master; when one kind of content has no home, each kind alone."""
        from workspaces import KINDS, deck_master_workspace

        workspace = deck_master_workspace(self.file, self.folder / "ws-master")
        self._record("as master", self._generate(workspace, "all", KINDS))
        if self.row.results[-1].errors:
            for kind in KINDS:
                self._record(f"as master, {kind}", self._generate(workspace, kind, (kind,)))

    def _as_block(self, result: Result) -> tuple[bytes | None, list[object]]:
        from workspaces import designed_workspace

        workspace = designed_workspace(self.file, self.masters[0], self.folder / "ws-block")
        data, found = self._generate(workspace, "all", ())(result)
        if data is not None and not self.row.fields:
            result.losses = differences(self.facts, _without_tags(read_deck(data)))
        return data, found

    # --- documents

    def _document(self) -> None:
        from document_facts import read_document

        self.document = read_document(self.data)
        self._record("fill", self._fill)
        if self.row.fields:
            self._record("fill with data", self._fill_with_data)
        self._record("as master", self._document_master)
        self._record("as block", self._document_block, [self.masters[0]])

    def _document_master(self, result: Result) -> tuple[bytes | None, list[object]]:
        from document_facts import lost, read_document, with_slot
        from workspaces import document_master_workspace

        workspace = document_master_workspace(with_slot(self.data), self.folder / "ws-master")
        data, found = self._generate(workspace, "all", ("prose",))(result)
        if data is not None and not self.row.fields:
            result.losses += lost(self.document, read_document(data))
        return data, found

    def _document_block(self, result: Result) -> tuple[bytes | None, list[object]]:
        from document_facts import lost, read_document, with_slot
        from workspaces import designed_workspace

        master = self.folder / "master.docx"
        master.write_bytes(with_slot(self.masters[0].read_bytes()))
        workspace = designed_workspace(self.file, master, self.folder / "ws-block")
        data, found = self._generate(workspace, "all", ())(result)
        if data is not None and not self.row.fields:
            # headers and footers are the master's
            result.losses = lost(read_document(self.data, body_only=True), read_document(data))
        return data, found

    # --- both

    def _fill(self, result: Result, data: object = None) -> tuple[bytes | None, list[object]]:
        from collateral.ooxml import fill

        filled, found = fill(self.file, data or {})
        if filled is not None and not self.row.fields:
            result.losses = self._differences(filled)
        return filled, found

    def _fill_with_data(self, result: Result) -> tuple[bytes | None, list[object]]:
        from collateral.ooxml import inspect
        from collateral.ooxml.template.compiling.inspect import to_json_schema

        inspection, _ = inspect(self.file)
        assert inspection is not None
        return self._fill(result, _example(to_json_schema(inspection)))

    def _differences(self, filled: bytes) -> list[str]:
        if self.row.kind == "pptx":
            return differences(self.facts, read_deck(filled))
        from document_facts import lost, read_document

        after = read_document(filled)
        return lost(self.document, after) + lost(after, self.document)

    def _generate(
        self, workspace: Path, template: str, kinds: Sequence[str]
    ) -> Callable[[Result], tuple[bytes | None, list[object]]]:
        def make(result: Result) -> tuple[bytes | None, list[object]]:
            from collateral.build import Workspace

            (piece,) = Workspace(workspace).generate("acme", [template], as_of=DAY, folder=workspace / "out")
            if piece.path is None:
                return None, list(piece.diagnostics)
            data = piece.path.read_bytes()
            result.losses += _missing_words(data, kinds)
            return data, list(piece.diagnostics)

        return make

    def _open(self, file: Path) -> tuple[object, list[object]]:
        from collateral.ooxml.package import open_package

        package, found = open_package(file)
        assert package is not None, found
        return package, found

    def _record(
        self,
        name: str,
        make: Callable[[Result], tuple[bytes | None, list[object]]],
        masters: Sequence[Path] = (),
    ) -> None:
        """Make one result, and note what came of it; a crash is a finding too."""
        result = Result(name, sources=[self.row.file, *map(str, masters)])
        began = time.perf_counter()
        try:
            data, found = make(result)
            result.errors, result.warnings = _errors(found), _said(found, "warning")
        except Exception as error:
            import traceback

            data, result.errors = None, [f"CRASH {error!r} {traceback.format_exc()[-600:]}"]
        result.ms = (time.perf_counter() - began) * 1000
        if data is not None:
            self._keep(result, data)
        self.row.results.append(result)

    def _keep(self, result: Result, data: bytes) -> None:
        from collateral.ooxml.validate import validate_file

        stem = "".join(ch if ch.isalnum() else "-" for ch in result.name)
        path = self.folder / f"{self.folder.name}--{stem}.{self.row.kind}"
        path.write_bytes(data)
        result.file = str(path)
        if self.row.kind == "pptx":
            result.pages = _shown(read_deck(data), data)
        baseline = [d for s in result.sources for d in validate_file(Path(s).read_bytes(), file=s)]
        found = validate_file(data, file=path.name, baseline=baseline, leaks=False)
        result.invalid = _errors(found)


def _without_tags(slides: list[SlideFacts]) -> list[SlideFacts]:
    """The slides without what the record wrote on them."""
    return [replace(s, files=[f for f in s.files if not f.startswith("tags ")]) for s in slides]


def _missing_words(data: bytes, kinds: Sequence[str]) -> list[str]:
    """Which of our own words an independent reader does not find in the piece."""
    import io
    import zipfile

    from workspaces import WORDS

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        xml = "".join(
            "".join(_texts(package.read(name)))
            for name in package.namelist()
            if name.startswith(("ppt/slides/slide", "word/document"))
        )
    return [
        f"our own {kind}: {words!r} is not in it"
        for kind in kinds
        for words in WORDS[kind]
        if words not in xml
    ]


def _texts(xml: bytes) -> list[str]:
    from lxml import etree

    return [
        text or "" if element.tag.rpartition("}")[2] == "t" else "\n"
        for element in etree.fromstring(xml).iter("{*}t", "{*}p")
        for text in (element.text,)
    ]


def _shown(slides: Sequence[SlideFacts], data: bytes) -> int:
    """How many slides are not hidden."""
    from deck_facts import Reader

    reader = Reader(data)
    hidden = sum(reader.tree(part).get("show") in ("0", "false") for part in reader.slides())
    return len(slides) - hidden


def _example(schema: object) -> object:
    """Data a JSON Schema accepts."""
    if not isinstance(schema, dict):
        return "Value & <Text>"
    kind = schema.get("type")
    kind = kind[0] if isinstance(kind, list) else kind
    if "properties" in schema:
        return {name: _example(each) for name, each in schema["properties"].items()}
    if kind == "array":
        return [_example(schema.get("items", {}))] * 2
    if kind == "object":
        return {}
    return {"boolean": True, "number": 1234.5, "integer": 3}.get(str(kind), "Value & <Text>")


def _errors(found: Sequence[object]) -> list[str]:
    return _said(found, "error")


def _said(found: Sequence[object], severity: str) -> list[str]:
    return [f"{d.code}: {d.message} [{d.at}]" for d in found if d.severity.value == severity]


def _peak() -> float:
    """Megabytes, as Linux counts them."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
