"""The one way TLS is spoken here: 1.2 or newer, a certificate from a known authority, and for the name we called."""

import ssl
from pathlib import Path

from intake.errors import ConfigFault, Misconfigured


def context(ca_file: Path | None) -> ssl.SSLContext:
    """Return a client's context: trusts ``ca_file`` alone where one is given, else the system's authorities.

    Raises Misconfigured where the file holds no certificate that can be read. There is no way to switch checking off.
    """
    try:
        secured = ssl.create_default_context(cafile=ca_file)
    except (OSError, ssl.SSLError):
        raise Misconfigured([ConfigFault(str(ca_file), "", "holds no certificate that can be read (PEM)")]) from None
    secured.minimum_version = ssl.TLSVersion.TLSv1_2
    return secured
