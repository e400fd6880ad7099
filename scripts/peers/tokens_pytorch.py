"""Draws 256 codes of four pictures with a transformer in PyTorch that keeps keys and values.

usage: tokens_pytorch.py [--precision float32|bfloat16] [--pictures N] [--side N] [--rounds N] [--threads N] [--compile]
needs: torch. Prints one line of JSON: seconds of a drawing, the median of the rounds, and the number of parameters.

The network is that of the recipe `midjourney`: 256 wide, 6 layers, 4 heads, root mean square norms, SwiGLU, rotary
positions in two dimensions, a prefix of one place. Written as PyTorch's users do: memory for keys and values taken
once, scaled_dot_product_attention, weights in the wanted type, no gradients.
"""

import argparse
import json
import statistics
import time

import torch
from torch import nn
from torch.nn import functional as F

WIDTH, LAYERS, HEADS, CODES, CLASSES = 256, 6, 4, 2048, 10
HIDDEN = (WIDTH * 8 // 3 + 31) // 32 * 32
HEAD = WIDTH // HEADS


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.second = nn.RMSNorm(WIDTH, eps=1e-5), nn.RMSNorm(WIDTH, eps=1e-5)
        self.parts = nn.Linear(WIDTH, 3 * WIDTH, bias=False)
        self.out = nn.Linear(WIDTH, WIDTH, bias=False)
        self.gate = nn.Linear(WIDTH, HIDDEN, bias=False)
        self.inner = nn.Linear(WIDTH, HIDDEN, bias=False)
        self.outer = nn.Linear(HIDDEN, WIDTH, bias=False)

    def forward(self, x, turn, keys, values, place):
        q, k, v = self.parts(self.first(x)).view(len(x), 3, HEADS, HEAD).unbind(1)
        keys[:, :, place], values[:, :, place] = turned(k, turn), v
        seen = F.scaled_dot_product_attention(
            turned(q, turn).unsqueeze(2), keys[:, :, : place + 1], values[:, :, : place + 1]
        )
        x = x + self.out(seen.reshape(len(x), WIDTH))
        even = self.second(x)
        return x + self.outer(F.silu(self.gate(even)) * self.inner(even))


def turned(x, turn):
    """Pairs that lie beside each other, turned. Shape: N×heads×head."""
    pairs = torch.view_as_complex(x.float().reshape(len(x), HEADS, HEAD // 2, 2))
    return torch.view_as_real(pairs * turn).flatten(2).to(x.dtype)


class Network(nn.Module):
    def __init__(self, side):
        super().__init__()
        self.side = side
        self.pieces, self.codes = nn.Embedding(CLASSES + 1, WIDTH), nn.Embedding(CODES, WIDTH)
        self.blocks = nn.ModuleList(Block() for _ in range(LAYERS))
        self.norm, self.head = nn.RMSNorm(WIDTH, eps=1e-5), nn.Linear(WIDTH, CODES, bias=False)
        rates = 10_000 ** (-torch.arange(HEAD // 4) / (HEAD // 4))
        rows, columns = torch.meshgrid(torch.arange(side), torch.arange(side), indexing="ij")
        angles = torch.cat([rows.reshape(-1, 1) * rates, columns.reshape(-1, 1) * rates], 1)
        angles = torch.cat([torch.zeros(1, HEAD // 2), angles])
        self.turns = torch.polar(torch.ones_like(angles), angles)

    def step(self, x, keys, values, place):
        for block, k, v in zip(self.blocks, keys, values, strict=True):
            x = block(x, self.turns[place], k, v, place)
        return self.head(self.norm(x))

    @torch.inference_mode()
    def draw(self, classes):
        places = self.side * self.side
        dtype = self.head.weight.dtype
        shape = (LAYERS, len(classes), HEADS, places, HEAD)
        keys, values = torch.zeros(shape, dtype=dtype), torch.zeros(shape, dtype=dtype)
        x, drawn = self.pieces(classes), []
        for place in range(places):
            chances = self.step(x, keys, values, place).float().softmax(1)
            drawn.append(torch.multinomial(chances, 1).squeeze(1))
            x = self.codes(drawn[-1])
        return torch.stack(drawn, 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--precision", choices=["float32", "bfloat16"], default="bfloat16")
    parser.add_argument("--pictures", type=int, default=4)
    parser.add_argument("--side", type=int, default=16)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--compile", action="store_true")
    args = parser.parse_args()
    torch.manual_seed(0)
    torch.set_num_threads(args.threads)
    network = Network(args.side).eval().to(getattr(torch, args.precision))
    if args.compile:
        network.step = torch.compile(network.step, dynamic=True)
    classes = torch.arange(args.pictures) % CLASSES
    network.draw(classes)
    seconds = []
    for _ in range(args.rounds):
        began = time.perf_counter()
        network.draw(classes)
        seconds.append(time.perf_counter() - began)
    print(
        json.dumps(
            {
                "peer": f"torch {torch.__version__} {args.precision}" + (" compiled" if args.compile else ""),
                "seconds": round(statistics.median(seconds), 4),
                "parameters": sum(weight.numel() for weight in network.parameters()),
            }
        )
    )


if __name__ == "__main__":
    main()
