"""Where the program meets the world: mailbox, vault, keys, wall, post office, clock. No library's error passes."""
