"""A selection → the sections of a document, or the parts of an e-mail: final text, nothing left to decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from collateral.diagnostics import Diagnostic, Span
from collateral.diagnostics.lazy_dataclass import replace
from collateral.model import content as c
from collateral.model.library import PIECE_FORMS, Block, Form
from collateral.model.plan import DocumentContent, DocumentPart, DocumentSection, EmailContent
from collateral.model.selection import Pick, SectionSelection
from collateral.plan.materials import Materials
from collateral.plan.origins import claims_of_nodes, pick_origin, source_lines
from collateral.plan.patterns import fill_pattern
from collateral.plan.pictures import rebased
from collateral.plan.prune import prune


def compose_document(
    materials: Materials, fields: Iterable[str], extra: Sequence[DocumentSection] = ()
) -> tuple[DocumentContent, list[Diagnostic]]:
    """The sections of a document. `fields` are the paths the master's own tags read; `extra` sections come first."""
    problems: list[Diagnostic] = []
    sections = tuple(_section(materials, section, problems) for section in materials.selection.sections)
    values = prune(materials.scope, fields)
    return DocumentContent((*extra, *sections), values), problems


def _section(materials: Materials, section: SectionSelection, problems: list[Diagnostic]) -> DocumentSection:
    piece = materials.selection.template.piece
    parts = []
    for slot in section.slots:
        for pick in slot.picks:
            part = compose_part(materials, pick, piece, problems)
            if part is not None:
                parts.append(part)
    if parts and piece == "document":
        parts[-1] = replace(parts[-1], nodes=(*parts[-1].nodes, *_sources(materials, parts)))
    names = [slot.slot.name for slot in section.slots if slot.slot.name]
    title = section.section.titles.get(materials.language, section.section.title)
    return DocumentSection(
        title if section.section.heading else "",
        tuple(parts),
        names[0] if names else section.section.place,
    )


def compose_part(
    materials: Materials, pick: Pick, piece: str, problems: list[Diagnostic]
) -> DocumentPart | None:
    """What one picked block says in a document, e-mail or briefing; a designed .docx part goes before its text."""
    block = pick.block
    origin = pick_origin(materials, pick)
    if piece != "email" and "docx" in block.designed:
        return DocumentPart((), origin, source=block.designed["docx"])
    form = _form(block, piece)
    if form is None:
        message = f"block '{block.id}' has no {piece} form in '{block.language}'"
        problems.append(
            Diagnostic.error(
                "no-form-for-piece", message, Span(block.path), f"add a `::: {piece}` form to it"
            )
        )
        return None
    parsed, found = materials.content(block, form)
    problems += found
    nodes = materials.filler.nodes(rebased(parsed, block.path).nodes)
    return DocumentPart(nodes, origin)


def _form(block: Block, piece: str) -> Form | None:
    """The form for a piece; a briefing may also quote what customers read."""
    for name in PIECE_FORMS.get(piece, (piece,)):
        forms = block.forms_for(name)
        if forms:
            return forms[0]
    return None


def _sources(materials: Materials, parts: Sequence[DocumentPart]) -> c.Nodes:
    """The sources of all claims of a section, as small print at its end."""
    claims = claims_of_nodes(tuple(node for part in parts for node in part.nodes))
    return tuple(c.Paragraph((c.Run(line),), note=True) for line in source_lines(materials, claims))


def compose_email(materials: Materials, fields: Iterable[str]) -> tuple[EmailContent, list[Diagnostic]]:
    """A message to the prospect's first contact: subject from the template, its text from blocks."""
    problems: list[Diagnostic] = []
    template = materials.selection.template
    subject = template.subject.get(materials.language) or next(
        iter(template.subject.values()), "{{ prospect.short_name }}"
    )
    parts = tuple(
        part
        for section in materials.selection.sections
        for slot in section.slots
        for pick in slot.picks
        if (part := compose_part(materials, pick, "email", problems)) is not None
    )
    problems += [problem for part in parts for problem in _not_shown(part)]
    contact = _mapping(materials.scope.get("contact"))
    seller = _mapping(materials.scope.get("seller"))
    content = EmailContent(
        to=str(contact.get("email") or ""),
        to_name=str(contact.get("name") or ""),
        sender=str(seller.get("email") or ""),
        sender_name=str(seller.get("name") or ""),
        subject=" ".join(
            fill_pattern(subject, materials.filler, template.spans.get("subject") or template.at).split()
        ),
        parts=parts,
        values=prune(materials.scope, fields),
        logo=str(seller["logo"]) if seller.get("logo") else None,
        to_at=_address_place(materials, contact.get("email")),
    )
    return content, problems


def _address_place(materials: Materials, address: object) -> Span | None:
    """Where the profile gives this address; None when it gives none."""
    contacts = materials.prospect.facts.get("contacts")
    for number, person in enumerate(contacts if isinstance(contacts, list) else []):
        if address and _mapping(person).get("email") == address:
            return materials.prospect.spans.get(f"contacts.{number}.email")
    return None


def _not_shown(part: DocumentPart) -> Iterator[Diagnostic]:
    """A warning for each picture and chart: a mail program shows what they say of themselves, if anything."""
    for node in part.nodes:
        if isinstance(node, c.Picture | c.Chart):
            what = "chart" if isinstance(node, c.Chart) else "picture"
            instead = (
                f'the words "{node.alt}" stand in its place' if node.alt else "nothing stands in its place"
            )
            message = f"an e-mail shows no {what}; {instead}"
            yield Diagnostic.warning("not-in-email", message, node.at, "say it in words, or in a table")


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}
