"""Every expression a library holds, parsed once: rules of blocks, texts, templates, definitions and value models."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from collateral.diagnostics import Diagnostic, Span
from collateral.diagnostics.lazy_dataclass import dataclass, field, replace
from collateral.expressions import Expression, Kind, Schema, parse, profile_schema
from collateral.expressions.kinds import ANY, DATE, TEXT, group
from collateral.model.library import INTERNAL_PIECES, Template, TemplateId, ValueModel
from collateral.rules.rule import View, span_of
from collateral.rules.walk import expressions_of

_TAG = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Use:
    """One expression where it stands. `local` are names only it may read (loops, inputs of a value model).

    `template` is set when it belongs to a template rather than a block; `obligatory` when nothing can be made without
    what it reads.
    """

    expression: Expression | None
    at: Span | None
    customer_facing: bool = True
    local: Mapping[str, Kind] = field(default_factory=dict)
    template: TemplateId | None = None
    obligatory: bool = False
    problems: tuple[Diagnostic, ...] = ()
    within: str = ""  # what holds it, when `at` only names it: a slide or a master

    @property
    def reads(self) -> frozenset[str]:
        """The paths it reads, without local names."""
        return self.expression.reads_outside(frozenset(self.local)) if self.expression else frozenset()


def all_uses(view: View) -> tuple[Use, ...]:
    """Every use, in the order of the library; collected once for a view."""
    kept: tuple[Use, ...] | None = view.__dict__.get("_uses")
    if kept is None:
        kept = (*_block_uses(view), *_template_uses(view), *_definition_uses(view), *_model_uses(view))
        view.__dict__["_uses"] = kept
    return kept


def _use(source: str, at: Span | None, **more: object) -> Use:
    expression, problems = parse(source, at=at)
    return replace(Use(expression, at, problems=tuple(problems)), **more)  # type: ignore[arg-type]


def _block_uses(view: View) -> Iterator[Use]:
    for block in view.blocks:
        if block.when is not None and "when" in block.spans:
            # `when` may look at anything known inside; it is never shown
            yield _use(block.when, span_of(block, "when"), customer_facing=False)
    for one in view.forms:
        for found in expressions_of(one.content):
            local = dict.fromkeys(sorted(found.local), ANY)
            yield _use(found.source, found.at, customer_facing=one.customer_facing, local=local)


def _template_uses(view: View) -> Iterator[Use]:
    for template in view.library.templates.values():
        facing = template.piece not in INTERNAL_PIECES
        texts = {f"subject.{language}": text for language, text in template.subject.items()}
        if template.file_name:
            texts["file_name"] = template.file_name
        for path, text in texts.items():
            at = template.spans.get(path) or template.spans.get(path.partition(".")[0]) or template.at
            for found in _TAG.finditer(text):
                needed = "default(" not in found[1]
                yield _use(
                    found[1].strip(), at, customer_facing=facing, template=template.id, obligatory=needed
                )
        for section in template.sections:
            for slot in section.slots:
                if slot.when is not None:
                    yield _use(slot.when, slot.at, customer_facing=False, template=template.id)
        yield from _master_uses(view, template, facing)


def _master_uses(view: View, template: Template, facing: bool) -> Iterator[Use]:
    """The paths a template's master reads: of the slides its slots name, and of the master as a whole."""
    master = view.masters.get(template.id)
    for slot in (slot for section in template.sections for slot in section.slots):
        slide = master.slides.get(slot.slide) if master is not None and slot.slide is not None else None
        for path in slide.fields if slide is not None else ():
            within = f'the slide "{slot.slide}" of {template.master}'
            yield _use(path, slot.at, customer_facing=facing, template=template.id, within=within)
    for path in view.fields.get(template.id, ()):
        at = template.spans.get("master") or template.at
        yield _use(
            path, at, customer_facing=facing, template=template.id, within=f"a tag of {template.master}"
        )


def _definition_uses(view: View) -> Iterator[Use]:
    for definition in view.library.definitions.values():
        yield _use(definition.expression, definition.at, customer_facing=False)


def _model_uses(view: View) -> Iterator[Use]:
    for model in view.library.value_models.values():
        if model.when is not None:
            yield _use(model.when, model.at, customer_facing=False)
        local = _model_names(model)
        known = {item.id: local[item.id] for item in model.inputs}
        for output in model.outputs:
            yield _use(output.formula, output.at, customer_facing=False, local=dict(known))
            known[output.id] = ANY


def _model_names(model: ValueModel) -> dict[str, Kind]:
    return {item.id: ANY for item in model.inputs}


def schema_of(view: View) -> dict[str, Kind]:
    """What expressions of the workspace may read; internal facts are not in it."""
    library = view.library
    schema: Schema = profile_schema(library.dimensions, library.facts, library.value_models)
    anything = group({}, open=True)
    return {
        "contact": anything, "labels": anything, "language": TEXT, "as_of": DATE, **schema,
        "seller": _kind_of(library.seller),
    }  # fmt: skip


def _kind_of(value: object) -> Kind:
    """What is said of the seller is all there is."""
    if not isinstance(value, Mapping):
        return ANY
    return group({str(key): _kind_of(item) for key, item in value.items()})


def with_internal(prospect: Kind) -> Kind:
    """The profile as a briefing may read it."""
    return replace(prospect, fields={**prospect.fields, "internal": group({}, open=True)})
