"""Hostile mails, made in code: each a name, the threat it stands for, the mail, and the verdict it must end in."""
