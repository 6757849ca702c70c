"""What came in an envelope only a person can open: secure-mail wrappers, and links in place of a file.

No link is ever followed and no code fetched; the time of receipt counts (domain.md, "What arrives").
"""

from intake.screening.attachments import documents, shown_name
from parsers.contract import Kind, Part, Survey

OTHER = "protected"
_BY_NAME = {
    "message.rpmsg": "purview",
    "message_v2.rpmsg": "purview",
    "message_v3.rpmsg": "purview",
    "message_v4.rpmsg": "purview",
    "encrypted_message.htm": "nhsmail",
    "encrypted_message.html": "nhsmail",
}  # fmt: skip


def unopened(survey: Survey) -> str | None:
    """Return whose wrapper keeps the mail shut (``purview``, ``egress``, ``mimecast``, ``zivver``, ``nhsmail`` ...).

    None also where a document lies open beside it: that is read, and the wrapper stands among what could not be.
    """
    if documents(survey.parts):
        return None
    if survey.wrapper is not None:
        return survey.wrapper
    return next((_BY_NAME.get(shown_name(part), OTHER) for part in survey.parts if _is_wrapper(part)), None)


def link_only(survey: Survey) -> bool:
    """Tell whether the mail links to a known file-sharing host and brings no document itself."""
    return bool(survey.link_hosts) and not documents(survey.parts)


def _is_wrapper(part: Part) -> bool:
    return part.kind is Kind.PROTECTED_MESSAGE or (not part.body and shown_name(part) in _BY_NAME)
