"""Folder names: written with ``/`` in the configuration, with the server's own delimiter and prefix on the wire."""

from dataclasses import dataclass

from intake.edges.mailbox.wire import Client


@dataclass(frozen=True, slots=True)
class Names:
    """A server's personal namespace (RFC 2342): what names begin with, and what parts them (empty: nothing does)."""

    prefix: str
    delimiter: str

    @staticmethod
    def of_server(client: Client) -> "Names":
        """Ask the server; imapclient's exceptions pass on to the caller's mapping."""
        if client.has_capability("NAMESPACE"):
            personal = client.namespace().personal
            if personal:
                prefix, delimiter = personal[0]
                return Names(prefix or "", delimiter or "")
        for _flags, delimiter, _name in client.list_folders("", ""):
            return Names("", delimiter.decode("ascii") if isinstance(delimiter, bytes) else "")
        return Names("", "")

    def of(self, folder: str) -> str:
        """Return the server's name for a configured folder; a name already written the server's way stays."""
        if folder.upper() == "INBOX":
            return "INBOX"
        if self.prefix and folder.startswith(self.prefix):
            return folder
        if not self.delimiter:
            return folder.replace("/", "-")
        parts = folder.split("/")
        if self.delimiter != "/" and len(parts) > 1:
            parts = [part.replace(self.delimiter, "-") for part in parts]
        return self.prefix + self.delimiter.join(parts)
