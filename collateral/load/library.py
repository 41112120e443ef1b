"""All files of a workspace → `Library`: one pass over the files, each one's problems beside the others'.

The reading of single files is in blocks, records, templates and settings; this module only decides which file is what,
keeps what is known about files on disk, and joins the results.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from collateral.diagnostics import Diagnostic, Span, has_errors
from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.load.blocks import DESIGNED, LoadedBlock, join_languages, name_and_language, read_block
from collateral.load.digests import library_digest
from collateral.load.files import SETTINGS, VERSION
from collateral.load.reading import FileTable
from collateral.load.records import read_approvals, read_claims, read_lexicon, read_value_model
from collateral.load.settings import Settings, read_settings
from collateral.load.templates import read_template
from collateral.model.library import (
    Approval,
    BlockId,
    Claim,
    ClaimId,
    Library,
    Template,
    TemplateId,
    Term,
    ValueModel,
)

BLOCKS = "content_blocks/"
TEMPLATES = "templates/"
CLAIMS, LEXICON, APPROVALS = BLOCKS + "claims.yaml", BLOCKS + "lexicon.yaml", BLOCKS + "approvals.yaml"
MAX_RECORDS_BYTES = 64_000_000  # an approval takes a line of 150 bytes: 100,000 blocks in four languages
_TEXTS = ("md", "markdown", "mdown", "txt", "rst")
VALUE_MODELS = BLOCKS + "value_models/"


@dataclass(slots=True)
class Parts:
    """The results of single files while a library is put together."""

    settings: Settings = field(default_factory=Settings)
    blocks: list[LoadedBlock] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    claims: dict[ClaimId, Claim] = field(default_factory=dict)
    lexicon: tuple[Term, ...] = ()
    approvals: dict[tuple[BlockId, str], Approval] = field(default_factory=dict)
    value_models: dict[str, ValueModel] = field(default_factory=dict)
    templates: dict[TemplateId, Template] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Reused:
    """What was read earlier and is still right: blocks by their path, and `same` files of an earlier `library`."""

    blocks: Mapping[str, LoadedBlock] = field(default_factory=dict)
    same: frozenset[str] = frozenset()
    library: Library | None = None


def read_library(files: FileTable, reused: Reused | None = None) -> tuple[Library, list[Diagnostic], Parts]:
    """The library. `reused` holds blocks read earlier from files that have not changed since."""
    parts = Parts()
    if SETTINGS in files.stats:
        text, problems = files.text(SETTINGS)
        parts.diagnostics += problems
        if text is not None:
            parts.settings, problems = read_settings(text, SETTINGS)
            parts.diagnostics += [*problems, *_check_logo(parts.settings, files)]
        if text is None or not parts.settings.read:
            parts.broken.add(SETTINGS)
    else:
        message = f"there is no {SETTINGS}"
        parts.diagnostics.append(
            Diagnostic.error("no-workspace", message, Span(SETTINGS), "make one with `collateral init`")
        )
    for path in files.stats:
        _read_file(path, files, parts, reused or Reused())
    blocks, problems = join_languages(parts.blocks, parts.settings.default_language, parts.broken)
    parts.diagnostics += problems + files.diagnostics
    for path in files.stats:
        files.digest(path)
    return _library(files, parts, blocks), parts.diagnostics, parts


def _check_logo(settings: Settings, files: FileTable) -> list[Diagnostic]:
    """The seller's logo is named from the workspace's folder and must be a picture."""
    logo = settings.seller.get("logo")
    _, problem = files.picture("", logo) if isinstance(logo, str) else (None, None)
    return [Diagnostic.error(problem[0], problem[1], settings.logo_at)] if problem else []


def _library(files: FileTable, parts: Parts, blocks: Mapping[BlockId, Mapping[str, object]]) -> Library:
    settings = parts.settings
    extra = {path: files.digest(path) if stat else "absent" for path, stat in files.extra.items()}
    return Library(
        root=str(files.root),
        seller=settings.seller,
        default_language=settings.default_language,
        languages=settings.languages,
        dimensions=settings.dimensions,
        definitions=settings.definitions,
        policy=settings.policy,
        blocks=blocks,  # type: ignore[arg-type]
        claims=parts.claims,
        approvals=parts.approvals,
        lexicon=parts.lexicon,
        value_models=parts.value_models,
        templates=dict(sorted(parts.templates.items())),
        digest=library_digest({**files.digests, **extra}, VERSION),
        kinds=settings.kinds or tuple(sorted({item.block.kind for item in parts.blocks if item.block.kind})),
        facts=settings.facts,
        attributes=settings.attributes,
        waivers=settings.waivers,
        broken=tuple(sorted(parts.broken)),
    )


def _read_file(path: str, files: FileTable, parts: Parts, reused: Reused) -> None:
    if not files.has(path):
        message = f'the link "{path}" leads out of the workspace and is not followed'
        parts.diagnostics.append(Diagnostic.warning("path-outside-workspace", message, Span(path)))
    elif path.startswith(BLOCKS) and path.endswith(".md"):
        _read_block(path, files, parts, reused)
    elif path.startswith(VALUE_MODELS) and path.endswith((".yaml", ".yml")):
        _read_value_model(path, files, parts)
    elif path.startswith(TEMPLATES) and path.endswith((".yaml", ".yml")):
        _read_template(path, files, parts)
    elif path in (CLAIMS, LEXICON, APPROVALS):
        _read_records(path, files, parts, reused)
    elif path.startswith(BLOCKS) and path.endswith((".yaml", ".yml")):
        hint = "known here are claims.yaml, lexicon.yaml, approvals.yaml and value_models/*.yaml"
        parts.diagnostics.append(
            Diagnostic.warning("unknown-file", f'"{path}" is not read', Span(path), hint)
        )
    elif path.startswith(BLOCKS):
        parts.diagnostics += _unread(path, files)


def _unread(path: str, files: FileTable) -> list[Diagnostic]:
    """A warning for what was surely meant to be a block: a text under another ending, a designed file without its text."""
    stem, _, ending = path.rpartition(".")
    if ending.lower() in _TEXTS and not PurePosixPath(path).stem.lower().startswith("readme"):
        name = PurePosixPath(path).name.partition(".")[0]
        hint = f'name it "{name}.md"'
        return [Diagnostic.warning("unknown-file", f'"{path}" is not read', Span(path), hint)]
    if ending in DESIGNED and not files.has(f"{stem}.md"):
        message = f'"{path}" is in no piece: there is no "{PurePosixPath(stem).name}.md" beside it'
        hint = "write one; its front matter is enough"
        return [Diagnostic.warning("unknown-file", message, Span(path), hint)]
    return []


def _read_block(path: str, files: FileTable, parts: Parts, reused: Reused) -> None:
    if PurePosixPath(path).name in ("README.md", "readme.md"):
        return
    if path in reused.blocks:
        parts.blocks.append(reused.blocks[path])
        return
    text, found = files.text(path)
    loaded = None
    if text is not None:
        loaded, more = read_block(text, path, parts.settings, files)
        found = [*found, *more]
    if loaded is not None:
        parts.blocks.append(loaded)
    else:
        parts.broken.add(name_and_language(path, parts.settings)[0])
    parts.diagnostics += found


def _read_records(path: str, files: FileTable, parts: Parts, reused: Reused) -> None:
    if reused.library is not None and path in reused.same:
        _take_records(path, parts, reused.library)
        return
    text, problems = files.text(path, limit=MAX_RECORDS_BYTES)
    parts.diagnostics += problems
    if text is None:
        parts.broken |= {path} & {APPROVALS}
        return
    if path == CLAIMS:
        parts.claims, problems = read_claims(text, path)
    elif path == LEXICON:
        parts.lexicon, problems = read_lexicon(text, path)
    else:
        parts.approvals, problems = read_approvals(text, path, parts.settings.default_language)
        parts.broken |= {path} if has_errors(problems) else set()
    parts.diagnostics += problems


def approvals_on_disk(
    root: Path, default_language: str
) -> tuple[dict[tuple[BlockId, str], Approval], list[Diagnostic]]:
    """The approvals as the file holds them now; none where there is no file."""
    if not (root / APPROVALS).exists():
        return {}, []
    text, problems = FileTable(root, {}).text(APPROVALS, limit=MAX_RECORDS_BYTES)
    if text is None:
        return {}, problems
    return read_approvals(text, APPROVALS, default_language)


def _take_records(path: str, parts: Parts, library: Library) -> None:
    parts.broken |= {path} & set(library.broken)
    if path == CLAIMS:
        parts.claims = dict(library.claims)
    elif path == LEXICON:
        parts.lexicon = library.lexicon
    else:
        parts.approvals = dict(library.approvals)


def _read_value_model(path: str, files: FileTable, parts: Parts) -> None:
    text, problems = files.text(path)
    parts.diagnostics += problems
    if text is None:
        return
    model, problems = read_value_model(text, path, parts.settings.default_language)
    parts.diagnostics += problems
    if model is None:
        parts.broken.add(path)
    if model is not None and model.id in parts.value_models:
        parts.diagnostics.append(
            Diagnostic.error("duplicate-value-model", f'there is another value model "{model.id}"', model.at)
        )
    elif model is not None:
        parts.value_models[model.id] = model


def _read_template(path: str, files: FileTable, parts: Parts) -> None:
    text, problems = files.text(path)
    parts.diagnostics += problems
    if text is None:
        return
    template, problems = read_template(text, path, parts.settings, files)
    parts.diagnostics += problems
    if template is None:
        parts.broken.add(path)
    if template is not None and template.id in parts.templates:
        message = f'there is another template "{template.id}"'
        parts.diagnostics.append(
            Diagnostic.error("duplicate-template-id", message, template.at, "rename one of them")
        )
    elif template is not None:
        parts.templates[template.id] = template
