"""Prompts that are said: by the command, the studio's interface and OpenAI's; without PocketSphinx, too."""

import ctypes.util
import io
import json
import os
import subprocess
import time
import wave

import numpy
import openai
import pytest
from PIL import Image

from conftest import BUNDLED, PROGRAM, ROOT, Studio

SAID = ROOT / "Tests/Fixtures/speech/red-apple.wav"
MODEL = "/usr/share/pocketsphinx/model/en-us"
installed = pytest.mark.skipif(
    ctypes.util.find_library("pocketsphinx") is None or not os.path.isdir(MODEL),
    reason="PocketSphinx is not installed: make setup WITH=speech",
)


def wav(numbers, rate=16000):
    """A file of numbers from -1 to 1, one channel a column."""
    numbers = numpy.atleast_2d(numpy.asarray(numbers, float).T).T
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(numbers.shape[1])
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes((numpy.clip(numbers, -1, 1) * 32767).astype("<i2").tobytes())
    return file.getvalue()


def said():
    """The numbers of what is said."""
    with wave.open(str(SAID)) as file:
        return numpy.frombuffer(file.readframes(10**6), "<i2") / 32768


def stretched(numbers, rate):
    """The same sound at another rate."""
    count = int(len(numbers) * rate / 16000)
    spectrum = numpy.fft.rfft(numbers)
    spectrum = numpy.pad(spectrum, (0, max(0, count // 2 + 1 - len(spectrum))))[: count // 2 + 1]
    return numpy.fft.irfft(spectrum, count) * count / len(numbers)


def noise(seconds, rate=16000):
    return numpy.random.default_rng(3).normal(size=int(seconds * rate)) * 0.1


# What is no prompt, and what is said of it.
WRONG = {
    "empty": (b"", "is empty"),
    "no sound": (wav([]), "has no sound in it"),
    "silent": (wav(numpy.zeros(16000)), "is silent"),
    "short": (wav(noise(0.1)), "is too short for a word"),
    "long": (wav(noise(61, 8000), 8000), "is 61 s long, a prompt has 60 s at most"),
    "MP3": (b"ID3\x04" + bytes(400), "is MP3, expected WAV; convert it: ffmpeg"),
    "text": (b"a red apple\n", "is no sound that is known"),
    "cut": (SAID.read_bytes()[:30], "cut short"),
}


@pytest.fixture(scope="module")
def without(tmp_path_factory):
    """An environment in which the library cannot be loaded, as where it is not installed."""
    folder = tmp_path_factory.mktemp("without")
    for name in ("libpocketsphinx.so.3", "libpocketsphinx.so"):
        (folder / name).write_bytes(b"no library")
    return os.environ | {"LD_LIBRARY_PATH": f"{folder}:{os.environ.get('LD_LIBRARY_PATH', '')}"}


def imagine(folder, *arguments, env=None):
    return subprocess.run(
        [PROGRAM, "imagine", *map(str, arguments)], cwd=folder, capture_output=True, text=True, env=env, check=False
    )


@installed
def test_command_draws_what_is_said(tmp_path):
    done = imagine(tmp_path, "--speech", SAID, "--json", "-n", 1, "--seed", 5, "--out", "said")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["speech"]["text"] == "red apple" and told["jobs"][0]["prompt"] == "red apple"
    first, second = told["speech"]["words"]
    assert 0 <= first["start"] < first["end"] <= second["start"] < second["end"] <= told["speech"]["seconds"]
    assert all(0 < word["confidence"] <= 1 for word in (first, second))
    assert told["speech"]["vocabulary"] > 2000 and told["speech"]["leftOut"] > 50
    assert imagine(tmp_path, "red apple", "-n", 1, "--seed", 5, "--out", "typed").returncode == 0
    pixels = [Image.open(next((tmp_path / name).glob("*.png"))).tobytes() for name in ("said", "typed")]
    assert pixels[0] == pixels[1]


@installed
def test_parameters_follow_what_is_said(tmp_path):
    done = imagine(tmp_path, "--speech", SAID, "--chaos", 20, "-n", 1, "--seed", 5)
    assert done.returncode == 0 and done.stdout.startswith("heard: red apple\n"), done.stderr


@pytest.mark.parametrize(
    "arguments,wanted",
    [
        (["a pear", "--speech", SAID], "--speech says what to draw, found 'a pear' beside it"),
        (["--speech", SAID, "--table", "t.csv"], "--table and --speech are both given"),
        (["a pear", "--speech-model", "x"], "--speech-model is given without --speech"),
    ],
)
def test_command_refuses_what_does_not_go_together(tmp_path, arguments, wanted):
    done = imagine(tmp_path, *arguments)
    assert done.returncode != 0 and wanted in done.stderr


@pytest.mark.parametrize("kind", WRONG)
def test_command_says_what_is_wrong(tmp_path, kind):
    data, wanted = WRONG[kind]
    (tmp_path / "question.wav").write_bytes(data)
    done = imagine(tmp_path, "--speech", "question.wav")
    assert done.returncode == 1 and done.stderr.startswith("Error: question.wav: "), done.stderr
    assert wanted in done.stderr and not list(tmp_path.glob("*.png"))


def test_command_refuses_an_hour_before_it_is_read(tmp_path):
    with open(tmp_path / "hour.wav", "wb") as file:
        file.write(wav([])[:44])
        file.truncate(3600 * 16000 * 2)
    began = time.monotonic()
    done = imagine(tmp_path, "--speech", "hour.wav")
    assert done.returncode == 1 and "are read at most; cut out the prompt: ffmpeg" in done.stderr
    assert time.monotonic() - began < 60
    assert "there is no such file" in imagine(tmp_path, "--speech", "nowhere.wav").stderr


def test_command_without_the_library(tmp_path, without):
    if not os.path.isdir(MODEL):
        without = None
    done = imagine(tmp_path, "--speech", SAID, env=without)
    assert done.returncode == 1 and "install it with 'make setup WITH=\"speech\"'" in done.stderr, done.stderr


def test_command_with_another_acoustic_model(tmp_path):
    (tmp_path / "empty").mkdir()
    done = imagine(tmp_path, "--speech", SAID, "--speech-model", "empty")
    assert done.returncode == 1 and "is no acoustic model: there is no file 'mdef' in it" in done.stderr
    (tmp_path / "empty/mdef").write_text("nonsense")
    done = imagine(tmp_path, "--speech", SAID, "--speech-model", "empty")
    assert done.returncode == 1 and "it has no dictionary" in done.stderr


@installed
def test_a_damaged_acoustic_model_is_refused(tmp_path):
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad/mdef").write_text("nonsense")
    (tmp_path / "bad/words.dict").write_text("red R EH D\napple AE P AH L\n")
    done = imagine(tmp_path, "--speech", SAID, "--speech-model", "bad")
    assert done.returncode == 1 and done.stderr.startswith("Error: "), done.stderr


@installed
def test_another_acoustic_model_is_taken(tmp_path):
    (tmp_path / "own").mkdir()
    (tmp_path / "own/acoustic").symlink_to(f"{MODEL}/en-us")
    (tmp_path / "own/words.dict").write_text("red R EH D\napple AE P AH L\npear P EH R\n")
    done = imagine(tmp_path, "--speech", SAID, "--speech-model", "own", "--json", "-n", 1)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)["speech"]
    assert told["text"] == "red apple" and told["vocabulary"] == 3


def sent(web, data, address="/api/transcriptions"):
    return web.post(address, content=data, headers={"content-type": "audio/wav"}, timeout=150)


@installed
def test_route_answers_with_words(web):
    answer = sent(web, SAID.read_bytes())
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert found["text"] == "red apple" and [word["word"] for word in found["words"]] == ["red", "apple"]
    form = web.post("/api/transcriptions", files={"file": ("a.wav", SAID.read_bytes(), "audio/wav")})
    assert form.json() == found, "the same sound is the same text"
    named = sent(web, SAID.read_bytes(), f"/api/transcriptions?model={BUNDLED}")
    assert named.json() == found
    assert sent(web, SAID.read_bytes(), "/api/transcriptions?model=nowhere").status_code == 404


@installed
@pytest.mark.parametrize("rate,channels", [(44100, 2), (48000, 1), (22050, 1)])
def test_route_hears_other_rates(web, rate, channels):
    sound = numpy.repeat(stretched(said(), rate)[:, None], channels, axis=1)
    answer = sent(web, wav(sound, rate))
    assert answer.status_code == 200 and answer.json()["text"] == "red apple", answer.text


@pytest.mark.parametrize("kind", WRONG)
def test_route_says_what_is_wrong(web, kind):
    data, wanted = WRONG[kind]
    answer = sent(web, data)
    error = answer.json()["error"]
    assert answer.status_code == 400 and error["code"] == "invalid_audio" and error["param"] == "file"
    assert error["message"].startswith("the recording: ") and wanted in error["message"]


def test_route_refuses_large_bodies_and_forms_without_a_file(web):
    assert sent(web, bytes((25 << 20) + 1)).status_code == 413
    answer = web.post("/api/transcriptions", files={"other": ("a.wav", b"x", "audio/wav")})
    assert answer.status_code == 400 and answer.json()["error"]["code"] == "missing_required_parameter"


@installed
def test_a_minute_of_noise_is_answered_in_bounded_time(web):
    began = time.monotonic()
    answer = sent(web, wav(noise(59)))
    assert answer.status_code in (200, 400), answer.text
    assert time.monotonic() - began < 120
    assert sent(web, SAID.read_bytes()).json()["text"] == "red apple", "what was heard before is forgotten"


def test_recordings_do_not_stay(studio, web):
    sent(web, SAID.read_bytes())
    assert not list(studio.data.rglob("recording.wav"))


def test_route_without_the_library(tmp_path, without, monkeypatch):
    if os.path.isdir(MODEL):
        monkeypatch.setenv("LD_LIBRARY_PATH", without["LD_LIBRARY_PATH"])
    found = Studio(tmp_path / "studio")
    try:
        with found.web() as web:
            answer = sent(web, SAID.read_bytes())
            error = answer.json()["error"]
            assert answer.status_code == 501 and error["code"] == "not_installed"
            assert 'make setup WITH="speech"' in error["message"]
            assert web.get("/api/models").status_code == 200
    finally:
        found.stop()


@installed
def test_openai_client_transcribes(studio):
    client = openai.OpenAI(base_url=studio.url + "/v1", api_key="none")
    with SAID.open("rb") as file:
        assert client.audio.transcriptions.create(model="whisper-1", file=file).text == "red apple"
    with SAID.open("rb") as file:
        text = client.audio.transcriptions.create(model="whisper-1", file=file, response_format="text")
    assert text.strip() == "red apple"
    with SAID.open("rb") as file:
        found = client.audio.transcriptions.create(model=BUNDLED, file=file, response_format="verbose_json")
    assert found.text == "red apple" and found.words[0].word == "red" and found.duration > 0.5
    with SAID.open("rb") as file, pytest.raises(openai.BadRequestError, match="response_format"):
        client.audio.transcriptions.create(model="whisper-1", file=file, response_format="srt")
