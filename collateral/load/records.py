"""claims.yaml, lexicon.yaml, approvals.yaml and value models → model values."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from collateral.diagnostics import Diagnostic
from collateral.load.digests import claim_digest
from collateral.load.settings import one_text
from collateral.load.validate import check_file, check_items, check_parts
from collateral.markdown.yaml import YamlText, read_yaml
from collateral.model.library import (
    Approval,
    BlockId,
    Claim,
    ClaimId,
    Digest,
    ModelInput,
    ModelOutput,
    Term,
    ValueModel,
)


def read_record(
    text: str, file: str, kind: str, empty: object
) -> tuple[Any | None, YamlText | None, list[Diagnostic]]:
    """A file of one of these kinds, parsed and validated; an empty one counts as `empty`."""
    yaml, diagnostics = read_yaml(text, file)
    if yaml is None:
        return None, None, diagnostics
    if yaml.value is None:
        yaml.value = empty
    model, problems = check_parts(yaml, kind, depth=1) if kind == "claims" else check_file(yaml, kind)
    return model, yaml, [*diagnostics, *problems]


def read_claims(text: str, file: str) -> tuple[dict[ClaimId, Claim], list[Diagnostic]]:
    """The claims by id. A claim without a source is kept; a rule reports it."""
    model, yaml, diagnostics = read_record(text, file, "claims", {})
    if model is None or yaml is None:
        return {}, diagnostics
    return {ClaimId(id): _claim(id, item, yaml) for id, item in model.root.items()}, diagnostics


def _claim(id: str, item: Any, yaml: YamlText) -> Claim:
    source = (item.source or "").strip()
    return Claim(
        id=ClaimId(id),
        says=item.says,
        source=source,
        owner=(item.owner or "").strip(),
        expires=item.expires,
        permission_name_customer=item.permission.name_customer,
        permission_regions=tuple(item.permission.regions),
        at=yaml.key_span(id),
        digest=claim_digest(item.says, source),
    )


def read_lexicon(text: str, file: str) -> tuple[tuple[Term, ...], list[Diagnostic]]:
    """The wording rules, one term for each word."""
    model, yaml, diagnostics = read_record(text, file, "lexicon", {})
    if model is None or yaml is None:
        return (), diagnostics
    terms: list[Term] = []
    for number, rule in enumerate(model.rules):
        level = "banned" if rule.level == "error" else ("replace" if rule.swap else "prefer")
        for place, word in enumerate(rule.tokens):
            terms.append(Term(word, level, "", rule.message, yaml.span(f"rules.{number}.tokens.{place}")))
        for word, better in rule.swap.items():
            terms.append(
                Term(word, level, better, rule.message, yaml.key_span(f"rules.{number}.swap.{word}"))
            )
    return tuple(terms), diagnostics


def read_approvals(
    text: str, file: str, default_language: str
) -> tuple[dict[tuple[BlockId, str], Approval], list[Diagnostic]]:
    """The approvals by block and language; of several for one block the last in the file counts."""
    yaml, diagnostics = read_yaml(text, file)
    if yaml is None or yaml.value is None:
        return {}, diagnostics
    items, problems = check_items(yaml, "approvals")
    found: dict[tuple[BlockId, str], Approval] = {}
    for number, item in items:
        language = item.language or default_language
        approval = Approval(
            BlockId(item.block),
            language,
            Digest(item.digest),
            item.by,
            item.on,
            yaml.key_span(str(number)),
            {ClaimId(id): Digest(digest) for id, digest in item.claims.items()},
        )
        found[(approval.block, language)] = approval
    return found, [*diagnostics, *problems]


def read_value_model(text: str, file: str, language: str) -> tuple[ValueModel | None, list[Diagnostic]]:
    """One value model: inputs, then results in between and outputs in the order they are written."""
    model, yaml, diagnostics = read_record(text, file, "value-model", {})
    if model is None or yaml is None:
        return None, diagnostics
    inputs = tuple(_input(name, item, yaml, language) for name, item in model.inputs.items())
    outputs = tuple(
        _output(name, group, item, yaml, language)
        for group in ("formulas", "outputs")
        for name, item in getattr(model, group).items()
    )
    id = model.id or PurePosixPath(file).stem
    return ValueModel(id, inputs, outputs, model.when, yaml.span("id")), diagnostics


def _input(name: str, item: Any, yaml: YamlText, language: str) -> ModelInput:
    label = one_text(item.label, language, _words(name))
    return ModelInput(
        name, label, item.unit, item.default, item.source, item.fact or name, yaml.key_span(f"inputs.{name}")
    )


def _output(name: str, group: str, item: Any, yaml: YamlText, language: str) -> ModelOutput:
    path = f"{group}.{name}.formula" if f"{group}.{name}.formula" in yaml.places else f"{group}.{name}"
    return ModelOutput(
        name, one_text(item.label, language, _words(name)), item.unit, item.formula, yaml.span(path)
    )


def _words(name: str) -> str:
    text = name.replace("_", " ").replace("-", " ")
    return text[:1].upper() + text[1:]
