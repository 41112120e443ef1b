"""campaigns/ID.yaml: templates × the rows of a CSV."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, field_validator, model_validator

from collateral.load.schemas.common import AnyText, Bool, Expression, Id, Ids, Short, Strict, Text


def _as_rule(value: object) -> object:
    return {"expression": value} if isinstance(value, str) else value


class SourceItem(Strict):
    """The CSV."""

    csv: Text = Field(description="the file, relative to this file")
    encoding: Text | None = Field(default=None, description="found out when left out")
    delimiter: AnyText | None = Field(default=None, description="one sign, or tab; found out when left out")

    @field_validator("delimiter")
    @classmethod
    def _one_sign(cls, value: str | None) -> str | None:
        value = "\t" if value == "tab" else value
        if value is not None and (len(value) != 1 or value in '\r\n"\0'):
            raise ValueError('must be one sign such as ";", or tab')
        return value


class RuleItem(Strict):
    """How a fact is made from a row: an expression over `row`, or a column."""

    expression: Expression | None = Field(default=None, description="an expression over `row`")
    column: Text | None = Field(default=None, description="the column's heading")
    table: Text | None = Field(default=None, description="value table the column's text is looked up in")
    default: Any = Field(default=None, description="used for a blank")
    split: AnyText | None = Field(default=None, description="turns the text into a list at this sign")
    type: Literal["text", "number", "date", "boolean"] | None = Field(
        default=None, description="what to read the text as"
    )
    required: Bool = Field(default=False, description="true: a row without it is set aside")

    @model_validator(mode="after")
    def _one_of(self) -> RuleItem:
        if self.expression is None and self.column is None and self.default is None:
            raise ValueError("must have one of expression, column and default")
        if self.expression is not None and self.column is not None:
            raise ValueError("must not have both expression and column")
        return self


Rule = Annotated[RuleItem, BeforeValidator(_as_rule), Short({"type": "string"})]


class CampaignFile(Strict):
    """A campaign: campaigns/ID.yaml."""

    id: Id = Field(description="the campaign's id; the file's name")
    source: SourceItem = Field(description="where the rows come from")
    templates: Ids = Field(description="what to make for each row")
    key: Expression = Field(description="an expression over `row` that gives the prospect's id")
    map: dict[str, Rule] = Field(
        description="fact of the profile: expression or rule; dots reach into contacts and opportunity"
    )
    tables: dict[str, dict[str, Any]] = Field(
        default_factory=dict, description="value tables: text in the CSV: value of ours"
    )
    where: Expression | None = Field(default=None, description="only rows for which this holds")
    output: Text | None = Field(default=None, description="pattern of the folder a row's pieces go to")
