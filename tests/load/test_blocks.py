"""Blocks: forms, digests, translations, designed files, pictures."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from collateral.diagnostics import Span
from collateral.load.fences import split_block
from collateral.load.workspace import load_library
from collateral.model.library import Block
from tests.load.conftest import BLOCK, Make

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


def load(root: Path) -> tuple[dict[str, Block], list[str]]:
    library, found = load_library(root)
    return {f"{id}.{language}": b for id, langs in library.blocks.items() for language, b in langs.items()}, [
        d.code for d in found
    ]


def one(make: Make, text: str, **files: str | bytes) -> Block:
    blocks, found = load(make({"content_blocks/dwell-case.md": text, **files}))
    assert found == []
    return blocks["dwell-case.en"]


def forms(body: str) -> tuple[list[tuple[str, str, str, int, str | None]], list[str]]:
    parts, found = split_block(f"---\nid: x\n---\n{body}", "x.md")
    return [(f.piece, f.wording, f.source, f.line, f.layout) for f in parts.forms], [d.code for d in found]


def test_forms_keep_their_source_line_wording_and_layout() -> None:
    assert forms('::: deck {layout="Two Content"}\n## Hi\n:::\n\n::: deck short\n## H\n:::\n') == (
        [("deck", "full", "## Hi\n", 5, "Two Content"), ("deck", "short", "## H\n", 9, None)],
        [],
    )


def test_inner_fences_and_code_belong_to_the_form() -> None:
    found, problems = forms("::: deck\n## Hi\n::: notes\nx\n:::\n```\n:::\n```\n:::\n")
    assert problems == [] and found[0][2] == "## Hi\n::: notes\nx\n:::\n```\n:::\n```\n"


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ("stray\n\nmore\n", ["text-outside-form"]),
        (":::\n", ["stray-fence"]),
        ("::: deck\n## x\n", ["unclosed-fence"]),
        ("::: dek\n:::\n", ["unknown-form"]),
        ("::: deck tiny\n:::\n", ["unknown-wording"]),
        ("::: deck {color=red}\n:::\n", ["unknown-attribute"]),
        ("::: email\na\n:::\n::: email\nb\n:::\n", ["duplicate-form"]),
        ("<!-- a remark -->\n", []),
    ],
)
def test_fences_that_make_no_sense_are_named(body: str, codes: list[str]) -> None:
    assert forms(body)[1] == codes


def test_block_knows_where_each_key_stands(make: Make) -> None:
    block = one(make, BLOCK)
    assert block.spans["audience.industry.0"] == Span("content_blocks/dwell-case.md", 5, 23, 5, 32)


def test_unknown_dimension_value_is_an_error_with_the_closest_one(make: Make) -> None:
    root = make({"content_blocks/dwell-case.md": BLOCK.replace("[logistics]", "[logistic]")})
    library, found = load_library(root)
    assert library.blocks == {} and library.broken == ("dwell-case",)
    assert (found[0].message, found[0].hints) == (
        '"logistic" is not a value of industry',
        ('did you mean "logistics"?',),
    )


def test_digest_covers_what_readers_see_and_nothing_else(make: Make) -> None:
    digest = one(make, BLOCK).digest
    same = BLOCK.replace("audience: {industry: [logistics]}", "owner: someone\nvalid: {until: 2030-01-01}")
    assert one(make, same.replace("It did.", "It did.  ")).digest == digest
    assert one(make, BLOCK.replace("It did.", "It did!")).digest != digest
    assert one(make, BLOCK.replace("A carrier", "One carrier")).digest != digest


def test_designed_file_and_pictures_are_part_of_the_content(make: Make) -> None:
    text = BLOCK.replace("It did.", "![dock](dock.png)")
    first = one(make, text, **{"content_blocks/dock.png": PNG, "content_blocks/dwell-case.pptx": b"PK1"})
    assert first.designed == {"pptx": "content_blocks/dwell-case.pptx"}
    second = one(make, text, **{"content_blocks/dock.png": PNG + b"1"})
    third = one(make, text, **{"content_blocks/dwell-case.pptx": b"PK2"})
    assert len({first.digest, second.digest, third.digest}) == 3


@pytest.mark.parametrize(
    ("reference", "code"),
    [
        ("gone.png", "missing-picture"),
        ("../../secret.png", "path-outside-workspace"),
        ("/etc/passwd", "path-outside-workspace"),
        ("https://x.example/a.png", "path-outside-workspace"),
        ("link.png", "path-outside-workspace"),
        ("text.png", "not-a-picture"),
        ("pipe.png", "missing-picture"),
        ("loop.png", "missing-picture"),
    ],
)
def test_picture_that_cannot_be_used_is_named_where_it_stands(make: Make, reference: str, code: str) -> None:
    root = make({"content_blocks/dwell-case.md": BLOCK.replace("It did.", f"It did.\n\n![x]({reference})")})
    (root.parent / "outside.png").write_bytes(PNG)
    (root / "content_blocks/link.png").symlink_to(root.parent / "outside.png")
    (root / "content_blocks/text.png").write_text("no picture")
    (root / "content_blocks/loop.png").symlink_to("loop.png")
    os.mkfifo(root / "content_blocks/pipe.png")
    _, found = load_library(root)
    at = Span("content_blocks/dwell-case.md", 10, 6)
    assert [(d.code, d.at) for d in found if str(d.at).endswith("md:10:6")] == [(code, at)]


def test_claims_marked_in_the_text_count_like_those_in_the_front_matter(make: Make) -> None:
    block = one(make, BLOCK.replace("It did.", "It did. [claim:b]").replace("kind:", "claims: [a]\nkind:"))
    assert block.claims == ("a", "b")


def test_translation_takes_what_it_leaves_out_from_its_source(make: Make) -> None:
    dutch = "---\ntitle: Een vervoerder\ntranslates: 123456789abc\n---\n::: document\nJa.\n:::\n"
    blocks, found = load(
        make({"content_blocks/a/dwell-case.md": BLOCK, "content_blocks/a/dwell-case.nl.md": dutch})
    )
    assert found == []
    translation = blocks["dwell-case.nl"]
    assert (translation.kind, translation.title) == ("case-study", "Een vervoerder")
    assert translation.audience == {"industry": ("logistics",)}
    assert translation.translates == "sha256:123456789abc"


def test_translation_without_source_is_an_error(make: Make) -> None:
    dutch = "---\ntitle: Een vervoerder\n---\n::: document\nJa.\n:::\n"
    blocks, found = load(make({"content_blocks/dwell-case.nl.md": dutch}))
    assert blocks == {} and found == ["translation-without-source"]


def test_translation_never_outlives_the_limits_of_a_broken_source(make: Make) -> None:
    dutch = "---\ntitle: Een vervoerder\nkind: case-study\n---\n::: document\nJa.\n:::\n"
    wrong = BLOCK.replace("kind:", "valid: soon\nkind:")
    blocks, found = load(
        make({"content_blocks/dwell-case.nl.md": dutch, "content_blocks/dwell-case.md": wrong})
    )
    assert blocks == {} and found == ["bad-value"]


def test_two_blocks_with_one_id_are_an_error_at_the_second(make: Make) -> None:
    root = make({"content_blocks/a/dwell-case.md": BLOCK, "content_blocks/b/dwell-case.md": BLOCK})
    library, found = load_library(root)
    assert library.blocks["dwell-case"]["en"].path == "content_blocks/a/dwell-case.md"
    assert (found[0].code, found[0].at) == (
        "duplicate-block-id",
        Span("content_blocks/b/dwell-case.md", 2, 5, 2, 15),
    )


def test_id_must_be_the_file_name(make: Make) -> None:
    assert load(make({"content_blocks/other.md": BLOCK}))[1] == ["id-not-file-name"]


def test_unknown_key_suggests_the_right_one(make: Make) -> None:
    root = make({"content_blocks/dwell-case.md": BLOCK.replace("kind:", "onwer: me\nkind:")})
    found = load_library(root)[1]
    assert (found[0].message, found[0].hints) == ('unknown key "onwer"', ('did you mean "owner"?',))
    assert found[0].at == Span("content_blocks/dwell-case.md", 3, 1, 3, 6)


def test_link_out_of_the_workspace_is_never_followed(make: Make) -> None:
    root = make({"content_blocks/dwell-case.md": BLOCK})
    (root.parent / "other.md").write_text(BLOCK.replace("dwell-case", "other"))
    (root / "content_blocks/other.md").symlink_to(root.parent / "other.md")
    (root / "content_blocks/all").symlink_to("/etc")
    library, found = load_library(root)
    assert list(library.blocks) == ["dwell-case"]
    assert [(d.code, d.at) for d in found] == [
        ("path-outside-workspace", Span("content_blocks/all")),
        ("path-outside-workspace", Span("content_blocks/other.md")),
    ]


def test_unknown_key_does_not_hide_what_else_is_wrong(make: Make) -> None:
    text = BLOCK.replace("title:", "audence: {}\ntitle:").replace(
        "industry: [logistics]", "industry: [logistic]"
    )
    _, found = load_library(
        make({"content_blocks/dwell-case.md": text.replace("id: dwell-case", "id: other")})
    )
    assert {d.code for d in found} == {"unknown-key", "id-not-file-name", "unknown-dimension-value"}
