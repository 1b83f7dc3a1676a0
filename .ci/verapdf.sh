#!/bin/sh
# Checks PDF files with veraPDF for PDF/UA-1 and PDF/A-2a: .ci/verapdf.sh FILE...
# Fetches veraPDF (a fat jar of the Maven artifact org.verapdf.apps:greenfield-apps) once. Needs mvn and java.
# All files go through one run of Java, which reads each file once. Exit status 1 when a file fails, 2 when veraPDF cannot be had.
set -u
version=1.28.2
place=${VERAPDF_HOME:-$HOME/.cache/verapdf}
jar=$place/greenfield-apps-$version.jar
if [ ! -s "$jar" ]; then
    mkdir -p "$place"
    mvn -q org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy \
        "-Dartifact=org.verapdf.apps:greenfield-apps:$version" "-DoutputDirectory=$place" || exit 2
fi
[ $# -gt 0 ] || { echo "usage: $0 FILE..." >&2; exit 2; }
# Flavour 0: each file before every profile it declares; a file that declares only one of the two has one line too few.
result=$(java -cp "$jar" org.verapdf.apps.GreenfieldCliWrapper --format text -v --flavour 0 "$@" 2>/dev/null)
bad=0
for flavour in ua1 2a; do
    passed=$(printf '%s\n' "$result" | grep -c "^PASS .* $flavour\$")
    echo "$flavour: $passed of $# files pass"
    [ "$passed" -eq $# ] || bad=1
done
[ "$bad" -eq 0 ] || printf '%s\n' "$result" | grep -v '^PASS ' | head -40
exit $bad
