#!/usr/bin/env python3
"""The benchmark document of tests/bench_report.c as other tools make it: 30 chapters, each text, a chart and a table of 20
rows. Measures CPU time (median), bytes and memory of typst (command, or the Python package of that name), pdflatex (two
runs, as a table of contents needs) and R Markdown, where they are installed, and says which are not.
Usage: bench_report_peers.py OWN-SECONDS [RUNS]"""
import os
import resource
import shutil
import subprocess
import sys
import tempfile

BODY = ("Von den Beschäftigten, die geantwortet haben, haben 17,8 % eine Einwanderungsgeschichte (Bereich 15,9–19,8 %; "
        "1.284 Antworten). Die Bevölkerung im erwerbsfähigen Alter kommt nach derselben Begriffsbestimmung auf 36 %. Der "
        "Unterschied ist größer als der Zufall erklärt; ob er seit der vorigen Befragung kleiner wurde, ist mit diesen "
        "Daten nicht entscheidbar. Die Gleichstellungsbeauftragte, die Schwerbehindertenvertretung und der "
        "Gesamtpersonalrat haben an der Auswertung mitgewirkt. Werte aus weniger als zehn Antworten werden nicht gezeigt, "
        "damit niemand erkannt wird; ein zweiter Wert wird mit verborgen, damit sich der erste nicht zurückrechnen lässt.")
UNITS = ["Jugend und Familie", "Soziales", "Bürgerdienste", "Stadtentwicklung und Bauen", "Öffentliche Ordnung",
         "Kultur und Weiterbildung", "Gesundheit", "Stadtgrün"]
HEADS = ["Fachbereich", "Beschäftigte", "ohne deutsche Staatsangehörigkeit", "Anteil in %", "Führungskräfte",
         "Rücklauf in %"]
CHAPTERS, ROWS = 30, 20


def cell(chapter, at):
    return f"{(chapter * 37 + at * 13) % 900 + 10},{at % 10}"


def typst_text():
    out = ['#set document(title: "Messbericht")', '#set page(paper: "a4", margin: (left: 25mm, right: 20mm, top: 28mm, '
           'bottom: 24mm), numbering: "1")', '#set text(lang: "de", size: 9.6pt, hyphenate: true)', "#outline()"]
    for chapter in range(CHAPTERS):
        bars = "".join(f"#stack(dir: ltr, spacing: 4pt, box(width: 150pt)[{unit}], "
                       f"rect(width: {60 + (chapter * 7 + i * 23) % 150}pt, height: 9pt, fill: rgb(0,114,178)), "
                       f"[{cell(chapter, i)} %])\n" for i, unit in enumerate(UNITS))
        rows = ", ".join(f"[{UNITS[row % 8]} {row}]" if i == 0 else f"[{cell(chapter, row * 6 + i)}]"
                         for row in range(ROWS) for i in range(6))
        heads = ", ".join(f"[{head}]" for head in HEADS)
        out.append(f"#pagebreak()\n= Wer arbeitet in der Verwaltung der Stadt?\n{BODY}\n#figure(alt: \"Balken\", "
                   f"caption: [Anteil der Beschäftigten], block[{bars}])\n{BODY}\n\n{BODY}\n== Nach Fachbereichen geordnet\n"
                   f"{BODY}\n#figure(caption: [Beschäftigte nach Fachbereich], table(columns: 6, "
                   f"table.header({heads}), {rows}))\n{BODY}\n")
    return "\n".join(out)


