"""Judges drawings of digits by a small classifier that has nothing to do with Atelier.

    judge_digits.py MNIST-FOLDER DRAWINGS [--judge FILE]

DRAWINGS has a folder of pictures for each class, named by its number. The judge is a network of two
convolutions and 128 features that learns half of the training set for four passes from seed 0; FILE keeps it.
The drawings stand beside the test set, and so does the other half: what nothing can be much better than.

Needs PyTorch, NumPy and Pillow. Writes one line of JSON.
"""

import argparse
import gzip
import json
import struct
from pathlib import Path

import numpy
import torch
from PIL import Image


def read_idx(folder: Path, name: str) -> numpy.ndarray:
    """An array of MNIST, packed or not."""
    packed = folder / f"{name}.gz"
    data = gzip.decompress(packed.read_bytes()) if packed.exists() else (folder / name).read_bytes()
    rank = data[3]
    shape = struct.unpack(f">{rank}I", data[4 : 4 + 4 * rank])
    return numpy.frombuffer(data, numpy.uint8, offset=4 + 4 * rank).reshape(shape)


class Judge(torch.nn.Module):
    """Two convolutions and 128 features."""

    def __init__(self) -> None:
        super().__init__()
        self.body = torch.nn.Sequential(
            torch.nn.Conv2d(1, 32, 5, padding=2),
            torch.nn.ReLU(),
            torch.nn.MaxPool2d(2),
            torch.nn.Conv2d(32, 64, 5, padding=2),
            torch.nn.ReLU(),
            torch.nn.MaxPool2d(2),
            torch.nn.Flatten(),
            torch.nn.Linear(64 * 49, 128),
            torch.nn.ReLU(),
        )
        self.head = torch.nn.Linear(128, 10)

    def forward(self, pictures: torch.Tensor) -> torch.Tensor:
        """Logits of classes."""
        return self.head(self.body(pictures))


def tensor(pictures: numpy.ndarray) -> torch.Tensor:
    """Pictures of bytes as numbers from 0 to 1."""
    return torch.from_numpy(pictures.astype(numpy.float32) / 255)[:, None]


def train(judge: Judge, pictures: torch.Tensor, labels: torch.Tensor) -> None:
    """Four passes of Adam."""
    optimizer = torch.optim.Adam(judge.parameters(), 1e-3)
    for _ in range(4):
        for batch in torch.randperm(len(pictures)).split(128):
            optimizer.zero_grad()
            torch.nn.functional.cross_entropy(judge(pictures[batch]), labels[batch]).backward()
            optimizer.step()


@torch.no_grad()
def look(judge: Judge, pictures: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Features, and probabilities of classes."""
    features = torch.cat([judge.body(part) for part in pictures.split(500)])
    return features, judge.head(features).softmax(1)


def distance(one: torch.Tensor, other: torch.Tensor) -> float:
    """Fréchet distance of features."""
    means = [features.double().mean(0) for features in (one, other)]
    spreads = [numpy.cov(features.double().numpy(), rowvar=False) for features in (one, other)]
    # The trace of the product's root, by its eigenvalues.
    roots = numpy.sqrt(numpy.maximum(numpy.linalg.eigvals(spreads[0] @ spreads[1]).real, 0))
    return float(((means[0] - means[1]) ** 2).sum() + numpy.trace(spreads[0] + spreads[1]) - 2 * roots.sum())


def within(known: torch.Tensor, asked: torch.Tensor) -> float:
    """Share of the asked that lie within reach of the third neighbour of a known one."""
    hits = []
    parts = known.split(1000)
    reach = [torch.cdist(part, known).kthvalue(4, dim=1).values for part in parts]
    for some in asked.split(1000):
        hit = torch.zeros(len(some), dtype=torch.bool)
        for part, radius in zip(parts, reach, strict=True):
            hit |= (torch.cdist(some, part) <= radius).any(1)
        hits.append(hit)
    return torch.cat(hits).float().mean().item()


def main() -> None:
    """Reads, judges, writes."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("mnist", type=Path)
    options.add_argument("drawings", type=Path)
    options.add_argument("--judge", type=Path, default=Path("judge-digits.pt"))
    options.add_argument("--threads", type=int, default=1)
    chosen = options.parse_args()
    torch.set_num_threads(chosen.threads)
    torch.manual_seed(0)
    pictures = tensor(read_idx(chosen.mnist, "train-images-idx3-ubyte"))
    labels = torch.from_numpy(read_idx(chosen.mnist, "train-labels-idx1-ubyte").astype(numpy.int64))
    tests = tensor(read_idx(chosen.mnist, "t10k-images-idx3-ubyte"))
    truths = torch.from_numpy(read_idx(chosen.mnist, "t10k-labels-idx1-ubyte").astype(numpy.int64))
    # By chance: every second picture is by the hand of the same group of people.
    order = torch.randperm(len(pictures), generator=torch.Generator().manual_seed(1))
    judge = Judge()
    if chosen.judge.exists():
        judge.load_state_dict(torch.load(chosen.judge))
    else:
        train(judge, pictures[order[: len(order) // 2]], labels[order[: len(order) // 2]])
        torch.save(judge.state_dict(), chosen.judge)
    judge.eval()
    real, chances = look(judge, tests)
    drawn, asked = [], []
    for folder in sorted(path for path in chosen.drawings.iterdir() if path.is_dir()):
        for file in sorted(folder.glob("*.png")):
            drawn.append(numpy.asarray(Image.open(file).convert("L")))
            asked.append(int(folder.name))
    features, seen = look(judge, tensor(numpy.stack(drawn)))
    unseen, _ = look(judge, pictures[order[len(order) // 2 :]])
    shares = numpy.bincount(seen.argmax(1).numpy(), minlength=10) / len(seen)
    report = {
        "drawings": len(drawn),
        "distance": round(distance(features, real), 2),
        "distance_of_real_pictures": round(distance(unseen, real), 2),
        "precision": round(within(real, features), 3),
        "recall": round(within(features, real), 3),
        "class_asked_for": round((seen.argmax(1) == torch.tensor(asked)).float().mean().item(), 4),
        "class_shares": [round(float(share), 4) for share in shares],
        "confidence": round(seen.max(1).values.mean().item(), 4),
        "judge_accuracy": round((chances.argmax(1) == truths).float().mean().item(), 4),
    }
    print(json.dumps(report))


if __name__ == "__main__":
    main()
