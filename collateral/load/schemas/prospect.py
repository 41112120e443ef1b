"""prospects/ID.yaml: the profile of one customer-to-be. Facts of the workspace's own come on top of these."""

from __future__ import annotations

from pydantic import Field

from collateral.load.schemas.common import AnyText, Date, Free, Language, Number, Open, Text, Texts


class Contact(Open):
    """A person at the prospect."""

    name: Text
    title: AnyText | None = Field(default=None, description="job title")
    persona: Text | None = Field(default=None, description="a value of the dimension persona")
    role: AnyText | None = Field(
        default=None, description="part in the decision: decision-maker, champion, …"
    )
    email: AnyText | None = Field(default=None)
    phone: AnyText | None = Field(default=None, description="quote it")
    language: Language | None = Field(default=None)


class Opportunity(Open):
    """The deal."""

    value: Number | None = Field(default=None, description="its size, in `currency`")
    currency: Text | None = Field(default=None, description="three letters: EUR, USD, …")
    close: Date | None = Field(default=None, description="expected day of signing")


class ProspectFile(Open):
    """A profile: prospects/ID.yaml. Any fact may be a plain value or {value, source, as_of}."""

    id: Text | None = Field(default=None, description="the prospect's id; the file's name when left out")
    name: Text = Field(description="the full legal name")
    short_name: Text | None = Field(default=None, description="what people call it")
    language: Language | None = Field(default=None, description="language of its pieces")
    currency: Text | None = Field(default=None, description="currency of its pieces: EUR, USD, …")
    country: Text | None = Field(default=None)
    website: Text | None = Field(default=None)
    logo: Text | None = Field(default=None, description="picture file, relative to this file")
    industry: Text | None = Field(default=None, description="a value of the dimension industry")
    region: Text | None = Field(default=None, description="a value of the dimension region")
    stage: Text | None = Field(default=None, description="a value of the dimension stage")
    needs: Texts = Field(
        default_factory=list, description="values of the dimension need, most important first"
    )
    competitors: Texts = Field(default_factory=list, description="values of the dimension competitor")
    contacts: list[Contact] = Field(default_factory=list, description="people, most important first")
    opportunity: Opportunity | None = Field(default=None)
    internal: Free = Field(default_factory=dict, description="never reaches a customer-facing piece")
