"""QA sign-off: every status, and never the wrong person."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.private import Private
from intake.domain.prsg_list import is_name_of, meant_by
from intake.domain.sign_off import SIGNED, QAAnswers, QAEvidence, QASignOff, QAStatus, Signatories, judge
from intake.domain.verdict import AuthResult, SenderTrust, SenderVerdict
from intake.settings.neighbours import Member

RECEIVED = date(2026, 11, 23)


def member(
    name: str, agency: str = "gmp", since: str = "2024-04-01", to: str | None = None, *, deputy: bool = False
) -> Member:
    """Return somebody on the list, with a mailbox of the first name."""
    email = f"{name.partition(' ')[0].lower()}@{agency}.example"
    return Member.model_validate(
        {"name": name, "agency": agency, "email": email, "deputy": deputy, "from": since, "to": to}
    )


MEMBERS = (
    member("Orla Example"),
    member("Dev Sample", deputy=True),
    member("Marta Placeholder", "council"),
    member("Tomasz Specimen-Novak", "hospital", to="2026-06-30"),
    member("Ann Mary O'Test", "council"),
)
NAMES = ("Greater Manchester Police", "GMP", "Example City Council", "Example Hospital")


def sender(address: str = "someone@gmp.example", trust: SenderTrust = SenderTrust.AUTHENTICATED) -> SenderVerdict:
    """Return a judged sender."""
    none = AuthResult.NONE
    return SenderVerdict(trust=trust, address=Private(address), agency="gmp", spf=none, dkim=none, dmarc=none)


def judged(
    name: str = "",
    statement: str = "",
    *,
    agencies: tuple[str, ...] = ("gmp",),
    agency: str | None = None,
    signed_on: date | None = None,
    role: str = "",
    referrer: str = "Rae Ferrer",
    by: SenderVerdict | None = None,
    image: bool = False,
    disputed: bool = False,
) -> QASignOff:
    """Judge a QA section."""
    answers = QAAnswers(
        name=Private(name) if name else None,
        role=Private(role) if role else None,
        statement=Private(statement) if statement else None,
        agency=agency,
        signed_on=signed_on,
        signature_image=image,
        disputed=disputed,
    )
    signatories = Signatories(MEMBERS, frozenset(agencies), NAMES)
    return judge(answers, signatories, referrer=Private(referrer), received_on=RECEIVED, sender=by or sender())


@pytest.mark.parametrize(
    "name",
    [
        "Orla Example", "orla example", "EXAMPLE, Orla", "DCI Orla Example", "Mrs. Orla Example",
        "Orla  Example ", "Órla Example",
        "Orla Example (PRSG member, GMP)", "QA'd by Orla Example", "Orla Example, Detective Chief Inspector",
        "Orla J Example",
        "Orla J. Example", "Quality assured by: Orla Example 20/11/2026",
        "Orla Example - Head of Public Protection Unit",
        "Orla Example 3rd November 2026", "Orla-Example", "Sam Other and Orla Example",
    ],
)  # fmt: skip
def test_the_member_is_confirmed_however_the_name_is_written(name: str) -> None:
    """Titles, order, case, accents, marks and words of signing do not matter."""
    verdict = judged(name)
    assert verdict.status is QAStatus.CONFIRMED
    assert verdict.member == Private("Orla Example")


@pytest.mark.parametrize(
    "name",
    [
        "O Example", "O. Example", "Orla", "Example", "Orla E", "Orlan Example", "Orla Examples",
        "Orla Jane Example", "Paul Example",
        "Sam Other on behalf of Orla Example", "pp Orla Example", "Discussed with Orla Example",
        "Not Orla Example", "Orla Sample",
        "Orla Example's secretary", "Orla Example Jones", "Orla J K Example", "Sam Other p.p. Orla Example",
    ],
)  # fmt: skip
def test_anybody_who_might_be_another_is_not_confirmed(name: str) -> None:
    """An initial, half a name, a longer name, one who signs for another: a person must look."""
    assert judged(name).status not in SIGNED


def test_who_signs_on_behalf_counts_for_himself() -> None:
    """A deputy who signs on behalf of the member is a deputy."""
    assert judged("Dev Sample on behalf of Orla Example").status is QAStatus.BY_DEPUTY


def test_a_deputy_is_told() -> None:
    """A deputy's sign-off stands, and is told apart."""
    assert judged("Dev Sample").status is QAStatus.BY_DEPUTY


