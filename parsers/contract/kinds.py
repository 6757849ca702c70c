"""What may be said of a part, a document and a reading: closed, so nothing else decodes."""

from enum import StrEnum


class Kind(StrEnum):
    """What a part is, told from its bytes alone (its name and declared type are hearsay)."""

    DOCX = "docx"
    DOCM = "docm"
    DOTX = "dotx"
    DOC = "doc"
    ODT = "odt"
    RTF = "rtf"
    PDF = "pdf"
    SPREADSHEET = "spreadsheet"
    IMAGE = "image"
    ZIP = "zip"
    MAIL = "mail"
    OUTLOOK_MSG = "outlook-msg"
    TNEF = "tnef"
    SMIME_SIGNED = "smime-signed"
    SMIME_ENCRYPTED = "smime-encrypted"
    PGP_ENCRYPTED = "pgp-encrypted"
    PROTECTED_MESSAGE = "protected-message"
    LOCKED_OFFICE = "locked-office"
    HTML = "html"
    TEXT = "text"
    CALENDAR = "calendar"
    DELIVERY_STATUS = "delivery-status"
    EXECUTABLE = "executable"
    EMPTY = "empty"
    UNKNOWN = "unknown"


class DocumentState(StrEnum):
    """What came of one document."""

    READ = "read"
    LOCKED = "locked"
    UNREADABLE = "unreadable"
    UNSUPPORTED = "unsupported"
    OVER_LIMIT = "over-limit"
    NOT_A_FORM = "not-a-form"
    BLANK_FORM = "blank-form"
    IGNORED = "ignored"


class Recognised(StrEnum):
    """Whose form it is: the partnership's, another process's (MARF, LADO, CDOP ...), or no form at all."""

    OURS = "ours"
    NEIGHBOUR = "neighbour"
    NONE = "none"


class Certainty(StrEnum):
    """How sure a reading is, best first. ``keyed`` is a person's; the wall never says it."""

    CERTAIN = "certain"
    LIKELY = "likely"
    DOUBTFUL = "doubtful"
    KEYED = "keyed"
