"""templates/ID.yaml: what a piece consists of."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from collateral.load.schemas.common import (
    Bool,
    Expression,
    Free,
    Id,
    Language,
    Number,
    PerLanguage,
    Strict,
    Text,
    WaiverItem,
)


class LimitsItem(Strict):
    """Upper bounds of the piece."""

    slides: int | None = Field(default=None, ge=1, description="at most this many slides")
    minutes: Number | None = Field(default=None, description="at most this long to present")
    floor: Number | None = Field(
        default=None, description="smallest scale text may be shrunk to; 1 is full size"
    )


class SlotItem(Strict):
    """A place: exactly one of `slide`, `block` or `pick`."""

    slide: Text | None = Field(default=None, description="a slide of the master, by the @id in its notes")
    block: Id | None = Field(default=None, description="one particular block")
    pick: Id | None = Field(default=None, description="the best blocks of this kind")
    at_least: int = Field(default=0, ge=0, description="fewer is an error")
    at_most: int | None = Field(default=None, ge=1, description="more are not taken; 1 when left out")
    spread: Text | None = Field(
        default=None, description="no two with the same value of this: customer, industry, …"
    )
    when: Expression | None = Field(default=None, description="condition for the slot")
    layout: Text | None = Field(default=None, description="layout its slides are made on")
    name: Text | None = Field(default=None, description='what {{p slot("name") }} in a document refers to')

    @model_validator(mode="after")
    def _one_of(self) -> SlotItem:
        if sum(x is not None for x in (self.slide, self.block, self.pick)) != 1:
            raise ValueError("must have exactly one of slide, block and pick")
        if self.at_most is not None and self.at_most < self.at_least:
            raise ValueError("has at_most below at_least")
        return self


class SectionItem(Strict):
    """A titled run of slots."""

    title: PerLanguage = Field(description="a PowerPoint section, or a heading in a document")
    heading: Bool = Field(default=True, description="false: no heading in a document")
    slots: list[SlotItem] = Field(description="its places, in order")


class TemplateFile(Strict):
    """A template: templates/ID.yaml."""

    id: Id = Field(description="the template's id; the file's name")
    piece: Literal["deck", "document", "email", "briefing"] = Field(description="what it makes")
    title: PerLanguage | None = Field(default=None, description="what people call it, and the piece's title")
    master: PerLanguage | None = Field(
        default=None, description="the .pptx, .docx or .html beside it; one, or one per language"
    )
    limits: LimitsItem = Field(default_factory=LimitsItem)
    subject: PerLanguage | None = Field(default=None, description="an e-mail's subject, with tags")
    file_name: Text | None = Field(default=None, description="name of the file, with tags")
    languages: list[Language] = Field(
        default_factory=list, description="languages it can be made in; all when left out"
    )
    default: Bool = Field(default=True, description="false: only made when asked for with -t")
    sections: list[SectionItem] = Field(description="what it consists of, in order")
    waive: list[WaiverItem] = Field(
        default_factory=list, description="rules that need not hold, with reasons"
    )
    attributes: Free = Field(
        default_factory=dict, description="anything else its master reads as `template.KEY`"
    )