def test_the_member_may_be_the_referrer() -> None:
    """The member who fills in the form signs it too: legitimate, and shown."""
    assert judged("Orla Example", referrer="DCI Example, Orla").status is QAStatus.BY_THE_REFERRER


def test_a_stranger_is_named_and_not_a_member() -> None:
    """Somebody not on the list is kept as typed."""
    verdict = judged("Sam Other")
    assert (verdict.status, verdict.member) == (QAStatus.NAMED_NOT_A_MEMBER, Private("Sam Other"))


def test_another_agencys_member_is_a_mismatch() -> None:
    """On the list, but not for the referring agency."""
    assert judged("Marta Placeholder").status is QAStatus.AGENCY_MISMATCH


def test_another_agencys_member_may_represent_a_small_one() -> None:
    """A school is signed for by the council's member."""
    assert judged("Marta Placeholder", agencies=("schools", "council")).status is QAStatus.CONFIRMED


def test_the_section_naming_another_agency_is_a_mismatch() -> None:
    """The right name with the wrong agency beside it is not the right person for sure."""
    assert judged("Orla Example", agency="council").status is QAStatus.AGENCY_MISMATCH


def test_an_unknown_referring_agency_confirms_nobody() -> None:
    """Without knowing the agency, no member can be its member."""
    assert judged("Orla Example", agencies=()).status is QAStatus.AGENCY_MISMATCH


@pytest.mark.parametrize(
    ("signed_on", "status"),
    [
        (date(2026, 6, 30), QAStatus.CONFIRMED),
        (date(2026, 7, 1), QAStatus.NAMED_NOT_A_MEMBER),
        (date(2024, 3, 31), QAStatus.NAMED_NOT_A_MEMBER),
        (None, QAStatus.NAMED_NOT_A_MEMBER),
        (date(2027, 1, 1), QAStatus.NAMED_NOT_A_MEMBER),
    ],
)
def test_the_list_of_the_day_counts(signed_on: date | None, status: QAStatus) -> None:
    """Membership is dated, both days included; without a day, or with one after receipt, the day of receipt counts."""
    assert judged("Tomasz Specimen Novak", agencies=("hospital",), signed_on=signed_on).status is status


@pytest.mark.parametrize(
    "text",
    ["TBC", "tbc", "T.B.C.", "TBA", "To be confirmed", "Awaiting", "Awaiting Orla Example",
    "Orla Example (TBC)", "pending", "N/A", "n/a",
     "NA", "Not applicable", "-", "?", "...", "None", "to follow", "Orla Example - awaiting sign off", "XXXX",
     "Not yet", "Chased"],
)  # fmt: skip
def test_a_promise_is_a_placeholder(text: str) -> None:
    """What only promises a sign-off is none, even with the member's name beside."""
    verdict = judged(text)
    assert verdict.status is QAStatus.PLACEHOLDER
    assert QAEvidence.TYPED_NAME not in verdict.evidence


def test_a_short_promise_in_the_statement_counts() -> None:
    """A name with "awaiting signature" beside is not signed yet; a long remark is no promise."""
    assert judged("Orla Example", "Awaiting signature").status is QAStatus.PLACEHOLDER
    remark = "I have read this form in full; the police enquiry is still pending."
    assert judged("Orla Example", remark).status is QAStatus.CONFIRMED


@pytest.mark.parametrize(
    "text",
    ["QA'd by lead", "Yes", "Signed", "Safeguarding lead", "GMP PRSG member", "Approved by the safeguarding team"],
)
def test_a_statement_names_nobody(text: str) -> None:
    """It says it was done and not by whom, in whichever box."""
    for name, statement in ((text, ""), ("", text), ("yes", text)):
        assert judged(name, statement).status is QAStatus.STATEMENT_WITHOUT_A_NAME


def test_a_name_in_the_statement_is_found() -> None:
    """The name may stand in the signature box, with nothing or a mere "yes" in the name's."""
    for name in ("", "Yes"):
        assert judged(name, "Quality assured and approved by Orla Example").status is QAStatus.CONFIRMED


def test_a_date_or_a_role_alone_is_a_statement() -> None:
    """Something was said, by nobody."""
    assert judged(signed_on=RECEIVED).status is QAStatus.STATEMENT_WITHOUT_A_NAME
    assert judged(role="PRSG member").status is QAStatus.STATEMENT_WITHOUT_A_NAME


