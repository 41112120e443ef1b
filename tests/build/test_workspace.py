"""The library's face on the sample workspace: pieces, approvals, refusals, plans."""

from __future__ import annotations

import json
import os
import re
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from pptx import Presentation

from collateral.build import Workspace
from collateral.build.printing import to_plain
from collateral.diagnostics import Severity

DAY = date(2026, 11, 30)


def reopened(workspace: Workspace) -> Workspace:
    return Workspace(workspace.root, cache_folder=workspace.cache_folder)


def with_template_of(workspace: Workspace, piece: str, master: str, block: str) -> Workspace:
    """The workspace with a template "one" that has this block only, and the block approved as it is."""
    (workspace.root / "templates" / "one.yaml").write_text(
        f"id: one\npiece: {piece}\nmaster: {master}\n"
        f"sections: [{{title: One, slots: [{{block: {block}, name: security}}]}}]\n",
        encoding="utf-8",
    )
    changed = reopened(workspace)
    changed.approve([block], by="QA", on=DAY)
    return changed


def errors(found: object) -> list[str]:
    return [d.code for d in found if d.severity is Severity.ERROR]  # type: ignore[attr-defined]


def test_one_command_makes_every_default_piece(workspace: Workspace, tmp_path: Path) -> None:
    results = workspace.generate("van-dijk", as_of=DAY, folder=tmp_path / "out")
    assert {r.piece for r in results} == {"deck", "document", "email", "briefing"}
    assert [r.status for r in results] == ["made"] * len(results)
    assert all(r.path is not None and r.path.stat().st_size == r.size for r in results)


def test_same_workspace_prospect_and_day_give_the_same_bytes(workspace: Workspace, tmp_path: Path) -> None:
    first = workspace.generate("van-dijk", as_of=DAY, folder=tmp_path / "a")
    second = Workspace(workspace.root, cache_folder=None).generate(
        "van-dijk", as_of=DAY, folder=tmp_path / "b"
    )
    assert [r.path and r.path.read_bytes() for r in first] == [r.path and r.path.read_bytes() for r in second]


def test_second_run_changes_no_file(workspace: Workspace, tmp_path: Path) -> None:
    workspace.generate("van-dijk", as_of=DAY, folder=tmp_path)
    again = workspace.generate("van-dijk", as_of=DAY, folder=tmp_path)
    assert {r.status for r in again} == {"unchanged"}


def test_deck_speaks_the_prospects_language_and_names_it(workspace: Workspace, tmp_path: Path) -> None:
    (deck,) = workspace.generate("van-dijk", ["pitch-deck"], as_of=DAY, folder=tmp_path)
    slides = Presentation(str(deck.path)).slides
    titles = [s.shapes.title.text_frame.text for s in slides if s.shapes.title is not None]
    assert any("Van Dijk" in title for title in titles)
    assert 'lang="nl-NL"' in slides[1].shapes.title._element.xml


def test_changed_block_drops_out_until_it_is_approved_again(workspace: Workspace) -> None:
    prospect, _ = workspace.prospect("van-dijk")
    assert prospect is not None
    explanation, _ = workspace.explain(prospect, "pitch-deck", as_of=DAY)
    assert explanation is not None
    picked = explanation.selection.picks()[0].block
    path = workspace.root / picked.path
    path.write_text(path.read_text(encoding="utf-8").replace("\n- ", "\n- Unproven: ", 1), encoding="utf-8")
    changed, _ = reopened(workspace).explain(prospect, "pitch-deck", as_of=DAY)
    assert changed is not None
    assert (picked.id, picked.language) not in {
        (p.block.id, p.block.language) for p in changed.selection.picks()
    }
    approved, found = reopened(workspace).approve([picked.id], by="M. Jansen", on=DAY)
    assert not found and f"{picked.id}.{picked.language}" in approved
    again, _ = reopened(workspace).explain(prospect, "pitch-deck", as_of=DAY)
    assert again is not None
    assert picked.id in {p.block.id for p in again.selection.picks()}


def test_explanation_says_that_a_block_was_changed_after_approval(workspace: Workspace) -> None:
    path = next((workspace.root / "content_blocks").rglob("gate-queue.md"))
    path.write_text(path.read_text(encoding="utf-8").replace("\n- ", "\n- Unproven: ", 1), encoding="utf-8")
    explanation, _ = reopened(workspace).explain("brick-lane-supply", "pitch-deck", as_of=DAY)
    assert explanation is not None
    reasons = {out.block: out.reason for out in explanation.left_out}
    assert "changed after" in reasons["gate-queue"]


