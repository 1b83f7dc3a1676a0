#!/bin/sh
# Fails when a file includes against the order of the layers, goes around the one window from reports/ to
# analysis/, or when files include or call each other in a circle.
# Usage: layers.sh SOURCE [BUILD]: the circle of calls is read from the objects of BUILD.
set -eu
cd "$1"
bad=0
check() { # check FOLDER PATTERN WHY
    found=$(grep -rnE "^#include \"($2)" "$1" --include=*.c --include=*.h || true)
    if [ -n "$found" ]; then
        printf '%s\n    %s\n' "$found" "$3"
        bad=1
    fi
}
check base '(forms|analysis|reports|survey)/' 'base/ includes base/ only'
check forms '(analysis|reports|survey)/' 'forms/ includes base/ and forms/ only'
check analysis '(reports|survey)/' 'analysis/ includes base/, forms/ and analysis/ only'
check reports 'survey/' 'reports/ does not know survey/'
found=$(grep -rnE '^#include "analysis/' reports --include=*.c --include=*.h |
    grep -vE '"analysis/(release|indicator)\.h"' || true)
if [ -n "$found" ]; then
    printf '%s\n    reports/ sees analysis/release.h and analysis/indicator.h only\n' "$found"
    bad=1
fi
only() { # only HEADER FILES...
    found=$(grep -rlE "^#include <$1>" base forms analysis reports survey | grep -vE "^($2)$" || true)
    if [ -n "$found" ]; then
        printf '%s\n    only %s may include <%s>\n' "$found" "$2" "$1"
        bad=1
    fi
}
only microhttpd.h 'survey/server_private\.h'
found=$(grep -rlE '^#include "survey/server_private\.h"' survey | grep -vE '^survey/server(_[a-z]+)?\.c$' || true)
[ -z "$found" ] || { printf '%s\n    only server*.c may include server_private.h\n' "$found" && bad=1; }
only hpdf.h 'reports/backend_pdf\.c|reports/pdf_tags\.c|reports/pdf_[a-z]*\.[ch]'
only curl/curl.h 'survey/main\.c|survey/mail_send\.c'
only libxml/parser.h 'base/xml\.c'
only zip.h 'base/(un)?zip\.c'
only freexl.h 'base/xls_child\.c'
only xlsxwriter.h 'base/xlsx_write\.c'
# One row an entry: of two with the same name the second would never be found.
for table in $(find base forms analysis reports survey -name '*.def' | sort); do
    twice=$(sed -nE 's/^[A-Z]+\(([a-z_0-9]+)[,)].*/\1/p' "$table" | sort | uniq -d)
    if [ -n "$twice" ]; then
        printf '%s: %s\n    stands there twice\n' "$table" "$twice"
        bad=1
    fi
done
# Files that include each other in a circle.
edges=$(grep -rE '^#include "' base forms analysis reports survey --include=*.c --include=*.h |
    sed -E 's/^([^:]+):#include "(.+)".*/\1 \2/')
if ! printf '%s\n' "$edges" | tsort > /dev/null; then
    echo '    the files above include each other in a circle'
    bad=1
fi
# Files that call each other in a circle: an object that needs a symbol depends on the object that defines it.
if [ -n "${2:-}" ]; then
    calls=$(cd "$2" && find CMakeFiles -path '*layer_*' -name '*.c.o' | sort | xargs nm -A |
        sed -E 's#^CMakeFiles/layer_[a-z]+\.dir/([^:]+)\.o:#\1 #' | awk '
            $3 ~ /^[TDRBGV]$/ { home[$4] = $1 }
            $2 == "U" { user[++count] = $1; symbol[count] = $3 }
            END { for (i = 1; i <= count; i++) if (symbol[i] in home && home[symbol[i]] != user[i])
                      print user[i], home[symbol[i]] }' | sort -u)
    [ "$(printf '%s\n' "$calls" | wc -l)" -gt 100 ] || { echo 'no calls found: is the build complete?' && bad=1; }
    if ! printf '%s\n' "$calls" | tsort > /dev/null; then
        echo '    the files above call each other in a circle'
        bad=1
    fi
fi
[ $bad -eq 0 ] && echo 'layers: every include points to the left, no circle of includes or calls'
exit $bad
