"""claims.yaml, lexicon.yaml, approvals.yaml and value models."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, RootModel

from collateral.load.schemas.block import ClaimDigest, FullDigest
from collateral.load.schemas.common import (
    AnyText,
    Bool,
    Date,
    Expression,
    Id,
    Language,
    Number,
    PerLanguage,
    Short,
    Strict,
    Text,
    Texts,
)


class Permission(Strict):
    """What the people behind a claim allowed."""

    name_customer: Bool = Field(default=True, description="whether the customer may be named")
    regions: Texts = Field(
        default_factory=list, description="regions it may be used in; everywhere when left out"
    )


class ClaimItem(Strict):
    """A checkable statement."""

    says: Text = Field(description="the statement in one sentence")
    source: AnyText | None = Field(default=None, description="what it rests on: study, contract, address")
    owner: AnyText | None = Field(default=None, description="who answers for it")
    expires: Date | None = Field(default=None, description="last day it may be used")
    permission: Permission = Field(default_factory=Permission)


class ClaimsFile(RootModel[dict[Id, ClaimItem]]):
    """content_blocks/claims.yaml: claims by id."""


class ApprovalItem(Strict):
    """A person approved exactly this content."""

    block: Id
    language: Language | None = Field(default=None, description="of a translation")
    digest: FullDigest = Field(description="of the content that was approved")
    by: Text = Field(description="who approved it")
    on: Date = Field(description="when")
    claims: dict[Id, ClaimDigest] = Field(
        default_factory=dict, description="what the claims it rests on said, and their sources"
    )


class ApprovalsFile(RootModel[list[ApprovalItem]]):
    """content_blocks/approvals.yaml, written by `collateral approve`."""


class TermRule(Strict):
    """A wording rule, as in Vale: `existence` finds tokens, `substitution` swaps words for better ones."""

    extends: Literal["existence", "substitution"] = Field(description="what kind of rule")
    message: Text = Field(description="the reason, for the person who wrote the word")
    level: Literal["error", "warning", "suggestion"] = Field(
        default="warning", description="error: the word is banned"
    )
    tokens: Texts = Field(default_factory=list, description="words and phrases to find")
    swap: dict[str, Text] = Field(default_factory=dict, description="word: better word")


class LexiconFile(Strict):
    """content_blocks/lexicon.yaml: how the company writes."""

    rules: list[TermRule] = Field(default_factory=list)


def _as_formula(value: object) -> object:
    return value if isinstance(value, dict) else {"formula": value}


def _as_input(value: object) -> object:
    return value if isinstance(value, dict) else {"default": value}


class InputItem(Strict):
    """A number the formulas start from."""

    label: PerLanguage | None = Field(default=None, description="what readers see")
    unit: AnyText = Field(default="", description="its unit: hours, EUR, trucks, …")
    default: Number | None = Field(default=None, description="used when the profile does not know it")
    source: AnyText = Field(default="", description="where the default comes from")
    fact: Text | None = Field(default=None, description="the profile's key; the input's name when left out")


class OutputItem(Strict):
    """A named formula."""

    label: PerLanguage | None = Field(default=None, description="what readers see")
    unit: AnyText = Field(default="", description="unit of the result")
    formula: Expression = Field(description="an expression over inputs and earlier results")


Formula = Annotated[OutputItem, BeforeValidator(_as_formula), Short({"type": ["string", "number"]})]


class ValueModelFile(Strict):
    """content_blocks/value_models/ID.yaml: what `value.*` means for a prospect."""

    id: Id | None = Field(default=None, description="the model's id; the file's name when left out")
    title: PerLanguage | None = Field(default=None, description="what people call it")
    when: Expression | None = Field(default=None, description="which prospects it is for")
    inputs: dict[str, Annotated[InputItem, BeforeValidator(_as_input), Short({"type": "number"})]] = Field(
        default_factory=dict, description="the numbers the formulas start from"
    )
    formulas: dict[str, Formula] = Field(default_factory=dict, description="results in between")
    outputs: dict[str, Formula] = Field(description="the results: `value.NAME`")