def test_missing_value_refuses_one_piece_and_not_the_others(workspace: Workspace, tmp_path: Path) -> None:
    template = workspace.root / "templates" / "intro-email.yaml"
    text = template.read_text(encoding="utf-8")
    template.write_text(
        text.replace('"{{ prospect.short_name }} – introduction"', '"{{ prospect.no_such_fact }}"'),
        encoding="utf-8",
    )
    results = {r.template: r for r in reopened(workspace).generate("van-dijk", as_of=DAY, folder=tmp_path)}
    assert results["intro-email"].status == "refused"
    assert "missing-value" in errors(results["intro-email"].diagnostics)
    assert str(results["intro-email"].diagnostics[-1].at).startswith("templates/intro-email.yaml:")
    assert all(r.status == "made" for t, r in results.items() if t != "intro-email")


def test_plan_prints_as_json_and_is_the_same_each_time(workspace: Workspace) -> None:
    prospect, _ = workspace.prospect("van-dijk")
    assert prospect is not None
    texts = []
    for _ in range(2):
        plan, found = workspace.plan(prospect, "pitch-deck", as_of=DAY)
        assert plan is not None, found
        texts.append(json.dumps(to_plain(plan), sort_keys=True))
    assert texts[0] == texts[1]
    assert "{{" not in texts[0]


def test_customer_facing_plans_hold_no_internal_fact(workspace: Workspace) -> None:
    prospect, _ = workspace.prospect("van-dijk")
    assert prospect is not None and prospect.internal
    secret = str(next(iter(prospect.internal.values())))
    for template in ("pitch-deck", "proposal", "intro-email"):
        plan, _ = workspace.plan(prospect, template, as_of=DAY)
        assert secret not in json.dumps(to_plain(plan))


def test_expired_claim_takes_its_blocks_out(workspace: Workspace) -> None:
    prospect, _ = workspace.prospect("van-dijk")
    assert prospect is not None
    far = date(2036, 1, 1)
    selection, _ = workspace.select(prospect, workspace.library.templates["pitch-deck"], as_of=far)  # type: ignore[index]
    claims = workspace.library.claims
    used = [claims[c] for pick in selection.picks() for c in pick.block.claims]
    assert all(claim.expires is None or claim.expires >= far for claim in used)


