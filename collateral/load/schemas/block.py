"""The front matter of a block, and of a translation of one."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BeforeValidator, Field, WithJsonSchema

from collateral.load.schemas.common import (
    Bool,
    Date,
    Expression,
    Free,
    Id,
    Ids,
    Language,
    Number,
    Strict,
    Text,
    Texts,
    WaiverItem,
)

_FULL_DIGEST = re.compile(r"sha256:[0-9a-f]{64}\Z")
_DIGEST = re.compile(r"(sha256:)?[0-9a-f]{12,64}\Z")


def _as_digest(value: object) -> object:
    if not isinstance(value, str) or not _DIGEST.match(value):
        raise ValueError("must be a digest such as sha256:3f5a…, at least 12 of its digits")
    return value if value.startswith("sha256:") else f"sha256:{value}"


DigestText = Annotated[
    str,
    BeforeValidator(_as_digest),
    WithJsonSchema({"type": "string", "pattern": "^(sha256:)?[0-9a-f]{12,64}$"}),
]


def _as_full_digest(value: object) -> object:
    if not isinstance(value, str) or not _FULL_DIGEST.match(value):
        raise ValueError("must be sha256: and 64 digits, as `collateral approve` writes it")
    return value


_CLAIM_DIGEST = re.compile(r"[0-9a-f]{16}\Z")


def _as_claim_digest(value: object) -> object:
    if not isinstance(value, str) or not _CLAIM_DIGEST.match(value):
        raise ValueError("must be 16 digits in quotation marks, as `collateral approve` writes them")
    return value


_CLAIM = {"type": "string", "pattern": "^[0-9a-f]{16}$"}
ClaimDigest = Annotated[str, BeforeValidator(_as_claim_digest), WithJsonSchema(_CLAIM)]

_FULL = {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"}
FullDigest = Annotated[str, BeforeValidator(_as_full_digest), WithJsonSchema(_FULL)]


class Validity(Strict):
    """First and last day the block may be used."""

    from_: Date | None = Field(default=None, alias="from", description="first day")
    until: Date | None = Field(default=None, description="last day")


class _Governance(Strict):
    owner: Text | None = Field(default=None, description="who keeps it right")
    audience: dict[Id, Ids] | None = Field(
        default=None, description="who it is for, per dimension; an absent dimension means everyone"
    )
    when: Expression | None = Field(default=None, description="a condition for what audience cannot say")
    valid: Validity | None = Field(default=None, description="when it may be used")
    review_by: Date | None = Field(default=None, description="day by which someone must look at it again")
    claims: Ids | None = Field(default=None, description="claims its text rests on, from claims.yaml")
    goes_with: Ids | None = Field(default=None, description="blocks that must appear with it")
    never_with: Ids | None = Field(default=None, description="blocks that must not appear with it")
    internal: Bool | None = Field(default=None, description="true: for briefings only, never for customers")
    customer: Text | None = Field(
        default=None, description="the customer a case study is about; `spread: customer` looks at it"
    )
    minutes: Number | None = Field(default=None, description="how long presenting it takes")
    waive: list[WaiverItem] = Field(
        default_factory=list, description="rules that need not hold for it, with reasons"
    )
    attributes: Free | None = Field(
        default=None, description="anything else expressions want to read as `block.attributes.KEY`"
    )
    tags: Texts | None = Field(default=None, description="words to find it by")


class BlockFile(_Governance):
    """Front matter of content_blocks/**/ID.md."""

    id: Id = Field(description="the block's id; the file's name")
    kind: Id = Field(description="what templates pick it by: problem, case-study, …")
    title: Text = Field(description="what people call it")


class TranslationFile(_Governance):
    """Front matter of content_blocks/**/ID.LANG.md: what it leaves out is as in the source."""

    id: Id | None = Field(default=None, description="the source block's id; the file's name")
    kind: Id | None = Field(default=None, description="as in the source block")
    title: Text = Field(description="the title in this language")
    language: Language | None = Field(default=None, description="as in the file's name")
    translates: DigestText | None = Field(
        default=None, description="digest of the source block this translation was made from"
    )
