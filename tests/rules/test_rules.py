"""Each rule on the smallest workspace that breaks it."""

from __future__ import annotations

from pathlib import Path

import pytest

from collateral.diagnostics import Place, Severity, Span
from collateral.model.frames import Barrier, DeckMaster, Frame, Layout, MasterSlide, Placeholder
from collateral.rules import all_rules
from tests.rules.conftest import Judge

DIGEST = "sha256:" + "0" * 64
BLOCK_WITH_CLAIM = "sha256:09c4670db19aaf78b7e590c7587a5279adb400266ba43ecc7497781859da173e"


def block(
    id: str = "b", front: str = "", body: str = "::: document\nText.\n:::\n", kind: str = "proof"
) -> dict[str, str | bytes]:
    return {f"content_blocks/{id}.md": f"---\nid: {id}\nkind: {kind}\ntitle: T\n{front}\n---\n{body}"}


def template(slots: str, piece: str = "document", more: str = "", id: str = "t") -> dict[str, str | bytes]:
    master = {"deck": "m.pptx", "document": "m.docx", "briefing": "m.docx", "email": "m.html"}[piece]
    text = f"id: {id}\npiece: {piece}\nmaster: {master}\n{more}\nsections: [{{title: S, slots: [{slots}]}}]\n"
    return {f"templates/{id}.yaml": text, f"templates/{master}": b"PK"}


def text(source: str, piece: str = "document") -> str:
    return f"::: {piece}\n{source}\n:::\n"


PICTURE = {"content_blocks/p.png": b"\x89PNG\r\n\x1a\n"}
CHART = "```chart\nkind: pie\ncategories: [A]\nseries: [{name: B, values: [1]}]\n```"


