"""Everything a curious person can read of a wave, read as he would: files, pages, charts, what a screen reader speaks. Two kinds of
results: cells whose place is known (Seen), and numbers that stand beside the name of a group (labelled numbers)."""
import csv
import html
import io
import json
import os
import re
import subprocess
import sys
import zipfile

import pikepdf

COMPARISON = "Comparison"
NUMBER = re.compile(r"^(?:[≥<] ?)?([+−-]?\d[\d,]*(?:\.\d+)?)\s?%?(?:\s|\(|$)")
EVERY = re.compile(r"(?<![\w.])[+−-]?\d[\d,]*(?:\.\d+)?")


def run(*words):
    done = subprocess.run(words, capture_output=True, timeout=300)
    if done.returncode != 0:
        sys.exit(f"{' '.join(words)}: {done.stderr.decode()}")
    return done.stdout.decode()


def number(text):
    found = NUMBER.match(text.strip())
    return float(found.group(1).replace(",", "").replace("−", "-")) if found else None


def numbers(text):
    return [float(one.replace(",", "").replace("−", "-")) for one in EVERY.findall(text)]


def plain(text):
    return html.unescape(re.sub(r"<[^>]*>", " ", text)).strip()


class Seen:
    """Cells with a figure: (wave, table, row, column), and through which channel first."""

    def __init__(self):
        self.cells = {}
        self.count = {}

    def add(self, channel, wave, table, row, column):
        self.cells.setdefault((wave, table, row, column), channel)
        self.tell(channel, 1)

    def tell(self, channel, count):
        self.count[channel] = self.count.get(channel, 0) + count


def read_json(querschnitt, instance, wave, seen):
    release = json.loads(run(querschnitt, "indicators", "--dir", instance, "--wave", wave, "--json"))
    for table in release["tables"]:
        for row in table["rows"]:
            for column, cell in enumerate(row["cells"]):
                if "value" in cell:
                    seen.add("json", wave, table["id"], row["id"], column)


def csv_of(archive):
    with zipfile.ZipFile(archive) as files:
        return list(csv.DictReader(io.StringIO(files.read("tables.csv").decode("utf-8-sig"))))


def read_csv(querschnitt, instance, wave, language, work, seen):
    path = os.path.join(work, "tables.zip")
    run(querschnitt, "export", "tables", "--dir", instance, "--wave", wave, "--language", language, "--output", path)
    rows = csv_of(path)
    for row in rows:
        if row["value"] != "":
            seen.add("csv", wave, row["table"], row["row"], int(row["column"]))
    return rows


def blocks_of(text, labels):
    """Printed tables: lines that begin with a known row label, between two captions."""
    block = []
    for line in text.splitlines():
        if re.match(r"\s*Table \d+: ", line):
            if block:
                yield block
            block = []
            continue
        words = re.split(r"\s{2,}", line.strip())
        if len(words) > 1 and words[0] in labels:
            block.append(words)
    if block:
        yield block


def fits(token, row):
    value = number(token)
    if row["value"] == "":
        return value is None and token == row["sign"]
    return value is not None and abs(value - float(row["value"])) < 1e-9


def read_pdf(querschnitt, instance, wave, work, rows, seen):
    """Each printed column is held against every column of every table; the best fit says which one it is. Returns the signs read,
    the text, and what is spoken in place of figures."""
    path = os.path.join(work, f"report-{wave}.pdf")
    run(querschnitt, "report", "--dir", instance, "--wave", wave, "--language", "en", "--output", path)
    text = run("pdftotext", "-layout", path, "-")
    columns = {}
    for row in rows:
        columns.setdefault((row["table"], int(row["column"])), {})[row["row_label"]] = row
    labels = {row["row_label"] for row in rows}
    signs = 0
    for block in blocks_of(text, labels):
        width = max(len(words) for words in block)
        lines = [words for words in block if len(words) == width]
        for at in range(1, width):
            best, found = 0, None
            for name, column in columns.items():
                if not all(words[0] in column for words in lines):
                    continue
                good = sum(fits(words[at], column[words[0]]) for words in lines)
                if good > best:
                    best, found = good, name
            if found is None or best < 2 or best < 0.6 * len(lines):
                continue
            for words in lines:
                if number(words[at]) is not None:
                    seen.add("pdf", wave, found[0], columns[found][words[0]]["row"], found[1])
                else:
                    signs += words[at] == "g"
    return signs, text, spoken_of(path)


def spoken_of(path):
    """Alternative and replacement texts, expansions, titles and metadata of a PDF."""
    texts = []
    with pikepdf.open(path) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary):
                texts += [str(thing[key]) for key in ("/Alt", "/ActualText", "/E", "/Title", "/Subject", "/Keywords") if key in thing]
    return texts


