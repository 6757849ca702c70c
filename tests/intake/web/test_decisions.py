"""What people decide is done once, by the name they signed in with, with a reason that is kept."""

from intake.domain.message import MessageId
from intake.domain.staff import Role
from intake.web.proving import FRESH
from tests.builders.pages import PASSWORD, TOKEN, Pages
from tests.promises.post_bag import sent

FORM_IN_BODY = "\r\n".join(
    (
        "Name of referrer: Orla Example", "Agency: Greater Manchester Police", "Child's full name: Pip Zqbody",
        "Date of birth: 04/03/2021", "Date of incident: 10/11/2026", "Reason for referral: Invented",
        "Quality assured by: Quinn Sample",
    )
)  # fmt: skip


def by_of(pages: Pages, event: str) -> str:
    """Return who the newest line of an event is by."""
    lines, _ = pages.home.records.trail(50)
    return str(next(one for one in lines if one["event"] == event)["details"]["by"])


def test_a_held_message_is_set_aside_by_name_and_reason(pages: Pages) -> None:
    """It stands there at once, the line says who; a second person is told that somebody was quicker."""
    visit, at = pages.visit(Role.REVIEWER, name="sam.sample"), f"/message/{pages.held}"
    assert visit.post(f"{at}/move", at=at, way="set-aside", reason="  not ours  ").status_code == 302
    assert pages.home.row(MessageId(pages.held))["stage"] == "set-aside"
    assert by_of(pages, "moved-by-person") == "sam.sample"
    assert visit.post(f"{at}/move", at=at, way="set-aside", reason="again").status_code in {400, 409}


def test_nothing_is_decided_without_a_reason(pages: Pages) -> None:
    """The page comes back with what is missing, linked to its place, and nothing is changed."""
    visit, at = pages.visit(Role.REVIEWER), f"/message/{pages.held}"
    answer = visit.post(f"{at}/move", at=at, way="set-aside", reason="   ")
    assert answer.status_code == 400
    assert 'href="#reason"' in answer.text
    assert pages.home.row(MessageId(pages.held))["stage"] == "held"


def test_what_was_judged_hostile_is_let_out_by_who_is_there_now(pages: Pages) -> None:
    """A session some minutes old needs the password again, and its code; the right one stands for some minutes."""
    visit, at = pages.visit(Role.REVIEWER), f"/message/{pages.quarantined}"
    pages.home.now += FRESH
    act = {"way": "screened", "reason": "they rang: it is theirs"}
    for wrong in ({}, {"own_password": "wrong"}):
        answer = visit.post(f"{at}/move", at=at, **act, **wrong)
        assert (answer.status_code, 'href="#own_password"' in answer.text) == (400, True)
    assert pages.home.row(MessageId(pages.quarantined))["stage"] == "quarantined"
    assert visit.post(f"{at}/move", at=at, **act, own_password=PASSWORD).status_code == 302
    assert pages.home.row(MessageId(pages.quarantined))["stage"] == "screened"


def test_setting_aside_asks_for_no_password(pages: Pages) -> None:
    """Nothing is let out by it; and whoever has just signed in is asked for none at all."""
    visit, at = pages.visit(Role.REVIEWER), f"/message/{pages.quarantined}"
    assert 'name="own_password"' not in visit.get(at).text
    pages.home.now += FRESH
    assert 'name="own_password"' in visit.get(at).text
    assert visit.post(f"{at}/move", at=at, way="set-aside", reason="a forgery").status_code == 302


def test_an_item_is_closed_once(pages: Pages) -> None:
    """By name and reason; after that there is nothing to close."""
    visit, item = pages.visit(Role.REVIEWER), pages.home.records.exception_rows()[0]
    at = f"/exceptions/{item['id']}/close"
    assert visit.post(at, at=at, reason="rang the Bridge").status_code == 302
    assert visit.get(at).status_code == 409
    assert by_of(pages, "exception-closed") == "reviewer"


def test_a_password_is_handed_on_and_its_failure_told(pages: Pages) -> None:
    """A wrong one says so in its place; a right one goes on; nobody sees it again."""
    visit, at = pages.visit(Role.REVIEWER), f"/message/{pages.locked}"
    answer = visit.post(f"{at}/unlock", at=at, password="wrong")
    assert (answer.status_code, "opens nothing here" in answer.text) == (400, True)
    assert visit.post(f"{at}/unlock", at=at, password="right").status_code == 302
    assert pages.password_typed == [f"{pages.locked} reviewer"] * 2


def test_an_answer_is_corrected_and_the_old_one_stays_beside_it(pages: Pages) -> None:
    """The new value is shown as keyed, what was read stands below it, and the line says who."""
    visit = pages.visit(Role.MANAGER)
    at = f"/case/{pages.case}/correct?field=incident.place&version=1"
    fields = {"field": "incident.place", "version": "1", "value": "Nowhere Park", "reason": "the form says so"}
    assert visit.post(f"/case/{pages.case}/correct", at=at, **fields).status_code == 302
    text = visit.get(f"/case/{pages.case}").text
    assert "Nowhere Park" in text
    assert "Keyed by a person" in text
    assert "Read: 2 Made Up Street, Salford" in text
    assert by_of(pages, "value-keyed") == "manager"


