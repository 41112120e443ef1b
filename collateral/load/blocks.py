"""A block's file → `Block`, and the joining of blocks with their translations."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any, Protocol

from collateral.diagnostics import Diagnostic, Span
from collateral.diagnostics.hints import one_of
from collateral.diagnostics.lazy_dataclass import dataclass, field, replace
from collateral.load.digests import block_digest
from collateral.load.fences import BlockText, split_block
from collateral.load.settings import Settings, check_dimension_value, read_waivers
from collateral.load.validate import check_parts
from collateral.markdown.yaml import YamlText, read_yaml
from collateral.model.library import Block, BlockId, ClaimId, Digest, Form

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?\Z")
_PICTURE = re.compile(r"!\[[^\]\n]*\]\(\s*<?([^)\s>{}]+)>?[^)\n]*\)")
_CLAIM_MARK = re.compile(r"\[claim:\s*([A-Za-z0-9._-]+)\s*\]")
DESIGNED = ("pptx", "docx")
_INHERITED = (
    "kind", "owner", "audience", "when", "valid_from", "valid_until", "review_by", "claims", "goes_with",
    "never_with", "internal", "customer", "minutes", "attributes",
)  # fmt: skip


class Files(Protocol):
    """What a block needs to know about other files."""

    def has(self, path: str) -> bool:
        """Whether the workspace holds this file."""

    def digest(self, path: str) -> str:
        """The digest of a file's bytes."""

    def picture(self, folder: str, reference: str) -> tuple[str | None, tuple[str, str] | None]:
        """The workspace path of a picture, or (code, message) of what is wrong with it."""


@dataclass(frozen=True, slots=True)
class LoadedBlock:
    """A block with what its file left out, to be taken from the source block when it is a translation."""

    block: Block
    absent: tuple[str, ...] = field(default=())


def name_and_language(path: str, settings: Settings) -> tuple[str, str]:
    """Id and language of a block's file: `ID.md` is in the default language, `ID.nl.md` in Dutch."""
    stem = PurePosixPath(path).name.removesuffix(".md")
    head, dot, tail = stem.rpartition(".")
    if dot and _LANGUAGE.match(tail):
        return head, tail
    return stem, settings.default_language


def read_block(
    text: str, path: str, settings: Settings, files: Files
) -> tuple[LoadedBlock | None, list[Diagnostic]]:
    """One block's file."""
    parts, diagnostics = split_block(text, path)
    if parts.front is None:
        return None, diagnostics
    yaml, problems = read_yaml(parts.front, path, first_line=parts.front_line)
    diagnostics = [*problems, *diagnostics]
    if yaml is None:
        return None, diagnostics
    id, language = name_and_language(path, settings)
    translated = language != settings.default_language
    if yaml.value is None:
        yaml.value = {}
    # one wrong key shall not hide what else is wrong; with any error the block is left out all the same
    model, problems = check_parts(yaml, "translation" if translated else "block", depth=1)
    diagnostics = [*diagnostics, *problems]
    if model is None:
        return None, diagnostics
    diagnostics += _check_names(model, id, language, settings, yaml)
    diagnostics += _check_audience(model, settings, yaml)
    pictures, problems = _pictures(parts.forms, path, files)
    diagnostics += problems
    if any(d.severity == "error" for d in diagnostics):
        return None, diagnostics
    return _loaded(model, _Source(path, id, language, parts, yaml, pictures), files), diagnostics


@dataclass(frozen=True, slots=True)
class _Source:
    path: str
    id: str
    language: str
    parts: BlockText
    yaml: YamlText
    pictures: Mapping[str, str]


def _loaded(model: Any, source: _Source, files: Files) -> LoadedBlock:
    designed = _designed(source.path, files)
    contents = {**source.pictures, **{path: files.digest(path) for path in designed.values()}}
    contents = {PurePosixPath(path).name: digest for path, digest in contents.items()}
    digest = block_digest(_front_for_reader(model, source), source.parts.forms, contents)
    block = Block(
        id=BlockId(source.id),
        kind=model.kind or "",
        title=model.title,
        language=source.language,
        path=source.path,
        digest=digest,
        owner=model.owner or "",
        audience={key: tuple(values) for key, values in (model.audience or {}).items()},
        when=model.when,
        valid_from=model.valid.from_ if model.valid else None,
        valid_until=model.valid.until if model.valid else None,
        review_by=model.review_by,
        claims=_claims(model.claims or (), source.parts.forms),
        goes_with=tuple(BlockId(b) for b in model.goes_with or ()),
        never_with=tuple(BlockId(b) for b in model.never_with or ()),
        internal=bool(model.internal),
        customer=model.customer,
        minutes=model.minutes,
        translates=Digest(model.translates) if getattr(model, "translates", None) else None,
        attributes={**(model.attributes or {}), **({"tags": tuple(model.tags)} if model.tags else {})},
        forms=source.parts.forms,
        designed=designed,
        spans=source.yaml.table(),
        waivers=read_waivers(model.waive, source.yaml),
    )
    return LoadedBlock(block, _absent(model))


def _front_for_reader(model: Any, source: _Source) -> dict[str, str]:
    return {
        "id": source.id,
        "language": source.language,
        "title": model.title,
        "claims": ",".join(sorted(_claims(model.claims or (), source.parts.forms))),
        "customer": model.customer or "",
        "internal": "yes" if model.internal else "",
    }


