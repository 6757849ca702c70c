"""The name service, for one kind of question: the key record that a DKIM signature names (RFC 6376 3.6.2)."""

from ipaddress import ip_address

import dns.exception
import dns.resolver
import structlog

from parsers.contract import Signature

SECONDS = 3.0
MAX_RECORD = 2_000
"""Letters of a record that is looked at; an RSA key of 4,096 bits has some 750."""

log = structlog.get_logger("sender-keys")


class DnsSenderKeys:
    """A :class:`intake.ports.SenderKeys` that asks one resolver, and believes it: it should stand on this network."""

    def __init__(self, resolver: str) -> None:
        """Ask the resolver at an address and a port: ``127.0.0.1:53`` or ``[::1]:53``."""
        address, _, port = resolver.rpartition(":")
        self._resolver = dns.resolver.Resolver(configure=False)
        self._resolver.nameservers = [str(ip_address(address.strip("[]")))]
        self._resolver.port = int(port)
        self._resolver.lifetime = SECONDS

    def record(self, signature: Signature) -> str | None:
        """Return the key record; None where there is none, or nobody answers in time."""
        name = f"{signature.selector}._domainkey.{signature.domain}."
        try:
            answer = self._resolver.resolve(name, "TXT")
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return None
        except (dns.exception.DNSException, OSError, ValueError) as fault:
            log.warning("no-key-record", fault=type(fault).__name__)
            return None
        records = [b"".join(each.strings).decode("ascii", "replace") for each in answer]
        return next((record for record in records if len(record) <= MAX_RECORD), None)