def test_a_choice_is_corrected_by_its_options_and_a_table_by_its_lines(pages: Pages) -> None:
    """Each option and each row stands by itself, as it would have been read."""
    visit, correct = pages.visit(Role.MANAGER), f"/case/{pages.case}/correct"
    said = {
        "incident.harm": (["Death", "Serious harm: neglect"], ["Death", "Serious harm: neglect"]),
        "family.members": ("Ann Madeup | Aunt\n\nBo Madeup", ["Ann Madeup | Aunt", "Bo Madeup"]),
        "safety.current_risk": ("Yes", ["Yes"]),
    }
    for field, (value, kept) in said.items():
        token = TOKEN.search(visit.get(f"{correct}?field={field}&version=1").text)
        assert token
        given = {"field": field, "version": "1", "value": value, "reason": "the form", "csrf_token": token.group(1)}
        assert visit.client.post(correct, data=given).status_code == 302
        (row,) = [row for row in pages.home.register() if row["reference"] == pages.case]
        assert [one["value"] for one in row["readings"] if one["field"] == field] == kept


def test_an_empty_correction_says_whether_the_form_is_empty_there(pages: Pages) -> None:
    """Nothing typed is no answer; ticked that there is none, it is kept as blank."""
    visit, correct = pages.visit(Role.MANAGER), f"/case/{pages.case}/correct"
    at = f"{correct}?field=incident.place&version=1"
    fields = {"field": "incident.place", "version": "1", "value": " ", "reason": "the form says so"}
    answer = visit.post(correct, at=at, **fields)
    assert (answer.status_code, 'href="#value"' in answer.text) == (400, True)
    assert visit.post(correct, at=at, **fields, blank="y").status_code == 302


def test_the_original_is_given_as_a_file_and_written_down(pages: Pages) -> None:
    """Byte for byte, as something no browser opens, under a name of ours; nobody without the right gets it."""
    at = f"/message/{pages.registered}"
    answer = pages.visit(Role.REVIEWER).post(f"{at}/original", at=at)
    assert answer.data == pages.home.vault.open(pages.registered)  # type: ignore[arg-type]  # an id is a text
    assert answer.mimetype == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{pages.registered}.eml"'
    assert by_of(pages, "downloaded") == "reviewer"
    assert f"{at}/original" not in pages.visit(Role.AUDITOR).get(at).text


def test_the_log_is_taken_away_as_a_sheet_and_it_is_written_down(pages: Pages) -> None:
    """What the filter shows, codes and references alone; no cell is a formula; only for those who may."""
    visit = pages.visit(Role.MANAGER)
    for kind, first in (("csv", b"\xef\xbb\xbfReceived"), ("xlsx", b"PK")):
        answer = visit.post("/log/sheet", at="/log", kind=kind, stage="held")
        assert answer.data.startswith(first)
        assert f'filename="intake-log.{kind}"' in answer.headers["Content-Disposition"]
    rows = visit.post("/log/sheet", at="/log", kind="csv", stage="held").data.decode("utf-8-sig").splitlines()
    assert len(rows) == 3
    assert by_of(pages, "exported") == "manager"
    assert "/log/sheet" not in pages.visit(Role.REVIEWER).get("/log").text


def test_every_look_at_a_case_is_on_record(pages: Pages) -> None:
    """Before it is shown; looking at the log of codes leaves no line."""
    visit = pages.visit(Role.REVIEWER)
    visit.get("/log")
    before = len(pages.home.records.trail(50)[0])
    visit.get(f"/case/{pages.case}")
    lines, _ = pages.home.records.trail(50)
    assert len(lines) == before + 1
    assert (lines[0]["event"], lines[0]["details"]["case"]) == ("looked", pages.case)


def correct(pages: Pages, field: str, value: str, **more: str) -> int:
    """Correct an answer of the case; return the answer's status."""
    visit, correct = pages.visit(Role.MANAGER), f"/case/{pages.case}/correct"
    child = more.get("child", "")
    at = f"{correct}?field={field}&version=1&child={child}"
    fields = {"field": field, "version": "1", "value": value, "reason": "they rang", "child": child}
    return visit.post(correct, at=at, **fields).status_code


def test_a_case_is_judged_by_what_was_corrected(pages: Pages) -> None:
    """Another day of the incident is another count of days, in the register, on the page, and in what was found."""
    (before,) = [row for row in pages.home.register() if row["reference"] == pages.case]
    assert before["timeliness"]["band"] == "within-working"
    assert correct(pages, "incident.date", "02/02/2026") == 302
    (after,) = [row for row in pages.home.register() if row["reference"] == pages.case]
    assert (after["timeliness"]["band"], str(after["timeliness"]["earliest"])) == ("late", "2026-02-02")
    text = pages.visit(Role.REVIEWER).get(f"/case/{pages.case}").text
    assert "Incident on Monday 2 February 2026 (day 0)" in text
    assert "late-submission" in {item["code"] for item in pages.home.records.exception_rows()}
    assert "late-submission" in pages.home.row(MessageId(pages.registered))["findings"]
    (page,) = pages.home.records.cases_seen([pages.case])
    assert page["band"] == "late"


