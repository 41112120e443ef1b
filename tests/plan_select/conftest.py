"""Small libraries, built in a line or two."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from collateral.diagnostics import Diagnostic, Span
from collateral.model.library import (
    Approval,
    Block,
    BlockId,
    Claim,
    ClaimId,
    Definition,
    Digest,
    Dimension,
    DimensionValue,
    Form,
    Library,
    Limits,
    ModelInput,
    ModelOutput,
    Policy,
    Section,
    Slot,
    Template,
    TemplateId,
    ValueModel,
)
from collateral.model.prospect import Prospect, ProspectId
from collateral.model.selection import Selection
from collateral.plan.select import select_blocks

TODAY = date(2026, 6, 1)
INDUSTRIES = {
    "logistics": ("freight-forwarding", "last-mile"),
    "retail": (),
    "freight-forwarding": (),
    "last-mile": (),
}


def dimension(
    name: str, weight: int, values: Mapping[str, tuple[str, ...]], fact: str | None = None
) -> Dimension:
    made = {
        v: DimensionValue(v, v.replace("-", " ").capitalize(), includes) for v, includes in values.items()
    }
    return Dimension(name, weight, made, fact or name, name.capitalize())


def plain(*values: str) -> dict[str, tuple[str, ...]]:
    return dict.fromkeys(values, ())


DIMENSIONS = (
    dimension("industry", 4, INDUSTRIES),
    dimension("persona", 3, plain("coo", "cfo", "cio")),
    dimension("stage", 2, plain("discovery", "evaluation", "negotiation")),
    dimension("need", 5, plain("dwell-time", "labour-cost", "driver-retention"), "needs"),
    dimension("region", 1, {"emea": ("nl", "de"), "nl": (), "de": (), "apac": ()}),
)


def block(id: str, kind: str = "case-study", **more: object) -> Block:
    """An approved block (see `library`) with deck, document and e-mail text."""
    audience = {k: tuple(v) for k, v in dict(more.pop("audience", {})).items()}  # type: ignore[call-overload]
    forms = tuple(Form(piece, "full", f"## {id}\n", 1) for piece in ("deck", "document", "email"))
    made: dict[str, object] = {
        "title": id,
        "language": "en",
        "path": f"content_blocks/{id}.md",
        "forms": forms,
    }
    made |= {"digest": Digest(f"sha256:{id}"), "audience": audience, **more}
    return Block(BlockId(id), kind, **made)  # type: ignore[arg-type]


def library(
    *blocks: Block,
    claims: tuple[Claim, ...] = (),
    definitions: Mapping[str, str] | None = None,
    approved: object = "all",
    languages: tuple[str, ...] = ("en", "nl"),
    models: tuple[ValueModel, ...] = (),
    dimensions: tuple[Dimension, ...] = DIMENSIONS,
    required: bool = True,
) -> Library:
    """A library in which every block is approved unless `approved` names the ids that are."""
    versions: dict[BlockId, dict[str, Block]] = {}
    for item in blocks:
        versions.setdefault(item.id, {})[item.language] = item
    signed = [b for b in blocks if approved == "all" or b.id in approved]  # type: ignore[operator]
    return Library(
        root="w",
        seller={"name": "Harborline"},
        default_language="en",
        languages=languages,
        dimensions={d.id: d for d in dimensions},
        definitions={k: Definition(k, v) for k, v in (definitions or {}).items()},
        policy=Policy(approvals_required=required),
        blocks=versions,
        claims={c.id: c for c in claims},
        approvals={(b.id, b.language): Approval(b.id, b.language, b.digest, "m", TODAY) for b in signed},
        lexicon=(),
        value_models={m.id: m for m in models},
        templates={},
        digest=Digest("sha256:library"),
    )


def claim(id: str, **more: object) -> Claim:
    return Claim(ClaimId(id), f"{id} is so", "a report", "m.jansen", **more)  # type: ignore[arg-type]


def prospect(**facts: object) -> Prospect:
    """A profile whose facts stand one below the other, from line 1."""
    named = {"name": "Van Dijk Freight B.V.", **facts}
    spans: dict[str, Span] = {}
    for line, (key, value) in enumerate(named.items(), 1):
        spans[key] = Span("prospects/p.yaml", line)
        for number in range(len(value)) if isinstance(value, list) else ():
            spans[f"{key}.{number}"] = Span("prospects/p.yaml", line, number)
    return Prospect(ProspectId("p"), "prospects/p.yaml", named, spans=spans)


def template(*slots: Slot, piece: str = "deck", limits: Limits | None = None, **more: object) -> Template:
    return Template(
        TemplateId("pitch"),
        piece,
        "Pitch",
        "master.pptx",
        (Section("Why", tuple(slots)),),
        "templates/pitch.yaml",
        Digest("sha256:t"),
        limits or Limits(),
        **more,  # type: ignore[arg-type]
    )


def pick(kind: str = "case-study", at_least: int = 0, at_most: int = 1, **more: object) -> Slot:
    return Slot(pick=kind, at_least=at_least, at_most=max(at_least, at_most), **more)  # type: ignore[arg-type]


def select(
    lib: Library,
    who: Prospect,
    *slots: Slot,
    as_of: date = TODAY,
    language: str | None = None,
    **more: object,
) -> tuple[Selection, list[Diagnostic]]:
    return select_blocks(lib, who, template(*slots, **more), as_of=as_of, language=language)  # type: ignore[arg-type]


def picked(lib: Library, who: Prospect, *slots: Slot, **more: object) -> list[str]:
    """The ids of what is picked, in order."""
    return [p.block.id for p in select(lib, who, *slots, **more)[0].picks()]  # type: ignore[arg-type]


def model(
    id: str, inputs: tuple[ModelInput, ...], *outputs: tuple[str, str, str], when: str | None = None
) -> ValueModel:
    return ValueModel(
        id, inputs, tuple(ModelOutput(name, name, unit, formula) for name, unit, formula in outputs), when
    )


def model_input(
    id: str, default: object = None, unit: str = "", fact: str = "", source: str = ""
) -> ModelInput:
    amount = None if default is None else Decimal(str(default))
    return ModelInput(id, id, unit, amount, source, fact or id)


@pytest.fixture(scope="session")
def make() -> SimpleNamespace:
    """The builders of this file, for tests that say `make.block(…)`."""
    names = (
        block, library, claim, prospect, template, pick, select, picked, model, model_input, dimension, plain,
    )  # fmt: skip
    return SimpleNamespace(**{f.__name__: f for f in names}, today=TODAY, slot=Slot, limits=Limits)
