"""The rules of publication, cell by cell, and bugs planted to see that the harness finds them. A rule looks at what was read (rows of
the open data, with the truth behind them for hidden ones) and returns what breaks it."""
import copy

from attack_channels import explained, labelled_fragments, labelled_html, labelled_text, unexplained, unexplained_xlsx
from attack_lattice import ANSWERS, ANSWERS_MIN, DECIMAL_BASE, HEADS, HEADS_MIN, NO_SIDE, PERCENT_BASE

RANGE_MIN, CAP_HIGH, CAP_LOW, STEP, DETAILS = 20, 95, 10, 5, 12


def truth_of(bases):
    """(wave, table, row, column): its cell and its table before protection."""
    return {(wave, table["id"], row, column): (table["cells"][r * len(table["columns"]) + column], table)
            for wave, tables in bases.items() for table in tables
            for r, (row, _) in enumerate(table["rows"]) for column in range(len(table["columns"]))}


def places(rows_of):
    for wave, rows in rows_of.items():
        for row in rows:
            yield (wave, row["table"], row["row"], int(row["column"])), row


def shown(rows_of, truth):
    for place, row in places(rows_of):
        if row["value"] != "" and place in truth:
            yield place, row, *truth[place]


def few_answers(rows_of, truth):
    return [p for p, row, cell, _ in shown(rows_of, truth) if cell[1] == ANSWERS and cell[4] < ANSWERS_MIN]


def one_sided(rows_of, truth):
    return [p for p, row, cell, table in shown(rows_of, truth)
            if cell[1] == ANSWERS and cell[5] != NO_SIDE and cell[5] < table["sides_min"]]


def few_heads(rows_of, truth):
    return [p for p, row, cell, _ in shown(rows_of, truth) if cell[1] == HEADS and row["unit"] == "count" and 0 < (cell[3] or 0) < HEADS_MIN]


def small_base(rows_of, truth):
    return [p for p, row, cell, _ in shown(rows_of, truth) if cell[1] == ANSWERS and row["unit"] == "percent" and cell[4] < PERCENT_BASE
            and p[1] != "dq1.unit" and not p[1].startswith("dq1.")]


def decimals(rows_of, truth):
    return [p for p, row, cell, _ in shown(rows_of, truth) if cell[1] == ANSWERS and cell[4] < DECIMAL_BASE
            and row["unit"] in ("percent", "points", "score") and not p[1].startswith("dq1.")
            and float(row["value"]) != round(float(row["value"]))]


def ranges(rows_of, truth):
    return [p for p, row, cell, _ in shown(rows_of, truth) if cell[1] == ANSWERS and cell[4] < RANGE_MIN and row["low"] != ""]


def exact_heads(rows_of, truth):
    return [p for p, row, cell, _ in shown(rows_of, truth)
            if cell[1] == HEADS and row["unit"] == "count" and float(row["value"]) % STEP != 0]


def exact_rates(rows_of, truth):
    rates = [(p, row) for p, row, _, _ in shown(rows_of, truth) if p[1] == "dq1.unit" and p[3] == 2 and row["row"] != "total"]
    return [p for p, row in rates if float(row["value"]) % STEP != 0 or not CAP_LOW <= float(row["value"]) <= CAP_HIGH]


def answered_bases(rows_of, truth):
    """Of a department the ballots are printed, never how many answered the question."""
    ballots = {(p[0], p[2]): row["value"] for p, row in places(rows_of) if p[1] == "dq1.unit" and p[3] == 1}
    return [p for p, row, cell, _ in shown(rows_of, truth)
            if cell[1] == ANSWERS and p[2].startswith("unit.") and row["base"] not in ("", ballots.get((p[0], p[2]), ""))]


def unlisted(rows_of, listed):
    return [p for p, _ in places(rows_of) if p[1] not in listed[p[0]]]


RULES = [few_answers, one_sided, few_heads, small_base, decimals, ranges, exact_heads, exact_rates, answered_bases]


def broken(rows_of, truth):
    return [(rule.__name__, place) for rule in RULES for place in rule(rows_of, truth)]


# --- planted bugs ---

def planted(rows_of, truth, fits, change):
    """A copy of what was read in which the first fitting cell is printed as a bug would print it; None where no cell fits."""
    for place, row in places(rows_of):
        if place in truth and fits(place, row, *truth[place]):
            bad = copy.deepcopy(rows_of)
            for other, twin in places(bad):
                if other == place:
                    change(twin, truth[place][0])
            return bad
    return None


