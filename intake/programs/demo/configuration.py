"""The demo's own configuration: invented agencies and members, a throwaway store, servers on loopback."""

from pathlib import Path

PROGRAM = """\
[[mailbox]]
name = "sscp"
host = "127.0.0.1"
port = {imap}
security = "insecure"   # loopback, and the demo's own server
username = "sscp@salford.gov.uk"
password_file = "imap-password"
poll_seconds = 1.0
trusted_authserv = ["mx.salford.gov.uk"]
hops_above_results = 0

[mailbox.file_to]
registered = "Intake/Registered"
set-aside = "Intake/Set aside"
held = "Intake/Needs a person"
quarantined = "Intake/Quarantine"

[post]
host = "127.0.0.1"
port = {smtp}
security = "insecure"
username = ""
from = "SSCP Business Unit <sscp@salford.gov.uk>"

[store]
database = "sqlite:///var/intake.db"
vault = "var/vault"
keyring_file = "var/keyring"

[report]
to = ["business.unit@sscp.example"]

[alert]
to = ["duty@sscp.example"]

[web]
listen = "127.0.0.1:{web}"

[log]
level = "warning"
"""

AGENCIES = """\
[[agency]]
code = "constabulary"
name = "Exampleshire Constabulary"
aliases = ["EC Police"]
domains = ["constabulary.example"]
represented_by = "constabulary"
from = 2018-06-29

[[agency]]
code = "hospital"
name = "Exampleton Hospitals NHS Trust"
aliases = ["Exampleton Hospitals"]
domains = ["hospital.example"]
represented_by = "hospital"
from = 2018-06-29

[[agency]]
code = "school"
name = "Nowhere Lane Primary School"
domains = ["nowhere-lane.example"]
represented_by = "council"
from = 2018-06-29

[[agency]]
code = "council"
name = "Exampleton Children's Services"
domains = ["council.example"]
represented_by = "council"
from = 2018-06-29
"""

MEMBERS = """\
[[member]]
name = "Orla Example"
agency = "constabulary"
email = "orla.example@constabulary.example"
from = 2024-04-01

[[member]]
name = "Idris Sample"
agency = "hospital"
email = "idris.sample@hospital.example"
from = 2024-04-01

[[member]]
name = "Wren Placeholder"
agency = "council"
email = "wren.placeholder@council.example"
from = 2024-04-01
"""


def write(folder: Path, *, imap: int, smtp: int, web: int, password: str) -> Path:
    """Write the demo's configuration into ``folder``; return its ``intake.toml``. The rest is as shipped."""
    (folder / "imap-password").write_text(password)
    (folder / "imap-password").chmod(0o600)
    (folder / "agencies.toml").write_text(AGENCIES)
    (folder / "prsg_members.toml").write_text(MEMBERS)
    program = folder / "intake.toml"
    program.write_text(PROGRAM.format(imap=imap, smtp=smtp, web=web))
    return program
