"""What the scripts that convert weights share: their errors, and writing safetensors whole or not at all."""
import json
import os
import struct
import tempfile

import torch


class Problem(Exception):
    """Something the user should read: what, where, expected, found, what to do."""


def plain(value):
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item) for item in value]
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)


TYPES = {torch.float64: "F64", torch.float32: "F32", torch.float16: "F16", torch.bfloat16: "BF16", torch.int64: "I64",
         torch.int32: "I32", torch.int16: "I16", torch.int8: "I8", torch.uint8: "U8", torch.bool: "BOOL"}


def safetensors(values, original):
    """The file's parts: length of the header, header, data."""
    header, data, offset = {"__metadata__": {"atelier.original": json.dumps(original)}}, [], 0
    for name, value in sorted(values.items(), key=lambda item: (-item[1].element_size(), item[0])):
        if value.dtype not in TYPES:
            raise Problem(f"{name} has numbers of type {value.dtype}, which cannot be written; float32 is expected.")
        data.append(value.detach().contiguous().reshape(-1).view(torch.uint8).numpy().tobytes())
        header[name] = {"dtype": TYPES[value.dtype], "shape": list(value.shape),
                        "data_offsets": [offset, offset + len(data[-1])]}
        offset += len(data[-1])
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    return [struct.pack("<Q", len(text)), text, *data]


def write(path, parts):
    """Whole or not at all: a temporary name in the same folder, synced, renamed."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        try:
            file.writelines(parts)
            file.flush()
            os.fchmod(file.fileno(), 0o644)
            os.fsync(file.fileno())
            os.replace(file.name, path)
        except BaseException:
            os.unlink(file.name)
            raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
