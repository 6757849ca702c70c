"""``python -m benchmarks.pages [--messages 100000]``: each page's time on the server, and memory before and after.

Exit code 1 where a page takes longer than its bar, or memory grows with the pages looked at.
"""

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table
from sqlalchemy import insert

from intake.domain.staff import Role
from intake.records.codec import stamp
from intake.records.schema import exceptions, findings, intake_log, messages
from tests.builders.house import RECEIVED
from tests.builders.pages import Pages, Visit, pages
from tests.promises.post_bag import sent, word

BAR_MILLISECONDS = 100.0
ROUNDS = 15
GROWTH_MEGABYTES = 20.0
PAGE = 5_000
ITEMS, CASES = 2_000, 300
"""Open exceptions, and cases registered by the program itself: some years of a partnership that closes little."""
EVERY_CLOSED = 5
"""Of so many items one is still open."""
ITEMS_ARE = (("locked", "today"), ("late-submission", "attention"), ("qa-sign-off-missing", "attention"))
STAGES = ("registered", "set-aside", "set-aside", "set-aside", "held", "quarantined")


def main() -> int:
    """Fill a house, look at its pages, print, and tell whether every bar is cleared."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.pages", description=__doc__)
    asked.add_argument("--messages", type=int, default=100_000, help="how many there are (100000)")
    count = asked.parse_args().messages
    with tempfile.TemporaryDirectory() as folder, pages(Path(folder)) as house:
        _fill(house, count)
        visit = house.visit(Role.MANAGER)
        looked_at = _looked_at(house, count)
        for path in looked_at.values():  # what is imported and worked out once is there then
            visit.get(path)
        before = _megabytes()
        times = {name: _time(visit, path) for name, path in looked_at.items()}
        grown = _megabytes() - before
    table = Table(title=f"Server time over {count:,} messages, the middle of {ROUNDS}", title_justify="left")
    for name in ("page", "ms", f"bar {BAR_MILLISECONDS:.0f}"):
        table.add_column(name, justify="left" if name == "page" else "right")
    for name, taken in times.items():
        table.add_row(name, f"{taken:.1f}", "kept" if taken <= BAR_MILLISECONDS else "BROKEN")
    table.add_row(
        "memory, more after than before", f"{grown:.1f} MB", "kept" if grown <= GROWTH_MEGABYTES else "BROKEN"
    )
    Console(width=None if sys.stdout.isatty() else 100).print(table)
    return 0 if max(times.values()) <= BAR_MILLISECONDS and grown <= GROWTH_MEGABYTES else 1


def _looked_at(house: Pages, count: int) -> dict[str, str]:
    return {
        "today": "/",
        "log, newest": "/log",
        "log, in the middle": f"/log?below={count // 2}",
        "log, held": "/log?stage=held",
        "log, one finding": "/log?finding=late-submission",
        "log, a day": "/log?since=2026-10-01&until=2026-10-01",
        "log, a rare state": "/log?stage=failed",
        "log, a rare finding": "/log?finding=locked",
        "log, an agency in a state": "/log?agency=gmp&stage=quarantined&finding=late-submission",
        "log, nothing found": "/log?find=SSCP-2026-000000",
        "deadlines": "/deadlines",
        "a message": f"/message/{house.held}",
        "a case": f"/case/{house.case}",
        "exceptions": "/exceptions",
        "exceptions, closed": "/exceptions/closed",
        "keying": f"/message/{house.locked}/key?children=4",
        "keying, twelve children": f"/message/{house.locked}/key?children=12",
        "trail": "/trail",
        "configuration": "/configuration",
        "figures": "/figures",
    }


def _fill(house: Pages, count: int) -> None:
    """Lay in rows of messages as the records have them, over a year; every tenth has a finding."""
    engine = house.home.records.store.engine
    for begin in range(0, count, PAGE):
        numbers = range(begin, min(begin + PAGE, count))
        with engine.begin() as connection:
            connection.execute(insert(messages), [_row(number, count) for number in numbers])
            connection.execute(insert(intake_log), [line for number in numbers for line in _lines(number, count)])
            marked = [
                {"message": _id(number), "code": "late-submission", "detail": "{}"}
                for number in numbers
                if number % 10 == 0
            ]
            connection.execute(insert(findings), marked)
            every = count // ITEMS // EVERY_CLOSED
            items = [_item(number, open_=number % (count // ITEMS) == 0) for number in numbers if number % every == 0]
            connection.execute(insert(exceptions), items) if items else None
    for number in range(CASES):
        house.home.take(sent(1_000 + number, word(1_000 + number)))


def _row(number: int, count: int) -> dict[str, object]:
    at = stamp(RECEIVED - timedelta(minutes=(count - number) * 5))
    stage = STAGES[number % len(STAGES)]
    return {
        "id": _id(number), "mailbox": "sscp", "folder": "INBOX", "uidvalidity": 2, "uid": number + 1, "received_at": at,
        "recorded_at": at, "bytes": 50_000, "sha256": f"{number:064x}", "content_sha256": f"c{number:063x}",
        "stage": stage, "why": "not-a-referral", "attempts": 0, "agency": "gmp" if number % 3 else None,
        "sender_trust": "authenticated" if number % 3 else "unknown",
    }  # fmt: skip


def _lines(number: int, count: int) -> Iterator[dict[str, object]]:
    """Give the lines the log has of a message, well below those that the program writes itself."""
    at, told = stamp(RECEIVED - timedelta(minutes=(count - number) * 5)), '{"documents":[[1,"docx","read",null]]}'
    for place, event in enumerate(("received", "moved", "moved", "filed")):
        yield {
            "seq": -(count - number) * 4 + place - 4, "at": at, "message": _id(number), "event": event, "why": event,
            "details": told, "previous": "0" * 64, "mac": "0" * 64,
        }  # fmt: skip


def _item(number: int, *, open_: bool) -> dict[str, object]:
    """Return an item; of some that are open, nobody has taken care for a long time."""
    code, severity = ITEMS_ARE[number // 7 % len(ITEMS_ARE)]
    closed = (None, None) if open_ else (stamp(RECEIVED), "somebody")
    return {
        "message": _id(number), "code": code, "severity": severity, "opened_at": stamp(RECEIVED),
        "closed_at": closed[0], "closed_by": closed[1],
    }  # fmt: skip


def _id(number: int) -> str:
    return f"m-b{number:011d}"


def _time(visit: Visit, path: str) -> float:
    taken = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        answer = visit.get(path)
        taken.append((time.perf_counter() - begun) * 1_000)
        if answer.status_code != 200:
            sys.exit(f"{path}: {answer.status_code}")
    return median(taken)


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
