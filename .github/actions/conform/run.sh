#!/usr/bin/env bash
# The step of action.yml that runs conform: it tests, compares with a base report where there is one, annotates, writes the
# summary of the job, and keeps the exit code for the last step, so that the reports are kept before the job fails.
set -uo pipefail

dir=${CONFORM_REPORT_DIR:-conform-report}
mkdir -p "$dir"
sarif=$dir/conform.sarif
notes=$dir/annotations.txt
rm -f "$sarif" "$notes"

flags=(--report-dir "$dir" -o text -o "sarif=$sarif" -o "github=$notes")
add() { [ -z "$2" ] || flags+=("$1" "$2"); }
add --config "${CONFORM_CONFIG:-}"
add --target "${CONFORM_TARGET:-}"
add --profile "${CONFORM_PROFILE:-}"
add --known "${CONFORM_KNOWN:-}"
while IFS= read -r word; do
	[ -z "$word" ] || flags+=("$word")
done <<< "${CONFORM_ARGS:-}"

# What a target says goes to the log while the runner takes no commands from it.
token=conform-$RANDOM$RANDOM$RANDOM
fenced() {
	echo "::stop-commands::$token"
	"$@"
	local code=$?
	echo "::$token::"
	return "$code"
}

fenced conform run "${flags[@]}"
code=$?
if [ "$code" -le 1 ] && [ -n "${CONFORM_BASE:-}" ]; then
	fenced conform diff -o text -o "sarif=$sarif" -o "github=$notes" -o "markdown=$dir/diff.md" "$CONFORM_BASE" "$dir/report.json"
	code=$?
fi
[ ! -f "$notes" ] || cat "$notes"
case $code in
0) verdict=passed ;;
1) verdict=broken ;;
2)
	verdict=usage
	echo "::error title=conform::The usage, a flag or a file is wrong; the log says which. Nothing was sent."
	;;
*)
	verdict=untested
	echo "::error title=conform::The target could not be tested; the log says why."
	;;
esac

{
	if [ -n "${CONFORM_BASE:-}" ] && [ -f "$dir/diff.md" ]; then cat "$dir/diff.md"; fi
	if [ "$code" -le 1 ] && [ -f "$dir/summary.md" ]; then
		cat "$dir/summary.md"
	else
		echo "conform: $verdict (exit code $code)"
	fi
} >> "${GITHUB_STEP_SUMMARY:-/dev/null}"
{
	echo "exit-code=$code"
	echo "verdict=$verdict"
	echo "report=$dir/report.json"
	[ ! -f "$sarif" ] || echo "sarif=$sarif"
} >> "${GITHUB_OUTPUT:-/dev/null}"
