# Finding or fetching libtorch. Sets `libtorch` (the folder with include/ and lib/) and `libtorch_version`.

wheel_version=2.13.0
minimum_libtorch=2.11

# version_of FOLDER: from its headers; empty when they do not say.
version_of() {
    local header
    for header in torch/headeronly/version.h torch/csrc/api/include/torch/version.h; do
        [ -r "$1/include/$header" ] || continue
        awk '/^#define TORCH_VERSION_(MAJOR|MINOR|PATCH) / { printf "%s%s", point, $3; point = "." }' \
            "$1/include/$header"
        return
    done
}

# Whether FOLDER was written by this script to its end.
is_complete() {
    [ -r "$1/complete" ] && [ "$(version_of "$1")" = "$wheel_version" ] &&
        [ -e "$1/lib/libtorch_cpu.so" ] && { ! has_cuda || ! grep -q 'without CUDA' "$1/complete"; }
}

find_libtorch() {
    if [ "$system" = Darwin ] && [ -z "${LIBTORCH:-}" ]; then
        LIBTORCH=$(brew --prefix pytorch 2>/dev/null) || true
        [ -d "$LIBTORCH/include" ] || fail "there is no libtorch: Homebrew has not installed pytorch." \
            "run 'brew install pytorch', or set LIBTORCH to a folder with libtorch's include/ and lib/."
    fi
    if [ -n "${LIBTORCH:-}" ]; then
        use_given_libtorch
    else
        libtorch=$cache/libtorch/$wheel_version
        libtorch_version=$wheel_version
        is_complete "$libtorch" || fetch_libtorch
    fi
}

use_given_libtorch() {
    local cure="set LIBTORCH to a libtorch $minimum_libtorch or newer, or unset it so that setup fetches one."
    libtorch=$(cd "$LIBTORCH" 2>/dev/null && pwd -P) ||
        fail "LIBTORCH=$LIBTORCH is not a folder that can be read." "$cure"
    [ -d "$libtorch/include/ATen" ] ||
        fail "LIBTORCH=$LIBTORCH has no libtorch headers (include/ATen)." "$cure"
    [ -e "$libtorch/lib/libtorch_cpu.so" ] || [ -e "$libtorch/lib/libtorch_cpu.dylib" ] ||
        fail "LIBTORCH=$LIBTORCH has no libtorch library (lib/libtorch_cpu.so or .dylib)." "$cure"
    libtorch_version=$(version_of "$libtorch")
    [ -n "$libtorch_version" ] ||
        fail "LIBTORCH=$LIBTORCH does not say its version (torch/headeronly/version.h)." "$cure"
    at_least "$libtorch_version" "$minimum_libtorch" ||
        fail "LIBTORCH=$LIBTORCH is libtorch $libtorch_version; Atelier needs $minimum_libtorch or newer." "$cure"
}

# Unpacks the wheel to a temporary folder and renames it once it is whole: a cut run leaves nothing that is trusted.
fetch_libtorch() {
    local folder=$cache/libtorch begun=$SECONDS
    prepare_download
    mkdir -p "$folder" 2>/dev/null || fail "the cache folder $folder cannot be made." \
        "make it writable, or set XDG_CACHE_HOME to a folder that is."
    # Two setups at once would remove each other's work.
    exec 9>"$folder/lock"
    flock 9
    if is_complete "$libtorch"; then return; fi
    find "$folder" -maxdepth 1 -name 'part.*' -exec rm -rf {} +
    need_space "$folder" 1700 "libtorch"
    work=$(mktemp -d "$folder/part.XXXXXX")
    say "downloading torch $wheel_version (200 to 530 MB)"
    pip_download "$work" --no-deps "torch==$wheel_version"
    unpack_libtorch "$work"
    add_cuda_runtime "$work"
    describe_wheel "$work/torch" >"$work/torch/complete"
    sync -f "$work"
    if [ -e "$libtorch" ]; then mv "$libtorch" "$work/replaced"; fi
    mv "$work/torch" "$libtorch"
    rm -rf "$work"
    say "libtorch $wheel_version is in $libtorch ($(du -sm "$libtorch" | cut -f1) MB, $((SECONDS - begun)) s)"
}

