"""Plan → an `.eml` that mail programs open as a draft: plain text and HTML with inlined styles, the logo inside.

The HTML master is marketing's; what it shows of the prospect is escaped by `html_template`. All of the file is ASCII. Equal plans
give equal bytes: boundaries and ids are digests of the content, and no clock is read.
"""

from __future__ import annotations

import hashlib
from email.message import EmailMessage
from email.policy import SMTP

from collateral.diagnostics import Diagnostic, Place, has_errors
from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.model.artifact import Artifact
from collateral.model.plan import EmailContent, Plan
from collateral.ooxml.record import Record, digest_email, digest_html, digest_inside, email_header
from collateral.render.html import nodes_to_html
from collateral.render.html_page import (
    clean_html,
    unsafe_addresses,
    with_direction,
    with_language,
    with_sides,
)
from collateral.render.html_template import HtmlTemplate
from collateral.render.html_text import html_to_text
from collateral.render.mail_headers import address_header, mail_address, one_line, text_header
from collateral.render.recording import record_item, record_of

LOGO_ID = "logo"


@dataclass(frozen=True, slots=True)
class Logo:
    """The picture shown inline."""

    data: bytes
    subtype: str  # "png", "jpeg", "gif"


def render_email(
    plan: Plan, content: EmailContent, master: HtmlTemplate, *, logo: Logo | None
) -> tuple[Artifact | None, list[Diagnostic]]:
    """The message as a file, with its record in a header; None when its master cannot be filled."""
    html, problems = _filled(plan, content, master)
    problems += unsafe_addresses(html, master.file)
    if has_errors(problems):
        return None, problems
    subject = one_line(content.subject)
    headers, found = _headers(plan, content, subject)
    problems += found
    message = EmailMessage(policy=SMTP.clone(max_line_length=78))
    text = html_to_text(html)
    message.set_content(text, cte="quoted-printable")
    page = with_language(_inlined(html), plan.language)
    message.add_alternative(page, subtype="html", cte="quoted-printable")
    shown = [logo] if logo is not None and f"cid:{LOGO_ID}" in html else []
    for picture in shown:
        _add_logo(message, picture)
    _fix_boundaries(message, html)
    pictures = digest_inside([picture.data for picture in shown])
    items = [record_item(f"part-{n}", part.origin) for n, part in enumerate(content.parts, 1)]
    digest = digest_email(subject, text)
    record = _header_of(record_of(plan, items, content=digest, words=digest_html(page), pictures=pictures))
    return Artifact(plan.file_name, ((record + headers).encode("ascii") + message.as_bytes(),)), problems


def _filled(plan: Plan, content: EmailContent, master: HtmlTemplate) -> tuple[str, list[Diagnostic]]:
    """The HTML, without characters that no HTML may hold."""
    body = "\n".join(nodes_to_html(part.nodes, plan.language) for part in content.parts)
    values = {**content.values, "subject": content.subject}
    html, problems = master.fill(values, body=body, language=plan.language, currency=plan.currency)
    clean = clean_html(html)
    if clean != html:
        left = f"{len(html) - len(clean)} of the letters of the message for '{plan.prospect}'"
        message = f"left out {left}, which no e-mail can hold"
        hint = "take control characters and the like out of the data"
        problems.append(Diagnostic.warning("characters-left-out", message, Place(master.file), hint))
    return with_direction(clean, plan.language), problems


def _headers(plan: Plan, content: EmailContent, subject: str) -> tuple[str, list[Diagnostic]]:
    """All headers but those of the record and of the content."""
    addresses, problems = _addresses(plan, content)
    return "".join(
        [
            *addresses,
            text_header("Subject", subject),
            text_header("X-Unsent", "1"),  # Outlook opens the file as a draft
            text_header("Content-Language", plan.language),
        ]
    ), problems


def _header_of(record: Record) -> str:
    name, value = email_header(record)
    return f"{name}: {value}\r\n"


def _add_logo(message: EmailMessage, logo: Logo) -> None:
    for part in message.iter_parts():
        if isinstance(part, EmailMessage) and part.get_content_type() == "text/html":
            name = f"logo.{logo.subtype}"
            part.add_related(
                logo.data, "image", logo.subtype, cid=f"<{LOGO_ID}>", disposition="inline", filename=name
            )


def _inlined(html: str) -> str:
    import css_inline

    inliner = css_inline.CSSInliner(keep_style_tags=False, load_remote_stylesheets=False)
    return with_sides(str(inliner.inline(html)))


def _addresses(plan: Plan, content: EmailContent) -> tuple[list[str], list[Diagnostic]]:
    """From and To; an address that is none is left out with a warning, so that a header never breaks."""
    headers, problems = [], []
    for header, name, mail in (
        ("From", content.sender_name, content.sender),
        ("To", content.to_name, content.to),
    ):
        if not mail:
            continue
        address = mail_address(one_line(mail))
        if address is not None:
            headers.append(address_header(header, one_line(name), address))
            continue
        whose = f" of '{plan.prospect}'" if header == "To" else ""
        what = f"'{mail}'{whose} is no e-mail address that can stand in a message"
        hint = f"the draft has no {header}; mend the address"
        at = content.to_at if header == "To" else None
        problems.append(Diagnostic.warning("bad-address", what, at, hint))
    return headers, problems


def _fix_boundaries(message: EmailMessage, html: str) -> None:
    """Boundaries from the content, where the library would take random ones."""
    digest = hashlib.sha256(html.encode("utf-8", "replace")).hexdigest()[:24]
    for number, part in enumerate(p for p in message.walk() if p.is_multipart()):
        part.set_boundary(f"=_collateral_{digest}_{number}")
