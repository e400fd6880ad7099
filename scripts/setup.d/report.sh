# Saying what happens, and failing with one sentence and its cure.

say() {
    printf 'setup: %s\n' "$*"
}

# fail WHAT CURE: nothing after it runs.
fail() {
    printf '\nsetup: error: %s\n       cure: %s\n' "$1" "$2" >&2
    exit 1
}

# warn WHAT CURE: something is missing that the build does without.
warn() {
    printf 'setup: warning: %s\n       cure: %s\n' "$1" "$2" >&2
}

# at_least FOUND WANTED: whether version FOUND is WANTED or newer, by its first two numbers.
at_least() {
    local found_major found_minor wanted_major wanted_minor
    found_major=${1%%.*}
    found_minor=${1#*.}
    found_minor=${found_minor%%[!0-9]*}
    wanted_major=${2%%.*}
    wanted_minor=${2#*.}
    [ "$found_major" -gt "$wanted_major" ] ||
        { [ "$found_major" -eq "$wanted_major" ] && [ "${found_minor:-0}" -ge "$wanted_minor" ]; }
}

# free_megabytes FOLDER: what its file system has left; the folder itself need not exist yet.
free_megabytes() {
    local folder=$1
    while [ ! -d "$folder" ]; do folder=$(dirname "$folder"); done
    df -Pk "$folder" | awk 'NR == 2 { print int($4 / 1024) }'
}

# need_space FOLDER MEGABYTES FOR
need_space() {
    local free
    free=$(free_megabytes "$1")
    [ "$free" -ge "$2" ] || fail \
        "not enough disk space for $3: $2 MB are needed under $1, $free MB are free." \
        "free some space, or set XDG_CACHE_HOME to a folder on a larger disk, then run 'make setup' again."
}

# as_root COMMAND...: runs it as root, through sudo where needed; status 126 when that cannot be.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif ! command -v sudo >/dev/null; then
        return 126
    elif [ -t 0 ]; then
        sudo "$@"
    elif sudo -n true 2>/dev/null; then
        sudo -n "$@"
    else
        return 126
    fi
}
