"""Makes the wheels that test-setup installs: libtorch for CUDA with what it links against, a few kilobytes each.

Usage: fake_wheels.py FOLDER COMPILER [VERSION]; VERSION is what the headers say, 2.13.0 unless given.
"""

import pathlib
import platform
import subprocess
import sys
import tempfile
import zipfile

folder, compiler = pathlib.Path(sys.argv[1]), sys.argv[2]
header_version = sys.argv[3] if len(sys.argv) > 3 else "2.13.0"
tag = f"manylinux_2_28_{platform.machine()}"

# Just enough of ATen for setup's own test program.
ATEN = """
#include <initializer_list>
namespace at {
struct Tensor {
    Tensor operator+(Tensor) const { return {}; }
    Tensor eq(double) const { return {}; }
    Tensor all() const { return {}; }
    template <class T> T item() const { return T(1); }
};
inline Tensor ones(std::initializer_list<int>) { return {}; }
inline Tensor full(std::initializer_list<int>, double) { return {}; }
}
"""
METADATA = """
Requires-Dist: sympy>=1.13.3
Requires-Dist: cuda-toolkit[cublas,cudart,cupti]==13.0.3; platform_system == "Linux"
Requires-Dist: nvidia-cudnn-cu13==9.20.0.48; platform_system == "Linux"
"""


def library(build: pathlib.Path, name: str, *needs: str) -> bytes:
    """An empty shared library that asks for others by name."""
    arguments = [compiler, "-shared", "-fPIC", "-nostdlib", "-o", build / name, f"-Wl,-soname,{name}"]
    arguments += ["-Wl,-rpath,$ORIGIN", "-Wl,--no-as-needed", *(build / need for need in needs)]
    subprocess.run([*arguments, "-x", "c", "/dev/null"], check=True)
    return (build / name).read_bytes()


def wheel(name: str, version: str, tags: str, metadata: str, files: dict[str, bytes | str]) -> None:
    """Writes a wheel with `files` and a `METADATA` that ends in `metadata`."""
    info = f"{name}-{version}.dist-info"
    head = f"Metadata-Version: 2.1\nName: {name.replace('_', '-')}\nVersion: {version}"
    with zipfile.ZipFile(folder / f"{name}-{version}-{tags}.whl", "w") as archive:
        for path, content in files.items():
            archive.writestr(path, content)
        archive.writestr(f"{info}/METADATA", head + metadata + "\n")
        archive.writestr(f"{info}/WHEEL", f"Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: {tags}\n")
        archive.writestr(f"{info}/RECORD", "")


def runtime(name: str, version: str, *libraries: str) -> None:
    """A wheel of NVIDIA's with made-up libraries."""
    files = {f"nvidia/cu13/lib/{item}": library(build, item) for item in libraries}
    wheel(name, version, f"py3-none-{tag}", "", files)


with tempfile.TemporaryDirectory() as temporary:
    build = pathlib.Path(temporary)
    runtime("nvidia_cuda_runtime", "13.0.96", "libcudart.so.13")
    runtime("nvidia_cuda_cupti", "13.0.85", "libcupti.so.13", "libcheckpoint.so")
    runtime("nvidia_cublas", "13.1.0", "libcublas.so.13", "libcublasLt.so.13")
    runtime("nvidia_cudnn_cu13", "9.20.0.48", "libcudnn.so.9", "libcudnn_ops.so.9")
    extras = {"cudart": "nvidia-cuda-runtime", "cupti": "nvidia-cuda-cupti", "cublas": "nvidia-cublas"}
    lines = [f'\nProvides-Extra: {extra}\nRequires-Dist: {name}; extra == "{extra}"' for extra, name in extras.items()]
    wheel("cuda_toolkit", "13.0.3", "py2.py3-none-any", "".join(lines), {})

    major, minor, patch = header_version.split(".")
    header = f"#define TORCH_VERSION_MAJOR {major}\n#define TORCH_VERSION_MINOR {minor}\n"
    cpu = library(build, "libtorch_cpu.so", "libcupti.so.13", "libcudart.so.13")
    cuda = library(build, "libtorch_cuda.so", "libcublasLt.so.13", "libcudnn.so.9", "libtorch_cpu.so")
    files = {
        "torch/lib/libc10.so": library(build, "libc10.so"),
        "torch/lib/libtorch_cpu.so": cpu,
        "torch/lib/libtorch_cuda.so": cuda,
        "torch/lib/libtorch.so": library(build, "libtorch.so", "libtorch_cpu.so", "libtorch_cuda.so"),
        "torch/lib/libtorch_python.so": b"",
        "torch/version.py": "",
        "torch/include/ATen/ATen.h": ATEN,
        "torch/include/torch/headeronly/version.h": f"{header}#define TORCH_VERSION_PATCH {patch}\n",
    }
    wheel("torch", "2.13.0", f"cp311-cp311-{tag}", METADATA, files)
