"""``intake demo``: the whole main job on this machine alone, over a dozen invented mails, with nothing to set up."""
