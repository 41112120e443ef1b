"""Proposals edited in all the ways people edit documents, and what `verify` says of each."""

from __future__ import annotations

import io
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from PIL import Image

from collateral.build import Workspace

DAY = date(2026, 11, 30)
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
OWN = "https://harborline.example/plan"
BETWEEN, LINKS, PICTURES = "between the blocks", "links", "pictures"


@pytest.fixture
def proposal(workspace: Workspace, tmp_path: Path) -> Path:
    """A proposal with a link in one of its blocks."""
    path = workspace.root / "content_blocks" / "implementation" / "six-week-rollout.nl.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Papier blijft", f"Zie [het plan]({OWN}). Papier blijft"), encoding="utf-8")
    own = Workspace(workspace.root, cache_folder=workspace.cache_folder)
    own.approve(["six-week-rollout"], by="A. Tester", on=DAY)
    (made,) = own.generate("van-dijk", ["proposal"], as_of=DAY, folder=tmp_path / "out")
    assert made.path is not None, made.diagnostics
    return made.path


def edited(workspace: Workspace, file: Path, edit: Callable[[Any], object]) -> list[tuple[str, str]]:
    """What is not intact after an edit: its name and how it stands."""
    document = Document(str(file))
    edit(document)
    document.save(str(file))
    check = Workspace(workspace.root).verify(file, as_of=DAY)
    assert check.diagnostics == ()
    return [(part.block or part.key, part.state) for part in check.parts if part.state != "intact"]


def xml(text: str) -> Any:
    return parse_xml(text.replace(" ", f" {NAMESPACES} ", 1))


def controls(document: Any) -> list[Any]:
    tags = document.element.body.iter(qn("w:tag"))
    return [tag.getparent().getparent() for tag in tags if tag.get(qn("w:val")).startswith("collateral:")]


def first_run(control: Any) -> Any:
    return next(iter(list(control.iter(qn("w:p")))[1].iter(qn("w:r"))))


def put_around_run(document: Any, around: str) -> None:
    """Put the first run of the second block into this element."""
    run, element = first_run(controls(document)[1]), xml(around)
    run.addprevious(element)
    element.append(run)


def unwrap(control: Any) -> None:
    for child in list(control.find(qn("w:sdtContent"))):
        control.addprevious(child)
    control.getparent().remove(control)


def aim_links(document: Any, address: str) -> None:
    for relationship in document.part.rels.values():
        if relationship.is_external:
            relationship._target = address


def link_in(part: Any, paragraph: Any) -> None:
    rel_id = part.relate_to("https://elsewhere.example", LINK, is_external=True)
    run = next(iter(paragraph.iter(qn("w:r"))))
    link = xml(f'<w:hyperlink r:id="{rel_id}"/>')
    run.addprevious(link)
    link.append(run)


def other_logo(document: Any) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (9, 9), "red").save(picture, "PNG")
    found = [
        relationship
        for section in document.sections
        for part in (section.header.part, section.first_page_header.part)
        for relationship in part.rels.values()
        if relationship.reltype.endswith("/image")
    ]
    assert found
    for relationship in found:
        relationship.target_part._blob = picture.getvalue()


def delete(document: Any) -> None:
    run = first_run(controls(document)[1])
    for text in run.iter(qn("w:t")):
        text.tag = qn("w:delText")
    put_around_run(document, '<w:del w:id="99" w:author="A"/>')


EDITS: list[tuple[str, Callable[[Any], object], list[tuple[str, str]]]] = [
    ("link-elsewhere", lambda d: aim_links(d, "https://evil.example"),
     [("six-week-rollout", "edited"), (LINKS, "edited")]),
    ("link-as-programs-write-it", lambda d: aim_links(d, OWN + "/"), []),
    ("link-in-footer", lambda d: link_in(d.sections[0].footer.part, d.sections[0].footer.paragraphs[0]._p),
     [(LINKS, "edited")]),
    ("link-between", lambda d: link_in(d.part, next(p._p for p in d.paragraphs if p.runs)),
     [(BETWEEN, "edited"), (LINKS, "edited")]),
    ("link-field", lambda d: put_around_run(d, '<w:fldSimple w:instr="HYPERLINK &quot;https://evil.example&quot;"/>'),
     [("gate-queue", "edited"), (LINKS, "edited")]),
    ("smart-tag", lambda d: put_around_run(d, '<w:smartTag w:uri="u" w:element="e"/>'), []),
    ("accepted-insertion", lambda d: first_run(controls(d)[1]).addnext(xml("<w:r ><w:t> more</w:t></w:r>")),
     [("gate-queue", "edited")]),
    ("tracked-deletion", delete, [("gate-queue", "edited")]),
    ("mark-gone", lambda d: unwrap(controls(d)[1]), [("gate-queue", "edited"), (BETWEEN, "edited")]),
    ("block-gone", lambda d: controls(d)[1].getparent().remove(controls(d)[1]),
     [("gate-queue", "missing"), (BETWEEN, "edited")]),
    ("block-moved", lambda d: controls(d)[0].addprevious(controls(d)[5]), [(BETWEEN, "edited")]),
    ("block-twice", lambda d: controls(d)[1].addnext(deepcopy(controls(d)[1])), [(BETWEEN, "edited")]),
    ("block-and-between", lambda d: (first_run(controls(d)[1]).addnext(xml("<w:r ><w:t>!</w:t></w:r>")),
                                    d.add_paragraph("Mine")), [("gate-queue", "edited"), (BETWEEN, "edited")]),
    ("section", lambda d: (d.add_section(), d.add_paragraph("Mine")), [(BETWEEN, "edited")]),
    ("price", lambda d: setattr(d.tables[0].cell(1, 1).paragraphs[0].runs[0], "text", "€ 1"), [(BETWEEN, "edited")]),
    ("logo", other_logo, [(PICTURES, "edited")]),
]  # fmt: skip


@pytest.mark.parametrize(("edit", "told"), [case[1:] for case in EDITS], ids=[case[0] for case in EDITS])
def test_edit_of_a_proposal_is_told(
    workspace: Workspace, proposal: Path, edit: Callable[[Any], object], told: list[tuple[str, str]]
) -> None:
    assert edited(workspace, proposal, lambda document: None) == []
    assert edited(workspace, proposal, edit) == told


def test_block_without_its_mark_is_known_by_its_words(workspace: Workspace, proposal: Path) -> None:
    document = Document(str(proposal))
    unwrap(controls(document)[1])
    document.save(str(proposal))
    parts = Workspace(workspace.root).verify(proposal, as_of=DAY).parts
    part = next(part for part in parts if part.block == "gate-queue")
    assert part.changes == ("mark gone", "words as made")
