"""Ten thousand mails waiting in a real mailbox: the program stays small, keeps the order, and answers few."""
