"""Verdicts on a mail before anything in it is opened: sender, loops, attachments, malware."""
