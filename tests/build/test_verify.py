"""Finished pieces, edited by people, against their record and the library."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable
from copy import deepcopy
from datetime import date
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path

import pytest
from docx import Document
from other_programs import edited, saved_as_libreoffice_does
from PIL import Image
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT

from collateral.build import Workspace
from collateral.build.verifying import judged_alone, verify_file

DAY = date(2026, 11, 30)


@pytest.fixture
def deck(workspace: Workspace, tmp_path: Path) -> Path:
    (result,) = workspace.generate("van-dijk", ["pitch-deck"], as_of=DAY, folder=tmp_path / "out")
    assert result.path is not None
    return result.path


def states(workspace: Workspace, file: Path) -> list[str]:
    return [part.state for part in workspace.verify(file, as_of=DAY).parts]


def test_untouched_piece_is_intact_and_may_be_sent(workspace: Workspace, deck: Path) -> None:
    check = workspace.verify(deck, as_of=DAY)
    assert {part.state for part in check.parts} == {"intact"}
    assert check.sendable


def test_saving_in_another_program_changes_nothing(workspace: Workspace, deck: Path) -> None:
    presentation = Presentation(str(deck))
    presentation.save(str(deck))
    assert set(states(workspace, deck)) == {"intact"}


def test_edited_title_is_found(workspace: Workspace, deck: Path) -> None:
    presentation = Presentation(str(deck))
    presentation.slides[1].shapes.title.text_frame.text = "Our own words"
    presentation.save(str(deck))
    found = states(workspace, deck)
    assert found[1] == "edited"
    assert set(found) == {"intact", "edited"}


def test_reordered_slides_are_still_known(workspace: Workspace, deck: Path) -> None:
    presentation = Presentation(str(deck))
    order = presentation.slides._sldIdLst
    order.insert(1, order[3])
    presentation.save(str(deck))
    assert set(states(workspace, deck)) <= {"intact", "moved"}


def test_slide_from_elsewhere_is_foreign_and_stops_the_piece(workspace: Workspace, deck: Path) -> None:
    presentation = Presentation(str(deck))
    slide = presentation.slides.add_slide(presentation.slide_layouts[1])
    slide.shapes._spTree.append(deepcopy(presentation.slides[1].shapes.title._element))
    presentation.save(str(deck))
    check = workspace.verify(deck, as_of=DAY)
    assert check.parts[-1].state == "foreign"
    assert not check.sendable


def test_block_changed_since_makes_its_slide_outdated_and_unapproved(
    workspace: Workspace, deck: Path
) -> None:
    block = next(p.block for p in workspace.verify(deck, as_of=DAY).parts if p.block)
    for path in (workspace.root / "content_blocks").rglob(f"{block}*.md"):
        path.write_text(path.read_text(encoding="utf-8").replace("\n- ", "\n- Really: ", 1), encoding="utf-8")
    check = Workspace(workspace.root).verify(deck, as_of=DAY)
    part = next(p for p in check.parts if p.block == block)
    assert {"outdated", "unapproved"} <= set(part.standing)
    assert not check.sendable


def test_briefing_must_never_be_sent(workspace: Workspace, tmp_path: Path) -> None:
    (result,) = workspace.generate("van-dijk", ["briefing"], as_of=DAY, folder=tmp_path)
    assert result.path is not None
    assert not workspace.verify(result.path, as_of=DAY).sendable


@pytest.mark.parametrize("template", ["proposal", "intro-email"])
def test_other_untouched_pieces_are_intact(workspace: Workspace, tmp_path: Path, template: str) -> None:
    (result,) = workspace.generate("van-dijk", [template], as_of=DAY, folder=tmp_path)
    assert result.path is not None
    check = workspace.verify(result.path, as_of=DAY)
    assert check.parts and {part.state for part in check.parts} == {"intact"}
    assert check.sendable


def test_file_without_a_record_is_said_to_have_none(workspace: Workspace, tmp_path: Path) -> None:
    Presentation().save(str(tmp_path / "own.pptx"))
    check = workspace.verify(tmp_path / "own.pptx", as_of=DAY)
    assert [d.code for d in check.diagnostics] == ["no-record"]
    assert not check.sendable


def test_text_between_the_blocks_of_a_document_counts(workspace: Workspace, tmp_path: Path) -> None:
    from docx import Document

    (result,) = workspace.generate("van-dijk", ["proposal"], as_of=DAY, folder=tmp_path)
    document = Document(str(result.path))
    document.save(str(result.path))
    assert result.path is not None
    assert set(states(workspace, result.path)) == {"intact"}
    document.tables[-1].cell(0, 0).paragraphs[0].add_run(" and nobody else")
    document.save(str(result.path))
    assert workspace.verify(result.path, as_of=DAY).parts[-1].state == "edited"


def test_document_whose_marks_another_program_dropped_counts_as_edited(
    workspace: Workspace, tmp_path: Path
) -> None:
    (made,) = workspace.generate("van-dijk", ["proposal"], as_of=DAY, folder=tmp_path)
    assert made.path is not None
    document = Document(str(made.path))
    for control in list(document.element.body.iter("{*}sdt")):
        for child in list(control.find("{*}sdtContent")):
            control.addprevious(child)
        control.getparent().remove(control)
    document.save(str(made.path))
    check = workspace.verify(made.path, as_of=DAY)
    assert {part.state for part in check.parts} == {"edited"}
    assert {part.changes for part in check.parts} == {("mark gone", "words as made")}
    assert "its marks are gone" in check.to_text()
    document.tables[-1].cell(0, 0).paragraphs[0].add_run(" and nobody else")
    document.save(str(made.path))
    assert workspace.verify(made.path, as_of=DAY).parts[-1].key == "between the blocks"


def test_deck_that_libreoffice_saved_is_known_slide_by_slide(workspace: Workspace, deck: Path) -> None:
    before = workspace.verify(deck, as_of=DAY)
    deck.write_bytes(saved_as_libreoffice_does(deck.read_bytes()))
    check = workspace.verify(deck, as_of=DAY)
    assert check.diagnostics == ()
    assert [part.block for part in check.parts] == [part.block for part in before.parts]
    # of slides whose looks were written out only the words can be told
    assert {part.changes for part in check.parts} <= {(), ("mark gone", "words as made")}
    assert {part.state for part in check.parts} <= {"intact", "edited"}
    assert check.sendable
    assert "its marks are gone" in check.to_text()


def test_block_that_expired_is_found_in_a_deck_without_marks(workspace: Workspace, deck: Path) -> None:
    deck.write_bytes(saved_as_libreoffice_does(deck.read_bytes()))
    check = workspace.verify(deck, as_of=date(2036, 1, 1))
    assert "expired" in {standing for part in check.parts for standing in part.standing}
    assert not check.sendable


def test_slide_rewritten_in_a_program_that_drops_marks_must_be_looked_at(
    workspace: Workspace, deck: Path
) -> None:
    saved = saved_as_libreoffice_does(deck.read_bytes())
    part = "ppt/slides/slide5.xml"
    deck.write_bytes(edited(saved, part, lambda text: text.replace("<a:t>", "<a:t>Our own: ")))
    check = workspace.verify(deck, as_of=DAY)
    assert [part.state for part in check.parts].count("foreign") == 1
    assert not check.sendable


def test_damaged_file_is_told_to_be_damaged(workspace: Workspace, deck: Path) -> None:
    deck.write_bytes(deck.read_bytes()[:-5000])
    check = workspace.verify(deck, as_of=DAY)
    assert check.diagnostics and "no-record" not in [d.code for d in check.diagnostics]
    assert not check.sendable


def _changes(workspace: Workspace, file: Path) -> set[str]:
    return {change for part in workspace.verify(file, as_of=DAY).parts for change in part.changes}


def test_rewritten_notes_are_told(workspace: Workspace, deck: Path) -> None:
    presentation = Presentation(str(deck))
    presentation.slides[0].notes_slide.notes_text_frame.text = "He is about to leave the company."
    presentation.save(str(deck))
    first = workspace.verify(deck, as_of=DAY).parts[0]
    assert (first.state, first.changes) == ("edited", ("Notes edited",))


def test_a_deck_whose_notes_were_taken_out_is_as_intact_as_before(workspace: Workspace, deck: Path) -> None:
    presentation = Presentation(str(deck))
    assert any(slide.has_notes_slide for slide in presentation.slides)
    for number, slide in enumerate(presentation.slides):
        if slide.has_notes_slide and number % 2:
            slide.notes_slide.notes_text_frame.text = ""  # as PowerPoint's Document Inspector leaves them
        elif slide.has_notes_slide:
            slide.part.drop_rel(next(r.rId for r in slide.part.rels.values() if r.reltype == RT.NOTES_SLIDE))
    presentation.save(str(deck))
    checked = workspace.verify(deck, as_of=DAY)
    assert {part.state for part in checked.parts} == {"intact"} and checked.sendable


def test_copy_of_a_slide_beside_it_is_as_intact_as_the_slide(workspace: Workspace, deck: Path) -> None:
    presentation = Presentation(str(deck))
    order = presentation.slides._sldIdLst
    copy = deepcopy(order[2])
    copy.set("id", "999")
    order.insert(3, copy)
    presentation.save(str(deck))
    assert set(states(workspace, deck)) == {"intact"}


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (r"ppt/charts/chart\d+\.xml", "</c:v></c:pt></c:numCache>", "7</c:v></c:pt></c:numCache>"),
        (r"ppt/notesSlides/notesSlide\d+\.xml", "</a:t>", " and more</a:t>"),
        (r"ppt/slides/slide1\.xml", r"<p:pic>.*?</p:pic>", ""),
    ],
    ids=["chart", "notes", "picture"],
)
def test_charts_notes_and_pictures_are_compared_after_libreoffice_too(
    workspace: Workspace, deck: Path, part: str, old: str, new: str
) -> None:
    saved = saved_as_libreoffice_does(deck.read_bytes())
    deck.write_bytes(saved)
    assert _changes(workspace, deck) <= {"mark gone", "words as made"}
    name = next(n for n in sorted(zipfile.ZipFile(deck).namelist()) if re.fullmatch(part, n))
    deck.write_bytes(edited(saved, name, lambda text: re.sub(old, new, text, flags=re.DOTALL)))
    assert {"Pictures or charts edited", "Notes edited"} & _changes(workspace, deck)


@pytest.mark.parametrize(
    ("old", "new", "state"),
    [
        ("</p>", " and a discount</p>", "edited"),
        ('href="', 'href="https://elsewhere.example/?to=', "edited"),
        ("<p ", '<p class="mail" ', "intact"),
        ("</p>", '<img src="https://elsewhere.example/x.png"></p>', "edited"),
        ("cid:logo", "cid:picture-1@mail.example", "intact"),
        ("cid:logo", "https://elsewhere.example/logo.png", "edited"),
        ('alt="Harborline"', 'alt="Rivalsoft"', "edited"),
        ("</p>", '</p><form action="https://elsewhere.example"></form>', "edited"),
        ("<head>", '<head><base href="https://elsewhere.example/">', "edited"),
        ("<head>", '<head><link rel="stylesheet" href="https://elsewhere.example/s.css">', "intact"),
    ],
    ids=[
        "words",
        "link",
        "look",
        "picture",
        "renamed-picture",
        "other-picture",
        "alt",
        "form",
        "base",
        "style",
    ],
)
def test_html_of_an_email_counts_as_far_as_it_is_read(
    workspace: Workspace, tmp_path: Path, old: str, new: str, state: str
) -> None:
    (made,) = workspace.generate("van-dijk", ["intro-email"], as_of=DAY, folder=tmp_path)
    assert made.path is not None
    message = message_from_bytes(made.path.read_bytes(), policy=SMTP)
    page = next(part for part in message.walk() if part.get_content_type() == "text/html")
    html = page.get_content()
    assert old in html
    page.set_content(html.replace(old, new, 1), subtype="html", cte="base64")
    made.path.write_bytes(message.as_bytes())
    assert set(states(workspace, made.path)) == {state}


def test_other_picture_inside_an_email_is_an_edit_and_two_records_are_a_problem(
    workspace: Workspace, tmp_path: Path
) -> None:
    (made,) = workspace.generate("van-dijk", ["intro-email"], as_of=DAY, folder=tmp_path)
    assert made.path is not None
    data = made.path.read_bytes()
    message = message_from_bytes(data, policy=SMTP)
    logo = next(part for part in message.walk() if part.get_content_maintype() == "image")
    logo.set_payload("AAAA")
    made.path.write_bytes(message.as_bytes())
    assert set(states(workspace, made.path)) == {"edited"}
    made.path.write_bytes(b"X-Collateral-Record: AAAA\r\n" + data)
    check = workspace.verify(made.path, as_of=DAY)
    assert [problem.code for problem in check.diagnostics] == ["damaged-record"] and not check.sendable


@pytest.mark.parametrize("place", ["header", "footer"])
def test_headers_and_footers_of_a_document_count(workspace: Workspace, tmp_path: Path, place: str) -> None:
    (made,) = workspace.generate("van-dijk", ["proposal"], as_of=DAY, folder=tmp_path)
    assert made.path is not None
    document = Document(str(made.path))
    getattr(document.sections[0], place).paragraphs[0].add_run(" Best price in town.")
    document.save(str(made.path))
    check = workspace.verify(made.path, as_of=DAY)
    assert [(part.key, part.state) for part in check.parts if part.state != "intact"] == [
        ("headers, footers or notes", "edited")
    ]


def test_block_whose_file_is_wrong_today_is_told_with_what_is_wrong(workspace: Workspace, deck: Path) -> None:
    part = next(part for part in workspace.verify(deck, as_of=DAY).parts if part.block)
    for path in (workspace.root / "content_blocks").rglob(f"{part.block}*.md"):
        path.write_text(path.read_text(encoding="utf-8") + "\nA word outside.\n", encoding="utf-8")
    check = Workspace(workspace.root).verify(deck, as_of=DAY)
    assert "withdrawn" in {standing for part in check.parts for standing in part.standing}
    assert "text-outside-form" in {diagnostic.code for diagnostic in check.diagnostics}


def test_block_that_names_a_customer_who_takes_that_back_is_unapproved(
    workspace: Workspace, deck: Path
) -> None:
    path = workspace.root / "content_blocks" / "claims.yaml"
    text = path.read_text(encoding="utf-8")
    assert "name_customer: true" in text
    path.write_text(text.replace("name_customer: true", "name_customer: false"), encoding="utf-8")
    check = Workspace(workspace.root).verify(deck, as_of=DAY)
    assert "unapproved" in {standing for part in check.parts for standing in part.standing}
    assert not check.sendable


def _with_claims(workspace: Workspace, change: Callable[[str], str]) -> Workspace:
    path = workspace.root / "content_blocks" / "claims.yaml"
    before = path.read_text(encoding="utf-8")
    assert change(before) != before
    path.write_text(change(before), encoding="utf-8")
    return Workspace(workspace.root)


def _standings(workspace: Workspace, file: Path) -> set[str]:
    return {standing for part in workspace.verify(file, as_of=DAY).parts for standing in part.standing}


@pytest.mark.parametrize("template", ["pitch-deck", "proposal", "intro-email"])
@pytest.mark.parametrize(
    ("what", "standing"),
    [
        ("says: .*", {"outdated", "unapproved"}),
        ("source: .*", {"outdated", "unapproved"}),
        ("owner: .*", set()),
    ],
    ids=["statement", "source", "owner"],
)
def test_part_whose_claim_says_something_else_today_is_outdated_and_unapproved(
    workspace: Workspace, tmp_path: Path, template: str, what: str, standing: set[str]
) -> None:
    (made,) = workspace.generate("van-dijk", [template], as_of=DAY, folder=tmp_path)
    assert made.path is not None
    changed = _with_claims(workspace, lambda text: re.sub(what, f"{what[:-2]}Somebody else", text))
    check = changed.verify(made.path, as_of=DAY)
    assert _standings(changed, made.path) == standing
    assert check.sendable is not bool(standing)


def test_claim_whose_lines_are_broken_elsewhere_is_the_same_claim(workspace: Workspace, deck: Path) -> None:
    changed = _with_claims(workspace, lambda text: re.sub(r"says: (\w+) ", r"says: >\n    \1\n    ", text))
    assert _standings(changed, deck) == set()


def test_claim_that_is_gone_is_withdrawn(workspace: Workspace, deck: Path) -> None:
    changed = _with_claims(workspace, lambda text: re.sub(r"(?m)^([\w-]+):$", r"other-\1:", text))
    assert "withdrawn" in _standings(changed, deck)


def test_piece_made_before_records_held_claims_digests_is_not_outdated_by_them(
    workspace: Workspace, deck: Path
) -> None:
    old = re.compile(r' (claim-digests|until)="[^"]*"')
    deck.write_bytes(edited(deck.read_bytes(), "customXml/item1.xml", lambda text: old.sub("", text)))
    changed = _with_claims(workspace, lambda text: text.replace("says: ", "says: Once more, "))
    assert set(states(changed, deck)) == {"intact"}
    assert _standings(changed, deck) == {"unapproved"}  # the claims are, not the piece
    changed.approve(None, by="QA", on=DAY)
    assert _standings(changed, deck) == set()


@pytest.mark.parametrize("template", ["pitch-deck", "proposal", "intro-email"])
def test_file_alone_tells_what_was_edited_and_what_is_past_its_day(
    workspace: Workspace, tmp_path: Path, template: str
) -> None:
    (made,) = workspace.generate("van-dijk", [template], as_of=DAY, folder=tmp_path)
    assert made.path is not None
    check = verify_file(None, made.path, as_of=DAY)
    assert {(part.state, part.standing) for part in check.parts} == {("intact", ())}
    assert check.sendable is None
    assert "only its workspace knows" in check.to_text()
    assert [note.code for note in judged_alone([check])] == ["no-workspace"]
    later = verify_file(None, made.path, as_of=date(2036, 1, 1))
    assert "expired" in {standing for part in later.parts for standing in part.standing}
    assert later.sendable is False


def test_briefing_must_not_be_sent_whoever_looks_at_it(workspace: Workspace, tmp_path: Path) -> None:
    (made,) = workspace.generate("van-dijk", ["briefing"], as_of=DAY, folder=tmp_path)
    assert made.path is not None
    assert verify_file(None, made.path, as_of=DAY).sendable is False


def _on_every(parts: Iterable[object], words: str) -> None:
    from pptx.oxml import parse_xml

    spaces = (
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    )
    box = (
        f'<p:sp {spaces}><p:nvSpPr><p:cNvPr id="977" name="Mine"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/>'
        f"<p:txBody><a:bodyPr/><a:p><a:r><a:t>{words}</a:t></a:r></a:p></p:txBody></p:sp>"
    )
    for part in parts:
        part.shapes._spTree.append(parse_xml(box))  # type: ignore[attr-defined]


@pytest.mark.parametrize("where", ["slide_layouts", "slide_masters"])
def test_words_on_layouts_and_masters_count(workspace: Workspace, deck: Path, where: str) -> None:
    presentation = Presentation(str(deck))
    _on_every(getattr(presentation, where), "Half the price today")
    presentation.save(str(deck))
    check = workspace.verify(deck, as_of=DAY)
    assert [(part.key, part.state) for part in check.parts if part.state != "intact"] == [
        ("layouts or masters", "edited")
    ]


def test_layouts_that_no_slide_uses_may_go(workspace: Workspace, sample: Path, tmp_path: Path) -> None:
    master = sample / "templates" / "harborline.nl.pptx"
    presentation = Presentation(str(master))
    _on_every(presentation.slide_layouts, "Vertrouwelijk")
    presentation.save(str(master))
    (made,) = workspace.generate("van-dijk", ["pitch-deck"], as_of=DAY, folder=tmp_path / "out")
    assert made.path is not None, made.diagnostics
    presentation = Presentation(str(made.path))
    for layout in list(presentation.slide_layouts):
        if not layout.used_by_slides:
            presentation.slide_layouts.remove(layout)
    presentation.save(str(made.path))
    assert set(states(workspace, made.path)) == {"intact"}


def _picture(colour: str) -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (40, 40), colour).save(out, "PNG")
    out.seek(0)
    return out


def _picture_on(layout: object, alt: str) -> None:
    from pptx.oxml import parse_xml

    _, rel_id = layout.part.get_or_add_image_part(_picture("blue"))  # type: ignore[attr-defined]
    spaces = (
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    )
    xml = (
        f'<p:pic {spaces}><p:nvPicPr><p:cNvPr id="978" name="Picture" descr="{alt}"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr>'
        f'<p:blipFill><a:blip r:embed="{rel_id}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr><a:xfrm>'
        '<a:off x="0" y="0"/><a:ext cx="400000" cy="400000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</p:spPr></p:pic>"
    )
    layout.shapes._spTree.append(parse_xml(xml))  # type: ignore[attr-defined]


@pytest.mark.parametrize("alt", ["Ours", "{{ prospect.logo }}"])
def test_pictures_on_layouts_count(workspace: Workspace, sample: Path, tmp_path: Path, alt: str) -> None:
    master = sample / "templates" / "harborline.nl.pptx"
    presentation = Presentation(str(master))
    for layout in presentation.slide_layouts:
        _picture_on(layout, alt)
    presentation.save(str(master))
    (made,) = workspace.generate("van-dijk", ["pitch-deck"], as_of=DAY, folder=tmp_path / "out")
    assert made.path is not None, made.diagnostics
    assert set(states(workspace, made.path)) == {"intact"}
    presentation = Presentation(str(made.path))
    for relationship in presentation.slides[1].slide_layout.part.rels.values():
        if relationship.reltype.endswith("/image") and relationship.target_part.content_type == "image/png":
            relationship.target_part._blob = _picture("red").getvalue()
    presentation.save(str(made.path))
    assert "layouts or masters" in {part.key for part in workspace.verify(made.path, as_of=DAY).parts}
