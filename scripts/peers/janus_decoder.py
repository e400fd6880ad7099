#!/usr/bin/env python3
"""Times the decoder of Janus-Pro in PyTorch, with random weights: 576 codes to a picture of 384×384 pixels, in float32.

Four ways are tried, as PyTorch's users would: as it is, with channels last, and both compiled.
needs: torch 2.13
"""

import argparse
import json
import statistics
import time

import torch
import torch.nn.functional as F
from torch import nn

WIDTHS = [512, 256, 256, 128, 128]


def norm(width):
    return nn.GroupNorm(32, width, eps=1e-6)


class Block(nn.Module):
    """Two convolutions, and what they are added to."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.norms = nn.ModuleList([norm(inputs), norm(outputs)])
        self.layers = nn.ModuleList(
            [nn.Conv2d(inputs, outputs, 3, padding=1), nn.Conv2d(outputs, outputs, 3, padding=1)]
        )
        self.shortcut = nn.Identity() if inputs == outputs else nn.Conv2d(inputs, outputs, 1)

    def forward(self, x):
        y = self.layers[0](F.silu(self.norms[0](x)))
        return self.shortcut(x) + self.layers[1](F.silu(self.norms[1](y)))


class Attention(nn.Module):
    """Each place looks at all others."""

    def __init__(self, width):
        super().__init__()
        self.norm = norm(width)
        self.queries, self.keys, self.values, self.out = (nn.Conv2d(width, width, 1) for _ in range(4))

    def forward(self, x):
        y = self.norm(x)
        rows = [part(y).flatten(2).transpose(1, 2) for part in (self.queries, self.keys, self.values)]
        found = F.scaled_dot_product_attention(*rows).transpose(1, 2).reshape(x.shape)
        return x + self.out(found)


class Decoder(nn.Module):
    """Codes to a picture."""

    def __init__(self):
        super().__init__()
        self.table = nn.Parameter(torch.randn(16384, 8))
        layers = [
            nn.Conv2d(8, 256, 1),
            nn.Conv2d(256, 512, 3, padding=1),
            Block(512, 512),
            Attention(512),
            Block(512, 512),
        ]
        before = 512
        for level, width in enumerate(WIDTHS):
            for _ in range(3):
                layers.append(Block(before, width))
                before = width
                if level == 0:
                    layers.append(Attention(width))
            if level < len(WIDTHS) - 1:
                layers += [nn.Upsample(scale_factor=2), nn.Conv2d(width, width, 3, padding=1)]
        self.layers = nn.Sequential(*layers, norm(128), nn.SiLU(), nn.Conv2d(128, 3, 3, padding=1))

    def forward(self, codes):
        vectors = F.normalize(self.table, dim=1)[codes].reshape(-1, 24, 24, 8).permute(0, 3, 1, 2)
        return self.layers(vectors)


def seconds(network, codes, rounds):
    network(codes)
    found = []
    for _ in range(rounds):
        begun = time.perf_counter()
        network(codes)
        found.append(time.perf_counter() - begun)
    return statistics.median(found)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(3)
    codes = torch.randint(16384, (1, 576))
    found = {}
    with torch.inference_mode():
        plain = Decoder().eval()
        last = Decoder().eval().to(memory_format=torch.channels_last)
        for name, network in (("plain", plain), ("channels last", last)):
            found[name] = seconds(network, codes, args.rounds)
            found[name + ", compiled"] = seconds(torch.compile(network), codes, args.rounds)
    print(json.dumps({"picture": min(found.values()), "ways": found}))


if __name__ == "__main__":
    main()
