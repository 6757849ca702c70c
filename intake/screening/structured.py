"""Structured header bodies (RFC 5322 3.2): comments, which may be nested and quoted out of, and their removal."""

BLANKS = " \t"


def comment_end(text: str, start: int) -> int | None:
    """Return where the comment opening at ``start`` has ended, or None when it never does; linear, no recursion."""
    depth, position = 0, start
    while position < len(text):
        character = text[position]
        if character == "\\":
            position += 1
        elif character == "(":
            depth += 1
        elif character == ")":
            depth -= 1
            if depth == 0:
                return position + 1
        position += 1
    return None


def without_comments(text: str) -> str:
    """Return ``text`` with each comment made one blank; what follows an open comment is lost, as the RFC has it."""
    kept: list[str] = []
    position = 0
    while position < len(text):
        opening = text.find("(", position)
        if opening < 0:
            kept.append(text[position:])
            break
        kept += [text[position:opening], " "]
        position = comment_end(text, opening) or len(text)
    return "".join(kept)
