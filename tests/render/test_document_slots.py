"""Content for which a Word master has no place."""

from __future__ import annotations

import io
from datetime import date

from docx import Document

from collateral.diagnostics import Diagnostic
from collateral.model import content as c
from collateral.model.library import Digest, TemplateId
from collateral.model.plan import DocumentContent, DocumentPart, DocumentSection, Origin, Plan, Properties
from collateral.model.prospect import ProspectId
from collateral.ooxml import compile_template
from collateral.ooxml.package import open_package
from collateral.ooxml.template.filling.document import DocumentTemplate
from collateral.ooxml.word.styles import read_styles
from collateral.render.document import DocumentTools, render_document


def _rendered(*paragraphs: str) -> list[Diagnostic]:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    package, _ = open_package(out.getvalue(), file="master.docx")
    assert package is not None
    template, found = compile_template(package)
    assert isinstance(template, DocumentTemplate), found
    part = DocumentPart((c.Paragraph((c.Run("Because."),)),), Origin(None, "en", None))
    content = DocumentContent((DocumentSection("Why", (part,), "why"),), {})
    plan = Plan(
        TemplateId("letter"), Digest("d"), "document", "master.docx", ProspectId("acme"), "en",
        date(2026, 11, 30), "letter.docx", Properties("Letter"), content,
    )  # fmt: skip
    return render_document(
        plan, content, DocumentTools(template, read_styles(package), lambda _: (None, []))
    )[1]


def test_master_without_any_slot_is_told_what_to_put_where() -> None:
    (problem,) = _rendered("Dear reader")
    assert problem.message == 'the master has no place for the section "why"'
    assert problem.hints == ('put {{p slot("why") }} into it, in a paragraph of its own',)


def test_master_with_other_slots_has_them_named() -> None:
    (problem,) = _rendered('{{p slot("how") }}', '{{p slot("who") }}')
    assert problem.hints[0].endswith("or name one of: how, who")
