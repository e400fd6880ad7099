"""The seed DCGAN's train step, or its sampling, in PyTorch: plain, or tuned as its users know how.

usage: dcgan_pytorch.py [--batch N] [--steps N] [--threads N] [--mode plain|tuned|bf16|compile] [--sample]
needs: torch; torch.compile also needs a C++ compiler. Prints one line of JSON: images per second over the median
step and the peak memory in MiB.

plain    as a tutorial has it
tuned    channels-last and fused Adam
bf16     tuned, in bfloat16: training under autocast, sampling with bfloat16 weights
compile  bf16 under torch.compile
"""

import argparse
import os

import torch
from torch import nn
from torch.nn import functional as F

from timing import report

parser = argparse.ArgumentParser()
parser.add_argument("--batch", type=int, default=256)
parser.add_argument("--steps", type=int, default=10)
parser.add_argument("--threads", type=int, default=os.cpu_count())
parser.add_argument("--mode", choices=["plain", "tuned", "bf16", "compile"], default="plain")
parser.add_argument("--sample", action="store_true", help="time generation instead of training")
args = parser.parse_args()
torch.set_num_threads(args.threads)
tuned, bf16, compiled = args.mode != "plain", args.mode in ("bf16", "compile"), args.mode == "compile"


class Generator(nn.Module):
    def __init__(self):
        super().__init__()
        self.dense, self.norm0 = nn.Linear(100, 7 * 7 * 256, bias=False), nn.BatchNorm1d(7 * 7 * 256)
        self.conv1, self.norm1 = nn.ConvTranspose2d(256, 128, 5, 1, 2, bias=False), nn.BatchNorm2d(128)
        self.conv2, self.norm2 = nn.ConvTranspose2d(128, 64, 5, 2, 2, 1, bias=False), nn.BatchNorm2d(64)
        self.conv3 = nn.ConvTranspose2d(64, 1, 5, 2, 2, 1, bias=False)

    def forward(self, z):
        x = F.leaky_relu(self.norm0(self.dense(z)), 0.3).view(-1, 256, 7, 7)
        if tuned:
            x = x.contiguous(memory_format=torch.channels_last)
        x = F.leaky_relu(self.norm1(self.conv1(x)), 0.3)
        x = F.leaky_relu(self.norm2(self.conv2(x)), 0.3)
        return torch.tanh(self.conv3(x))


class Discriminator(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 64, 5, 2, 2), nn.Conv2d(64, 128, 5, 2, 2)
        self.dense, self.dropout = nn.Linear(128 * 49, 1), nn.Dropout(0.3)

    def forward(self, x):
        x = self.dropout(F.leaky_relu(self.conv1(x), 0.3))
        x = self.dropout(F.leaky_relu(self.conv2(x), 0.3))
        return self.dense(x.flatten(1))


def prepared(network):
    """The network laid out and compiled as the mode asks."""
    if tuned:
        network = network.to(memory_format=torch.channels_last)
    return torch.compile(network) if compiled else network


def training():
    """A function that takes one train step on pictures that stay the same."""
    g, d = Generator(), Discriminator()
    g_parameters, d_parameters = list(g.parameters()), list(d.parameters())
    g_optimizer = torch.optim.Adam(g_parameters, 1e-4, fused=tuned)
    d_optimizer = torch.optim.Adam(d_parameters, 1e-4, fused=tuned)
    g, d = prepared(g), prepared(d)
    images = torch.rand(args.batch, 1, 28, 28) * 2 - 1
    if tuned:
        images = images.contiguous(memory_format=torch.channels_last)
    bce = F.binary_cross_entropy_with_logits

    def step():
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bf16):
            fakes = g(torch.randn(args.batch, 100))
            real, fake = d(images), d(fakes)
        real, fake = real.float(), fake.float()
        g_loss = bce(fake, torch.ones_like(fake))
        d_loss = bce(real, torch.ones_like(real)) + bce(fake, torch.zeros_like(fake))
        g_gradients = torch.autograd.grad(g_loss, g_parameters, retain_graph=True)
        d_gradients = torch.autograd.grad(d_loss, d_parameters)
        for parameter, gradient in zip(g_parameters + d_parameters, g_gradients + d_gradients, strict=True):
            parameter.grad = gradient
        g_optimizer.step()
        d_optimizer.step()

    return step


def sampling():
    """A function that draws one batch of pictures."""
    dtype = torch.bfloat16 if bf16 else torch.float32
    g = prepared(Generator().eval().to(dtype))

    @torch.inference_mode()
    def step():
        return g(torch.randn(args.batch, 100, dtype=dtype)).float()

    return step


step = sampling() if args.sample else training()
report(f"torch {torch.__version__} {args.mode}", args, step, warm_up=5 if compiled else 3)
