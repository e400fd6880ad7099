"""Writes what torch.save writes of a dictionary of tensors, without PyTorch."""

import collections
import io
import pickle
import sys
import types
import zipfile
from unittest import mock

import numpy


class Storage:
    """The numbers of a tensor, which lie in a file of their own."""

    def __init__(self, key, count):
        self.key, self.count = key, count


class FloatStorage:
    """The name of the type."""


class Tensor:
    """Numbers that are pickled as a call of PyTorch."""

    def __init__(self, storage, shape):
        self.storage, self.shape = storage, shape

    def __reduce__(self):
        strides = [int(numpy.prod(self.shape[place + 1 :])) for place in range(len(self.shape))]
        return rebuilt, (self.storage, 0, tuple(self.shape), tuple(strides), False, collections.OrderedDict())


def rebuilt(*_):
    """The name of the call."""


rebuilt.__module__, rebuilt.__qualname__, rebuilt.__name__ = "torch._utils", "_rebuild_tensor_v2", "_rebuild_tensor_v2"
FloatStorage.__module__ = "torch"


class Pickler(pickle.Pickler):
    """Names storages in place of writing them."""

    def persistent_id(self, found):
        if isinstance(found, Storage):
            return "storage", FloatStorage, found.key, "cpu", found.count
        return None


def torch_file(state):
    """The bytes of a file with tensors of 32 bits under the key "model"."""
    arrays = {name: numpy.ascontiguousarray(array, numpy.float32) for name, array in state.items()}
    tensors = {
        name: Tensor(Storage(str(place), array.size), array.shape) for place, (name, array) in enumerate(arrays.items())
    }
    torch, utils = types.ModuleType("torch"), types.ModuleType("torch._utils")
    torch.FloatStorage, torch._utils, utils._rebuild_tensor_v2 = FloatStorage, utils, rebuilt
    text = io.BytesIO()
    with mock.patch.dict(sys.modules, {"torch": torch, "torch._utils": utils}):
        Pickler(text, protocol=2).dump({"model": tensors})
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("archive/data.pkl", text.getvalue())
        archive.writestr("archive/version", "3\n")
        for place, array in enumerate(arrays.values()):
            archive.writestr(f"archive/data/{place}", array.tobytes())
    return whole.getvalue()
