"""What a reading may say is closed: a word where a name of ours belongs does not decode."""

import msgspec
import pytest

from parsers.contract import DocumentReading, DocumentState, Harvest, Kind, Recognised, decode_answer, encode


@pytest.mark.parametrize("words", ["Tam Madeup", "child.name\n", "child.name" * 9, ""])
def test_a_conflict_is_a_fields_name(words: str) -> None:
    """What stands there is shown and kept as a name of ours: nothing else decodes."""
    reading = DocumentReading(
        index=0, kind=Kind.DOCX, bytes=1, sha256="a" * 64, state=DocumentState.READ, why=None,
        recognised=Recognised.OURS, sheet=None, edition=None, readings=(), unplaced=(), conflicts=(words,),
    )  # fmt: skip
    said = encode(Harvest(documents=(reading,), untrusted_body="", body_looks_like_form=False, codes=()))
    with pytest.raises(msgspec.ValidationError):
        decode_answer(said)
