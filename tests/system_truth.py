"""Holds the demo's published figures against the truth the generator built in: exact where HR counts everybody, inside
the reported range where a range is promised, and biased exactly where bias was built in.

Usage: system_truth.py QUERSCHNITT INSTANCE
"""
import json
import subprocess
import sys

program, instance = sys.argv[1:3]
truth = json.load(open(f"{instance}/truth.json"))["years"][-1]
release = json.loads(subprocess.check_output([program, "indicators", "--dir", instance, "--json"]))
tables = {table["id"]: table for table in release["tables"]}
failures = []


def cell(table, row, column=0):
    for candidate in tables[table]["rows"]:
        if candidate["id"] == row:
            return candidate["cells"][column]
    raise SystemExit(f"{table} has no row {row}: {[r['id'] for r in tables[table]['rows']]}")


def check(holds, sentence):
    print(("ok    " if holds else "FAIL  ") + sentence)
    if not holds:
        failures.append(sentence)


def inside(value, found):
    return "value" in found and found["low"] <= value <= found["high"]


def shown(found):
    return "hidden" if "value" not in found else f'{found["value"]:.2f} ({found["low"]:.2f} – {found["high"]:.2f})'


main = truth["definitions"]["TINTG_2021"] * 100
foreign = truth["definitions"]["STAATSANG"] * 100
staff = cell("dq1.unit", "total", 0)["value"]
check(abs(staff - truth["staff"]) <= 2, f'staff {staff:.0f}, truth {truth["staff"]} (rounded to 5)')
answers = cell("dq1.unit", "total", 1)["value"]
check(answers == truth["responded"], f'answers {answers:.0f}, truth {truth["responded"]}')
share = cell("r2", "total", 2)["value"]
check(abs(share - foreign) <= 0.06, f"without German citizenship {share:.2f} %, truth {foreign:.2f} %")

ratio = cell("dq3", "wave", 2)
pooled = cell("dq3", "pooled", 2)
check(inside(truth["response_ratio_foreign"], ratio),
      f'response ratio {shown(ratio)}, realised {truth["response_ratio_foreign"]:.2f}')
check(inside(0.8, pooled) and pooled["value"] < 1, f"pooled response ratio {shown(pooled)}, built in 0.80")

plain = cell("dq3.anchored", "wave", 0)
anchored = cell("dq3.anchored", "pooled", 1)
check(plain["value"] < main, f"immigration history as answered {shown(plain)} is below the truth {main:.2f}")
check(inside(main, anchored), f"anchored estimate {shown(anchored)} holds the truth {main:.2f}")

held = 0
for scale, table in [("HM", "k1"), ("WI", "k2"), ("RE", "k3"), ("VH", "k4"), ("ST", "o1"), ("IK", "c1")]:
    found = cell(table, "total")
    held += inside(truth["scales"][scale], found)
    print(f'      {scale}: {shown(found)}, truth {truth["scales"][scale]:.2f}')
check(held >= 5, f"{held} of 6 scale ranges hold the truth (95 % ranges: one may miss)")
sys.exit(1 if failures else 0)