# --- numbers beside the name of a group: whatever the channel, each must be a figure that is shown for this group ---

def labelled_fragments(texts, labels):
    """'Label: 2.8 %' in sentences like the descriptions of charts."""
    found = []
    for text in texts:
        for fragment in re.split(r"; |\. ", text):
            head, colon, rest = fragment.partition(": ")
            if colon and head.strip() in labels:
                found.append((head.strip(), rest))
    return found


def labelled_text(text, labels):
    """Lines of a printed page, or of Markdown, that begin with a label."""
    found = []
    for line in text.splitlines():
        words = [word for word in re.split(r"\s{2,}|\s*\|\s*", line.strip()) if word]
        if len(words) > 1 and words[0] in labels:
            found.append((words[0], " ".join(words[1:])))
    return found


def labelled_html(page, labels):
    found = []
    for line in re.findall(r"<tr.*?</tr>", page, re.S):
        head = re.search(r"<th[^>]*scope=\"row\".*?</th>", line, re.S)
        if head is not None and plain(head.group(0)) in labels:
            rest = line.replace(head.group(0), "")
            spoken = re.findall(r"(?:title|aria-label|data-[a-z]+)=\"([^\"]*)\"", rest)
            found.append((plain(head.group(0)), plain(rest) + " " + " ".join(spoken)))
    found += labelled_fragments([html.unescape(text) for text in re.findall(r"<desc[^>]*>(.*?)</desc>", page, re.S)], labels)
    for chart in re.findall(r"<svg.*?</svg>", page, re.S):
        lines = {}
        for height, text in re.findall(r"<text[^>]*\by=\"([\d.]+)\"[^>]*>(.*?)</text>", chart, re.S):
            lines.setdefault(height, []).append(plain(text))
        for line in lines.values():
            found += [(label, " ".join(word for word in line if word != label)) for label in line if label in labels]
    return found


def hidden_labels(rows_of):
    """Names of groups that have a hidden figure somewhere. Years are numbers themselves."""
    return {row["row_label"] for rows in rows_of.values() for row in rows
            if row["sign"] == "g" and not row["row_label"].isdigit()}


def explained(rows_of):
    """label: every number that is shown for it in any table of any wave."""
    known = {}
    for rows in rows_of.values():
        for row in rows:
            for key in ("value", "low", "high", "base"):
                if row[key] != "":
                    known.setdefault(row["row_label"], set()).update((round(float(row[key]), 4), round(abs(float(row[key])), 4)))
    return known


def unexplained(found, known):
    return [(label, value, text) for label, text in found for value in numbers(text)
            if round(value, 4) not in known.get(label, ())]


def odt_table(path):
    """Tables of an OpenDocument text in the words of HTML: first cell of a line is its head."""
    with zipfile.ZipFile(path) as files:
        content = files.read("content.xml").decode()
    page = ""
    for line in re.findall(r"<table:table-row.*?</table:table-row>", content, re.S):
        cells = [plain(cell) for cell in re.findall(r"<table:table-cell.*?</table:table-cell>", line, re.S)]
        page += f"<tr><th scope=\"row\">{cells[0]}</th>" + "".join(f"<td>{cell}</td>" for cell in cells[1:]) + "</tr>" if cells else ""
    return page


# --- the workbook: sheet = table, line = row ---

def xlsx_lines(path):
    """(sheet, label, numbers) of every line."""
    with zipfile.ZipFile(path) as files:
        shared = [plain(one) for one in re.findall(r"<si>(.*?)</si>", files.read("xl/sharedStrings.xml").decode(), re.S)]
        names = [html.unescape(name) for name in re.findall(r"<sheet name=\"([^\"]*)\"", files.read("xl/workbook.xml").decode())]
        for i, name in enumerate(names):
            sheet = files.read(f"xl/worksheets/sheet{i + 1}.xml").decode()
            for line in re.findall(r"<row[^>]*>(.*?)</row>", sheet, re.S):
                cells = re.findall(r"<c ([^>]*)>(?:<f>.*?</f>)?<v>(.*?)</v></c>", line, re.S)
                if not cells or "t=\"s\"" not in cells[0][0]:
                    continue
                values = []
                for attributes, value in cells[1:]:
                    values += numbers(shared[int(value)]) if "t=\"s\"" in attributes else [float(value)]
                yield name, shared[int(cells[0][1])], values


def unexplained_xlsx(lines, rows):
    known = {}
    for row in rows:
        for key in ("value", "low", "high", "base"):
            if row[key] != "":
                known.setdefault((row["table"], row["row_label"]), set()).add(round(float(row[key]), 4))
    places = {(row["table"], row["row_label"]) for row in rows}
    return [(sheet, label, value) for sheet, label, values in lines if (sheet, label) in places
            for value in values if round(value, 4) not in known.get((sheet, label), ())]
