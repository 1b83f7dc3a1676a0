#!/usr/bin/env python3
"""Looks at the pages of a report as a typographer would: layout_check.py [--selftest] FILE...

Reads what was really drawn (positions, widths, colours, marks of the structure) and reports
  overlap    two texts that cover each other
  outside    text or graphics outside the type area
  contrast   text below 4.5:1, graphics that carry meaning below 3:1
  empty      a page that is empty for more than a third although its chapter goes on
  orphan     a heading or caption at the foot of a page, without what it announces
  stranded   a heading and a sentence or two low on a page, the table or figure they announce on the next
  small      text below 6 points
--selftest plants each of these faults into the first file and wants every one found. Exit status 1 when something is found."""
import re
import sys
from collections import namedtuple

import pikepdf

MM = 72 / 25.4
LEFT, RIGHT = 25 * MM, 190 * MM
TOP, BOTTOM = (297 - 28) * MM, 24 * MM
SPARE = 0.6  # points: rounding, side bearings
Line = namedtuple("Line", "text x0 x1 y size colour mark furniture")
Shape = namedtuple("Shape", "kind x0 y0 x1 y1 colour width mark furniture")
Fault = namedtuple("Fault", "kind page what")


class Font:
    """Widths and texts of the glyphs of a composite font with Identity-H codes."""

    def __init__(self, font):
        child = font.DescendantFonts[0]
        self.default = float(child.get("/DW", 1000))
        self.widths, self.texts = {}, {}
        array = list(child.W)
        at = 0
        while at < len(array):
            first = int(array[at])
            for i, width in enumerate(array[at + 1]):
                self.widths[first + i] = float(width)
            at += 2
        for operands, operator in pikepdf.parse_content_stream(font.ToUnicode):
            if str(operator) == "endbfchar":
                for i in range(0, len(operands) - 1, 2):
                    code = int.from_bytes(bytes(operands[i]), "big")
                    self.texts[code] = bytes(operands[i + 1]).decode("utf-16-be")

    def show(self, codes):
        text, width = "", 0.0
        for i in range(0, len(codes) - 1, 2):
            glyph = codes[i] << 8 | codes[i + 1]
            text += self.texts.get(glyph, "?")
            width += self.widths.get(glyph, self.default)
        return text, width


def multiply(a, b):
    return (a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3], a[2] * b[0] + a[3] * b[2],
            a[2] * b[1] + a[3] * b[3], a[4] * b[0] + a[5] * b[2] + b[4], a[4] * b[1] + a[5] * b[3] + b[5])


class Page:
    """Lines and shapes of one page, in the order in which they are drawn."""

    def __init__(self, page, fonts):
        self.items, self.marks = [], []
        self.fonts, self.resources = fonts, page.Resources.Font
        self.fill = self.stroke = (0, 0, 0)
        self.width = 1.0
        self.font, self.size = None, 0.0
        self.matrix, self.saved = (1, 0, 0, 1, 0, 0), []
        self.path, self.text = [], None
        for operands, operator in pikepdf.parse_content_stream(page):
            self.step(str(operator), operands)

    def mark(self):
        return self.marks[-1] if self.marks else ("", False)

    def point(self, x, y):
        m = self.matrix
        self.path.append((x * m[0] + y * m[2] + m[4], x * m[1] + y * m[3] + m[5]))

    def end_text(self):
        if self.text is not None and self.text[0].strip():
            text, x, width, blank, y = self.text
            name, furniture = self.mark()
            self.items.append(Line(text.strip(), x, x + width - blank, y, self.size, self.fill, name, furniture))
        self.text = None

    def cut(self):
        """Face or colour changes within a line: the rest goes on behind what is written."""
        if self.text is not None:
            going_on = ["", self.text[1] + self.text[2], 0.0, 0.0, self.text[4]]
            self.end_text()
            self.text = going_on

    def show(self, codes):
        text, width = self.font.show(codes)
        width *= self.size / 1000
        self.text[0] += text
        self.text[2] += width
        self.text[3] = width if text.strip() == "" else 0.0  # a trailing blank covers nothing

    def paint(self, stroked):
        if self.path:
            xs, ys = [p[0] for p in self.path], [p[1] for p in self.path]
            name, furniture = self.mark()
            self.items.append(Shape("stroke" if stroked else "fill", min(xs), min(ys), max(xs), max(ys),
                                    self.stroke if stroked else self.fill, self.width, name, furniture))
        self.path = []

    def step(self, operator, operands):
        if operator == "BDC":
            name = str(operands[0])[1:]
            entries = operands[1]
            furniture = name == "Artifact" and "/Subtype" in entries
            if name == "Artifact" and str(entries.get("/Type", "")) == "/Layout":
                name = "Layout"
            if name == "Span" and self.marks:
                name = self.mark()[0]
            self.marks.append((name, furniture or self.mark()[1]))
        elif operator == "EMC":
            self.marks.pop()
        elif operator in ("rg", "RG"):
            colour = tuple(float(v) for v in operands)
            if operator == "rg":
                self.cut()
                self.fill = colour
            else:
                self.stroke = colour
        elif operator == "w":
            self.width = float(operands[0])
        elif operator == "q":
            self.saved.append((self.matrix, self.fill, self.stroke))
        elif operator == "Q":
            self.matrix, self.fill, self.stroke = self.saved.pop()
        elif operator == "cm":
            self.matrix = multiply(tuple(float(v) for v in operands), self.matrix)
        elif operator == "Tf":
            self.cut()
            name = str(operands[0])
            if name not in self.fonts:
                self.fonts[name] = Font(self.resources[name])
            self.font, self.size = self.fonts[name], float(operands[1])
        elif operator == "Tm":
            self.end_text()
            self.text = ["", float(operands[4]), 0.0, 0.0, float(operands[5])]
        elif operator == "Tj":
            self.show(bytes(operands[0]))
        elif operator == "TJ":
            for part in operands[0]:
                if isinstance(part, pikepdf.String):
                    self.show(bytes(part))
                else:
                    self.text[2] -= float(part) * self.size / 1000
        elif operator == "ET":
            self.end_text()
        elif operator in ("m", "l"):
            self.point(float(operands[0]), float(operands[1]))
        elif operator == "c":
            self.point(float(operands[4]), float(operands[5]))
        elif operator == "re":
            x, y, width, height = (float(v) for v in operands)
            self.point(x, y)
            self.point(x + width, y + height)
        elif operator in ("S", "f"):
            self.paint(operator == "S")