CASES: list[tuple[str, dict[str, str | bytes], list[str]]] = [
    ("unapproved-block", block(), ['"b" (en) is not approved, so no customer will see it']),
    ("unapproved-block", block(front="internal: true"), []),
    (
        "changed-since-approval",
        block() | {"content_blocks/approvals.yaml": f"- {{block: b, digest: {DIGEST}, by: Mara, on: 2026-01-01}}"},
        ['"b" (en) was changed after Mara approved it on 2026-01-01'],
    ),
    (
        "changed-since-approval",
        block(front="claims: [c]")
        | {
            "content_blocks/claims.yaml": "c: {says: x, source: y, owner: z}",
            "content_blocks/approvals.yaml": f"- {{block: b, digest: {BLOCK_WITH_CLAIM}, by: Mara, on: 2026-01-01, "
            'claims: {c: "0123456789abcdef"}}',
        },
        ['the claim "c" of "b" (en) was changed after Mara approved it on 2026-01-01'],
    ),
    (
        "approval-of-nothing",
        block() | {"content_blocks/approvals.yaml": f"- {{block: gone, digest: {DIGEST}, by: x, on: 2026-01-01}}"},
        ['there is no block "gone" in en to approve'],
    ),
    ("expired-block", block(front="valid: {until: 2026-11-21}"), ['"b" (en) expired on 2026-11-21']),
    ("expired-block", block(front="valid: {until: 2026-11-22}"), []),
    ("not-yet-valid-block", block(front="valid: {from: 2026-11-23}"), ['"b" (en) is not valid before 2026-11-23']),
    (
        "not-yet-valid-block",
        block(front="valid: {from: 2026-02-01, until: 2026-01-01}"),
        ['"b" is valid from 2026-02-01 until 2026-01-01, which is never'],
    ),
    ("review-overdue", block(front="review_by: 2026-11-21"), ['"b" (en) should have been looked at by 2026-11-21']),
    ("unknown-claim", block(front="claims: [c]"), ['there is no claim "c"']),
    ("unknown-claim", block(body=text("It did. [claim:c]")), ['there is no claim "c"']),
    (
        "expired-claim",
        block(front="claims: [c]") | {"content_blocks/claims.yaml": "c: {says: x, source: y, owner: z, expires: 2026-11-21}"},
        ['the claim "c" expired on 2026-11-21; it keeps out b'],
    ),
    ("claim-without-source", {"content_blocks/claims.yaml": "c: {says: x}"}, ['the claim "c" has no source and no owner']),
    (
        "customer-without-permission",
        block(front="claims: [c]\ncustomer: Brightmart")
        | {"content_blocks/claims.yaml": "c: {says: x, source: y, owner: z, permission: {name_customer: false}}"},
        ['"b" names Brightmart, but the claim "c" may not name its customer'],
    ),
    (
        "unknown-region",
        {"content_blocks/claims.yaml": "c: {says: x, source: y, owner: z, permission: {regions: [emea, latam]}}"},
        ['the claim "c" is permitted in "latam", which is not a region'],
    ),
    ("unused-claim", {"content_blocks/claims.yaml": "c: {says: x}"}, ['no block rests on the claim "c"']),
    ("unknown-value", block(body=text("{{ prospect.fleet_sise }}")), ['"prospect" has no "fleet_sise"']),
    ("unknown-value", block(body=text("{{ prospct.name }}")), ['there is no "prospct"']),
    ("unknown-value", block(body=text("{{ value.saving }}")), ['"value" has no "saving"']),
    ("unknown-value", block(front="when: prospect.industry == 'retial'"), ['prospect.industry is never "retial"']),
    ("unknown-value", block(body=text("{% for c in prospect.contacts %}{{ c.name }} {{ loop.index }}{% endfor %}")), []),
    ("unknown-value", block(body=text("{{ contact.first_name }} {{ seller.name }} {{ labels.industry }}")), []),
    (
        "unknown-value",
        {"content_blocks/value_models/m.yaml": "inputs: {a: 1}\noutputs: {b: a * 2, c: b + q}"},
        ['there is no "q"'],
    ),
    ("unknown-value", template("{pick: proof, when: prospect.fleet > 3}"), ['"prospect" has no "fleet"']),
    ("unknown-value", template("{pick: proof}", "email", "subject: '{{ prospect.nam }}'"), ['"prospect" has no "nam"']),
    ("internal-fact-in-customer-form", block(body=text("{{ prospect.internal.budget }}")), [
        '"prospect.internal.budget" is internal and stands in a text for customers']),
    ("internal-fact-in-customer-form", block(body=text("{{ prospect.internal.budget }}", "briefing")), []),
    ("unknown-value", block(body=text("{{ prospect.internal.budget }}", "briefing")), []),
    ("competitor-named", block(body=text("Better than RivalSoft.")), ['"RivalSoft" is named in a text for customers']),
    ("unreachable-block", block() | template("{pick: problem}"), [
        'no template picks blocks of kind "proof", so "b" is never used']),
    ("unreachable-block", block() | template("{block: b}"), []),
    ("unreachable-block", block() | block("a", "goes_with: [b]", kind="problem") | template("{pick: problem}"), []),
    ("empty-audience", block(front="audience: {industry: []}"), ['"b" is for no industry at all']),
    ("missing-form", block() | template("{pick: proof}", "deck"), [
        '"b" (en) has no text for the deck that picks it']),
    ("empty-form", block(body=text("")), ['the "document" part of "b" is empty']),
    ("empty-form", block(body=""), ['"b" (en) has no text at all']),
    ("raw-html", block(body=text("<b>x</b>")), [
        '"</b>" is HTML, which is not read', '"<b>" is HTML, which is not read']),
    ("missing-translation", block(), ['"b" has no nl translation']),
    (
        "stale-translation",
        block() | {"content_blocks/b.nl.md": "---\ntitle: T\ntranslates: 12345678901a\n---\n"},
        ['"b" (nl) translates an older text'],
    ),
    (
        "stale-translation",
        block() | {"content_blocks/b.nl.md": "---\ntitle: T\n---\n"},
        ['"b" (nl) does not say which text it translates'],
    ),
    ("unknown-block-reference", block(front="goes_with: [x]\nnever_with: [y]"), [
        'there is no block "x"', 'there is no block "y"']),
    ("unknown-block-reference", template("{block: x}"), ['there is no block "x"']),
    (
        "circular-goes-with",
        block("a", "goes_with: [b]") | block("b", "goes_with: [c]") | block("c", "goes_with: [a]"),
        ["a → b → c → a go with each other in a circle"],
    ),
    (
        "contradictory-goes-with",
        block("a", "goes_with: [b]") | block("b", "goes_with: [c]") | block("c", "never_with: [a]"),
        ['"a" brings along blocks that must not appear together: c'],
    ),
    ("unfillable-slot", template("{pick: proof, at_least: 1}"), [
        '"t" cannot be filled with blocks of kind "proof": there is none with text for a document']),
    ("unfillable-slot", block() | template("{pick: proof, at_least: 2}"), [
        '"t" cannot be filled with blocks of kind "proof": only 1 of 2 has text for a document']),
    ("unfillable-slot", block(front="internal: true") | template("{pick: proof}"), [
        '"t" cannot be filled with blocks of kind "proof": none has text for a document']),
    (
        "lexicon-term",
        block(body=text("We **utilize** docks; zero  risk."))
        | {"content_blocks/lexicon.yaml": "rules: [{extends: existence, level: error, message: No., tokens: [zero risk]},"
           " {extends: substitution, message: Plain., swap: {utilize: use}}]"},
        ['"utilize": plain', '"zero  risk": no'],
    ),
    ("orphan-value-model", {"content_blocks/value_models/m.yaml": "outputs: {a: 1}"}, ['nothing reads the value model "m"']),
    (
        "prospect-missing-fact",
        template("{pick: proof}", more="file_name: '{{ prospect.name }} {{ prospect.wms }} {{ prospect.deal | default(1) }}'")
        | {"prospects/p.yaml": "name: P\n"},
        ['"wms" is not known of p; t cannot be made without it'],
    ),
    (
        "misplaced-tag",
        block(front="")
        | {"content_blocks/x.md": "---\nid: x\nkind: k\ntitle: 'For {{ prospect.name }}'\n---\n"}
        | template("{pick: proof}", "email", "subject: 'a {% if b %}'"),
        [
            '"For {{ prospect.name }}" holds a tag, and a block\'s title is shown as it is',
            '"a {% if b %}" holds a condition or loop',
        ],
    ),
    ("unknown-spread", block() | template("{pick: proof, spread: custmer}"), ['no block says "custmer"']),
    ("unknown-slide-id", template("{slide: x}"), ["a document has no slides"]),
    (
        "missing-alt-text",
        block(body=text("{% if prospect.name %}\n\n![](p.png)\n\n{% endif %}")) | PICTURE,
        ['the picture "p.png" has no alternative text'],
    ),
    ("missing-alt-text", block(body=text('![](p.png "At eight")\n\n![A yard](p.png)')) | PICTURE, []),
    ("missing-alt-text", block(body=text("![]({{ prospect.logo }})")), []),
    ("missing-alt-text", block(body=text("![](p.png)", "email")) | PICTURE, []),
    ("missing-alt-text", block(body=text(CHART)), ["the chart has no alternative text"]),
    ("missing-alt-text", block(body=text(CHART.replace("kind", "title: Doors\nkind"))), []),
    ("missing-slide-title", block(body=text("##\n\nText", "deck")), ["the slide has no title"]),
    ("missing-slide-title", block(body=text("## {{ prospect.name }}\n\nText", "deck")), []),
    (
        "skipped-heading-level",
        block(body=text("## A\n\n#### B\n\n## C\n\n### D")),
        ["the heading has level 4, and the one above it level 2"],
    ),
    (
        "skipped-heading-level",
        block(body=text("### A")),
        ["the heading has level 3, and the one above it level 1"],
    ),
    ("skipped-heading-level", block(body=text("### A", "email")), []),
]  # fmt: skip


