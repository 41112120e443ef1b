"""What marketing owns, as values: dimensions, blocks, claims, approvals, templates. No I/O, no decisions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import NewType

from collateral.diagnostics import Span
from collateral.diagnostics.lazy_dataclass import dataclass, field

BlockId = NewType("BlockId", str)
TemplateId = NewType("TemplateId", str)
ClaimId = NewType("ClaimId", str)
Digest = NewType("Digest", str)  # "sha256:" and 64 hex digits

# the forms a piece can take its text from, the best first, and the designed file that serves instead
PIECE_FORMS: Mapping[str, tuple[str, ...]] = {
    "deck": ("deck",),
    "document": ("document",),
    "email": ("email",),
    "briefing": ("briefing", "document", "email"),
}
PIECE_FILES: Mapping[str, str] = {"deck": "pptx", "document": "docx", "briefing": "docx"}
INTERNAL_PIECES = frozenset({"briefing"})


def _values(value: Form | Block) -> tuple[object, ...]:
    """All fields in order: a library's many values are unpickled three times as fast through their constructor."""
    return tuple(getattr(value, name) for name in value.__slots__)


@dataclass(frozen=True, slots=True)
class Waiver:
    """Rule `rule` need not hold here, for a reason. `path` limits a waiver of collateral.yaml to files (a pattern)."""

    rule: str
    reason: str
    until: date | None = None
    path: str | None = None
    at: Span | None = None


@dataclass(frozen=True, slots=True)
class DimensionValue:
    """One allowed value. `includes` names narrower values; `attributes` holds everything else (cares_about, …)."""

    id: str
    label: str
    includes: tuple[str, ...] = ()
    attributes: Mapping[str, object] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)  # label per language


@dataclass(frozen=True, slots=True)
class Dimension:
    """Something content is aimed by. `fact` is the profile key it is read from (`need` is read from `needs`)."""

    id: str
    weight: int
    values: Mapping[str, DimensionValue]
    fact: str
    label: str = ""
    at: Span | None = None
    labels: Mapping[str, str] = field(default_factory=dict)  # label per language