def show(row, cell):
    row["value"], row["sign"] = str(cell[3]), ""


def put(key, value):
    def change(row, cell):
        show(row, cell) if row["value"] == "" else None
        row[key] = value(row, cell) if callable(value) else value
    return change


BUGS = [
    ("a figure of nine answers is shown", few_answers, lambda p, row, cell, t: cell[1] == ANSWERS and 0 < cell[4] < ANSWERS_MIN, show),
    ("unanimous groups are shown", one_sided, lambda p, row, cell, t: cell[1] == ANSWERS and cell[4] >= ANSWERS_MIN and
     cell[5] != NO_SIDE and cell[5] < t["sides_min"] and cell[3] is not None, show),
    ("four heads are shown", few_heads, lambda p, row, cell, t: cell[1] == HEADS and row["unit"] == "count" and 0 < (cell[3] or 0) < HEADS_MIN,
     show),
    ("a percentage of few answers is shown", small_base, lambda p, row, cell, t: cell[1] == ANSWERS and row["unit"] == "percent" and
     cell[4] < PERCENT_BASE and not p[1].startswith("dq1."), show),
    ("a decimal place too many", decimals, lambda p, row, cell, t: cell[1] == ANSWERS and cell[4] < DECIMAL_BASE and row["value"] != "" and
     row["unit"] == "score", put("value", lambda row, cell: str(float(row["value"]) + 0.3))),
    ("a range of few answers", ranges, lambda p, row, cell, t: cell[1] == ANSWERS and cell[4] < RANGE_MIN, put("low", "3")),
    ("heads are not rounded", exact_heads, lambda p, row, cell, t: cell[1] == HEADS and row["unit"] == "count" and row["value"] != "" and
     cell[3] % STEP != 0, put("value", lambda row, cell: str(cell[3]))),
    ("a response rate is exact", exact_rates, lambda p, row, cell, t: p[1] == "dq1.unit" and p[3] == 2 and row["value"] != "" and
     row["row"] != "total", put("value", "97")),
    ("how many answered the question is printed", answered_bases, lambda p, row, cell, t: cell[1] == ANSWERS and row["value"] != "" and
     p[1] == "k1.unit" and p[2].startswith("unit."), put("base", lambda row, cell: str(int(cell[4]) - 1))),
]


def plant_rules(rows_of, truth):
    """(bug, found)."""
    for name, rule, fits, change in BUGS:
        bad = planted(rows_of, truth, fits, change)
        yield name, bad is None or bool(rule(bad, truth)), bad is not None


def hidden_values(rows_of, truth):
    """(label, row, value as a leak would print it) of hidden figures whose value nothing else shown for the label has."""
    known, taken = explained(rows_of), 0
    for place, row in places(rows_of):
        if row["sign"] != "g" or row["row_label"].isdigit() or place not in truth or truth[place][0][3] is None:
            continue
        value = round(truth[place][0][3], 1)
        if value in known.get(row["row_label"], ()) or value < 0:
            continue
        taken += 1
        if taken > DETAILS:
            return
        yield place, row, value


def plant_channels(rows_of, truth, page, text, lines):
    """A hidden figure in a page's cell, in a tooltip, in a chart's description, in a printed line, in the workbook."""
    known = explained(rows_of)
    for place, row, value in hidden_values(rows_of, truth):
        label, labels = row["row_label"], {row["row_label"]}
        cell = f"<tr><th scope=\"row\">{label}</th><td>{value}</td></tr>"
        tip = f"<tr><th scope=\"row\">{label}</th><td><abbr title=\"kept secret ({value})\">g</abbr></td></tr>"
        yield "a page's cell", unexplained(labelled_html(page.replace("</tbody>", cell + "</tbody>", 1), labels), known)
        yield "a tooltip", unexplained(labelled_html(page.replace("</tbody>", tip + "</tbody>", 1), labels), known)
        yield "a chart's description", unexplained(labelled_fragments([f"Bar chart. Score. {label}: {value}; others: 3."], labels), known)
        yield "a printed line", unexplained(labelled_text(text + f"\n  {label}    {value}   g", labels), known)
        wave = [(sheet, one, values + [value]) if (sheet, one) == (place[1], label) else (sheet, one, values)
                for sheet, one, values in lines[place[0]]]
        yield "the workbook", unexplained_xlsx(wave, rows_of[place[0]])