def box(line):
    return line.x0, line.y - 0.2 * line.size, line.x1, line.y + 0.72 * line.size


def luminance(colour):
    parts = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in colour]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def ratio(one, two):
    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def background(items, at, line):
    x, y = (line.x0 + line.x1) / 2, line.y + 0.3 * line.size
    for item in reversed(items[:at]):
        if isinstance(item, Shape) and item.kind == "fill" and item.x0 <= x <= item.x1 and item.y0 <= y <= item.y1:
            return item.colour
    return 1, 1, 1


def labelled(items, shape):
    """A pale shape may be seen by the number in it, by its edge, or because no number has room in it."""
    if shape.x1 - shape.x0 < 16:
        return True
    for item in items:
        if isinstance(item, Line) and shape.x0 <= (item.x0 + item.x1) / 2 <= shape.x1 and \
                shape.y0 <= item.y + 0.3 * item.size <= shape.y1:
            return True
        if isinstance(item, Shape) and item.kind == "stroke" and ratio(item.colour, (1, 1, 1)) >= 3 and \
                abs(item.x0 - shape.x0) < 1 and abs(item.x1 - shape.x1) < 1:
            return True
    return False


def check_contrast(items, number, faults):
    for at, item in enumerate(items):
        if isinstance(item, Line):
            found = ratio(item.colour, background(items, at, item))
            if found < 4.49:
                faults.append(Fault("contrast", number, f"{found:.1f}:1 «{item.text}»"))
        elif item.mark == "Figure":
            decoration = item.kind == "stroke" and item.width <= 0.81  # hair lines that only help the eye
            if not decoration and ratio(item.colour, (1, 1, 1)) < 3 and not labelled(items, item):
                faults.append(Fault("contrast", number, f"a mark of {ratio(item.colour, (1, 1, 1)):.1f}:1 in a figure"))


def check_overlap(lines, number, faults):
    boxes = sorted((box(line) + (line.text,) for line in lines), key=lambda b: b[1])
    for i, a in enumerate(boxes):
        for b in boxes[i + 1:]:
            if b[1] >= a[3] - SPARE:
                break
            if a[0] < b[2] - SPARE and b[0] < a[2] - SPARE:
                faults.append(Fault("overlap", number, f"«{a[4]}» and «{b[4]}»"))


def check_outside(items, number, faults):
    for item in items:
        x0, y0, x1, y1 = box(item) if isinstance(item, Line) else (item.x0, item.y0, item.x1, item.y1)
        low, high = (0, 297 * MM) if item.furniture else (BOTTOM, TOP)
        if x0 < LEFT - SPARE or x1 > RIGHT + SPARE or y0 < low - SPARE or y1 > high + SPARE:
            what = f"«{item.text}»" if isinstance(item, Line) else "a shape"
            faults.append(Fault("outside", number, f"{what} at {x0:.0f}–{x1:.0f}, {y0:.0f}–{y1:.0f}"))


def is_heading(mark):
    return mark in ("H1", "H2", "H3")


def stranded(texts, following):
    """The heading, or None. What begins higher up stays: the page would be too empty without it."""
    lines = set()
    for text in reversed(texts):
        if is_heading(text.mark):
            low = text.y + text.size - BOTTOM < 0.26 * (TOP - BOTTOM)
            return text if low and 0 < len(lines) <= 3 and following and following[0].mark == "Caption" else None
        if text.mark != "P":
            return None
        lines.add(round(text.y))
    return None


