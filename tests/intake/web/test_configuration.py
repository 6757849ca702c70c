"""The configuration page: who is a member on a day, and what the check says of the files as they are now."""

from intake.domain.staff import Role
from tests.builders.pages import TOKEN, Pages


def test_members_are_those_of_the_day_asked_for(looked_at: Pages) -> None:
    """Somebody whose membership has ended stands on the days of it alone; what is no day is today."""
    visit = looked_at.visit(Role.AUDITOR)
    for member in looked_at.home.rules.members:
        for day, is_there in ((member.since, True), (member.to, True)):
            if day is not None:
                assert (member.name in visit.get(f"/configuration?day={day}").text) is is_there
    no_day, today = (TOKEN.sub("", visit.get(path).text) for path in ("/configuration?day=x", "/configuration"))
    assert no_day == today  # but for the token, which tells the second it was made in
    assert "Nobody." in visit.get("/configuration?day=1990-01-01").text


def test_what_is_in_force_is_shown(looked_at: Pages) -> None:
    """The clocks, the next bank holidays, the numbers of the safety block, who is told, and how long what is kept."""
    rules, text = looked_at.home.rules, looked_at.visit(Role.ADMINISTRATOR).get("/configuration").text
    program, days = rules.program, rules.working_days
    for said in (
        f"{days.timeliness.limit_days} {days.timeliness.late_by} days",
        "Friday 25 December 2026", "Monday 28 December 2026",
        "Sunday 31 December 2028", *(one.phone for one in rules.safety.channels), *program.alert.to, *program.report.to,
        f"at most {program.post.letters_per_sender_a_day}", f"{program.retention.case_years} years",
        f"{program.retention.no_referral_days} days", f"every {program.alert.repeat_minutes} minutes",
    ):  # fmt: skip
        assert said in text, said


def test_sound_files_in_force_are_said_to_be(pages: Pages) -> None:
    """Without faults and unchanged; what is unwise is told beside it."""
    text = pages.visit(Role.ADMINISTRATOR).get("/configuration").text
    assert "have no faults" in text
    assert "scanner.clamd" in text
    assert "changed after" not in text


def test_files_changed_since_are_told(pages: Pages) -> None:
    """Sound ones wait for a new start; with a fault the program would not start again, and each says where."""
    visit, file = pages.visit(Role.ADMINISTRATOR), pages.home.rules.folder / "prsg_members.toml"
    written = file.read_text(encoding="utf-8")
    file.write_text(written + "# looked through\n", encoding="utf-8")
    assert "changed after" in visit.get("/configuration").text
    file.write_text(written + "[[member]]\nname = 7\n", encoding="utf-8")
    text = visit.get("/configuration").text
    assert "would not start again" in text
    assert "prsg_members.toml" in text
    file.unlink()
    pages.home.rules.file.unlink()
    assert "would not start again" in visit.get("/configuration").text
