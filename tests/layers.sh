#!/bin/sh
# Fails when a file includes against the order of the layers, goes around the one window from reports/ to
# analysis/, or takes part in a cycle of includes.
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
only microhttpd.h 'survey/server\.c'
only hpdf.h 'reports/backend_pdf\.c|reports/pdf_tags\.c|reports/pdf_[a-z]*\.[ch]'
# A header counts together with its own source file: a cycle between modules is a cycle here.
edges=$(grep -rE '^#include "' base forms analysis reports survey --include=*.c --include=*.h |
    sed -E 's/^([^:]+)\.[ch]:#include "(.+)\.h".*/\1 \2/' | awk '$1 != $2' | sort -u)
if ! printf '%s\n' "$edges" | tsort > /dev/null; then
    echo '    the files above include each other in a circle'
    bad=1
fi
[ $bad -eq 0 ] && echo 'layers: every include points to the left'
exit $bad
