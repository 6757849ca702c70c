"""The one way TLS is spoken."""

import ssl
from pathlib import Path

import pytest
import trustme

from intake.edges.tls import context
from intake.errors import Misconfigured


def test_nothing_older_than_tls_1_2_is_spoken_and_every_certificate_is_checked() -> None:
    """There is no fallback to fall back to."""
    secured = context(None)
    assert secured.minimum_version >= ssl.TLSVersion.TLSv1_2
    assert secured.verify_mode is ssl.CERT_REQUIRED
    assert secured.check_hostname


def test_a_named_authority_is_the_only_one_believed(tmp_path: Path) -> None:
    """With ``ca_file`` no authority of the system's can vouch for the server."""
    trustme.CA().cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    assert len(context(tmp_path / "ca.pem").get_ca_certs()) == 1


@pytest.mark.parametrize("content", [None, b"", b"no certificate"])
def test_a_file_without_a_certificate_is_a_fault_of_the_configuration(tmp_path: Path, content: bytes | None) -> None:
    """It is told with its name, not found out at the first connection as something else."""
    file = tmp_path / "ca.pem"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(Misconfigured) as told:
        context(file)
    assert told.value.faults[0].file == str(file)
