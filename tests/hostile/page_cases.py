"""Pages (HTML) as a mail's own words, and as files (incident 73)."""

from collections.abc import Iterator

from tests.hostile.case import Case, attached, whole
from tests.hostile.mime_cases import FROM


def page_cases() -> Iterator[Case]:
    """Give the cases of pages (HTML) as a mail's own words (incident 73)."""
    for name, page in (
        ("deep-100k", "<div>" * 100_000 + "words"),
        ("deep-2000", "<div>" * 2_000 + "words"),
        ("tables-deep", "<table><tr><td>" * 700 + "words"),
        ("unclosed-1e5", "<b>words" * 100_000),
        ("comments-1e5", "<!--" * 100_000),
        ("entities", "&lt;&#xD800;&#0;&nosuch;" * 20_000),
        ("spans-1e9", '<table><tr><td colspan="1000000000" rowspan="1000000000">words</table>' * 50),
        ("cells-2k", "<table>" + "<tr><td>a<td>b" * 1_000 + "</table>"),
        ("hidden", '<p style="display:none">unseen</p><p style="font-size:0;color:#fff">unseen</p><p>words</p>'),
        ("script", "<script>alert(1)</script><meta http-equiv=refresh content='0;url=http://127.0.0.1:9/'>words"),
        (
            "links-outside",
            '<base href="//127.0.0.1:9/"><img src=a><link rel=stylesheet href=b><iframe src="file:///etc/passwd">words',
        ),
        ("data-of-1-mb", '<img src="data:image/png;base64,' + "A" * 1_000_000 + '">words'),
        ("vector", "<svg onload=alert(1)><use href='#a' id=a /></svg>" * 900 + "words"),
        ("attributes-50k", "<p " + " ".join(f"a{n}=b" for n in range(50_000)) + ">words"),
        ("entity-declared", '<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><p>&a;words'),
        ("nul", "<p>\0\0words\0</p>" * 900),
    ):
        yield whole(
            f"page-{name}", "incident 73", lambda page=page: FROM + b"Content-Type: text/html\r\n\r\n" + page.encode()
        )
    yield attached(
        "page-attached",
        "incident 73",
        lambda: b"<!doctype html><script>alert(1)</script>" + b"<p>" * 50_000,
        called="a.html",
    )
    yield attached("page-of-open-comments", "threat 35", lambda: b"<!-- -->" * 60_000 + b"<", called="a.html")