def _absent(model: Any) -> tuple[str, ...]:
    given = {name for name in type(model).model_fields if getattr(model, name) is not None}
    given |= {"valid_from", "valid_until"} if "valid" in given else set()
    return tuple(name for name in _INHERITED if name not in given)


def _claims(declared: Iterable[str], forms: tuple[Form, ...]) -> tuple[ClaimId, ...]:
    """The claims the front matter names and those marked in the text, which count whether it names them or not."""
    marked = [mark for form in forms for mark in _CLAIM_MARK.findall(form.source)]
    return tuple(ClaimId(claim) for claim in dict.fromkeys([*declared, *marked]))


def _designed(path: str, files: Files) -> dict[str, str]:
    stem = path.removesuffix(".md")
    return {kind: f"{stem}.{kind}" for kind in DESIGNED if files.has(f"{stem}.{kind}")}


def _check_names(model: Any, id: str, language: str, settings: Settings, yaml: YamlText) -> list[Diagnostic]:
    found = []
    if model.id is not None and model.id != id:
        message = f'the id "{model.id}" is not the file\'s name "{id}"'
        found.append(
            Diagnostic.error(
                "id-not-file-name", message, yaml.span("id"), f'rename the file, or write "id: {id}"'
            )
        )
    if settings.read and language not in settings.languages:
        message = f'"{language}" is not a language of this workspace'
        found.append(
            Diagnostic.error(
                "unknown-language", message, Span(yaml.file), *one_of(language, settings.languages)
            )
        )
    if settings.kinds and model.kind is not None and model.kind not in settings.kinds:
        hints = one_of(model.kind, settings.kinds)
        found.append(
            Diagnostic.error(
                "unknown-kind", f'"{model.kind}" is not a kind of block', yaml.span("kind"), *hints
            )
        )
    return found


def _check_audience(model: Any, settings: Settings, yaml: YamlText) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    for name, values in (model.audience or {}).items() if settings.read else ():
        dimension = settings.dimensions.get(name)
        if dimension is None:
            hints = one_of(name, list(settings.dimensions))
            at = yaml.key_span(f"audience.{name}")
            found.append(Diagnostic.error("unknown-dimension", f'"{name}" is not a dimension', at, *hints))
            continue
        for number, value in enumerate(values):
            problem = check_dimension_value(dimension, value)
            if problem is not None:
                at = yaml.span(f"audience.{name}.{number}")
                found.append(Diagnostic.error("unknown-dimension-value", problem[0], at, *problem[1]))
    return found


def _pictures(forms: tuple[Form, ...], path: str, files: Files) -> tuple[dict[str, str], list[Diagnostic]]:
    folder = str(PurePosixPath(path).parent)
    found: dict[str, str] = {}
    problems: list[Diagnostic] = []
    for form in forms:
        for match in _PICTURE.finditer(form.source):
            target, problem = files.picture(folder, match[1])
            if target is not None:
                found[target] = files.digest(target)
            if problem is not None:
                problems.append(Diagnostic.error(problem[0], problem[1], _place(form, match.start(1), path)))
    return found, problems


def _place(form: Form, offset: int, path: str) -> Span:
    before = form.source[:offset]
    return Span(path, form.line + before.count("\n"), offset - before.rfind("\n"))


def join_languages(
    loaded: list[LoadedBlock], default: str, broken: Collection[str] = ()
) -> tuple[dict[BlockId, dict[str, Block]], list[Diagnostic]]:
    """Blocks by id and language; translations take what they leave out from their source.

    Without its source a translation is left out: nobody knows who it is for or how long it is valid. `broken` are ids of
    blocks whose source is there but has errors of its own.
    """
    diagnostics: list[Diagnostic] = []
    found: dict[BlockId, dict[str, LoadedBlock]] = {}
    for item in sorted(loaded, key=lambda one: one.block.path):
        others = found.setdefault(item.block.id, {})
        if item.block.language in others:
            diagnostics.append(_duplicate(item.block, others[item.block.language].block))
        else:
            others[item.block.language] = item
    joined: dict[BlockId, dict[str, Block]] = {}
    for id, languages in sorted(found.items()):
        source = languages.get(default)
        if source is not None:
            joined[id] = {lang: _inherit(one, source.block) for lang, one in sorted(languages.items())}
        elif id not in broken:
            diagnostics += [_without_source(one.block) for one in languages.values()]
    return joined, diagnostics


def _inherit(item: LoadedBlock, source: Block) -> Block:
    if item.block.language == source.language:
        return item.block
    taken = {name: getattr(source, name) for name in item.absent}
    taken["claims"] = tuple(dict.fromkeys([*taken.get("claims", ()), *item.block.claims]))
    return replace(item.block, **taken)


def _without_source(block: Block) -> Diagnostic:
    message = f'there is no "{block.id}.md" that this translates'
    hint = "write the source, or rename this file"
    return Diagnostic.error("translation-without-source", message, Span(block.path), hint)


def _duplicate(block: Block, first: Block) -> Diagnostic:
    at = block.spans.get("id") or Span(block.path)
    other = first.spans.get("id") or Span(first.path)
    problem = Diagnostic.error(
        "duplicate-block-id", f'there is another block "{block.id}"', at, "rename one of them"
    )
    return replace(problem, notes=(("the first one", other),))
