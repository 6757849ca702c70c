"""What ``intake verify`` looks at, one concern a module; :mod:`intake.records.verification` is the door."""
