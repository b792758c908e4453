#!/usr/bin/env bash
# The check of a workspace on a build server: findings at their lines, a summary, and the exit code
# of the check. It reads WORKSPACE, DENY, BASELINE and SARIF, all of which may be empty.
set -euo pipefail

options=()
[ -z "${DENY:-}" ] || options+=(--deny "$DENY")
[ -z "${BASELINE:-}" ] || options+=(--baseline "$BASELINE")

# Findings make the exit code 1, which is no reason to stop before all files are written. Anything
# else is.
check() {
    local code=0
    pack check "${options[@]}" "$@" "${WORKSPACE:-.}" || code=$?
    [ "$code" -le 1 ] || exit "$code"
}

if [ -n "${SARIF:-}" ]; then
    check --format sarif >"$SARIF"
fi
if [ -n "${JUNIT:-}" ]; then
    check --format junit >"$JUNIT"
fi
if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
    check --format markdown >>"$GITHUB_STEP_SUMMARY"
fi
format=short
[ -z "${GITHUB_ACTIONS:-}" ] || format=github
pack check "${options[@]}" --format "$format" "${WORKSPACE:-.}"