@pytest.mark.parametrize(("code", "files", "messages"), CASES)
def test_rule_finds_what_it_should(
    judge: Judge, code: str, files: dict[str, str | bytes], messages: list[str]
) -> None:
    assert [d.message for d in judge(files, only=code)] == messages


def test_finding_stands_at_the_exact_place(judge: Judge) -> None:
    found = judge(block(body=text("one\n\ntwo {{ prospect.nme }}")), only="unknown-value")
    assert found[0].at == Span("content_blocks/b.md", 10, 5, 10, 23)
    assert found[0].hints == ('did you mean "name"?',)


def test_circular_definitions_are_found(judge: Judge) -> None:
    found = judge(
        {}, settings="definitions: {a: b and c, b: a, c: prospect.active}\n", only="circular-definition"
    )
    assert [d.message for d in found] == [f'the definition "{n}" depends on itself' for n in "ab"]


def test_approvals_may_be_switched_off(judge: Judge) -> None:
    assert judge(block(), settings="policy: {approvals: optional}\n", only="unapproved-block") == []


def test_block_is_reviewed_some_time_after_its_approval(judge: Judge) -> None:
    approval = f"- {{block: b, digest: {DIGEST}, by: Mara, on: 2026-01-01}}"
    files = block() | {"content_blocks/approvals.yaml": approval}
    assert len(judge(files, settings="policy: {review_after: 30d}\n", only="review-overdue")) == 1