def test_nothing_is_blank() -> None:
    """An empty section is blank, without member, date or evidence."""
    assert judged() == QASignOff(QAStatus.BLANK, None, None, ())


def test_ink_alone_is_unreadable() -> None:
    """A picture of a signature is evidence for a person to look at."""
    verdict = judged(image=True)
    assert (verdict.status, verdict.evidence) == (QAStatus.UNREADABLE, (QAEvidence.SIGNATURE_IMAGE,))


def test_two_names_are_unreadable() -> None:
    """Which of two answers counts is not ours to choose."""
    assert judged(disputed=True).status is QAStatus.UNREADABLE


def test_the_members_own_mail_implies_the_sign_off() -> None:
    """Section blank, mail authenticated and from the member's own address."""
    verdict = judged(by=sender("Orla@GMP.example"))
    assert verdict == QASignOff(QAStatus.IMPLIED, Private("Orla Example"), None, (QAEvidence.AUTHENTICATED_EMAIL,))


@pytest.mark.parametrize("trust", [trust for trust in SenderTrust if trust is not SenderTrust.AUTHENTICATED])
def test_a_mail_that_is_not_authenticated_implies_nothing(trust: SenderTrust) -> None:
    """The address alone is only a claim."""
    assert judged(by=sender("orla@gmp.example", trust)).status is QAStatus.BLANK


def test_another_agencys_member_implies_nothing() -> None:
    """The council's member sending for the police signs nothing for the police."""
    assert judged(by=sender("marta@council.example")).status is QAStatus.BLANK


def test_all_evidence_is_kept() -> None:
    """Typed name, typed statement, picture and mail are each kept, in a fixed order."""
    verdict = judged("Orla Example", "I have read it", image=True, by=sender("orla@gmp.example"))
    assert verdict.evidence == (
        QAEvidence.TYPED_NAME, QAEvidence.TYPED_STATEMENT, QAEvidence.SIGNATURE_IMAGE, QAEvidence.AUTHENTICATED_EMAIL,
    )  # fmt: skip


def test_a_members_mail_is_no_evidence_for_another_member() -> None:
    """The deputy's name in a mail from the member's address rests on the name."""
    verdict = judged("Dev Sample", by=sender("orla@gmp.example"))
    assert verdict.evidence == (QAEvidence.TYPED_NAME,)


@pytest.mark.parametrize(
    "name",
    [
        "Ann Mary O'Test",
        "Ann M O\N{RIGHT SINGLE QUOTATION MARK}Test",
        "O'Test, Ann Mary",
        "Ann Mary OTest",
        "Ms Ann-Mary O'TEST",
    ],
)
def test_a_middle_name_may_be_an_initial(name: str) -> None:
    """Three names on the list: the middle one may be shortened, if it fits."""
    assert is_name_of(name, "Ann Mary O'Test")


@pytest.mark.parametrize("name", ["Ann K O'Test", "Ann O'Test", "A Mary O'Test", "Ann Mary O"])
def test_a_middle_initial_that_does_not_fit_is_another(name: str) -> None:
    """A wrong middle initial, or none where the list has a name, is not the person for sure."""
    assert not is_name_of(name, "Ann Mary O'Test")


WORDS = st.text(st.sampled_from("abcdefghijklmnoprstuvwyzéèöüñçåøæ"), min_size=2, max_size=9)


@given(st.lists(WORDS, min_size=2, max_size=4, unique_by=str.casefold), st.randoms())
def test_order_and_case_never_matter(words: list[str], chance: object) -> None:
    """Any name is itself, however its words are ordered and capitalised."""
    shuffled = words[:]
    chance.shuffle(shuffled)  # type: ignore[attr-defined] # hypothesis' random
    person = member(" ".join(words))
    listed = is_name_of(" ".join(words), person.name)
    assert is_name_of(" ".join(shuffled), person.name) == listed
    assert bool(meant_by(" ".join(shuffled).title(), [person], ())) == listed


@given(st.text(max_size=60))
def test_no_text_without_the_whole_name_confirms(text: str) -> None:
    """Nothing typed at random is a member, unless both words of the name stand in it."""
    verdict = judged(text.replace("\x00", ""))
    if verdict.status in SIGNED:
        assert {"example", "orla"} <= set(text.casefold().split()) or {"dev", "sample"} <= set(text.casefold().split())