# pip and unzip, which nothing but this download needs.
prepare_download() {
    local missing=
    python3 -m pip --version >/dev/null 2>&1 || missing="python3 python3-pip"
    command -v unzip >/dev/null || missing="$missing unzip"
    [ -n "$missing" ] || return 0
    if has_apt; then
        install_packages "${missing# } ca-certificates"
    else
        fail "fetching libtorch takes these, which this machine lacks: ${missing# }" \
            "install them with this system's package manager, or set LIBTORCH to a libtorch you have."
    fi
}

# pip_download FOLDER ARGUMENTS...: wheels for this machine whatever its Python, into FOLDER.
pip_download() {
    local folder=$1 minor platforms="--platform manylinux2014_$processor"
    shift
    for ((minor = 28; minor >= 17; minor--)); do
        platforms="$platforms --platform manylinux_2_${minor}_$processor"
    done
    # shellcheck disable=SC2086
    TMPDIR=$folder python3 -m pip download --no-cache-dir --disable-pip-version-check --retries 2 \
        --only-binary=:all: --implementation cp --python-version 3.11 --abi cp311 --abi none $platforms \
        --dest "$folder" "$@" 2>"$log" >"$log.pip" || explain_pip "$*"
}

# explain_pip ARGUMENTS: what pip could not download, and why.
explain_pip() {
    local wanted=${1#--no-deps }
    cat "$log.pip" >>"$log"
    tail -n 4 "$log" >&2
    local others="or set LIBTORCH to a libtorch you have"
    if grep -q -i 'no space left' "$log"; then
        fail "the disk became full while pip downloaded $wanted." \
            "free some space, or set XDG_CACHE_HOME to a folder on a larger disk, then run 'make setup' again."
    elif grep -q -i 'connection\|timed out\|name resolution\|unreachable\|proxy' "$log"; then
        fail "pip could not download $wanted: its package index does not answer." \
            "connect this machine to a network (pip's own settings are honoured: index, proxy, find-links), $others."
    elif grep -q -i 'no matching distribution' "$log"; then
        fail "pip's package index has no $wanted for Linux on $processor." \
            "check pip's settings (pip config list) for an index that lacks it, $others."
    fi
    fail "pip could not download $wanted." "run 'python3 -m pip download --no-deps $wanted' by hand and follow what it says, $others."
}

# What a C++ program needs of the wheel: not its Python parts, nor its test programs.
unpack_libtorch() {
    local wheel found
    wheel=$(find "$1" -maxdepth 1 -name 'torch-*.whl')
    need_space "$1" "$(unpacked_megabytes "$wheel")" "libtorch, unpacked"
    # Status 11: one of the names to leave out is not there.
    unzip -q -o "$wheel" 'torch/lib/*' 'torch/include/*' '*.dist-info/METADATA' '*.dist-info/licenses/*' \
        -x 'torch/lib/libtorch_python*' 'torch/lib/libshm*' 'torch/lib/*_test.so' 'torch/lib/libaoti_custom_ops.so' \
        'torch/lib/libbackend_with_compiler.so' 'torch/include/pybind11/*' -d "$1" >"$log" 2>&1 ||
        [ $? -eq 11 ] || fail "the downloaded wheel could not be unpacked: $(tail -n 1 "$log")" \
        "free some space if the disk is full, then run 'make setup' again: it starts over."
    found=$(version_of "$1/torch")
    [ "$found" = "$wheel_version" ] || fail \
        "$(basename "$wheel") holds libtorch ${found:-of no known version}, not $wheel_version." \
        "check pip's settings (pip config list), or set LIBTORCH to a libtorch you have."
    rm -f "$wheel"
    find "$1" -maxdepth 2 -path '*.dist-info/licenses' -exec mv {} "$1/torch/licenses" \;
}

unpacked_megabytes() {
    unzip -l "$1" | awk '$4 ~ "^torch/(lib|include)/" { bytes += $1 } END { print int(bytes / 1048576) + 50 }'
}