def test_unknown_prospect_and_template_are_named(workspace: Workspace, tmp_path: Path) -> None:
    (missing,) = workspace.generate("van-dyk", as_of=DAY, folder=tmp_path)
    assert missing.status == "refused" and "van-dijk" in " ".join(missing.diagnostics[0].hints)
    (unknown,) = workspace.generate("van-dijk", ["pitch-dek"], as_of=DAY, folder=tmp_path)
    assert errors(unknown.diagnostics) == ["unknown-template"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_folder_that_cannot_be_written_is_a_diagnostic(workspace: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    (result,) = workspace.generate("van-dijk", ["intro-email"], as_of=DAY, folder=folder)
    assert result.status == "refused" and errors(result.diagnostics)


def test_output_below_a_file_is_a_diagnostic(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    (result,) = workspace.generate("van-dijk", ["intro-email"], as_of=DAY, folder=tmp_path / "out")
    assert result.status == "refused" and errors(result.diagnostics)
    assert (tmp_path / "out").read_text() == "a file"


def test_check_says_which_name_in_an_email_master_does_not_exist(workspace: Workspace) -> None:
    master = workspace.root / "templates" / "email.html"
    text = master.read_text(encoding="utf-8").replace("{{ seller.legal_name }}", "{{ seller.legal_nam }}", 1)
    master.write_text(text.replace("{{ body }}", "{{ body }} {{ prospect.shrt_name }}"), encoding="utf-8")
    found = reopened(workspace).check(as_of=DAY)
    assert [d.message for d in found if "shrt_name" in d.message]


def test_template_that_cannot_be_read_is_named_while_the_others_are_made(
    workspace: Workspace, tmp_path: Path
) -> None:
    (workspace.root / "templates" / "pitch-deck.yaml").write_text("id: [", encoding="utf-8")
    results = reopened(workspace).generate("van-dijk", as_of=DAY, folder=tmp_path / "out")
    found = [d for r in results for d in r.diagnostics]
    assert "templates/pitch-deck.yaml" in {d.at.file for d in found if d.severity is Severity.ERROR and d.at}
    assert [r.status for r in results] == ["made"] * 4


def test_file_with_errors_that_is_left_out_is_named_once(workspace: Workspace, tmp_path: Path) -> None:
    path = next((workspace.root / "content_blocks").rglob("gate-queue.md"))
    path.write_bytes(b"\xe9")
    results = reopened(workspace).generate("van-dijk", as_of=DAY, folder=tmp_path / "out")
    found = [d for r in results for d in r.diagnostics if d.code == "left-out-file"]
    assert ["gate-queue.md" in d.message for d in found] == [True] and not errors(found)


def test_rule_nobody_can_read_leaves_its_block_out_and_nothing_else(workspace: Workspace) -> None:
    path = next((workspace.root / "content_blocks").rglob("gate-queue.md"))
    text = path.read_text(encoding="utf-8").replace("kind:", "when: prospect.sites >= (\nkind:", 1)
    path.write_text(text, encoding="utf-8")
    prospect, _ = workspace.prospect("van-dijk")
    assert prospect is not None
    changed = reopened(workspace)
    assert changed.plan(prospect, "pitch-deck", as_of=DAY)[0] is not None
    explanation, found = changed.explain(prospect, "pitch-deck", as_of=DAY)
    assert explanation is not None
    assert "gate-queue" not in {p.block.id for p in explanation.selection.picks()}
    assert [str(d.at) for d in found if d.code == "expression-syntax"] == [
        "content_blocks/problems/gate-queue.md:3:7"
    ]


def test_value_model_with_an_error_is_named_alone(workspace: Workspace) -> None:
    path = next((workspace.root / "content_blocks" / "value_models").iterdir())
    path.write_text(path.read_text(encoding="utf-8") + "\nnonsense: 1\n", encoding="utf-8")
    found = [d for d in reopened(workspace).check(as_of=DAY) if d.severity is Severity.ERROR]
    assert [d.code for d in found] == ["unknown-key"]


def test_one_bad_approval_leaves_the_others_in_force(workspace: Workspace) -> None:
    before = len(workspace.library.approvals)
    path = workspace.root / "content_blocks" / "approvals.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace('by: "M. Jansen"', 'by: ""', 1), encoding="utf-8"
    )
    assert len(reopened(workspace).library.approvals) == before - 1


def test_approving_never_loses_what_cannot_be_read(workspace: Workspace) -> None:
    path = workspace.root / "content_blocks" / "approvals.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "- {block: [\n", encoding="utf-8")
    text = path.read_text(encoding="utf-8")
    approved, found = reopened(workspace).approve(["gate-queue"], by="QA", on=DAY)
    assert approved == () and errors(found) == ["left-out-file"]
    assert path.read_text(encoding="utf-8") == text


def test_approvals_given_meanwhile_by_somebody_else_are_kept(workspace: Workspace) -> None:
    path = workspace.root / "content_blocks" / "approvals.yaml"
    path.write_text("[]\n", encoding="utf-8")
    mine, theirs = reopened(workspace), reopened(workspace)
    assert mine.library and theirs.library  # both have read the file before either writes it
    mine.approve(["gate-queue"], by="QA", on=DAY)
    theirs.approve(["blind-yard"], by="QB", on=DAY)
    approvals = reopened(workspace).library.approvals
    assert {str(block) for block, _ in approvals} == {"gate-queue", "blind-yard"}


def test_approvals_at_the_same_moment_are_all_kept(workspace: Workspace) -> None:
    path = workspace.root / "content_blocks" / "approvals.yaml"
    path.write_text("[]\n", encoding="utf-8")
    names = [str(name) for name in list(reopened(workspace).library.blocks)[:8]]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda name: reopened(workspace).approve([name], by="QA", on=DAY), names))
    assert {str(block) for block, _ in reopened(workspace).library.approvals} == set(names)


def test_changed_claim_takes_its_block_out_of_the_deck(workspace: Workspace, tmp_path: Path) -> None:
    claims = workspace.root / "content_blocks" / "claims.yaml"
    claims.write_text(claims.read_text(encoding="utf-8").replace("38%", "37%"), encoding="utf-8")
    changed = reopened(workspace)
    found = [d.message for d in changed.check(as_of=DAY) if d.code == "changed-since-approval"]
    assert any(message.startswith('the claim "detention-38" of "saving-summary" (en)') for message in found)
    changed.approve(None, by="QA", on=DAY)
    again = [d for d in reopened(workspace).check(as_of=DAY) if d.code == "changed-since-approval"]
    assert again == []


def test_block_with_errors_is_not_approved_and_not_called_unknown(workspace: Workspace) -> None:
    path = workspace.root / "content_blocks" / "problems" / "gate-queue.md"
    path.write_text(path.read_text(encoding="utf-8").replace("kind: problem", "kind: [", 1), encoding="utf-8")
    approved, found = reopened(workspace).approve(["gate-queue"], by="QA", on=DAY)
    assert approved == () and errors(found) == ["left-out-file"]
    assert "`collateral check` tells what to correct" in found[0].hints


def test_address_that_is_none_is_named_where_the_profile_gives_it(
    workspace: Workspace, tmp_path: Path
) -> None:
    profile = workspace.root / "prospects" / "van-dijk.yaml"
    text = profile.read_text(encoding="utf-8").replace("els@vandijk-freight.example", "els at vandijk")
    profile.write_text(text, encoding="utf-8")
    (mail,) = reopened(workspace).generate("van-dijk", ["intro-email"], as_of=DAY, folder=tmp_path)
    (found,) = [d for d in mail.diagnostics if d.code == "bad-address"]
    line = next(n for n, line in enumerate(text.splitlines(), 1) if "els at vandijk" in line)
    assert str(found.at).startswith(f"prospects/van-dijk.yaml:{line}:")


def test_template_with_errors_is_not_called_unknown(workspace: Workspace, tmp_path: Path) -> None:
    file = workspace.root / "templates" / "pitch-deck.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("pick: problem", "pick: problm"), encoding="utf-8"
    )
    broken = reopened(workspace)
    (result,) = broken.generate("van-dijk", ["pitch-deck"], as_of=DAY, folder=tmp_path)
    assert result.path is None and "left-out-file" in errors(result.diagnostics)
    campaign = [d for d in broken.check(as_of=DAY) if d.at and d.at.file == "campaigns/spring-retail.yaml"]
    assert [(d.code, d.hints) for d in campaign] == [
        ("left-out-file", ("correct templates/pitch-deck.yaml first",))
    ]


def test_approval_needs_a_name(workspace: Workspace) -> None:
    approved, found = workspace.approve(["gate-queue"], by=" ", on=DAY)
    assert approved == () and errors(found) == ["no-name"]


def test_check_names_the_profile_whose_logo_is_damaged(workspace: Workspace) -> None:
    logo = workspace.root / "prospects" / "logos" / "pakketpunt.png"
    logo.write_bytes(b"\x89PNG\r\n\x1a\n" + b"garbage" * 100)
    found = [d for d in reopened(workspace).check(as_of=DAY) if d.code == "unusable-picture"]
    assert [str(d.at) for d in found] == ["prospects/pakketpunt.yaml:9:7"]


def test_document_as_the_master_of_a_deck_is_refused_in_those_words(workspace: Workspace) -> None:
    templates = workspace.root / "templates"
    (templates / "harborline.pptx").write_bytes((templates / "proposal.docx").read_bytes())
    found = reopened(workspace).check(as_of=DAY)
    assert [str(d.at) for d in found if d.code == "wrong-master"] == ["templates/harborline.pptx"]


def test_damaged_slides_of_one_block_leave_the_decks_to_be_made(workspace: Workspace, tmp_path: Path) -> None:
    slides = next((workspace.root / "content_blocks").rglob("wms-connection.pptx"))
    slides.write_bytes(b"junk")
    changed = reopened(workspace)
    changed.approve(["wms-connection"], by="QA", on=DAY)
    (deck,) = changed.generate("van-dijk", ["pitch-deck"], as_of=DAY, folder=tmp_path)
    assert deck.status == "made"
    named = [d for d in deck.diagnostics if d.at and d.at.file.endswith("wms-connection.pptx")]
    assert [d.severity for d in named] == [Severity.WARNING]
    assert "not-an-office-file" in errors(changed.check(as_of=DAY))


def test_mistakes_in_a_blocks_own_slides_are_placed_in_its_file(workspace: Workspace) -> None:
    slides = next((workspace.root / "content_blocks").rglob("wms-connection.pptx"))
    slides.write_bytes((workspace.root / "templates" / "harborline.pptx").read_bytes())
    found = [d for d in reopened(workspace).check(as_of=DAY) if d.code == "duplicate-slide-id"]
    assert found and all(str(d.at).startswith("content_blocks/implementation/wms-conn") for d in found)


def test_deck_that_needs_a_blocks_damaged_slides_says_that_they_are_the_reason(
    workspace: Workspace, tmp_path: Path
) -> None:
    slides = next((workspace.root / "content_blocks").rglob("wms-connection.pptx"))
    slides.write_bytes(b"junk")
    changed = with_template_of(workspace, "deck", "harborline.pptx", "wms-connection")
    (deck,) = changed.generate("hostile-values", ["one"], as_of=DAY, folder=tmp_path)
    (problem,) = [d for d in deck.diagnostics if d.severity is Severity.ERROR]
    assert problem.message == "the designed slides of block 'wms-connection' cannot be used"
    assert str(problem.at).endswith("wms-connection.pptx")


def test_zoom_to_a_section_on_a_designed_slide_is_told(workspace: Workspace) -> None:
    file = next((workspace.root / "content_blocks").rglob("wms-connection.pptx"))
    zoom = (
        '<p:extLst><p:ext uri="{1}"><z:sectionZmObj xmlns:z="http://schemas.microsoft.com/office/powerpoint/2016/'
        'sectionzoom" sectionId="{2}"/></p:ext></p:extLst></p:sld>'
    )
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    slide = "ppt/slides/slide1.xml"
    members[slide] = members[slide].replace(b"</p:sld>", zoom.encode())
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    (told,) = [d for d in reopened(workspace).check(as_of=DAY) if d.code == "zoom-to-section"]
    assert str(told.at).endswith("wms-connection.pptx › slide 1")


def test_document_that_needs_a_damaged_part_says_only_what_is_wrong_with_it(
    workspace: Workspace, tmp_path: Path
) -> None:
    next((workspace.root / "content_blocks").rglob("hosting-europe.docx")).write_bytes(b"junk")
    changed = with_template_of(workspace, "document", "proposal.docx", "hosting-europe")
    (document,) = changed.generate("hostile-values", ["one"], as_of=DAY, folder=tmp_path)
    assert errors(document.diagnostics) == ["not-an-office-file"]


def test_oddities_of_a_designed_part_are_not_held_against_the_document(
    workspace: Workspace, tmp_path: Path
) -> None:
    part = next((workspace.root / "content_blocks").rglob("hosting-europe.docx"))
    document = Document(str(part))
    table = document.add_table(1, 1)
    table.cell(0, 0).text = "A table without properties"
    table._tbl.remove(table._tbl.tblPr)
    document.save(str(part))
    changed = with_template_of(workspace, "document", "proposal.docx", "hosting-europe")
    (piece,) = changed.generate("hostile-values", ["one"], as_of=DAY, folder=tmp_path)
    assert piece.status == "made", piece.diagnostics


def test_check_finds_a_damaged_document_part(workspace: Workspace) -> None:
    next((workspace.root / "content_blocks").rglob("hosting-europe.docx")).write_bytes(b"junk")
    assert "not-an-office-file" in errors(reopened(workspace).check(as_of=DAY))


def test_check_knows_what_is_said_of_the_seller(workspace: Workspace) -> None:
    master = workspace.root / "templates" / "email.html"
    text = master.read_text(encoding="utf-8").replace("seller.legal_name", "seller.legal_nam")
    master.write_text(text, encoding="utf-8")
    assert [d.message for d in reopened(workspace).check(as_of=DAY) if "legal_nam" in d.message]


def test_what_a_value_model_lacks_is_not_asked_of_the_profile_by_its_own_name(workspace: Workspace) -> None:
    path = next((workspace.root / "content_blocks" / "value_models").iterdir())
    path.write_text(path.read_text(encoding="utf-8") + "\nnonsense: 1\n", encoding="utf-8")
    prospect, _ = workspace.prospect("van-dijk")
    assert prospect is not None
    _, found = reopened(workspace).plan(prospect, "briefing", as_of=DAY)
    hints = [hint for d in found if d.code == "missing-value" for hint in d.hints]
    assert hints and all(hint.startswith("give the profile what the value model needs") for hint in hints)


def with_slide_directive(workspace: Workspace, *directives: str) -> Workspace:
    """The workspace with more slides in block wms-connection's file: their titles tagged, a directive in the notes of each."""
    file = next((workspace.root / "content_blocks").rglob("wms-connection.pptx"))
    deck = Presentation(str(file))
    for word, directive in zip(("Step", "More"), directives, strict=False):
        slide = deck.slides.add_slide(next(x for x in deck.slide_layouts if x.name == "Title Only"))
        slide.shapes.title.text = (
            f"{word}: {{{{ step.what | default('none') }}}} of {{{{ prospect.short_name }}}}"
        )
        slide.notes_slide.notes_text_frame.text = directive
    deck.save(str(file))
    text = file.with_suffix(".md").read_text(encoding="utf-8")
    file.with_suffix(".md").write_text(
        text.replace("audience: {persona: [it-director]}\n", ""), encoding="utf-8"
    )
    again = reopened(workspace)
    again.approve(["wms-connection"], by="P. Lindqvist", on=DAY)
    template = workspace.root / "templates/pitch-deck.yaml"
    text = template.read_text(encoding="utf-8")
    wanted = "      - {pick: implementation, at_least: 1, at_most: 1}"
    template.write_text(text.replace(wanted, "      - {block: wms-connection}"), encoding="utf-8")
    return reopened(workspace)


@pytest.mark.parametrize(
    ("directive", "count"),
    [
        ("{%slide for step in prospect.next_steps %}", 4),
        ("{%slide if known(prospect.wms) %}", 1),
        ("{%slide if prospect.sites > 1000 %}", 0),
    ],
)
def test_slide_directives_hold_for_designed_slides_of_blocks(
    workspace: Workspace, tmp_path: Path, directive: str, count: int
) -> None:
    (deck,) = with_slide_directive(workspace, directive).generate(
        "van-dijk", ["pitch-deck"], as_of=DAY, folder=tmp_path, language="en"
    )
    assert deck.path is not None, deck.diagnostics
    titles = [s.shapes.title.text_frame.text for s in Presentation(str(deck.path)).slides if s.shapes.title]
    steps = [title for title in titles if title.startswith("Step: ")]
    assert len(steps) == count == len(set(steps))
    over = [d.message for d in deck.diagnostics if d.code == "more-slides-than-limit"]
    assert bool(over) == (len(titles) > 12)


@pytest.mark.parametrize(
    ("directive", "fact", "code", "said"),
    [
        (
            "",
            "Tiel " * 200,
            "text-does-not-fit",
            "'Step: none of Tiel Tiel Tiel Tiel Tiel Tiel Tiel Tiel Tiel…' in",
        ),
        (
            "{%slide for step in prospect.no_steps %}",
            "Tiel",
            "missing-value",
            'no value for "prospect.no_steps"',
        ),
        ("{%slide for step in prospect.short_name %}", "Tiel", "value-unusable", "a loop needs a list"),
    ],
)
def test_what_stops_a_piece_on_a_designed_slide_of_a_block_is_placed_in_its_file(
    workspace: Workspace, tmp_path: Path, directive: str, fact: str, code: str, said: str
) -> None:
    changed = with_slide_directive(workspace, directive)
    prospect, _ = changed.prospect("van-dijk")
    assert prospect is not None
    renamed = replace(prospect, facts={**prospect.facts, "short_name": fact})
    _, found = changed.plan(renamed, "pitch-deck", as_of=DAY, language="en")
    (problem,) = [d for d in found if d.code == code and d.at and "wms-connection" in str(d.at)]
    assert said in problem.message
    assert str(problem.at).startswith("content_blocks/implementation/wms-connection.pptx › slide 2 › ")


def test_all_that_slides_miss_is_said_at_once(workspace: Workspace) -> None:
    root = with_slide_directive(workspace, "{%slide for step in prospect.no_steps %}", "").root
    file = root / "content_blocks/implementation/wms-connection.pptx"
    deck = Presentation(str(file))
    deck.slides[2].shapes.title.text = "More of {{ prospect.no_name }}"
    deck.save(str(file))
    reopened(workspace).approve(["wms-connection"], by="P. Lindqvist", on=DAY)
    changed = reopened(workspace)
    prospect, _ = changed.prospect("van-dijk")
    assert prospect is not None
    _, found = changed.plan(prospect, "pitch-deck", as_of=DAY, language="en")
    said = [str(d.at).rsplit("/", 1)[1][:29] for d in found if d.code == "missing-value"]
    assert sorted(said) == ["wms-connection.pptx › slide " + number for number in "23"]


@pytest.mark.parametrize(
    ("directive", "words"),
    [
        ("{%section for step in prospect.next_steps %}", ["Step", "More"] * 4),
        ("{%section if known(prospect.wms) %}", ["Step", "More"]),
        ("@when: prospect.sites > 1000", ["More"]),
    ],
)
def test_section_directives_hold_for_designed_slides_of_blocks(
    workspace: Workspace, tmp_path: Path, directive: str, words: list[str]
) -> None:
    end = f"{{%section end{directive.split()[1]} %}}" if "section" in directive else ""
    (deck,) = with_slide_directive(workspace, directive, end).generate(
        "van-dijk", ["pitch-deck"], as_of=DAY, folder=tmp_path, language="en"
    )
    assert deck.path is not None, deck.diagnostics
    titles = [s.shapes.title.text_frame.text for s in Presentation(str(deck.path)).slides if s.shapes.title]
    found = [title.partition(": ") for title in titles if title.startswith(("Step: ", "More: "))]
    assert [word for word, _, _ in found] == words
    assert all(one == two for (_, _, one), (_, _, two) in zip(found[::2], found[1::2], strict=False))


def in_other_font(file: Path, font: str) -> None:
    """Set the text of a master in another font."""
    with zipfile.ZipFile(file) as source:
        members = {name: source.read(name) for name in source.namelist()}
    theme = members["ppt/theme/theme1.xml"].decode()
    theme = re.sub(r'(<a:minorFont>\s*<a:latin typeface=")[^"]*', rf"\g<1>{font}", theme)
    members["ppt/theme/theme1.xml"] = theme.encode()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in members.items():
            target.writestr(name, data)


def make_font(folder: Path, name: str, width: int) -> None:
    """A font whose letters are all of one width, in thousandths of its size."""
    folder.mkdir(exist_ok=True)
    codes = {ord(c): f"u{ord(c):04X}" for c in map(chr, range(32, 383))}
    glyphs = [".notdef", *codes.values()]
    builder = FontBuilder(1000)
    builder.setupGlyphOrder(glyphs)
    builder.setupCharacterMap(codes)
    builder.setupGlyf({glyph: TTGlyphPen(None).glyph() for glyph in glyphs})
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (width, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": name, "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200)
    builder.setupPost()
    builder.save(str(folder / "brand.ttf"))


def test_text_is_measured_in_the_fonts_a_workspace_brings(workspace: Workspace, tmp_path: Path) -> None:
    for master in ("harborline.pptx", "harborline.nl.pptx"):
        in_other_font(workspace.root / "templates" / master, "Brand Sans")

    def made(folder: str) -> tuple[int, list[str]]:
        (deck,) = reopened(workspace).generate(
            "van-dijk", ["pitch-deck"], as_of=DAY, folder=tmp_path / folder
        )
        shrunk = 0
        if deck.path is not None:
            slides = Presentation(str(deck.path)).slides
            shrunk = sum(s._element.xml.count("fontScale=") for s in slides)
        return shrunk, [d.code for d in deck.diagnostics]

    unknown, codes = made("unknown")
    assert "font-stand-in" in codes
    make_font(workspace.root / "fonts", "Brand Sans", 300)
    narrow, codes = made("narrow")
    assert "font-stand-in" not in codes and narrow <= unknown
    make_font(workspace.root / "fonts", "Brand Sans", 1400)
    wide, codes = made("wide")
    assert wide > narrow or "text-does-not-fit" in codes


UNDER_A_TITLE_ALONE = """::: deck {layout="Title Only"}
## Where it is seen
- At the gate
- In the yard
:::
"""
IN_A_SENTENCE = """
::: deck short {layout="Title and Content"}
## Where it is seen
- At the gate and in the yard
:::
"""


def with_wordings(workspace: Workspace, text: str) -> Workspace:
    (workspace.root / "content_blocks" / "problems" / "seen.md").write_text(
        f"---\nid: seen\nkind: problem\ntitle: Seen\nowner: s.okafor\n---\n{text}", encoding="utf-8"
    )
    return with_template_of(reopened(workspace), "deck", "harborline.pptx", "seen")


def test_wording_the_master_has_no_place_for_gives_way_to_another(
    workspace: Workspace, tmp_path: Path
) -> None:
    changed = with_wordings(workspace, UNDER_A_TITLE_ALONE + IN_A_SENTENCE)
    (deck,) = changed.generate("van-dijk", ["one"], as_of=DAY, folder=tmp_path)
    assert deck.path is not None
    (slide,) = Presentation(str(deck.path)).slides
    assert [shape.text_frame.text for shape in slide.placeholders][:2] == [
        "Where it is seen",
        "At the gate and in the yard",
    ]
    (warning,) = [d for d in deck.diagnostics if d.code == "no-place-for-content"]
    assert warning.severity is Severity.WARNING


def test_block_no_wording_of_which_has_a_place_is_an_error(workspace: Workspace, tmp_path: Path) -> None:
    changed = with_wordings(workspace, UNDER_A_TITLE_ALONE)
    (deck,) = changed.generate("van-dijk", ["one"], as_of=DAY, folder=tmp_path)
    assert errors(deck.diagnostics) == ["no-place-for-content"]


def test_text_that_does_not_fit_is_reported_where_its_slide_begins(
    workspace: Workspace, tmp_path: Path
) -> None:
    title = "It is seen at the gate " * 20
    changed = with_wordings(workspace, f'::: deck {{layout="Title Only"}}\n## {title}\n:::\n')
    (deck,) = changed.generate("van-dijk", ["one"], as_of=DAY, folder=tmp_path)
    (problem,) = [d for d in deck.diagnostics if d.severity is Severity.ERROR]
    assert problem.code == "text-does-not-fit"
    assert str(problem.at) == "content_blocks/problems/seen.md:8:1"


def _with_footer(workspace: Workspace, text: str) -> Workspace:
    """The workspace with a text on the master of its deck, which every slide shows."""
    path = workspace.root / "templates" / "harborline.nl.pptx"
    deck = Presentation(str(path))
    box = deck.slides[0].shapes.add_textbox(0, 0, 900_000, 300_000)
    box.text_frame.text = text
    deck.slide_master.shapes._spTree.append(box._element)  # python-pptx adds shapes to slides only
    deck.save(str(path))
    return reopened(workspace)


def test_master_of_a_deck_may_name_what_no_slide_names(workspace: Workspace, tmp_path: Path) -> None:
    opened = _with_footer(workspace, "Call {{ seller.phone }} for {{ prospect.name }}")
    (made,) = opened.generate("van-dijk", ["pitch-deck"], as_of=DAY, folder=tmp_path)
    assert made.path is not None, made.diagnostics
    shapes = Presentation(str(made.path)).slide_master.shapes
    (text,) = [s.text_frame.text for s in shapes if s.has_text_frame and s.text_frame.text.startswith("Call")]
    assert re.fullmatch(r"Call \+[\d ]+ for Van Dijk.*", text)


def test_check_says_which_name_on_the_master_of_a_deck_does_not_exist(workspace: Workspace) -> None:
    found = _with_footer(workspace, "{{ prospect.shrt_name }}").check(as_of=DAY)
    assert [d.message for d in found if "shrt_name" in d.message]


def test_deck_without_any_slide_is_not_made(workspace: Workspace, tmp_path: Path) -> None:
    (workspace.root / "templates" / "none.yaml").write_text(
        "id: none\npiece: deck\nmaster: harborline.pptx\n"
        "sections: [{title: None, slots: [{pick: problem, when: 'false'}]}]\n",
        encoding="utf-8",
    )
    (deck,) = reopened(workspace).generate("van-dijk", ["none"], as_of=DAY, folder=tmp_path)
    assert deck.path is None and errors(deck.diagnostics) == ["deck-without-slides"]


@pytest.mark.parametrize(
    "deal",
    ["{value: 5, currency: NaN!}", "{value: soon, currency: EUR}", "{value: 5, currency: EUR, x: {y: [1]}}"],
)
def test_briefing_shows_odd_sums_as_they_are(
    sample: Path, cache_folder: Path, tmp_path: Path, deal: str
) -> None:
    profile = sample / "prospects" / "van-dijk.yaml"
    text = profile.read_text(encoding="utf-8").replace(
        "{value: 180000, currency: EUR, close: 2027-02-28}", deal
    )
    profile.write_text(text, encoding="utf-8")
    workspace = Workspace(sample, cache_folder=cache_folder)
    (result,) = workspace.generate("van-dijk", ["briefing"], as_of=DAY, folder=tmp_path / "out")
    assert result.status == "made", result.diagnostics


def test_email_says_that_it_shows_no_chart(workspace: Workspace) -> None:
    (workspace.root / "content_blocks" / "about" / "numbers.md").write_text(
        "---\nid: numbers\nkind: about\ntitle: N\nowner: m\n---\n::: email\nHello\n\n```chart\nkind: bar\ntitle: Doors\n"
        "categories: [a]\nseries: [{name: x, values: [1]}]\n```\n:::\n",
        encoding="utf-8",
    )
    changed = with_template_of(reopened(workspace), "email", "email.html", "numbers")
    prospect, _ = changed.prospect("van-dijk")
    assert prospect is not None
    _, artifact, found = reopened(changed).make(prospect, "one", as_of=DAY)
    assert artifact is not None
    assert [(d.code, d.message) for d in found if d.code == "not-in-email"] == [
        ("not-in-email", 'an e-mail shows no chart; the words "Doors" stand in its place')
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("templates/pitch-deck.yaml", "when: worth_it", "when: wort_it", 'there is no "wort_it"'),
        ("collateral.yaml", "worth_it: value.saving", "worth_it: value.savng", '"value" has no "savng"'),
        ("collateral.yaml", "prospect.sites >= 3", "prospect.cites >= 3", '"prospect" has no "cites"'),
    ],
)
def test_name_nothing_has_in_a_rule_is_said_when_a_piece_is_made(
    sample: Path, cache_folder: Path, file: str, old: str, new: str, message: str
) -> None:
    path = sample / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    deck = sample / "templates" / "pitch-deck.yaml"
    deck.write_text(
        deck.read_text(encoding="utf-8").replace("- slide: closing", "- {slide: closing, when: multi_site}"),
        encoding="utf-8",
    )
    workspace = Workspace(sample, cache_folder=cache_folder)
    prospect, _ = workspace.prospect("brick-lane-supply")
    assert prospect is not None
    _, found = workspace.plan(prospect, "pitch-deck", as_of=DAY)
    assert [(d.severity.value, d.message) for d in found if d.code == "unknown-value"] == [
        ("warning", message)
    ]


