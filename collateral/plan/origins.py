"""Where each part of a piece comes from, and the sources of what it claims."""

from __future__ import annotations

from collections.abc import Iterable

from collateral.model import content as c
from collateral.model.library import Block, ClaimId
from collateral.model.plan import Origin
from collateral.model.selection import Match, Pick
from collateral.plan.materials import Materials
from collateral.plan.words import word


def pick_origin(materials: Materials, pick: Pick) -> Origin:
    """The origin of what came from a block."""
    block, library = pick.block, materials.library
    known = [library.claims[claim] for claim in block.claims if claim in library.claims]
    return Origin(
        block.id,
        block.language,
        block.digest,
        claims=tuple([claim.id for claim in known]),
        why=why(pick),
        claim_digests=tuple([claim.digest for claim in known]),
        until=min(
            [day for day in (block.valid_until, *[claim.expires for claim in known]) if day], default=None
        ),
    )


def fixed_origin(materials: Materials) -> Origin:
    """The origin of a slide or text the template always has."""
    template = materials.selection.template
    return Origin(None, materials.language, template.digest, why="fixed part of the template")


def why(pick: Pick) -> str:
    """One line that says why a block was picked."""
    if pick.because:
        return pick.because
    return ", ".join(_match(m) for m in pick.matches if m.dimension != "language") or "speaks to everyone"


def _match(match: Match) -> str:
    through = f" (through {match.wanted})" if match.parent else ""
    return f"{match.dimension} {match.has}{through}"


def source_notes(materials: Materials, block: Block, slide: c.SlideContent) -> c.Nodes:
    """Speaker-note paragraphs naming the source of each claim a slide rests on."""
    used = list(dict.fromkeys((*_claims_of(slide.title), *_claims_in(slide.nodes))))
    return tuple(c.Paragraph((c.Run(text),)) for text in source_lines(materials, used))


def source_lines(materials: Materials, claims: Iterable[str]) -> list[str]:
    """The sources of claims on one line, in the piece's language's words; no line where there are none."""
    known = (materials.library.claims.get(ClaimId(claim_id)) for claim_id in claims)
    sources = list(dict.fromkeys(claim.source for claim in known if claim is not None and claim.source))
    if not sources:
        return []
    return [f"{word('source' if len(sources) == 1 else 'sources', materials.language)}: {'; '.join(sources)}"]


def claims_of_nodes(nodes: c.Nodes) -> tuple[str, ...]:
    """The claims that final or source nodes rest on, in order of appearance."""
    return tuple(dict.fromkeys(_claims_in(nodes)))


def _claims_in(nodes: c.Nodes) -> Iterable[str]:
    for node in nodes:
        match node:
            case c.Paragraph() | c.Heading():
                yield from _claims_of(node.inlines)
            case c.Table():
                for row in (node.header, *node.rows):
                    for cell in row:
                        yield from _claims_of(cell)
            case c.If():
                for _, body in node.branches:
                    yield from _claims_in(body)
            case c.For():
                yield from _claims_in(node.body)


def _claims_of(inlines: c.Inlines) -> Iterable[str]:
    for inline in inlines:
        match inline:
            case c.Run():
                if inline.claim:
                    yield inline.claim
            case c.Field():
                if inline.run.claim:
                    yield inline.run.claim
            case c.InlineIf():
                for _, body in inline.branches:
                    yield from _claims_of(body)
            case c.InlineFor():
                yield from _claims_of(inline.body)
