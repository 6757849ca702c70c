"""Stories in words: which letter, where to, why; reasons for those who may see children, looks counted apart."""

from sqlalchemy import insert

from intake.domain.case import Reference
from intake.domain.staff import Role
from intake.records.schema import links
from tests.builders.pages import Pages
from tests.promises.post_bag import sent, word

SAID = "rang <Kim Sample> at home"
SHOWN = "rang &lt;Kim Sample&gt; at home"


def looks(pages: Pages, why: str) -> int:
    """Count the lines of looks at one thing."""
    lines, _ = pages.home.records.trail(500)
    return sum((line["event"], line["why"]) == ("looked", why) for line in lines)


def closed(pages: Pages) -> str:
    """Close the held email's item with a reason; return where its page is."""
    (item,) = pages.home.records.exceptions_about(message=pages.held)
    pages.home.records.close_exception(item["id"], "sam.sample", SAID, pages.home.now)
    return f"/message/{pages.held}"


def test_reasons_are_read_by_those_who_may_see_children(pages: Pages) -> None:
    """In the story and beside the closed item, the look written down; others see that there was one."""
    at = closed(pages)
    assert pages.visit(Role.REVIEWER).get(at).text.count(SHOWN) == 2
    assert looks(pages, "reasons") == 1
    text = pages.visit(Role.AUDITOR).get(at).text
    assert SHOWN not in text
    assert "A reason was given" in text
    assert looks(pages, "reasons") == 1


def test_a_look_at_no_reason_leaves_no_line(looked_at: Pages) -> None:
    """An email nobody has decided about is codes alone."""
    before = looks(looked_at, "reasons")
    looked_at.visit(Role.REVIEWER).get(f"/message/{looked_at.locked}")
    assert looks(looked_at, "reasons") == before


def test_closed_items_stand_with_who_when_and_why(pages: Pages) -> None:
    """The reason for those who may, written down with whose it is; page by page."""
    closed(pages)
    text = pages.visit(Role.REVIEWER).get("/exceptions/closed").text
    assert SHOWN in text
    assert "by sam.sample" in text
    (line,) = [one for one in pages.home.records.trail(500)[0] if one["why"] == "reasons"]
    assert line["details"]["messages"] == pages.held
    assert SHOWN not in pages.visit(Role.AUDITOR).get("/exceptions/closed").text
    assert "/exceptions/closed" in pages.visit(Role.AUDITOR).get("/exceptions").text


def test_a_cases_story_folds_looks_and_says_whose_line_it_is(pages: Pages) -> None:
    """Several looks are one sentence; of several emails each line names its own."""
    visit = pages.visit(Role.REVIEWER, name="sam.sample")
    for _ in range(3):
        text = visit.get(f"/case/{pages.case}").text
    story = text.partition("Its story")[2]
    assert "Looked at 3 times, last by sam.sample" in story
    assert story.count("Looked at") == 1
    assert "/message/" not in story
    again = pages.home.take(sent(1, word(1)).replace(b"<1@gmp.example>", b"<77@gmp.example>"))
    story = visit.get(f"/case/{pages.case}").text.partition("Its story")[2]
    for message in (pages.registered, again["id"]):
        assert f'email <a class="govuk-link" href="/message/{message}">' in story


def test_a_story_says_which_letter_and_where_to(pages: Pages) -> None:
    """No code stands in it."""
    for due in pages.home.records.due_letters(pages.home.now, 50):
        pages.home.records.letter_failed(due.id, "connection-refused", pages.home.now, pages.home.now)
    visit, at = pages.visit(Role.REVIEWER), f"/message/{pages.held}"
    visit.post(f"{at}/move", at=at, way="set-aside", reason="not ours")
    text = visit.get(at).text
    assert "Receipt. The mail server took no connection" in text
    assert "Sent another way by a person</strong>: Set aside" in text
    assert "connection-refused" not in text


