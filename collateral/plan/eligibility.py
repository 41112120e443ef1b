"""Whether a block may be used at all on a day, in a kind of piece, whoever it is for: promise 1.

In: a library and a block. Out: the first condition that fails with what to do about it, or None. Nothing here looks at a
prospect except `region_problem`, because permissions are given per region.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from collateral.diagnostics import Span
from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.model.library import INTERNAL_PIECES, Block, Library
from collateral.plan.audience import Aim

REGION = "region"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a block cannot be used: a condition, a reason in words, what would remove it, and where it stands."""

    condition: str
    reason: str
    remedy: str | None = None
    at: Span | None = None


def content_obstacle(library: Library, block: Block, piece: str, as_of: date) -> Obstacle | None:
    """The first reason of the content's own why the block cannot be in a piece of this kind on this day."""
    customer_facing = piece not in INTERNAL_PIECES
    if block.internal and customer_facing:
        return Obstacle("internal", "it is internal", "only a briefing shows it", block.spans.get("internal"))
    if not block.has_form(piece):
        return Obstacle("form", f"it has no text for the {piece}", f'add a "::: {piece}" part', None)
    return (
        _outside_validity(block, as_of)
        or (None if block.internal else _unapproved(library, block))
        or _claim_obstacle(library, block, as_of)
        or (naming_obstacle(library, block) if customer_facing else None)
    )


def _outside_validity(block: Block, as_of: date) -> Obstacle | None:
    if block.valid_from is not None and as_of < block.valid_from:
        at = block.spans.get("valid.from")
        return Obstacle(
            "valid", f"it is not valid before {block.valid_from}", f"wait until {block.valid_from}", at
        )
    if block.valid_until is not None and as_of > block.valid_until:
        at = block.spans.get("valid.until")
        return Obstacle("valid", f"it expired on {block.valid_until}", "renew it and approve it again", at)
    return None


def _unapproved(library: Library, block: Block) -> Obstacle | None:
    if not library.policy.approvals_required:
        return None
    approval = library.approvals.get((block.id, block.language))
    remedy = f"collateral approve {block.id} --by NAME"
    if approval is None:
        return Obstacle("approval", "it is not approved", remedy, block.spans.get("id"))
    if approval.digest != block.digest:
        return Obstacle(
            "approval",
            f"it was changed after {approval.by} approved it on {approval.on}",
            remedy,
            approval.at,
        )
    for name in approval.changed_claims(library.claims):
        reason = f'its claim "{name}" was changed after {approval.by} approved it on {approval.on}'
        return Obstacle("approval", reason, remedy, library.claims[name].at)
    return None


def is_approved(library: Library, block: Block) -> bool:
    """Whether the policy lets the block be used: approved with exactly this content, or no approval asked for."""
    return block.internal or _unapproved(library, block) is None


def _claim_obstacle(library: Library, block: Block, as_of: date) -> Obstacle | None:
    for number, name in enumerate(block.claims):
        claim = library.claims.get(name)
        at = block.spans.get(f"claims.{number}")
        if claim is None:
            return Obstacle("claims", f'its claim "{name}" is unknown', "add it to claims.yaml", at)
        if claim.expires is not None and as_of > claim.expires:
            reason = f'its claim "{name}" expired on {claim.expires}'
            return Obstacle("claims", reason, f"ask {claim.owner or 'its owner'} to renew it", claim.at or at)
    return None


def naming_obstacle(library: Library, block: Block) -> Obstacle | None:
    """Why the block may not reach a customer: its text names a customer who did not permit that."""
    if block.customer is None:
        return None
    for number, name in enumerate(block.claims):
        claim = library.claims.get(name)
        if claim is not None and not claim.permission_name_customer and _names(block, block.customer):
            reason = f'it names {block.customer}, which its claim "{name}" gives no permission for'
            remedy = "leave the name out, or get permission"
            return Obstacle("claims", reason, remedy, block.spans.get(f"claims.{number}"))
    return None


def _names(block: Block, customer: str) -> bool:
    wanted = " ".join(customer.replace("-", " ").lower().split())
    texts = (block.title, *(form.source for form in block.forms))
    return any(wanted in " ".join(text.replace("-", " ").lower().split()) for text in texts)


def window(library: Library, block: Block) -> tuple[date, date] | None:
    """The days on which block and claims are valid, both included; None when there is no such day."""
    first, last = block.valid_from or date.min, block.valid_until or date.max
    for name in block.claims:
        claim = library.claims.get(name)
        if claim is None:
            return None
        last = min(last, claim.expires or date.max)
    return (first, last) if first <= last else None


def regions(library: Library, block: Block) -> tuple[tuple[str, ...], ...]:
    """The sets of regions its claims are limited to; a prospect must be in one of each."""
    limits = {library.claims[c].permission_regions for c in block.claims if c in library.claims}
    return tuple(sorted(limit for limit in limits if limit))


def permitted(limit: tuple[str, ...], aim: Aim | None) -> bool:
    """Whether the prospect is known to be in one of the regions (or in a part of one)."""
    return aim is not None and any(region in aim.standings for region in limit)


def region_obstacle(library: Library, block: Block, piece: str, aims: Mapping[str, Aim]) -> Obstacle | None:
    """Why a claim's permission does not reach this prospect."""
    if piece in INTERNAL_PIECES:
        return None
    aim = aims.get(REGION)
    for number, name in enumerate(block.claims):
        claim = library.claims.get(name)
        if claim is None or not claim.permission_regions or permitted(claim.permission_regions, aim):
            continue
        allowed = " or ".join(claim.permission_regions)
        at = block.spans.get(f"claims.{number}")
        if aim is None or not aim.known:
            return Obstacle(
                "region",
                f'unknown region, its claim "{name}" is for {allowed} only',
                f"region: {allowed}",
                at,
            )
        reason = f'its claim "{name}" is for {allowed} only, the prospect is in {aim.known[0][0]}'
        return Obstacle("region", reason, f"get permission for {aim.known[0][0]}", at)
    return None