def master(*layouts: str, slides: tuple[str, ...] = ()) -> DeckMaster:
    return DeckMaster(
        1, 1, {n: Layout("p", n, ()) for n in layouts}, {s: MasterSlide(s, 1, "") for s in slides}
    )


def test_layouts_and_slides_are_looked_up_in_the_master(judge: Judge) -> None:
    files = block(body='::: deck {layout="Two Contents"}\n## A\n## B {layout="Title"}\n:::\n')
    files |= template("{slide: cver}, {pick: proof, layout: Titel}", "deck")
    found = judge(files, masters={"t": master("Title", "Two Content", slides=("cover",))})
    wanted = [
        (d.code, d.message, d.hints[0]) for d in found if d.code in ("unknown-layout", "unknown-slide-id")
    ]
    assert wanted == [
        ("unknown-layout", 'the master has no layout "Two Contents"', 'did you mean "Two Content"?'),
        ("unknown-slide-id", 'the master has no slide "cver"', 'did you mean "cover"?'),
        ("unknown-layout", 'the master has no layout "Titel"', 'did you mean "Title"?'),
    ]


def test_powerpoints_own_layouts_are_known_in_any_language(judge: Judge) -> None:
    german = Layout("p", "Titel und Inhalt", (), "obj")
    files = block(body='::: deck {layout="Title and Content"}\n## A\n:::\n')
    files |= template("{pick: proof, layout: Title Only}", "deck")
    found = judge(files, masters={"t": DeckMaster(1, 1, {german.name: german}, {})}, only="unknown-layout")
    assert [d.message for d in found] == ['the master has no layout "Title Only"']


def test_without_its_master_a_template_is_not_blamed(judge: Judge) -> None:
    assert judge(template("{slide: x}", "deck"), only="unknown-slide-id") == []


def test_translation_is_not_blamed_for_what_its_source_says(judge: Judge) -> None:
    files = block(front="goes_with: [x]\nvalid: {until: 2020-01-01}\nclaims: [c]\nwhen: prospect.nope")
    files |= {"content_blocks/b.nl.md": "---\ntitle: T\n---\n"}
    places = {
        d.at.file
        for d in judge(files)
        if d.at and d.code not in ("stale-translation", "unapproved-block", "empty-form")
    }
    assert places == {"content_blocks/b.md"}


def test_waiver_with_a_reason_silences_one_rule_in_one_file(judge: Judge) -> None:
    waived = "valid: {until: 2020-01-01}\nwaive: [{rule: expired-block, reason: kept for the record}]"
    files = block("a", waived) | block("b", "valid: {until: 2020-01-01}")
    assert [d.message for d in judge(files, only="expired-block")] == ['"b" (en) expired on 2020-01-01']


def test_waiver_of_the_workspace_takes_a_pattern(judge: Judge) -> None:
    waive = "waive: [{rule: missing-translation, reason: English only, path: content_blocks/en/*}]\n"
    files = {"content_blocks/en/a.md": next(iter(block("a").values()))} | block("b")
    assert [d.message for d in judge(files, settings=waive, only="missing-translation")] == [
        '"b" has no nl translation'
    ]


def test_waiver_that_waives_nothing_is_reported(judge: Judge) -> None:
    found = judge(block(front="waive: [{rule: expired-block, reason: x}]"), only="unused-waiver")
    assert found[0].message == 'the waiver of "expired-block" waives nothing'
    assert found[0].at == Span("content_blocks/b.md", 5, 9)


def test_waiver_ends_on_its_day(judge: Judge) -> None:
    front = "valid: {until: 2020-01-01}\nwaive: [{rule: expired-block, reason: x, until: 2026-11-21}]"
    codes = [d.code for d in judge(block(front=front))]
    assert "expired-block" in codes and "expired-waiver" in codes


def test_findings_come_by_place_and_once(judge: Judge) -> None:
    found = judge(block("b", "goes_with: [x]") | block("a", "goes_with: [x]"))
    assert found == sorted(found, key=lambda d: (d.at.file, d.at.line or 0, d.at.column or 0))  # type: ignore[union-attr]
    assert len(set(found)) == len(found)


def test_every_rule_has_an_id_a_line_and_a_file_of_its_own() -> None:
    rules = all_rules()
    files = {p.stem for p in (Path(__file__).parents[2] / "collateral/rules").glob("*.py")}
    assert len({r.id for r in rules}) == len(rules)
    assert {r.id.replace("-", "_") for r in rules} <= files
    assert all(
        r.description and isinstance(r.severity, Severity) and r.docs.endswith(f"#{r.id}") for r in rules
    )


