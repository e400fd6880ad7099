"""DICOM and NIfTI: the files of pydicom's and nibabel's own packages read, and what is drawn read by both.

The files lie in the packages (pydicom 3.0, nibabel 5.4 were used); none of them is copied into the tree.
"""

import hashlib
import json
import os
import pathlib
import shutil
import subprocess

import numpy
import pytest
from PIL import Image

from conftest import PROGRAM

pydicom = pytest.importorskip("pydicom", reason="pydicom is not there: pip install pydicom")
nibabel = pytest.importorskip("nibabel", reason="nibabel is not there: pip install nibabel")

from nibabel.orientations import io_orientation  # noqa: E402
from pydicom.pixels import apply_modality_lut  # noqa: E402

# What pydicom says of files that it does not read either.
ERRORS = (AttributeError, KeyError, NotImplementedError, OSError, RuntimeError, TypeError, ValueError)


def run(folder, *arguments, **settings):
    environment = {**os.environ, "ATELIER_CACHE": str(folder / "cache"), **settings}
    return subprocess.run(
        [PROGRAM, *map(str, arguments)], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def answer(folder, *arguments, **settings):
    ending = run(folder, *arguments, "--json", **settings)
    assert ending.returncode == 0, ending.stderr
    return json.loads(ending.stdout)


def expected(path):
    """The frames of a grey file as pydicom reads them; nothing where it holds none, or pydicom lacks a decoder."""
    try:
        file = pydicom.dcmread(path, force=path.suffix == ".dcm")
        if file.get("SamplesPerPixel", 1) != 1 or "MONOCHROME" not in file.PhotometricInterpretation:
            return None
        values = apply_modality_lut(file.pixel_array, file)
    except (*ERRORS, pydicom.errors.InvalidDicomError):
        return None
    frames = int(file.get("NumberOfFrames", 1) or 1)
    return values.reshape((frames, file.Rows, file.Columns)).astype(float)


@pytest.fixture(scope="module")
def theirs(tmp_path_factory):
    """All files of pydicom's package, each under a name of its own, in one folder."""
    folder = tmp_path_factory.mktemp("pydicom")
    (folder / "set").mkdir()
    root = pathlib.Path(pydicom.__file__).parent / "data"
    files = {}
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.suffix not in {".py", ".pyc", ".json", ".txt", ".md"}:
            name = "-".join(path.relative_to(root).parts)
            shutil.copy(path, folder / "set" / name)
            files[name] = path
    assert len(files) > 100
    return folder, files


def test_every_file_of_pydicom(theirs):
    folder, files = theirs
    found = {}
    for row in answer(folder, "scans", "info", "set"):
        name, _, frame = row["slice"].partition("#")
        found.setdefault(name, {})[int(frame or 0)] = row
    compared = 0
    for name, path in files.items():
        wanted = expected(path)
        if wanted is None or name not in found:
            continue
        for frame, values in enumerate(wanted):
            row = found[name][frame]
            assert (row["height"], row["width"]) == values.shape, name
            assert (row["least"], row["greatest"]) == (values.min(), values.max()), name
            assert row["sum"] == pytest.approx(values.sum(), rel=1e-12), name
        compared += 1
    missing = [name for name, path in files.items() if name not in found and expected(path) is not None]
    print(f"{len(files)} files, {len(found)} read, {compared} the same as pydicom's; not read: {missing}")
    assert compared >= 30
    if missing and shutil.which("gdcmconv") is None:
        pytest.skip(f"{len(missing)} packed files need gdcmconv, which is not installed; {compared} others agree")
    assert not missing


def test_a_check_counts_all_of_them(theirs):
    folder, _ = theirs
    reports = answer(folder, "data", "check", "set")
    assert sum(report["pictures"] for report in reports) > 50
    left_out = [row["message"] for report in reports for row in report["findings"] if row["kind"] == "leftOut"]
    assert any("without a picture" in message for message in left_out)
    kinds = {row["kind"] for report in reports for row in report["findings"]}
    assert {"corrupt", "unsupported"} <= kinds


def test_packed_files_without_the_program(theirs, tmp_path):
    folder, _ = theirs
    (tmp_path / "packed").mkdir()
    shutil.copy(folder / "set" / "test_files-JPEG2000.dcm", tmp_path / "packed" / "a.dcm")
    ending = run(tmp_path, "data", "check", "packed", PATH="/nowhere")
    assert ending.returncode == 0
    assert "unsupported" in ending.stdout and 'make setup WITH="medical"' in ending.stdout
    preview = run(tmp_path, "scans", "slices", "packed", PATH="/nowhere")
    assert preview.returncode == 1 and "gdcmconv" in preview.stderr


def test_values_come_out_exactly(theirs, tmp_path):
    _, files = theirs
    for name in ["test_files-CT_small.dcm", "test_files-MR_small.dcm"]:
        shutil.copy(files[name], tmp_path / "one.dcm")
        out = tmp_path / name
        written = answer(tmp_path, "scans", "slices", "one.dcm", "--window", "storable", "--out", out)["files"]
        values = numpy.asarray(Image.open(written[0])).astype(int)
        file = pydicom.dcmread(files[name])
        wanted = file.pixel_array.astype(int)
        bits = file.BitsStored
        least = -(1 << bits - 1) if file.PixelRepresentation else 0
        scale = 65535 / ((1 << bits) - 1)
        assert numpy.array_equal(values, numpy.floor((wanted - least) * scale + 0.5)), name


@pytest.mark.parametrize("kind", ["nii", "nii.gz"])
def test_volumes_of_nibabel(tmp_path, kind):
    chance = numpy.random.default_rng(5)
    types = "u1 i1 u2 i2 u4 i4 u8 i8 f4 f8".split()
    flips = [numpy.diag([-2.0, 3, 1.5, 1]), numpy.array([[0, 0, -1.0, 4], [2, 0, 0, 5], [0, -3, 0, 6], [0, 0, 0, 1]])]
    for number, type in enumerate(types):
        for version, order in [(nibabel.Nifti1Image, "<"), (nibabel.Nifti1Image, ">"), (nibabel.Nifti2Image, ">")]:
            values = (chance.random((4, 5, 6)) * 100).astype(order + type)
            image = version(values, flips[number % 2], dtype=values.dtype)
            image.header.set_slope_inter(*((0.5, -3) if number % 3 else (1, 0)))
            header = image.header.as_byteswapped(order) if order == ">" else image.header
            image = version(values, flips[number % 2], header)
            path = tmp_path / f"a.{kind}"
            nibabel.save(image, path)
            own = nibabel.load(path)
            canonical = nibabel.as_closest_canonical(own)
            assert io_orientation(canonical.affine).tolist() == [[0, 1], [1, 1], [2, 1]]
            data = canonical.get_fdata()
            found = {row["slice"]: row for row in answer(tmp_path, "scans", "info", f"a.{kind}")}
            for plane, axis in [("sagittal", 0), ("coronal", 1), ("axial", 2)]:
                count = data.shape[axis]
                for place in range(count):
                    row = found[f"a.{kind}#{plane}-{place:04d}"]
                    wanted = data.take(place, axis)
                    assert row["plane"] == plane
                    assert (row["least"], row["greatest"]) == (wanted.min(), wanted.max()), (type, version)
                    assert row["sum"] == pytest.approx(wanted.sum(), rel=1e-12)
            path.unlink()


def phantom(folder, people=6, side=24):
    """Volumes of bright eggs in the dark, one for each person."""
    chance = numpy.random.default_rng(3)
    grid = numpy.stack(numpy.meshgrid(*[numpy.linspace(-1, 1, side)] * 3, indexing="ij"))
    for person in range(people):
        radii = 0.5 + 0.4 * chance.random(3)
        egg = sum((grid[axis] / radii[axis]) ** 2 for axis in range(3)) < 1
        values = (egg * 3000 + chance.integers(0, 500, egg.shape)).astype("i2")
        place = folder / f"sub-{person:02d}"
        place.mkdir(parents=True)
        nibabel.save(nibabel.Nifti1Image(values, numpy.eye(4)), place / "t1.nii.gz")


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    folder = tmp_path_factory.mktemp("trained")
    phantom(folder / "study")
    (folder / "study" / "scans.json").write_text('{"window": "2000/4000", "classes": "planes", "margin": 0.2}')
    sets = "data.set=folder data.size=[16,16] data.channels=1 training.epochs=1 training.batch=16"
    sets += " evaluation.every-epochs=0 model.conditional=true"
    ending = run(
        folder, "train", "seed-dcgan", "--data", "study", "--quiet", *[w for s in sets.split() for w in ("--set", s)]
    )
    assert ending.returncode == 0, ending.stderr
    return folder


def test_a_folder_becomes_a_model_and_files_again(trained):
    options = ["--model", "last", "-n", "5", "--spacing", "0.5", "--copies", "allow"]
    report = answer(trained, "scans", "draw", "axial", *options, "--as", "both", "--out", "made")
    assert len(report["files"]) == 6 and report["memorisation"]["training"] > 100
    volume = nibabel.load(report["files"][5])
    assert b"SYNTHETIC" in volume.header["descrip"].item() and volume.header.get_data_dtype() == numpy.uint16
    assert b"SYNTHETIC" in volume.header.extensions[0].get_content()
    assert volume.header.get_zooms() == (0.5, 0.5, 0.5)
    numbers = set()
    for place, path in enumerate(report["files"][:5]):
        file = pydicom.dcmread(path)
        assert list(file.ImageType) == ["DERIVED", "SECONDARY"] and file[0x0008001C].value == "YES"
        assert file.PatientName == file.PatientID == "SYNTHETIC" and not file.PatientBirthDate
        assert file.BurnedInAnnotation == "NO" and "SYNTHETIC" in file.ImageComments
        assert "SYNTHETIC" in file.SeriesDescription and "index" in file.DerivationDescription
        assert file.BitsStored == 16 and file.PixelSpacing == [0.5, 0.5]
        assert pydicom.uid.UID(file.SOPInstanceUID).is_valid and file.SOPClassUID.name.startswith("Secondary Capture")
        numbers.add(file.SOPInstanceUID)
        pixels = file.pixel_array
        assert len(numpy.unique(pixels)) > 200
        # Both files hold the same values, to the last of sixteen bits.
        assert numpy.array_equal(pixels, numpy.asarray(volume.dataobj)[:, :, place].T)
        # And what is read here is the same again.
        out = f"again-{place}"
        png = answer(trained, "scans", "slices", path, "--window", "storable", "--out", out)["files"][0]
        assert numpy.array_equal(numpy.asarray(Image.open(png)), pixels)
    assert len(numbers) == 5
    # The same again is the same files; another seed has others.
    before = {path: hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest() for path in report["files"]}
    same = answer(trained, "scans", "draw", "axial", *options, "--as", "both", "--out", "made")
    assert same["files"] == report["files"]
    assert all(hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest() == sum for path, sum in before.items())


def test_copies_are_refused(trained):
    options = ["--model", "last", "-n", "24", "--seed", "9"]
    answer(trained, "scans", "draw", *options, "--copies", "allow", "--out", "known")
    ending = run(trained, "scans", "draw", *options, "--data", "known", "--out", "never")
    assert ending.returncode == 1 and "copies" in ending.stderr and "--copies skip" in ending.stderr
    assert not (trained / "never").exists()
    ending = run(trained, "scans", "draw", *options, "--data", "nowhere", "--out", "never")
    assert ending.returncode == 1 and "--copies allow" in ending.stderr
    assert not (trained / "never").exists()


def test_the_data_is_divided_by_people(trained):
    reports = answer(trained, "data", "check", "study")
    assert [report["classNames"] for report in reports] == [["axial", "coronal", "sagittal"]] * 2
    per_person = 3 * (24 - 2 * 4)
    counts = [report["pictures"] for report in reports]
    assert sum(counts) == 6 * per_person and all(count % per_person == 0 and count > 0 for count in counts)
    sheet = answer(trained, "data", "preview", "study")["file"]
    Image.open(trained / sheet).load()
