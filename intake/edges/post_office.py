"""The way out: hands finished letters to one mail server over TLS, and believes only its 250 (RFC 5321).

Every socket operation has a time-out. STARTTLS, where configured, is required: a server that does not offer it gets no
credential and no letter. The envelope sender is our own address, not the null path that RFC 3834 would also allow:
hosted servers refuse a null path from a logged-in account, and a bounce must come back to where its case is. Loops are
stopped by our own rules instead (intake.letters.permission, and no answer ever to a bounce).
"""

import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from ipaddress import ip_address

from intake.domain.case import Letter
from intake.domain.delivery import Delivery, Refused
from intake.edges import tls
from intake.edges.smtp_line import Limited, LimitedTls
from intake.edges.smtp_transaction import WHAT, hand_over
from intake.errors import ConfigFault, Misconfigured, Unavailable
from intake.letters.envelope import address_of
from intake.settings.program import Post, Security

Secret = Callable[[], str]
"""Gives the password or the access token at each login; nothing keeps it."""


class SmtpPostOffice:
    """One kept connection to the configured server; ``secret`` is asked at each login.

    With ``post.oauth`` the secret is an access token (XOAUTH2), else the password; no user name means no login.
    """

    def __init__(self, post: Post, secret: Secret) -> None:
        """Refuse (Misconfigured) plain text to anywhere but this machine; connect only when asked to."""
        if post.security is Security.INSECURE and not is_loopback(post.host):
            raise Misconfigured([ConfigFault("intake.toml", "post.security", "insecure is for loopback only")])
        self._post = post
        self._secret = secret
        self._sender = address_of(post.sender)
        self._smtp: smtplib.SMTP | None = None

    def connect(self) -> None:
        """Make sure of a secured, logged-in connection; Unavailable("smtp", ...) while the server is away."""
        self._connected()

    def send(self, letter: Letter) -> Delivery:
        """Hand over one letter; Unavailable("smtp", "in-doubt") when cut between its last byte and the answer."""
        smtp = self._connected()
        try:
            with _mapped():
                delivery = hand_over(smtp, self._sender, letter)
                if isinstance(delivery, Refused):
                    self._begin_anew(smtp)
                return delivery
        except BaseException:  # whatever it was, nobody knows where in the conversation it left us
            self._drop()
            raise

    def close(self) -> None:
        """Say goodbye where somebody still listens."""
        if self._smtp is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._smtp.quit()
        self._drop()

    def _connected(self) -> smtplib.SMTP:
        if self._smtp is not None and _still_there(self._smtp):
            return self._smtp
        self._drop()
        with _mapped():
            smtp = self._dialled()
            try:
                self._log_in(smtp)
            except BaseException:
                smtp.close()
                raise
        self._smtp = smtp
        return smtp

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
        self._smtp = None

    def _begin_anew(self, smtp: smtplib.SMTP) -> None:
        """Leave a refused letter behind; a server that hangs up after its no has said no all the same."""
        try:
            is_ready = smtp.rset()[0] == 250
        except (smtplib.SMTPException, OSError):
            is_ready = False
        if not is_ready:
            self._drop()

    def _dialled(self) -> smtplib.SMTP:
        post = self._post
        # Said in EHLO; the library would ask the name service for this machine's name, which is nobody's business.
        name = self._sender.rpartition("@")[2]
        if post.security is Security.TLS:
            return LimitedTls(
                post.host, post.port, name, timeout=post.timeout_seconds, context=tls.context(post.ca_file)
            )
        smtp = Limited(post.host, post.port, name, timeout=post.timeout_seconds)
        if post.security is Security.STARTTLS:
            try:
                smtp.starttls(context=tls.context(post.ca_file))
            except BaseException:
                smtp.close()
                raise
        return smtp

    def _log_in(self, smtp: smtplib.SMTP) -> None:
        smtp.ehlo_or_helo_if_needed()
        if not self._post.username:
            return
        try:
            if self._post.oauth is None:
                smtp.login(self._post.username, self._secret())
            else:
                bearer = f"user={self._post.username}\x01auth=Bearer {self._secret()}\x01\x01"
                smtp.auth("XOAUTH2", lambda challenge=None: bearer if challenge is None else "")
        except smtplib.SMTPAuthenticationError as refused:
            raise Unavailable(WHAT, f"login-refused-{refused.smtp_code}") from None
        except smtplib.SMTPNotSupportedError:
            raise Unavailable(WHAT, "login-not-offered") from None
        except UnicodeError:
            raise Unavailable(WHAT, "login-not-ascii") from None


def is_loopback(host: str) -> bool:
    """Tell whether ``host`` can only be this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _still_there(smtp: smtplib.SMTP) -> bool:
    try:
        return smtp.noop()[0] == 250
    except (smtplib.SMTPException, OSError):
        return False


@contextmanager
def _mapped() -> Iterator[None]:
    """Turn the library's and the system's exceptions into Unavailable with a code; none of their words passes."""
    try:
        yield
    except ssl.SSLCertVerificationError:
        raise Unavailable(WHAT, "certificate-refused") from None
    except ssl.SSLError:
        raise Unavailable(WHAT, "tls-failed") from None
    except TimeoutError:
        raise Unavailable(WHAT, "timed-out") from None
    except socket.gaierror:
        raise Unavailable(WHAT, "name-not-found") from None
    except ConnectionRefusedError:
        raise Unavailable(WHAT, "connection-refused") from None
    except smtplib.SMTPNotSupportedError:
        raise Unavailable(WHAT, "starttls-not-offered") from None
    except smtplib.SMTPResponseException as answer:
        raise Unavailable(WHAT, f"answered-{answer.smtp_code}") from None
    except (smtplib.SMTPException, OSError):
        raise Unavailable(WHAT, "connection-lost") from None
