"""Notes, owners and judged links on record: the last word holds, the others stay."""

import pytest
from sqlalchemy import insert, select

from intake.domain.case import Reference
from intake.domain.case_file import LinkVerdict, Owner
from intake.domain.private import Private
from intake.errors import BrokenPromise
from intake.records.schema import links
from tests.builders.cases import registered
from tests.builders.messages import NOW
from tests.builders.records import Books

ACT = ("orla", "the dates agree", NOW)


def linked(books: Books, reference: Reference, other: Reference | None, kind: str = "same-incident") -> int:
    """Link a case to another; return the link's number."""
    with books.records.store.writing() as connection:
        message = connection.exec_driver_sql("SELECT max(id) FROM messages").scalar_one()
        connection.execute(insert(links).values(reference=reference, message=message, kind=kind, other=other))
        mine = (links.c.reference == reference, links.c.kind == kind)
        return int(connection.execute(select(links.c.id).where(*mine)).scalar_one())


def test_notes_are_kept_in_order_and_sealed(books: Books) -> None:
    """Each with who and when; no plain column holds a word of them, and an empty one is none."""
    reference = registered(books)
    for text in ("rang the school", "wrote to the panel"):
        books.records.add_note(reference, Private(text), "orla", NOW)
    with pytest.raises(BrokenPromise, match="needs-words"):
        books.records.add_note(reference, Private(" \n"), "orla", NOW)
    found = books.records.notes_of(reference)
    assert [(note.text, note.by, note.at) for note in found] == [
        (Private("rang the school"), "orla", NOW),
        (Private("wrote to the panel"), "orla", NOW),
    ]
    assert "school" not in repr(books.all_rows())
    assert [line["event"] for line in books.told()][-2:] == ["note-added", "note-added"]


def test_a_case_has_the_owner_named_last(books: Books) -> None:
    """Nobody, then somebody, then somebody else, then nobody again."""
    reference, other = registered(books), registered(books)
    assert books.records.owner_of(reference) is None
    books.records.set_owner(reference, "dot", "orla", NOW)
    books.records.set_owner(other, "orla", "orla", NOW)
    books.records.set_owner(reference, "rae", "dot", NOW)
    assert books.records.owner_of(reference) == Owner("rae", "dot", NOW)
    assert books.records.owners() == {reference: "rae", other: "orla"}
    books.records.set_owner(reference, None, "rae", NOW)
    assert books.records.owner_of(reference) == Owner(None, "rae", NOW)
    assert books.records.owners() == {other: "orla"}


def test_a_suggested_link_waits_until_it_is_judged(books: Books) -> None:
    """It is shown with both of its cases; the last verdict holds and the first stays with its reason."""
    reference, other = registered(books), registered(books)
    link = linked(books, reference, other)
    assert [each.id for each in books.records.links_to_judge()] == [link]
    books.records.judge_link(link, LinkVerdict.REFUSED, *ACT)
    books.records.judge_link(link, LinkVerdict.ACCEPTED, "dot", "the panel says so", NOW)
    assert list(books.records.links_to_judge()) == []
    (mine,), (theirs,) = books.records.links_of(reference), books.records.links_of(other)
    assert mine == theirs
    assert (mine.verdict, mine.other) == (LinkVerdict.ACCEPTED, other)
    assert [(said.verdict, said.by, said.reason) for said in mine.judgements] == [
        (LinkVerdict.REFUSED, "orla", Private("the dates agree")),
        (LinkVerdict.ACCEPTED, "dot", Private("the panel says so")),
    ]
    assert books.discrepancies() == []


def test_what_is_no_suggestion_is_not_judged(books: Books) -> None:
    """A reply is ours by its token; a link that is not there, or a verdict without a reason, is refused too."""
    reference = registered(books)
    link, reply = linked(books, reference, None, "resubmission"), linked(books, reference, None, "reply")
    before = books.all_rows()
    for number, reason, code in (
        (reply, "why", "nothing-to-judge"),
        (999, "why", "no-such-link"),
        (link, " ", "words"),
    ):
        with pytest.raises(BrokenPromise, match=code):
            books.records.judge_link(number, LinkVerdict.ACCEPTED, "orla", reason, NOW)
    assert books.all_rows() == before
    assert [each.id for each in books.records.links_to_judge()] == [link]


def test_a_link_of_an_erased_case_waits_for_nobody(books: Books) -> None:
    """And what was said of it is still shown with the other case, without the words."""
    reference, other = registered(books), registered(books)
    link = linked(books, reference, other)
    books.records.judge_link(link, LinkVerdict.ACCEPTED, *ACT)
    second = linked(books, reference, None, "resubmission")
    assert [each.id for each in books.records.links_to_judge()] == [second]
    books.records.erase_case(reference, *ACT)
    assert list(books.records.links_to_judge()) == []
    (theirs,) = books.records.links_of(other)
    assert (theirs.verdict, theirs.judgements[0].reason) == (LinkVerdict.ACCEPTED, None)
