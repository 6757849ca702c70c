"""The mailbox: imapclient over TLS, with limits on all that a server may say (incidents.md A to D)."""