def latex_text():
    body = BODY.replace("%", "\\%").replace("–", "--")
    out = ["\\documentclass[a4paper,10pt]{article}\\usepackage[utf8]{inputenc}\\usepackage[T1]{fontenc}"
           "\\usepackage[ngerman]{babel}\\usepackage[left=25mm,right=20mm,top=28mm,bottom=24mm]{geometry}"
           "\\begin{document}\\tableofcontents"]
    for chapter in range(CHAPTERS):
        bars = "\n".join(f"\\makebox[50mm][l]{{{unit}}}\\rule{{{60 + (chapter * 7 + i * 23) % 150}pt}}{{8pt}} "
                         f"{cell(chapter, i)}\\\\" for i, unit in enumerate(UNITS))
        rows = "\n".join(" & ".join([f"{UNITS[row % 8]} {row}"] + [cell(chapter, row * 6 + i) for i in range(1, 6)]) +
                         "\\\\" for row in range(ROWS))
        heads = " & ".join(f"\\parbox{{22mm}}{{{head}}}" for head in HEADS).replace("%", "\\%")
        out.append(f"\\newpage\\section{{Wer arbeitet in der Verwaltung der Stadt?}}{body}\\par\\noindent {bars}\n\n{body}"
                   f"\n\n{body}\\subsection{{Nach Fachbereichen geordnet}}{body}\\par\\noindent\\begin{{tabular}}{{lrrrrr}}"
                   f"{heads}\\\\\\hline {rows}\\end{{tabular}}\n\n{body}")
    return "\n".join(out) + "\\end{document}\n"


def rmarkdown_text():
    out = ["---\ntitle: Messbericht\noutput: pdf_document\n---\n"]
    for chapter in range(CHAPTERS):
        rows = "\n".join("| " + " | ".join([f"{UNITS[row % 8]} {row}"] + [cell(chapter, row * 6 + i) for i in range(1, 6)])
                         + " |" for row in range(ROWS))
        out.append(f"# Wer arbeitet in der Verwaltung?\n\n{BODY}\n\n```{{r, echo=FALSE}}\nbarplot({chapter + 1}:{chapter + 9}, "
                   f"horiz=TRUE)\n```\n\n{BODY}\n\n| {' | '.join(HEADS)} |\n|{'---|' * 6}\n{rows}\n\n{BODY}\n")
    return "\n".join(out)


def run(commands, folder):
    """CPU seconds and peak memory in MB of the commands one after the other."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for command in commands:
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, after.ru_maxrss / 1024


def peers():
    if shutil.which("typst"):
        yield "typst", "d.typ", typst_text(), [["typst", "compile", "d.typ", "d.pdf"]]
    elif subprocess.run([sys.executable, "-c", "import typst"], stderr=subprocess.DEVNULL, check=False).returncode == 0:
        yield "typst", "d.typ", typst_text(), [[sys.executable, "-c",
                                                "import typst; typst.compile('d.typ', output='d.pdf')"]]
    else:
        yield "typst", None, None, None
    latex = [["pdflatex", "-interaction=batchmode", "d.tex"]] * 2
    yield ("pdflatex", "d.tex", latex_text(), latex) if shutil.which("pdflatex") else ("pdflatex", None, None, None)
    knit = [["Rscript", "-e", "rmarkdown::render('d.Rmd', quiet=TRUE)"]]
    ready = shutil.which("Rscript") and shutil.which("pandoc") and shutil.which("pdflatex")
    yield ("R Markdown", "d.Rmd", rmarkdown_text(), knit) if ready else ("R Markdown", None, None, None)


def main(words):
    own, runs = float(words[0]), int(words[1]) if len(words) > 1 else 3
    for name, file, text, commands in peers():
        if file is None:
            print(f"{name}: not installed")
            continue
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, file), "w", encoding="utf-8") as out:
                out.write(text)
            try:
                measured = [run(commands, folder) for _ in range(runs)]
            except (subprocess.SubprocessError, OSError) as fault:
                print(f"{name}: failed: {fault}")
                continue
            seconds = sorted(m[0] for m in measured)[runs // 2]
            size = os.path.getsize(os.path.join(folder, "d.pdf")) / 1000
            print(f"{name}: {size:.0f} KB, {seconds:.2f} s CPU (median of {runs}), {max(m[1] for m in measured):.0f} MB, "
                  f"{seconds / own:.0f} times the CPU of the report")


if __name__ == "__main__":
    main(sys.argv[1:])
