"""Writes a form of so many questions, of every type and in two languages, with conditions and scales: what `form check`
must read within 50 ms when there are 1,000.

Usage: large_form.py COUNT > FORM.yaml
"""
import sys

count = int(sys.argv[1])
own = ", options: [{code: a, de: Zeit, en: time}, {code: b, de: Geld, en: money}, {code: c, de: Ruhe, en: quiet}]"
kinds = [
    ("scale", ", options: agree"),
    ("scale", ", options: agree"),
    ("single", own),
    ("multiple", own + ", choose_max: 2"),
    ("yesno", ""),
    ("nps", ""),
    ("number", ', min: "0", max: "60", step: "0.5", decimals: "1", unit: {de: Stunden, en: hours}'),
    ("slider", ', min: "0", max: "100"'),
    ("date", ", grain: year, min: 1980, max: 2026"),
    ("ranking", own),
    ("sum", own + ", total: 100"),
    ("note", ""),
]
print('form: large\nversion: "1"\ntitle: {de: Groß, en: Large}\nlanguages: [de, en]\noptions:\n  agree:')
for code in range(1, 6):
    print(f'    - {{code: "{code}", de: Stufe {code}, en: step {code}}}')
print("pages:")
for i in range(count):
    kind, rest = kinds[i % len(kinds)]
    if i % 20 == 0:
        print(f"  - id: P{i // 20}\n    title: {{de: Seite {i // 20}, en: Page {i // 20}}}\n    items:")
    leader = i // len(kinds) * len(kinds) - 10  # a question of the block before: it has the options a, b and c
    if leader > 0 and i % 4 == 0:
        rest += f", show_if: Q{leader} = a or (Q{leader + 2} = 1 and not answered(Q{leader + 3}))"
    print(f"      - {{id: Q{i}, type: {kind}, text: {{de: Wie ist es mit der Sache {i}?, en: How is it with thing {i}?}}"
          f", hint: {{de: Bitte schätzen Sie., en: Please estimate.}}{rest}}}")
print("scales:")
for i in range(0, count - 1, len(kinds)):
    print(f"  - {{id: S{i}, title: {{de: Skala {i}, en: Scale {i}}}, items: [Q{i}, -Q{i + 1}], answered_min: 1}}")