def test_every_correction_stands_with_who_when_and_why(pages: Pages) -> None:
    """Also the one that another was put in the place of."""
    for place in ("Nowhere Park", "Elsewhere Green"):
        assert correct(pages, "incident.place", place) == 302
    text = pages.visit(Role.REVIEWER).get(f"/case/{pages.case}").text.partition("Corrections</h2>")[2]
    assert all(said in text for said in ("Nowhere Park", "Elsewhere Green", "by manager", "they rang"))


def test_an_answer_that_was_not_read_can_be_keyed_and_a_child_added(pages: Pages) -> None:
    """What is not answered is named with a way to key it; one child more than there are, and no third."""
    text = pages.visit(Role.REVIEWER).get(f"/case/{pages.case}").text
    assert "Not answered:" in text
    assert f"/case/{pages.case}/correct?version=1&amp;field=child.name&amp;child=2" in text
    assert correct(pages, "child.name", "Pip Madeup", child="2") == 302
    (row,) = [row for row in pages.home.register() if row["reference"] == pages.case]
    assert ("child.name", 2, "Pip Madeup") in {(one["field"], one["child"], one["value"]) for one in row["readings"]}
    assert row["children"] == 2


def test_no_answer_is_keyed_where_the_form_has_no_such_place(pages: Pages) -> None:
    """A child far beyond those there are, a child's answer of no child, nobody's answer of a child, no version."""
    visit, correct = pages.visit(Role.MANAGER), f"/case/{pages.case}/correct"
    odd_places = ("field=child.name&child=99", "field=child.name", "field=incident.place&child=1")
    for odd in (*odd_places, "field=child.name&child=0"):
        assert visit.get(f"{correct}?version=1&{odd}").status_code == 404
    assert visit.get(f"{correct}?version=2&field=incident.place").status_code == 404


def test_a_correction_begins_with_what_is_shown_now(pages: Pages) -> None:
    """Long answers are not typed twice, ticks stay ticked; a date that is none is said to be so."""
    visit, correct_at = pages.visit(Role.MANAGER), f"/case/{pages.case}/correct"
    assert 'value="2 Made Up Street, Salford"' in visit.get(f"{correct_at}?field=incident.place&version=1").text
    assert " checked" in visit.get(f"{correct_at}?field=incident.harm&version=1").text
    assert correct(pages, "qa.date", "some day") == 400
    assert correct(pages, "qa.date", "13/11/2026") == 302


def test_every_look_at_an_answer_is_written_down(pages: Pages) -> None:
    """Also where the form comes back because something is missing."""
    visit, correct_at = pages.visit(Role.MANAGER), f"/case/{pages.case}/correct"
    at, fields = f"{correct_at}?field=incident.place&version=1", {"field": "incident.place", "version": "1"}
    assert visit.post(correct_at, at=at, **fields, value="x", reason="").status_code == 400
    looks = [line for line in pages.home.records.trail(20)[0] if (line["event"], line["why"]) == ("looked", "answer")]
    assert len(looks) == 2


def test_what_was_set_aside_and_was_a_referral_is_keyed_and_registered(pages: Pages) -> None:
    """The program would set it aside again: a person makes it wait, keys its form, and it is a case."""
    row = pages.home.take(sent(81, text="Thank you for your newsletter."))
    assert row["stage"] == "set-aside"
    visit, at = pages.visit(Role.REVIEWER), f"/message/{row['id']}"
    assert "It was a referral after all" in visit.get(at).text
    assert visit.post(f"{at}/move", at=at, way="held", reason="they rang: it is one").status_code == 302
    assert pages.home.row(row["id"])["stage"] == "held"
    said = {"source": "body", "sheet": "sscp-2023", "reason": "from the call", "child__name__1": "Pip Zqkeyed"}
    assert visit.post(f"{at}/key", at=f"{at}/key", **said).status_code == 302
    assert pages.home.walk(row["id"]).stage == "registered"


def test_what_is_only_offered_is_shown_to_be_compared(pages: Pages) -> None:
    """Each answer with its place, for those who may see children, and the look is written down."""
    row = pages.home.take(sent(82, text=FORM_IN_BODY))
    assert row["why"] == "form-in-body"
    at = f"/message/{row['id']}"
    text = pages.visit(Role.REVIEWER).get(at).text
    assert "compared each answer with the original" in text
    assert "Pip Zqbody" in text
    looks = [line for line in pages.home.records.trail(20)[0] if (line["event"], line["why"]) == ("looked", "offer")]
    assert [line["message"] for line in looks] == [row["id"]]
    assert "Zqbody" not in pages.visit(Role.AUDITOR).get(at).text
