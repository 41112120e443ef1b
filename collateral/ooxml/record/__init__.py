"""The record every piece carries: what it was made from, kept through edits, so that a file can be judged later.

In: plain strings and the XML that was rendered. Out: the bytes of a custom XML part, of the tags on slides, of the
content controls in documents, of a mail header; and, from a file, the record and how each slide differs from it.
It must not know blocks, prospects or approvals: whether something is outdated is for its callers to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collateral.diagnostics.lazy_names import lazy_names

if TYPE_CHECKING:
    from collateral.ooxml.record.attach import record_parts, with_record
    from collateral.ooxml.record.chart import digest_chart
    from collateral.ooxml.record.comparison import (
        changed_around,
        compare,
        content_tokens,
        digest_of_slide,
        document_is_intact,
        slide_parts,
    )
    from collateral.ooxml.record.detach import without_record
    from collateral.ooxml.record.digest import (
        NOTHING,
        digest_bytes,
        digest_notes,
        digest_slide,
        digest_text,
        link_token,
        media_token,
    )
    from collateral.ooxml.record.document import (
        DocumentDigest,
        digest_around,
        digest_charts,
        digest_document,
        digest_fragment,
        digest_links,
        digest_pictures,
        story_words,
    )
    from collateral.ooxml.record.email import (
        digest_email,
        digest_html,
        digest_inside,
        email_header,
        parse_email_header,
        read_email,
    )
    from collateral.ooxml.record.finding import find_record, read_record
    from collateral.ooxml.record.looks import digest_look_pictures, digest_looks, look_words
    from collateral.ooxml.record.part import (
        RECORD_PART,
        RECORD_PROPS_PART,
        RECORD_PROPS_XML,
        parse_record,
        record_xml,
    )
    from collateral.ooxml.record.tags import (
        TAGS_PART,
        control_tag,
        cust_data_xml,
        piece_id,
        place_slide_tags,
        read_tags,
        slide_tags_xml,
        tag_elements,
        word_control,
    )
    from collateral.ooxml.record.values import (
        Item,
        KnownBy,
        Record,
        ShapeChange,
        ShapeDigest,
        SlideDigest,
        SlideState,
    )

__all__ = [
    "NOTHING",
    "RECORD_PART",
    "RECORD_PROPS_PART",
    "RECORD_PROPS_XML",
    "TAGS_PART",
    "DocumentDigest",
    "Item",
    "KnownBy",
    "Record",
    "ShapeChange",
    "ShapeDigest",
    "SlideDigest",
    "SlideState",
    "changed_around",
    "compare",
    "content_tokens",
    "control_tag",
    "cust_data_xml",
    "digest_around",
    "digest_bytes",
    "digest_chart",
    "digest_charts",
    "digest_document",
    "digest_email",
    "digest_fragment",
    "digest_html",
    "digest_inside",
    "digest_links",
    "digest_look_pictures",
    "digest_looks",
    "digest_notes",
    "digest_of_slide",
    "digest_pictures",
    "digest_slide",
    "digest_text",
    "document_is_intact",
    "email_header",
    "find_record",
    "link_token",
    "look_words",
    "media_token",
    "parse_email_header",
    "parse_record",
    "piece_id",
    "place_slide_tags",
    "read_email",
    "read_record",
    "read_tags",
    "record_parts",
    "record_xml",
    "slide_parts",
    "slide_tags_xml",
    "story_words",
    "tag_elements",
    "with_record",
    "without_record",
    "word_control",
]

if not TYPE_CHECKING:
    __getattr__ = lazy_names(
        __name__,
        {
            "attach": "record_parts with_record",
            "chart": "digest_chart",
            "comparison": "compare content_tokens digest_of_slide document_is_intact slide_parts changed_around",
            "detach": "without_record",
            "digest": "NOTHING digest_bytes digest_notes digest_slide digest_text link_token media_token",
            "document": "DocumentDigest digest_around digest_charts digest_document digest_fragment digest_links digest_pictures story_words",
            "email": "digest_email digest_html digest_inside email_header parse_email_header read_email",
            "looks": "digest_look_pictures digest_looks look_words",
            "finding": "find_record read_record",
            "part": "RECORD_PART RECORD_PROPS_PART RECORD_PROPS_XML parse_record record_xml",
            "tags": "TAGS_PART control_tag cust_data_xml piece_id place_slide_tags read_tags slide_tags_xml tag_elements word_control",
            "values": "Item KnownBy Record ShapeChange ShapeDigest SlideDigest SlideState",
        },
    )