@dataclass(frozen=True, slots=True)
class Definition:
    """A named expression of `collateral.yaml`, usable by its name in every other expression."""

    name: str
    expression: str
    at: Span | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A checkable statement and what it rests on. `permission_regions` empty means everywhere; `digest` is that of what it
    says and of its source."""

    id: ClaimId
    says: str
    source: str
    owner: str
    expires: date | None = None
    permission_name_customer: bool = True
    permission_regions: tuple[str, ...] = ()
    at: Span | None = None
    digest: Digest = Digest("")


@dataclass(frozen=True, slots=True)
class Approval:
    """`by` approved `block` on a day, with exactly the content of `digest`, resting on claims that said what `claims` holds the
    digests of. Approvals did not always hold these: a claim they do not name counts as unchanged."""

    block: BlockId
    language: str
    digest: Digest
    by: str
    on: date
    at: Span | None = None
    claims: Mapping[ClaimId, Digest] = field(default_factory=dict)

    def changed_claims(self, claims: Mapping[ClaimId, Claim]) -> tuple[ClaimId, ...]:
        """The claims that are there and say something else, or rest on another source, than when the block was approved."""
        return tuple(id for id, digest in self.claims.items() if id in claims and claims[id].digest != digest)


@dataclass(frozen=True, slots=True)
class Term:
    """One wording rule of the lexicon: `pattern` (a word or phrase, matched whole) is `level`, say `instead`."""

    pattern: str
    level: str  # "banned", "replace" or "prefer"
    instead: str
    reason: str
    at: Span | None = None


@dataclass(frozen=True, slots=True)
class ModelInput:
    """An input of a value model: read from the profile by its name (or `fact`), else `default`."""

    id: str
    label: str
    unit: str
    default: Decimal | None
    source: str
    fact: str
    at: Span | None = None


@dataclass(frozen=True, slots=True)
class ModelOutput:
    """A named formula over inputs and earlier outputs, with the unit of its result."""

    id: str
    label: str
    unit: str
    formula: str
    at: Span | None = None


@dataclass(frozen=True, slots=True)
class ValueModel:
    """What `value.*` means: inputs, then outputs in order of definition. `when` limits who it applies to."""

    id: str
    inputs: tuple[ModelInput, ...]
    outputs: tuple[ModelOutput, ...]
    when: str | None = None
    at: Span | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """One fenced form of a block, unparsed: which piece it is for, which wording, and its Markdown source.

    `line` is the line of the file on which `source` begins. `layout` is the fence's layout attribute.
    """

    piece: str  # "deck", "document", "email" or "briefing"
    wording: str  # "full" or "short"
    source: str
    line: int
    layout: str | None = None

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), _values(self)


@dataclass(frozen=True, slots=True)
class Block:
    """A unit of content in one language. Translations share the id and differ in `language`.

    `designed` maps "pptx"/"docx" to the file beside it, relative to the workspace. `digest` covers the front matter
    that reaches the customer, the body and the designed files: what an approval refers to.
    `translates` is the digest of the source-language block a translation was made from.
    """

    id: BlockId
    kind: str
    title: str
    language: str
    path: str
    digest: Digest
    owner: str = ""
    audience: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    when: str | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    review_by: date | None = None
    claims: tuple[ClaimId, ...] = ()
    goes_with: tuple[BlockId, ...] = ()
    never_with: tuple[BlockId, ...] = ()
    internal: bool = False
    customer: str | None = None
    minutes: Decimal | None = None
    translates: Digest | None = None
    attributes: Mapping[str, object] = field(default_factory=dict)
    forms: tuple[Form, ...] = ()
    designed: Mapping[str, str] = field(default_factory=dict)
    spans: Mapping[str, Span] = field(default_factory=dict)  # "audience.industry.0" → where it stands
    waivers: tuple[Waiver, ...] = ()

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), _values(self)

    def forms_for(self, piece: str) -> tuple[Form, ...]:
        """The forms for a piece, longest wording first."""
        found = [f for f in self.forms if f.piece == piece]
        return tuple(sorted(found, key=lambda f: f.wording != "full"))

    def has_form(self, piece: str) -> bool:
        """Whether it has text or a designed file for a kind of piece."""
        forms = PIECE_FORMS.get(piece, (piece,))
        return any(f.piece in forms for f in self.forms) or PIECE_FILES.get(piece, "") in self.designed


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a template; exactly one of `slide`, `block`, `pick` is set."""

    slide: str | None = None
    block: BlockId | None = None
    pick: str | None = None
    at_least: int = 0
    at_most: int = 1
    spread: str | None = None
    when: str | None = None
    layout: str | None = None
    name: str | None = None  # what {{p slot("name") }} refers to
    at: Span | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A titled run of slots; the title becomes a PowerPoint section or a document heading when `heading` is true."""

    title: str
    slots: tuple[Slot, ...]
    titles: Mapping[str, str] = field(default_factory=dict)  # per language
    heading: bool = True
    at: Span | None = None

    @property
    def place(self) -> str:
        """The name by which a document's master has a place for it: that of its first named slot, else its title as
        one word: "Why now?" is "why-now"."""
        named = [slot.name for slot in self.slots if slot.name]
        words = "".join(ch if ch.isalnum() else " " for ch in self.title.lower()).split()
        return named[0] if named else "-".join(words)


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds of a piece; `floor` is the smallest font scale text may be shrunk to (1 is full size)."""

    slides: int | None = None
    minutes: Decimal | None = None
    floor: Decimal = Decimal("0.7")


@dataclass(frozen=True, slots=True)
class Template:
    """What a piece consists of and the master it is poured into. `master` is relative to the workspace.

    `subject` and `file_name` are texts with tags. `signature` etc. live in `attributes`.
    """

    id: TemplateId
    piece: str
    title: str
    master: str | None
    sections: tuple[Section, ...]
    path: str
    digest: Digest
    limits: Limits = field(default_factory=Limits)
    subject: Mapping[str, str] = field(default_factory=dict)  # per language
    file_name: str | None = None
    languages: tuple[str, ...] = ()
    masters: Mapping[str, str] = field(default_factory=dict)  # master per language, where it differs
    default: bool = True  # made by `generate` when no -t is given
    attributes: Mapping[str, object] = field(default_factory=dict)
    at: Span | None = None
    spans: Mapping[str, Span] = field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()


@dataclass(frozen=True, slots=True)
class Policy:
    """The workspace's policy: days after which a block must be reviewed, whether approvals are required, …"""

    review_after_days: int | None = None
    approvals_required: bool = True
    competitors_by_name: str = "never"


@dataclass(frozen=True, slots=True)
class Library:
    """Everything marketing owns. `blocks` maps an id to its languages; `digest` changes when anything does."""

    root: str
    seller: Mapping[str, object]
    default_language: str
    languages: tuple[str, ...]
    dimensions: Mapping[str, Dimension]
    definitions: Mapping[str, Definition]
    policy: Policy
    blocks: Mapping[BlockId, Mapping[str, Block]]
    claims: Mapping[ClaimId, Claim]
    approvals: Mapping[tuple[BlockId, str], Approval]
    lexicon: tuple[Term, ...]
    value_models: Mapping[str, ValueModel]
    templates: Mapping[TemplateId, Template]
    digest: Digest
    kinds: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(
        default_factory=dict
    )  # extra profile facts and their types: fleet_size: number
    attributes: Mapping[str, object] = field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()
    broken: tuple[
        str, ...
    ] = ()  # block ids, and other files by path, that have errors, so that nobody reports them missing