def check_file(pdf):
    faults, fonts = [], {}
    pages = [Page(page, fonts) for page in pdf.pages]
    own = [[item for item in page.items if not item.furniture] for page in pages]
    for i, page in enumerate(pages):
        lines = [item for item in page.items if isinstance(item, Line)]
        check_overlap(lines, i + 1, faults)
        check_outside(page.items, i + 1, faults)
        check_contrast(page.items, i + 1, faults)
        for line in lines:
            if line.size < 6:
                faults.append(Fault("small", i + 1, f"{line.size} points «{line.text}»"))
        texts = [item for item in own[i] if isinstance(item, Line)]
        if texts and (is_heading(texts[-1].mark) or texts[-1].mark == "Caption"):
            faults.append(Fault("orphan", i + 1, f"«{texts[-1].text}»"))
        following = [item for item in own[i + 1] if isinstance(item, Line)] if i + 1 < len(own) else []
        left_behind = stranded(texts, following)
        if left_behind is not None:
            faults.append(Fault("stranded", i + 1, f"«{left_behind.text}»"))
        if not following or following[0].mark == "H1":
            continue
        lowest = min((item.y if isinstance(item, Line) else item.y0 for item in own[i]), default=TOP)
        if lowest - BOTTOM > (TOP - BOTTOM) / 3:
            share = (lowest - BOTTOM) / (TOP - BOTTOM)
            faults.append(Fault("empty", i + 1, f"{share:.0%} of the page, before «{following[0].text}»"))
    return faults


def plant(source, number, change):
    """The file with one page's content changed."""
    pdf = pikepdf.open(source)
    page = pdf.pages[number]
    page.Contents = pdf.make_stream(change(page.Contents.read_bytes()))
    return pdf


def first_text(content):
    start = content.index(b"BDC\n", content.index(b"/MCID")) + 4
    return content[content.index(b"BT", start):content.index(b"ET", start) + 2]


def until_heading(content):
    end = content.rindex(b"/H2<<")
    return content[:content.index(b"EMC", end) + 4]


def announced_on_next(pdf):
    """A page with a heading and a sentence whose next page begins with a caption, and how high that heading stands."""
    fonts = {}
    texts = [[item for item in Page(page, fonts).items if isinstance(item, Line) and not item.furniture] for page in pdf.pages]
    for i, (own, following) in enumerate(zip(texts, texts[1:])):
        marks = [text.mark for text in own]
        if not following or following[0].mark != "Caption" or marks.count("H2") != 1:
            continue
        k = marks.index("H2")
        sentence = [text for text in own[k + 1:k + 5] if text.mark == "P"]
        if sentence and len({round(text.y) for text in sentence}) <= 3:
            return i, own[k].y
    raise SystemExit("selftest: no page to strand a heading on")


def only_heading(content, down):
    start = content.index(b"/H2<<")
    sentence, depth = content.index(b"/P<<", start), 0
    for found in re.finditer(rb"BDC|EMC", content[sentence:]):
        depth += 1 if found[0] == b"BDC" else -1  # a hyphen is marked within its paragraph
        if depth == 0:
            break
    end = sentence + found.end() + 1
    return re.sub(rb"(\S+) Tm", lambda found: b"%.1f Tm" % (float(found[1]) - down), content[start:end])


def selftest(source):
    pdf = pikepdf.open(source)
    contents = [page.Contents.read_bytes() for page in pdf.pages]
    number = next(i for i, c in enumerate(contents[:-1]) if i > 1 and c.count(b"/H2<<") and c.count(b"/TH<<"))
    mark = b"/P<</MCID 0>>BDC\n"
    planted = {
        "overlap": lambda c: c + mark + first_text(c) + b"\nEMC\n",
        "outside": lambda c: c + mark + b"q 1 0 0 1 0 0 cm 500 300 200 4 re f Q\nEMC\n",
        "contrast": lambda c: c.replace(b"0.102 0.102 0.102 rg", b"0.6 0.6 0.6 rg"),
        "empty": lambda c: c[:c.index(b"/H2<<")],
        "orphan": until_heading,
        "small": lambda c: c.replace(b" 8.8 Tf", b" 5.5 Tf").replace(b" 9.6 Tf", b" 5.5 Tf"),
    }
    announcing, height = announced_on_next(pdf)
    before = {fault.kind for fault in check_file(pdf)}
    bad = 0
    planted = {kind: (number, change) for kind, change in planted.items()}
    planted["stranded"] = announcing, lambda c: only_heading(c, height - BOTTOM - 80)
    for kind, (page, change) in planted.items():
        found = {fault.kind for fault in check_file(plant(source, page, change))}
        if kind in before or kind not in found:
            print(f"selftest: {kind}: " + ("stands in the file already" if kind in before else "not found"))
            bad = 1
    return bad


def main(words):
    bad = 0
    if words[:1] == ["--selftest"]:
        words = words[1:]
        bad = selftest(words[0])
    for name in words:
        for fault in check_file(pikepdf.open(name)):
            print(f"{name}: page {fault.page}: {fault.kind}: {fault.what}")
            bad = 1
    return bad


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
