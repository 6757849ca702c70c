"""A described form as the HTML body of a mail, the way a mail program writes tables pasted from elsewhere."""

from html import escape

from benchmarks.reading.paper.blocks import Beside, Block, Cell, Framed, Grid, Heading, Line, Paper

HEAD = '<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head><body>\n'


def web(paper: Paper) -> bytes:
    """Return the form as HTML in UTF-8."""
    return (HEAD + "\n".join(map(_block, paper.blocks)) + "\n</body></html>\n").encode()


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        level = block.level + 1
        text = escape(block.text)
        return f"<h{level}>{text}</h{level}>" if block.styled else f'<p class="MsoNormal"><b>{text}</b></p>'
    if isinstance(block, Line):
        return f'<p class="MsoNormal">{_words(block.text, bold=block.bold)}</p>'
    if isinstance(block, Grid):
        return _table(block)
    if isinstance(block, Beside):
        return f"<table><tr><td>{_table(block.left)}</td><td>{_table(block.right)}</td></tr></table>"
    return _framed(block)


def _framed(box: Framed) -> str:
    return "<blockquote>" + "".join(f"<p>{_words(line)}</p>" for line in box.lines) + "</blockquote>"


def _table(block: Grid) -> str:
    rows = "\n".join("<tr>" + "".join(map(_cell, row)) + "</tr>" for row in block.rows)
    return f'<table border="{int(block.lined)}" cellspacing="0" cellpadding="4">\n{rows}\n</table>'


def _cell(cell: Cell) -> str:
    spans = (f' colspan="{cell.span}"' if cell.span > 1 else "") + (f' rowspan="{cell.down}"' if cell.down > 1 else "")
    shade = f' bgcolor="#{cell.shade}"' if cell.shade else ""
    note = f"<br><i><small>{_words(cell.note)}</small></i>" if cell.note else ""
    inside = _table(cell.inside) if cell.inside else ""
    return f"<td{spans}{shade}>{_words(cell.text, bold=cell.bold) or '&nbsp;'}{note}{inside}</td>"


def _words(text: str, *, bold: bool = False) -> str:
    words = escape(text).replace("\n", "<br>\n").replace("\t", "&nbsp;&nbsp;&nbsp;&nbsp;")
    return f"<b>{words}</b>" if bold and words else words
