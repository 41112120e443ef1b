"""`collateral.yaml` → the settings of a library."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from collateral.diagnostics import Diagnostic, Span
from collateral.diagnostics.hints import one_of
from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.load.validate import check_parts
from collateral.markdown.yaml import YamlText, read_yaml
from collateral.model.library import Definition, Dimension, DimensionValue, Policy, Waiver

# facts a dimension is read from when its name is singular but a profile may hold several
PLURAL_FACTS = {"need": "needs", "competitor": "competitors", "product": "products"}


@dataclass(slots=True)
class Settings:
    """What collateral.yaml says; all defaults when it cannot be read."""

    seller: Mapping[str, object] = field(default_factory=dict)
    default_language: str = "en"
    languages: tuple[str, ...] = ("en",)
    dimensions: dict[str, Dimension] = field(default_factory=dict)
    definitions: dict[str, Definition] = field(default_factory=dict)
    policy: Policy = field(default_factory=Policy)
    kinds: tuple[str, ...] = ()
    facts: dict[str, str] = field(default_factory=dict)
    attributes: dict[str, object] = field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()
    logo_at: Span | None = None  # where the seller's logo is named
    read: bool = True  # False when the file could not be read: then nobody complains about its dimensions


def read_settings(text: str, file: str) -> tuple[Settings, list[Diagnostic]]:
    """The settings; defaults beside errors when the text is not right."""
    yaml, diagnostics = read_yaml(text, file)
    if yaml is None:
        return Settings(read=False), diagnostics
    if yaml.value is None:
        yaml.value = {}
    model, problems = check_parts(yaml, "workspace", depth=2)
    diagnostics += problems
    if model is None:
        return Settings(read=False), diagnostics
    settings = _settings(model, yaml)
    return settings, [*diagnostics, *_check_includes(settings, yaml)]


def _settings(model: Any, yaml: YamlText) -> Settings:
    default = model.languages.default
    seller = yaml.value["seller"] if isinstance(yaml.value, dict) else {}
    return Settings(
        seller=dict(seller),
        default_language=default,
        languages=tuple(dict.fromkeys([default, *model.languages.also])),
        dimensions={id: _dimension(id, item, yaml, default) for id, item in model.dimensions.items()},
        definitions={
            name: Definition(name, text, yaml.span(f"definitions.{name}"))
            for name, text in model.definitions.items()
        },
        policy=Policy(
            model.policy.review_after, model.policy.approvals == "required", model.policy.competitors_by_name
        ),
        kinds=tuple(model.kinds),
        facts={name: item.type for name, item in model.facts.items()},
        attributes={**model.attributes, **_fact_details(model, default)},
        waivers=read_waivers(model.waive, yaml),
        logo_at=yaml.span("seller.logo"),
    )


def _fact_details(model: Any, default: str) -> dict[str, object]:
    """`fact_details`: unit, label and question per language, and least value of facts that have any."""
    details: dict[str, object] = {}
    for name, item in model.facts.items():
        texts = {"label": per_language(item.label, default), "question": per_language(item.question, default)}
        known: dict[str, object] = {
            key: value for key, value in {**texts, "unit": item.unit}.items() if value
        }
        if item.at_least is not None:
            known["at_least"] = item.at_least
        if known:
            details[name] = known
    return {"fact_details": details} if details else {}


def read_waivers(items: Any, yaml: YamlText) -> tuple[Waiver, ...]:
    """The waivers of a file, with their places."""
    return tuple(
        Waiver(item.rule, item.reason, item.until, item.path, yaml.span(f"waive.{number}"))
        for number, item in enumerate(items)
    )


def one_text(texts: Mapping[str, str] | None, language: str, otherwise: str = "") -> str:
    """The text for a language out of a text-per-language map."""
    if not texts:
        return otherwise
    return texts.get("") or texts.get(language) or next(iter(texts.values()))


def per_language(texts: Mapping[str, str] | None, default: str) -> dict[str, str]:
    """Text per language, a plain text counting as the default language's."""
    return {language or default: text for language, text in (texts or {}).items()}


def _dimension(id: str, item: Any, yaml: YamlText, default: str) -> Dimension:
    values: dict[str, DimensionValue] = {}
    for name, value in item.values.items():
        values[name] = _value(name, value, default)
    for value in list(values.values()):
        for narrower in value.includes:
            values.setdefault(narrower, DimensionValue(narrower, _label(narrower)))
    fact = item.fact or PLURAL_FACTS.get(id, id)
    return Dimension(
        id,
        item.weight,
        values,
        fact,
        one_text(item.label, default, _label(id)),
        yaml.key_span(f"dimensions.{id}"),
        per_language(item.label, default),
    )


def _value(name: str, item: Any, default: str) -> DimensionValue:
    labels = {**per_language(item.label, default), **per_language(item.labels, default)}
    label = labels.get(default) or next(iter(labels.values()), _label(name))
    return DimensionValue(name, label, tuple(item.includes), dict(item.__pydantic_extra__ or {}), labels)


def _label(id: str) -> str:
    text = id.replace("-", " ").replace("_", " ")
    return text[:1].upper() + text[1:]


def _check_includes(settings: Settings, yaml: YamlText) -> list[Diagnostic]:
    """A value that includes itself, directly or through others, has no level."""
    found: list[Diagnostic] = []
    for dimension in settings.dimensions.values():
        for value in dimension.values.values():
            if value.id in _below(dimension, value.id):
                at = yaml.key_span(f"dimensions.{dimension.id}.values.{value.id}")
                found.append(
                    Diagnostic.error(
                        "circular-includes", f'"{value.id}" includes itself', at, "remove one of the includes"
                    )
                )
    return found


def _below(dimension: Dimension, id: str) -> set[str]:
    seen: set[str] = set()
    todo = list(dimension.values[id].includes)
    while todo:
        name = todo.pop()
        if name not in seen:
            seen.add(name)
            todo += dimension.values[name].includes if name in dimension.values else ()
    return seen


def check_dimension_value(dimension: Dimension, value: str) -> tuple[str, tuple[str, ...]] | None:
    """Message and hints when the value is not one of the dimension's."""
    if value in dimension.values:
        return None
    return f'"{value}" is not a value of {dimension.id}', one_of(value, list(dimension.values))