def test_check_names_a_section_its_master_has_no_place_for(sample: Path, cache_folder: Path) -> None:
    path = sample / "templates" / "proposal.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("name: situation", "name: situatoin"), encoding="utf-8"
    )
    found = Workspace(sample, cache_folder=cache_folder).check(as_of=DAY)
    (wrong,) = [d for d in found if d.code == "no-place-for-section"]
    assert str(wrong.at).startswith("templates/proposal.yaml:13:")
    assert wrong.hints[0] == 'did you mean "situation"?'


def test_check_names_the_drawn_slides_without_a_title_that_somebody_gets_to_see(
    sample: Path, cache_folder: Path
) -> None:
    def spoilt(file: str, *slides: int) -> None:
        deck = Presentation(str(sample / file))
        for slide in slides:
            deck.slides[slide - 1].shapes.title.text = ""
        extra = deck.slides.add_slide(deck.slide_layouts[0])  # without an @id no template can show it
        extra.shapes.title.text = ""
        deck.save(str(sample / file))

    spoilt("templates/harborline.pptx", 4)
    spoilt("content_blocks/implementation/wms-connection.pptx")
    found = Workspace(sample, cache_folder=cache_folder).check(as_of=DAY)
    assert [str(d.at) for d in found if d.code == "missing-slide-title"] == [
        "content_blocks/implementation/wms-connection.pptx › slide 2",
        "templates/harborline.pptx › slide 4",
    ]


def test_check_names_the_pictures_of_an_email_master_without_words(sample: Path, cache_folder: Path) -> None:
    path = sample / "templates" / "email.html"
    path.write_text(path.read_text(encoding="utf-8").replace(" alt=", " data-alt="), encoding="utf-8")
    found = Workspace(sample, cache_folder=cache_folder).check(as_of=DAY)
    assert [str(d.at) for d in found if d.code == "missing-alt-text"] == ["templates/email.html"]
