"""Our Message-IDs: made for each letter, recognised in answers and bounces, believed only with a proven token."""

from hypothesis import given
from hypothesis import strategies as st

from intake.domain.case import LetterKind
from intake.domain.message import MessageId
from intake.letters.tokens import Candidate, candidate, candidates, header_message_id, ours_among

SENDER = "SSCP Business Unit <sscp@Salford.gov.uk>"
TOKEN = "abcdefghij2345672345"
MESSAGE = MessageId("m-abcdefghij27")
OURS = header_message_id(LetterKind.ACKNOWLEDGEMENT, TOKEN, MESSAGE, SENDER)

base32 = st.text("abcdefghijklmnopqrstuvwxyz234567")


def test_the_message_id_names_kind_token_message_and_our_domain() -> None:
    """It is a plain msg-id at the domain we send from."""
    made = header_message_id(LetterKind.ACKNOWLEDGEMENT, TOKEN, MESSAGE, SENDER)
    assert made == f"acknowledgement.{TOKEN}.{MESSAGE}@salford.gov.uk"


@given(st.sampled_from(LetterKind), st.from_regex(r"\A[a-z2-7]{20}\Z"), st.from_regex(r"\Am-[a-z2-7]{12}\Z"))
def test_what_was_made_is_recognised(kind: LetterKind, token: str, message: str) -> None:
    """Every Message-ID made here is found again in a header that holds it."""
    made = header_message_id(kind, token, MessageId(message), SENDER)
    assert candidate(f"<a@b.example>\r\n <{made}>", SENDER) == Candidate(kind.value, token, MessageId(message), made)


@given(st.text())
def test_other_text_is_not_ours(text: str) -> None:
    """Nothing else has the shape, and no text makes the search fail."""
    assert candidate(text, SENDER) is None


def test_another_domain_or_kind_is_not_ours() -> None:
    """The same shape elsewhere is somebody else's."""
    assert candidate(f"<{OURS}>", "sscp@elsewhere.example") is None
    assert candidate(f"<{OURS.replace('acknowledgement', 'letter')}>", SENDER) is None


def test_capitals_of_a_forwarding_server_do_not_matter() -> None:
    """A server that changes the case of a Message-ID does not cut the answer off from its case."""
    assert candidate(f"<{OURS.upper()}>", SENDER) == candidate(OURS, SENDER)


def test_only_proven_tokens_count_each_once() -> None:
    """A made-up token is no key to a case; the same id in two headers is one."""
    forged = OURS.replace(TOKEN, "z" * 20)
    asked: list[tuple[str, str, str]] = []

    def is_ours(kind: str, message: MessageId, token: str) -> bool:
        asked.append((kind, message, token))
        return token == TOKEN

    assert ours_among([f"<{forged}> <{OURS}>", f"<{OURS}>", ""], SENDER, is_ours) == (OURS,)
    assert asked[0] == ("acknowledgement", MESSAGE, "z" * 20)


def test_a_header_full_of_candidates_is_not_all_tried() -> None:
    """A stranger cannot make us compute digests without end."""
    assert len(list(candidates(f"<{OURS}> " * 1000, SENDER))) <= 64


def test_a_reminders_message_id_leads_to_the_first_alert() -> None:
    """An answer to a repeated alert finds the message as an answer to the first does."""
    found = candidate(f"<reminder3.{OURS}>", SENDER)
    assert found is not None
    assert found.header_message_id == OURS