def test_every_rule_is_tested_here() -> None:
    tested = {code for code, _, messages in CASES if messages} | {
        "circular-definition",
        "unknown-layout",
        "broken-text",
        "no-place-for-section",
        "missing-table-header",
    }
    assert {r.id for r in all_rules()} <= tested


def test_section_needs_a_place_of_its_name_in_the_master(judge: Judge) -> None:
    def found(slots: str, *places: str) -> list[str]:
        known = {"t": frozenset(places)}
        return [d.message for d in judge(template(slots), only="no-place-for-section", places=known)]

    assert found("{pick: proof, name: why}", "why") == []
    assert found("{pick: proof}", "s") == []
    assert found("{pick: proof, name: wy}", "why") == ['the master has no place for the section "wy"']
    assert found("{pick: proof}") == ['the master has no place for the section "s"']


def test_names_a_master_reads_are_checked_where_its_slide_is_asked_for(judge: Judge) -> None:
    deck = DeckMaster(
        1, 1, {}, {"cover": MasterSlide("cover", 1, "", fields=("prospect.nme", "as_of", "labels.need"))}
    )
    found = judge(template("{slide: cover}", "deck"), masters={"t": deck}, only="unknown-value")
    assert [(d.message, d.notes[0][0]) for d in found] == [
        ('"prospect" has no "nme"', 'the slide "cover" of templates/m.pptx')
    ]


def test_reference_describes_every_rule() -> None:
    from collateral.rules.reference import rules_reference

    text = rules_reference()
    assert all(f"### {rule.id}\n" in text for rule in all_rules())


def test_policy_never_means_that_not_even_a_briefing_names_competitors(judge: Judge) -> None:
    files = block(body=text("Better than RivalSoft.", "briefing"))
    for policy, count in (("never", 1), ("internal", 0), ("allowed", 0)):
        found = judge(files, settings=f"policy: {{competitors_by_name: {policy}}}\n", only="competitor-named")
        assert len(found) == count


def test_missing_fact_names_every_place_that_needs_it(judge: Judge) -> None:
    files = template("{pick: proof}", more="file_name: '{{ prospect.wms }}'") | {
        "prospects/p.yaml": "name: P\n"
    }
    files |= template("{pick: proof}", "email", "subject: '{{ prospect.wms }}'", id="mail")
    (found,) = judge(files, only="prospect-missing-fact")
    assert found.message.startswith('"wms" is not known of p; mail, t cannot')
    assert [str(at) for _, at in found.notes] == ["templates/mail.yaml:4:10", "templates/t.yaml:4:12"]


PLACES = {
    "slide title": "## {{ prospect.bad }}\n- x",
    "bullet": "## a\n- b\n  - {{ prospect.bad }}",
    "notes": "## a\n::: notes\n{{ prospect.bad }}\n:::",
    "table head": "## a\n| {{ prospect.bad }} |\n|---|\n| b |",
    "table cell": "## a\n| a |\n|---|\n| {{ prospect.bad }} |",
    "picture": "## a\n\n![]({{ prospect.bad }})",
    "chart": '## a\n```chart\nseries: [{name: a, values: "{{ prospect.bad }}"}]\n```',
    "inline condition": "## a\nb {% if prospect.bad %}c{% endif %}",
    "inside a condition": "## a\nb {% if prospect.name %}{{ prospect.bad }}{% endif %}",
    "else": "## a\nb {% if prospect.name %}c{% else %}{{ prospect.bad }}{% endif %}",
    "inline loop": "## a\nb {% for x in prospect.bad %}{{ x }}{% endfor %}",
    "block condition": "## a\n{% if prospect.bad %}\n- b\n{% endif %}",
    "block loop": "## a\n{% for c in prospect.contacts %}\n- {{ c.name }} {{ prospect.bad }}\n{% endfor %}",
    "look": "## a\n**b *{{ prospect.bad }}***",
}


@pytest.mark.parametrize("where", PLACES)
def test_wrong_names_are_found_wherever_a_tag_can_stand(judge: Judge, where: str) -> None:
    found = judge(block(body=text(PLACES[where], "deck")), only="unknown-value")
    assert [d.message for d in found] == ['"prospect" has no "bad"']
    assert isinstance(found[0].at, Span) and found[0].at.line is not None and found[0].at.line >= 8


