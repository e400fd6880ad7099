# Finding the tools that lint and format use beside Swift: those of scripts/lint-tools alone, since another version of a
# formatter has other opinions.
tools=${XDG_CACHE_HOME:-$HOME/.cache}/atelier/lint
PATH=$tools/bin:$PATH
# Deno keeps what it has checked, and asks nobody for a newer Deno.
export DENO_DIR=$tools/deno DENO_NO_UPDATE_CHECK=1 NO_COLOR=1

# has TOOL WHAT: whether it is there in the version that is wanted; says what is left out where it is not.
has() {
    [ -x "$tools/bin/$1" ] && cmp -s "$tools/wanted" scripts/lint.d/requirements.txt && return
    echo "lint: $(grep "^$1" scripts/lint.d/requirements.txt) is not installed: $2 is left out ('make lint-tools' installs it)" >&2
    return 1
}

# listed PATTERN...: files of the tree, tracked or new.
listed() {
    git ls-files --cached --others --exclude-standard -- "$@" | while read -r file; do
        [ ! -f "$file" ] || echo "$file"
    done
}

javascript() { listed '*.js'; }
c_sources() { listed '*.c' '*.cpp' '*.h'; }

# programs WORD: scripts whose first line names that program.
programs() {
    git grep --untracked -lI -E "^#!.*[/ ]${1}[0-9.]*\$" -- .ci scripts Tests
}

python() { { listed '*.py' && programs python; } | sort -u; }
shell() { programs bash; }
