"""The secure email intake of the Salford Safeguarding Children Partnership.

A mail with a referral form arrives. ``watch`` seals the original in the vault and writes its row; only then may the
server's copy be moved. ``advance`` takes it leg by leg along :mod:`intake.journey`: screened (who sent it, may it be
opened), parsed (what does the form say, read behind the wall), checked (signed off? in time? complete? new? a child at
risk now?) and registered (a case entry and an acknowledgement, in one transaction). What a machine should not decide is
held for a person, what is no referral is set aside, what is hostile is quarantined; nothing is deleted or skipped.
``post`` sends the letters, ``report`` tells the business unit each night what needs them. See :mod:`intake.journey`.
"""