@pytest.mark.parametrize(
    ("term", "sentence", "found"),
    [
        ("最高", "業界最高の品質です。", ["最高"]),
        ("ดีที่สุด", "เราดีที่สุดในโลก", ["ดีที่สุด"]),
        ("최고", "우리는 최고의 회사, 국내최고급", ["최고"]),
        ("कम", "कमी और कम", ["कम"]),
        ("istanbul", "İSTANBUL ve Istanbul", ["İSTANBUL", "Istanbul"]),
        ("größte", "die gro\u0308ßte Halle, größter", ["größte"]),
        ("أفضل", "نحن الأفضل و أفضل", ["أفضل"]),
        ("best", "bestes best", ["best"]),
    ],
)
def test_words_are_found_in_scripts_without_blanks_and_not_within_longer_ones(
    judge: Judge, term: str, sentence: str, found: list[str]
) -> None:
    files = block(body=text(sentence))
    rule = f"rules: [{{extends: existence, level: error, message: No., tokens: [{term}]}}]"
    files["content_blocks/lexicon.yaml"] = rule
    said = [d.message.partition(":")[0].strip('"') for d in judge(files, only="lexicon-term")]
    assert sorted(said) == sorted(found)


def test_words_are_found_in_titles_notes_cells_and_descriptions(judge: Judge) -> None:
    source = (
        "## Utilize\n- utilize\n\n| utilize |\n|---|\n| b |\n\n![utilize](p.png)\n::: notes\nutilize\n:::"
    )
    files = block(body=text(source, "deck")) | {"content_blocks/p.png": b"\x89PNG\r\n\x1a\n"}
    files["content_blocks/lexicon.yaml"] = (
        "rules: [{extends: substitution, message: m, swap: {utilize: use}}]"
    )
    assert len(judge(files, only="lexicon-term")) == 5


DECK = Place("templates/m.pptx", slide=2)


def test_what_drawn_slides_lack_is_named_where_it_was_drawn(judge: Judge) -> None:
    lines = tuple(f"Line {n}" for n in range(1, 7))
    barriers = [
        Barrier("description", DECK, ("Picture 3",)),
        Barrier("decoration", DECK, lines),
        Barrier("title", DECK),
        Barrier("header", DECK, ("Table 2",)),
        Barrier("header", Place("templates/m.docx", table=1)),
    ]
    found = [(d.code, d.severity, str(d.at), d.message) for d in judge({}, barriers=barriers)]
    warning, slide = Severity.WARNING, "templates/m.pptx › slide 2"
    assert sorted(found) == [
        ("missing-alt-text", Severity.NOTE, slide, LINES),
        ("missing-alt-text", warning, slide, '"Picture 3" has no alternative text'),
        ("missing-slide-title", warning, slide, "the slide has no title"),
        (
            "missing-table-header",
            warning,
            "templates/m.docx › table 1",
            "the table has no header row",
        ),
        ("missing-table-header", warning, slide, '"Table 2" has no header row'),
    ]


LINES = '"Line 1", "Line 2", "Line 3", "Line 4" and 2 more have neither words nor a mark as decorative'


def test_waivers_of_blocks_and_templates_are_for_what_was_designed_beside_them_too(judge: Judge) -> None:
    waive = "waive: [{rule: missing-slide-title, reason: it is in the picture}]"
    files = block(front=waive) | {"content_blocks/b.pptx": b"PK"} | template("{pick: proof}", "deck", waive)
    at = [Place("content_blocks/b.pptx", slide=1), DECK, Place("content_blocks/c.pptx", slide=1)]
    barriers = [Barrier("title", place) for place in at]
    found = judge(files, barriers=barriers)
    assert [d.at for d in found if d.code == "missing-slide-title"] == at[2:]
    assert not [d for d in found if d.code == "unused-waiver"]


def test_title_on_a_layout_without_a_place_for_it_is_found(judge: Judge) -> None:
    frame = Placeholder(0, "title", "Title", Frame(1, 1))
    layouts = {"Blank": Layout("p", "Blank", ()), "Title Only": Layout("q", "Title Only", (frame,))}
    files = block(body='::: deck {layout="Blank"}\n## A\n## B {layout="Title Only"}\n:::\n')
    files |= template("{pick: proof}", "deck")
    found = judge(files, masters={"t": DeckMaster(1, 1, layouts, {})}, only="missing-slide-title")
    assert [d.message for d in found] == ['the layout "Blank" has no place for the title']
