"""Plan → an `.eml` that mail programs open as a draft: plain text and HTML with inlined styles, the logo inside.

The HTML master is marketing's; what it shows of the prospect is escaped by `html_template`. Equal plans give equal
bytes: boundaries and ids are digests of the content, and no clock is read.
"""

from __future__ import annotations

import hashlib
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from collateral.diagnostics import Diagnostic, has_errors
from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.model.artifact import Artifact
from collateral.model.plan import EmailContent, Plan
from collateral.ooxml.record import digest_email, digest_html, email_header
from collateral.render.html import nodes_to_html
from collateral.render.html_template import HtmlTemplate, unsafe_addresses
from collateral.render.html_text import html_to_text
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
    body = "\n".join(nodes_to_html(part.nodes) for part in content.parts)
    html, problems = master.fill(
        {**content.values, "subject": content.subject}, body=body, language=plan.language
    )
    problems += unsafe_addresses(html, master.file)
    if has_errors(problems):
        return None, problems
    message = EmailMessage(policy=SMTP.clone(max_line_length=78))
    problems += _address(message, content, plan)
    message["Subject"] = content.subject
    message["X-Unsent"] = "1"  # Outlook opens the file as a draft
    message["Content-Language"] = plan.language
    message["MIME-Version"] = "1.0"
    text = html_to_text(html)
    message.set_content(text, cte="quoted-printable")
    page = _inlined(html)
    message.add_alternative(page, subtype="html", cte="quoted-printable")
    if logo is not None and f"cid:{LOGO_ID}" in html:
        _add_logo(message, logo)
    _fix_boundaries(message, html)
    return Artifact(plan.file_name, (_with_record(message, plan, content, text, page),)), problems


def _with_record(message: EmailMessage, plan: Plan, content: EmailContent, text: str, page: str) -> bytes:
    """The message's bytes with the record's header in front; it is folded already and ASCII."""
    items = [record_item(f"part-{n}", part.origin) for n, part in enumerate(content.parts, 1)]
    digest = digest_email(content.subject, text)
    record = record_of(plan, items, content=digest, words=digest_html(page))
    name, value = email_header(record)
    return f"{name}: {value}\r\n".encode("ascii") + message.as_bytes()


def _add_logo(message: EmailMessage, logo: Logo) -> None:
    for part in message.iter_parts():
        if isinstance(part, EmailMessage) and part.get_content_type() == "text/html":
            name = f"logo.{logo.subtype}"
            part.add_related(
                logo.data, "image", logo.subtype, cid=f"<{LOGO_ID}>", disposition="inline", filename=name
            )


def _inlined(html: str) -> str:
    import css_inline

    return str(css_inline.CSSInliner(keep_style_tags=False, load_remote_stylesheets=False).inline(html))


def _address(message: EmailMessage, content: EmailContent, plan: Plan) -> list[Diagnostic]:
    """Set From and To; an address that is none is left out with a warning, so that a header never breaks."""
    problems = []
    for header, name, mail in (
        ("From", content.sender_name, content.sender),
        ("To", content.to_name, content.to),
    ):
        if not mail:
            continue
        try:
            message[header] = Address(_one_line(name), addr_spec=_one_line(mail))
        except (MessageError, ValueError, IndexError):
            what = (
                f"'{mail}' of '{plan.prospect}' is no e-mail address"
                if header == "To"
                else f"'{mail}' is no e-mail address"
            )
            problems.append(
                Diagnostic.warning("bad-address", what, None, f"the draft has no {header}; mend the address")
            )
    return problems


def _one_line(text: str) -> str:
    return " ".join("".join(ch if ch.isprintable() else " " for ch in text).split())


def _fix_boundaries(message: EmailMessage, html: str) -> None:
    """Boundaries from the content, where the library would take random ones."""
    digest = hashlib.sha256(html.encode("utf-8", "replace")).hexdigest()[:24]
    for number, part in enumerate(p for p in message.walk() if p.is_multipart()):
        part.set_boundary(f"=_collateral_{digest}_{number}")
