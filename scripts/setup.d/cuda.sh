# The default wheel may be built for CUDA. Then libtorch's CPU library still links against a few of CUDA's own
# libraries, which come as wheels of their own; on a machine without a GPU only those few are fetched.

# Whether the NVIDIA driver is here; ATELIER_CUDA=0 or 1 decides instead.
has_cuda() {
    case "${ATELIER_CUDA:-}" in
        0) return 1 ;;
        1) return 0 ;;
    esac
    [ -e /proc/driver/nvidia/version ] || [ -e /usr/lib/wsl/lib/libcuda.so.1 ]
}

# add_cuda_runtime FOLDER: FOLDER/torch is the unpacked wheel, FOLDER/torch-*.dist-info its metadata.
add_cuda_runtime() {
    local lib=$1/torch/lib
    [ -e "$lib/libtorch_cuda.so" ] || return 0
    if ! has_cuda; then
        say "this wheel is built for CUDA and this machine has none: keeping libtorch's CPU part"
        rm -f "$lib"/libtorch_cuda*.so "$lib"/libc10_cuda.so "$lib"/libtorch_nvshmem.so \
            "$lib"/libcaffe2_nvrtc.so "$lib"/libtorch_global_deps.so
        # The umbrella library would ask for the CUDA part by name.
        ln -sf libtorch_cpu.so "$lib/libtorch.so"
    fi
    add_missing_libraries "$1"
}

# Fetches wheels until the loader finds every library; each round adds what the round before asked for.
add_missing_libraries() {
    local lib=$1/torch/lib missing requirements previous=
    while :; do
        missing=$(missing_libraries "$lib")
        [ -n "$missing" ] || return 0
        [ "$missing" != "$previous" ] || fail \
            "libtorch needs libraries that no wheel it names has: $(echo "$missing" | tr '\n' ' ')" \
            "install them with this system's package manager, or set LIBTORCH to a libtorch you have."
        previous=$missing
        requirements=$(requirements_for "$1" "$missing")
        need_space "$1" "$(has_cuda && echo 8000 || echo 300)" "CUDA's runtime libraries"
        # shellcheck disable=SC2086
        say "downloading what libtorch links against:" $requirements
        mkdir -p "$1/runtime"
        # shellcheck disable=SC2086
        pip_download "$1/runtime" $requirements
        unpack_runtime "$1/runtime" "$lib" "$missing"
    done
}

# missing_libraries FOLDER: names the loader does not find, one a line; the driver's own is not ours to fetch.
missing_libraries() {
    LD_LIBRARY_PATH=$1 ldd "$1"/libtorch*.so 2>/dev/null |
        sed -n 's/^[[:space:]]*\(lib[^ ]*\) => not found$/\1/p' | sort -u | grep -v '^libcuda\.so' || true
}

# requirements_for FOLDER LIBRARIES: the requirements in the wheel's metadata that carry them, one a line. A library
# comes either with a package named after it or with an extra of `cuda-toolkit`.
requirements_for() {
    local library stem package toolkit extras pin
    toolkit=$(sed -n 's/^Requires-Dist: cuda-toolkit\[\([^]]*\)\]\(==[0-9.]*\).*/\1 \2/p' "$1"/*.dist-info/METADATA)
    extras=${toolkit% *}
    pin=${toolkit#* }
    for library in $2; do
        stem=$(echo "$library" | sed 's/^lib//; s/\.so.*//; s/_host$//' | tr '[:upper:]' '[:lower:]')
        package=$(sed -n "s/^Requires-Dist: \(nvidia-$stem-[a-z0-9]*==[0-9.]*\).*/\1/p" "$1"/*.dist-info/METADATA)
        case ",$extras," in
            *",$stem,"*) echo "cuda-toolkit[$stem]$pin" ;;
            *",${stem%lt},"*) [ -n "$package" ] || echo "cuda-toolkit[${stem%lt}]$pin" ;;
        esac
        [ -z "$package" ] || echo "$package"
    done | sort -u
}

# unpack_runtime FOLDER LIB MISSING: moves the libraries of FOLDER's wheels to LIB; without a GPU those missing alone.
unpack_runtime() {
    local wheel library
    for wheel in "$1"/*.whl; do
        # Status 11: a wheel without libraries, which only names others.
        unzip -q -o "$wheel" '*.so*' -d "$1/unpacked" >"$log" 2>&1 || [ $? -eq 11 ] || fail \
            "$(basename "$wheel") could not be unpacked." \
            "free some space if the disk is full, then run 'make setup' again: it starts over."
        rm -f "$wheel"
    done
    if has_cuda; then
        find "$1/unpacked" -name 'lib*.so*' -exec mv -f {} "$2/" \;
    else
        for library in $3; do
            find "$1/unpacked" -name "$library" -exec mv -f {} "$2/" \;
        done
    fi
    rm -rf "$1"
}

# describe_wheel FOLDER: one line that says what was kept.
describe_wheel() {
    if [ -L "$1/lib/libtorch.so" ]; then
        echo "libtorch $wheel_version, CUDA build kept without CUDA"
    elif [ -e "$1/lib/libtorch_cuda.so" ]; then
        echo "libtorch $wheel_version, with CUDA"
    else
        echo "libtorch $wheel_version, CPU build"
    fi
}
