"""The notebook of the documents, executed from its first cell to its last against a studio."""

import os
import pathlib

import pytest

from conftest import ROOT

NOTEBOOK = ROOT / "docs/notebooks/first-steps.ipynb"


@pytest.fixture(scope="module")
def executed(studio):
    client = pytest.importorskip("nbclient", reason="the notebook is not tested: there is no nbclient")
    pytest.importorskip("ipykernel", reason="the notebook is not tested: there is no ipykernel")
    pytest.importorskip("matplotlib", reason="the notebook is not tested: there is no Matplotlib")
    nbformat = pytest.importorskip("nbformat")
    before = os.environ.get("ATELIER_STUDIO_URL")
    os.environ["ATELIER_STUDIO_URL"] = studio.url
    try:
        notebook = nbformat.read(NOTEBOOK, as_version=4)
        client.NotebookClient(
            notebook,
            timeout=180,
            kernel_name="python3",
            resources={"metadata": {"path": str(pathlib.Path(studio.folder))}},
        ).execute()
    finally:
        if before is None:
            del os.environ["ATELIER_STUDIO_URL"]
        else:
            os.environ["ATELIER_STUDIO_URL"] = before
    return notebook


def test_the_notebook_says_what_it_shows(executed):
    outputs = [output for cell in executed.cells for output in cell.get("outputs", [])]
    assert not [output for output in outputs if output.output_type == "error"]
    # Drawings, an edit, two grids of the run, and its curves.
    shown = [output for output in outputs if "image/png" in output.get("data", {})]
    assert len(shown) == 4
    text = "".join(output.get("text", "") for output in outputs)
    assert "a red apple" in text and "finished: epoch 6 of 6" in text


def test_the_notebook_is_kept_without_outputs():
    nbformat = pytest.importorskip("nbformat")
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        assert not cell.get("outputs") and cell.get("execution_count") is None
