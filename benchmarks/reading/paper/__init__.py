"""Forms as other people lay them out: one description of a page, brought to Word, printed PDF, HTML or plain text.

Made for the benchmark's foreign layouts and neighbours' forms. Nothing here knows a field of ours or a label's meaning.
"""
