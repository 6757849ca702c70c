"""What every answer tells the browser: run nothing, keep nothing, show it nowhere else, tell nobody where from."""

from collections.abc import Sequence

from flask import Response, request

from intake.settings.program import Web

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
STYLES_MAX_AGE = 3_600


def add_headers(answer: Response) -> Response:
    """Add them to an answer; only our styles may be kept for a while."""
    for name, value in ALWAYS.items():
        answer.headers[name] = value
    if request.endpoint == "static":
        answer.headers["Cache-Control"] = f"public, max-age={STYLES_MAX_AGE}"
    return answer


def hosts_of(web: Web) -> Sequence[str]:
    """Return the names the pages answer to: this machine's own, and the one the site gave them."""
    return [name for name in ("127.0.0.1", "localhost", "[::1]", web.public_name) if name]