def test_another_services_form_says_whose_it_is(looked_at: Pages) -> None:
    """By the neighbour's name, at the top and beside the attachment."""
    text = looked_at.visit(Role.AUDITOR).get(f"/message/{looked_at.held}").text
    assert text.count("A form of another service: Multi-agency referral (Bridge Partnership, MASH)") == 2
    assert ">Word document<" in text
    assert ">docx<" not in text


def test_what_is_let_out_of_quarantine_is_said_to_get_no_letter(pages: Pages) -> None:
    """Before and after: its sender failed the checks, so the program never writes to them."""
    visit, at = pages.visit(Role.REVIEWER), f"/message/{pages.quarantined}"
    assert "writes no letter to its sender" in visit.get(at).text
    assert visit.post(f"{at}/move", at=at, way="screened", reason="they rang").status_code == 302
    pages.home.walk(pages.quarantined)  # type: ignore[arg-type]  # an id is a text
    row = pages.home.row(pages.quarantined)  # type: ignore[arg-type]  # an id is a text
    assert (row["stage"], row["letters"]) == ("registered", [])
    assert "writes no letter to its sender" in visit.get(at).text
    assert "writes no letter" not in visit.get(f"/message/{pages.registered}").text


def test_a_link_names_the_other_of_two_cases(pages: Pages) -> None:
    """From either side, on the case, where it is decided, and on today with both; with what was said of it."""
    other = pages.home.take(sent(50, word(50)))["cases"][0]
    row = {"reference": other, "message": pages.registered, "document": 1, "kind": "same-incident"}
    with pages.home.records.store.engine.begin() as connection:
        connection.execute(insert(links).values(**row, other=pages.case))
    (link,) = pages.home.records.links_of(Reference(pages.case))
    visit = pages.visit(Role.REVIEWER, name="sam.sample")
    duplicates = visit.get("/").text.partition("Duplicates to decide")[2].partition("<h2")[0]
    assert all(f"/case/{one}" in duplicates for one in (pages.case, other))
    for here, there in ((pages.case, other), (other, pages.case)):
        listed = visit.get(f"/case/{here}").text.partition("Duplicates and the same incident")[2].partition("<h2")[0]
        assert f'case <a class="govuk-link" href="/case/{there}">' in listed
        assert f'case <a class="govuk-link" href="/case/{there}">' in visit.get(f"/case/{here}/links/{link.id}").text
    at = f"/case/{pages.case}/links/{link.id}"
    assert visit.post(at, at=at, verdict="refused", reason=SAID).status_code == 302
    assert SHOWN in visit.get(f"/case/{pages.case}").text


def test_the_trail_is_filtered_and_says_which_answer(pages: Pages) -> None:
    """By account, by case or email; a correction says field and case. Both stand in the address of the next page."""
    visit = pages.visit(Role.MANAGER, name="sam.sample")
    at = f"/case/{pages.case}/correct?field=incident.place&version=1"
    fields = {"field": "incident.place", "version": "1", "value": "Nowhere Park", "reason": "a slip"}
    assert visit.post(f"/case/{pages.case}/correct", at=at, **fields).status_code == 302
    for path in ("/trail?by=SAM.SAMPLE", f"/trail?about={pages.case.lower()}", f"/trail?about={pages.registered}"):
        text = visit.get(path).text
        assert f"An answer was corrected: Location. Case {pages.case}" in text
    assert "No line matches" in visit.get("/trail?by=nobody.there").text
    assert "Now manager" in visit.get("/trail").text


def test_the_log_counts_and_names_each_thing_once(looked_at: Pages) -> None:
    """One finding is no findings; and what is registered says so once."""
    text = looked_at.visit(Role.AUDITOR).get("/log").text
    assert "1 findings" not in text
    assert '1<span class="govuk-visually-hidden"> finding of' in text
    assert "<br>Registered<" not in text.replace("\n", "")


def test_what_is_no_day_is_said_in_our_words(pages: Pages) -> None:
    """In the summary and in its place."""
    visit, at = pages.visit(Role.REVIEWER), f"/case/{pages.case}/step"
    text = visit.post(at, at=at, step="sent-to-panel", day="32 May").text
    assert text.count("Enter a whole day, for example 27 3 2026") == 2
    assert "valid date value" not in text
