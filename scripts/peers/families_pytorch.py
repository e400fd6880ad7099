"""One train step of each family of networks in PyTorch: a recipe's networks, losses, penalties and optimizers.

usage: families_pytorch.py --recipe NAME [--precision float32|bfloat16] [--batch N] [--steps N] [--threads N]
                           [--compile]
       families_pytorch.py --check [--recipe NAME]
needs: torch; torch.compile also needs a C++ compiler. Prints one line of JSON: REAL images per second (batch × critic
updates over the median step) and the peak memory in MiB; with --check the number of each network's parameters.

A step is an alternating one: every critic update on a real batch and fresh drawings, then the generator once. Tuned as
PyTorch's users know how: channels last, activations in place, fused Adam, only the gradients that are asked for, and
in bfloat16 autocast with losses in float32. Two things are left out on both sides: averages of the weights, and
augmentation. Weights start as PyTorch's layers do, which costs the same.

--compile  torch.compile of both networks. It knows no second derivatives: recipes with penalties on slopes give an
           "error" in the line of JSON instead of a rate, and status 0 all the same.
"""

import argparse
import itertools
import json
import math
import resource
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import torch
from torch import nn
from torch.nn import functional as F
from torch.nn.utils.parametrizations import spectral_norm
from torch.nn.utils.parametrize import register_parametrization

CLASSES = 10  # as many as CIFAR-10's
NOT_TIMED = 2  # steps before those that are timed

# Layers

conv = partial(nn.Conv2d, kernel_size=3, padding=1)
conv1 = partial(nn.Conv2d, kernel_size=1)
leaky = partial(nn.LeakyReLU, 0.2, inplace=True)
relu = partial(nn.ReLU, inplace=True)
halved = partial(F.avg_pool2d, kernel_size=2)
doubled = partial(F.interpolate, scale_factor=2, mode="nearest")


def picture_of(numbers, channels, side=4):
    """A dense layer's numbers as a map, channels innermost: no copy. Shape: N×numbers → N×channels×side×side."""
    return numbers.view(-1, side, side, channels).permute(0, 3, 1, 2)


def numbers_of(x):
    """The other way round."""
    return x.permute(0, 2, 3, 1).reshape(len(x), -1)


def balanced(x, gain=1.0):
    """Leaky ReLU that keeps the variance."""
    return F.leaky_relu(x, 0.2).mul_(math.sqrt(2) * gain)


def pixel_norm(x):
    return x * x.square().mean(1, keepdim=True).add(1e-8).rsqrt()


def with_deviation(x, group):
    """A channel more that tells how much the pictures of a group differ."""
    count, channels, rows, columns = x.shape
    size = max(size for size in range(1, min(group, count) + 1) if count % size == 0)
    grouped = x.reshape(size, count // size, channels, rows, columns)
    deviation = (grouped - grouped.mean(0, keepdim=True)).square().mean(0).add(1e-8).sqrt().mean((1, 2, 3))
    plane = deviation.repeat(size).view(count, 1, 1, 1).expand(count, 1, rows, columns)
    return torch.cat([x, plane], 1)


def smoothed(x, border, convolution=F.conv2d, stride=1, gain=1.0):
    """Each channel by itself, with weights of 1, 3, 3, 1 in both directions."""
    line = torch.tensor([1.0, 3.0, 3.0, 1.0]) / 8
    taps = (torch.outer(line, line) * gain).to(x.dtype).expand(x.size(1), 1, 4, 4)
    return convolution(x, taps, stride=stride, padding=border, groups=x.size(1))


@torch.autocast("cpu", enabled=False)  # in bfloat16 such convolutions and their gradients take twenty times as long
def smoothly_halved(x):
    return smoothed(x.float(), 1, stride=2).to(x.dtype)


@torch.autocast("cpu", enabled=False)
def smoothly_doubled(x):
    return smoothed(x.float(), 1, F.conv_transpose2d, stride=2, gain=4).to(x.dtype)


class Do(nn.Module):
    """A function as a layer."""

    def __init__(self, function, *options):
        super().__init__()
        self.function, self.options = function, options

    def forward(self, x):
        return self.function(x, *self.options)


def equal(layer, gain=1.0, rate=1.0, bias=0.0):
    """A layer at equalised learning rate."""
    scale = gain * rate / math.sqrt(layer.weight[0].numel())
    nn.init.normal_(layer.weight, std=1 / rate)
    register_parametrization(layer, "weight", Do(torch.mul, scale))
    if layer.bias is not None:
        nn.init.constant_(layer.bias, bias / rate)
        if rate != 1:
            register_parametrization(layer, "bias", Do(torch.mul, rate))
    return layer


for_relu = partial(equal, gain=math.sqrt(2))


class ClassNorm(nn.BatchNorm2d):
    """Batch normalisation, its scale and shift those of the picture's class."""

    def __init__(self, channels):
        super().__init__(channels, affine=False)
        self.scales = nn.Embedding.from_pretrained(torch.ones(CLASSES, channels), freeze=False)
        self.shifts = nn.Embedding.from_pretrained(torch.zeros(CLASSES, channels), freeze=False)

    def forward(self, x, labels):
        scale, shift = (table(labels).to(x.dtype)[:, :, None, None] for table in (self.scales, self.shifts))
        return torch.addcmul(shift, super().forward(x), scale)


class Last(nn.ModuleList):
    """ProGAN's layers from or to pictures, grown to the last size: the others stay, unused."""

    def forward(self, x):
        return self[-1](x)


class Drawing(nn.Sequential):
    """A generator: layers one after the other, some of which look at the labels."""

    def forward(self, x, labels):
        for layer in self:
            x = layer(x, labels) if isinstance(layer, (ClassNorm, ResNetUp)) else layer(x)
        return x


class Judging(nn.Module):
    """A discriminator: layers that give features, the last one logits of these, and a projection of labels, if any."""

    def __init__(self, *layers, projection=None):
        super().__init__()
        self.trunk, self.last, self.projection = nn.Sequential(*layers[:-1]), layers[-1], projection

    def forward(self, x, labels):
        features = self.trunk(x)
        logits = self.last(features).squeeze(1)
        return features, logits + (features * self.projection(labels)).sum(1) if self.projection else logits


# Families: each function gives a generator and a discriminator


def dcgan(norm=nn.BatchNorm2d, judging_norm=None, form=lambda layer: layer, outputs=1):
    drawing = [nn.Linear(100, 256 * 16, bias=False), Do(picture_of, 256)]
    for a, b in [(256, 128), (128, 64), (64, 3)]:
        drawing += [norm(a), relu(), nn.ConvTranspose2d(a, b, 4, 2, 1, bias=False)]
    judging = [form(nn.Conv2d(3, 64, 4, 2, 1)), leaky()]
    for a, b in [(64, 128), (128, 256)]:
        judging += [form(nn.Conv2d(a, b, 4, 2, 1)), *([judging_norm(b)] if judging_norm else []), leaky()]
    return Drawing(*drawing, nn.Tanh()), Judging(*judging, Do(numbers_of), form(nn.Linear(256 * 16, outputs)))


def mlp():
    drawing, judging = [], [Do(numbers_of)]
    for a, b in [(100, 256), (256, 512), (512, 1024)]:
        drawing += [nn.Linear(a, b), leaky()]
    for a, b in [(28 * 28, 1024), (1024, 512), (512, 256)]:
        judging += [nn.Linear(a, b), leaky(), nn.Dropout(0.3)]
    return (
        Drawing(*drawing, nn.Linear(1024, 28 * 28), nn.Tanh(), Do(picture_of, 1, 28)),
        Judging(*judging, nn.Linear(256, 1)),
    )


class ResNetUp(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.norm1, self.norm2 = ClassNorm(width), ClassNorm(width)
        self.conv1, self.conv2, self.shortcut = conv(width, width), conv(width, width), conv1(width, width)

    def forward(self, x, labels):
        inside = self.conv1(doubled(self.norm1(x, labels).relu_()))
        inside = self.conv2(self.norm2(inside, labels).relu_())
        return inside.add_(doubled(self.shortcut(x)))


class ResNetDown(nn.Module):
    def __init__(self, a, b, is_first=False, halves=False):
        super().__init__()
        self.conv1, self.conv2 = spectral_norm(conv(a, b)), spectral_norm(conv(b, b))
        self.shortcut = spectral_norm(conv1(a, b)) if halves else nn.Identity()
        self.is_first, self.halves = is_first, halves

    def forward(self, x):
        inside = self.conv2(self.conv1(x if self.is_first else x.relu()).relu_())
        if self.halves:
            inside, x = halved(inside), halved(x)
        return inside + self.shortcut(x)


def resnet():
    drawing = [nn.Linear(128, 128 * 16), Do(picture_of, 128), *(ResNetUp(128) for _ in range(3))]
    judging = [ResNetDown(3, 64, True, True), ResNetDown(64, 64, False, True), ResNetDown(64, 64), ResNetDown(64, 64)]
    last, projection = spectral_norm(nn.Linear(64, 1)), spectral_norm(nn.Embedding(CLASSES, 64))
    return (
        Drawing(*drawing, nn.BatchNorm2d(128), relu(), conv(128, 3), nn.Tanh()),
        Judging(*judging, relu(), Do(torch.sum, (2, 3)), last, projection=projection),
    )


WIDTHS = (128, 128, 64, 32)  # at 4×4, 8×8, 16×16 and 32×32, of ProGAN and StyleGAN2
DOUBLINGS = list(itertools.pairwise(WIDTHS))


def progan():
    norm, dense = [leaky(), Do(pixel_norm)], equal(nn.Linear(128, 128 * 16), gain=math.sqrt(2) / 4)
    drawing = [Do(pixel_norm), dense, Do(picture_of, 128), *norm, for_relu(conv(128, 128)), *norm]
    for a, b in DOUBLINGS:
        drawing += [Do(doubled), for_relu(conv(a, b)), *norm, for_relu(conv(b, b)), *norm]
    judging = [Last(for_relu(conv1(3, width)) for width in WIDTHS), leaky()]
    for a, b in DOUBLINGS[::-1]:
        judging += [for_relu(conv(b, b)), leaky(), for_relu(conv(b, a)), leaky(), Do(halved)]
    judging += [
        Do(with_deviation, 4),
        for_relu(conv(129, 128)),
        leaky(),
        nn.Flatten(),
        for_relu(nn.Linear(128 * 16, 128)),
        leaky(),
    ]
    return (
        Drawing(*drawing, Last(equal(conv1(width, 3)) for width in WIDTHS)),
        Judging(*judging, equal(nn.Linear(128, 1))),
    )


class StyleLayer(nn.Module):
    """One convolution for all pictures: a style scales what goes in, and what comes out is brought to variance 1."""

    def __init__(self, a, b, doubles=False):
        super().__init__()
        self.weight, self.affine = nn.Parameter(torch.randn(b, a, 3, 3)), equal(nn.Linear(128, a), bias=1.0)
        self.strength, self.bias = nn.Parameter(torch.zeros([])), nn.Parameter(torch.zeros(b))
        self.doubles = doubles

    def forward(self, x, style):
        scales, weight = self.affine(style), self.weight
        x = x * scales.to(x.dtype)[:, :, None, None]
        if self.doubles:
            x = smoothed(F.conv_transpose2d(x, weight.transpose(0, 1), stride=2), 1, gain=4)
        else:
            x = F.conv2d(x, weight, padding=1)
        level = (scales.square() @ weight.square().sum((2, 3)).T).add(1e-8).rsqrt()
        noise = torch.randn(len(x), 1, *x.shape[2:]).to(x.dtype) * self.strength.to(x.dtype)
        x = torch.addcmul(noise, x, level.to(x.dtype)[:, :, None, None])
        return balanced(x.add_(self.bias.to(x.dtype)[:, None, None]))


class StylePicture(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.weight, self.affine = nn.Parameter(torch.randn(3, width, 1, 1)), equal(nn.Linear(128, width), bias=1.0)
        self.bias = nn.Parameter(torch.zeros(3, 1, 1))

    def forward(self, x, style):
        scales = self.affine(style) / math.sqrt(x.size(1))
        return F.conv2d(x * scales.to(x.dtype)[:, :, None, None], self.weight).float() + self.bias


class StyleGAN2Generator(nn.Module):
    def __init__(self):
        super().__init__()
        self.mapping = nn.ModuleList(equal(nn.Linear(128, 128), rate=0.01) for _ in range(2))
        self.first, self.start = nn.Parameter(torch.randn(128, 4, 4)), StyleLayer(128, 128)
        self.doubling = nn.ModuleList(StyleLayer(a, b, doubles=True) for a, b in DOUBLINGS)
        self.keeping = nn.ModuleList(StyleLayer(b, b) for _, b in DOUBLINGS)
        self.pictures = nn.ModuleList(map(StylePicture, WIDTHS))
        self.register_buffer("average", torch.zeros(128))

    def forward(self, z, labels):
        style = pixel_norm(z)
        for layer in self.mapping:
            style = balanced(layer(style))
        with torch.no_grad():
            self.average.lerp_(style.mean(0).float(), 0.002)
        x = self.first.expand(len(z), -1, -1, -1).contiguous(memory_format=torch.channels_last)
        x = self.start(x, style)
        picture = self.pictures[0](x, style)
        for double, keep, show in zip(self.doubling, self.keeping, self.pictures[1:], strict=True):
            x = keep(double(x, style), style)
            picture = smoothly_doubled(picture) + show(x, style)
        return picture


class StyleDown(nn.Module):
    def __init__(self, a, b):
        super().__init__()
        self.conv1, self.conv2 = equal(conv(a, a)), equal(nn.Conv2d(a, b, 3, stride=2))

    def forward(self, x):
        return balanced(self.conv2(smoothed(balanced(self.conv1(x)), 2)))


def stylegan2():
    judging = [
        equal(conv1(3, 32)),
        Do(balanced),
        *(StyleDown(b, a) for a, b in DOUBLINGS[::-1]),
        Do(with_deviation, 32),
        equal(conv(129, 128)),
        Do(balanced),
        nn.Flatten(),
        equal(nn.Linear(128 * 16, 128)),
        Do(balanced),
        equal(nn.Linear(128, 1)),
    ]
    return StyleGAN2Generator(), Judging(*judging)


class R3Block(nn.Sequential):
    def __init__(self, width, groups):
        super().__init__(
            conv1(width, 2 * width),
            leaky(),
            conv(2 * width, 2 * width, groups=groups),
            leaky(),
            conv1(2 * width, width, bias=False),
        )

    def forward(self, x):
        return super().forward(x).add_(x)


class Basis(nn.Module):
    """A learned map whose channels the latents scale."""

    def __init__(self):
        super().__init__()
        self.dense, self.map = nn.Linear(64, 96, bias=False), nn.Parameter(torch.randn(96, 4, 4))

    def forward(self, z):
        return (self.map * self.dense(z)[:, :, None, None]).contiguous(memory_format=torch.channels_last)


def r3gan():
    stages = [(96, 12), (96, 12), (64, 8), (48, 6)]  # channels and groups of the blocks from 4×4 to 32×32
    drawing, judging = [Basis(), R3Block(*stages[0])], [conv1(3, 48, bias=False), R3Block(*stages[-1])]
    for (a, _), stage in itertools.pairwise(stages):
        mix = [conv1(a, stage[0], bias=False)] if a != stage[0] else []
        drawing += [*mix, Do(smoothly_doubled), R3Block(*stage)]
    for stage, (a, _) in list(itertools.pairwise(stages))[::-1]:
        mix = [conv1(a, stage[0], bias=False)] if a != stage[0] else []
        judging += [Do(smoothly_halved), *mix, R3Block(*stage)]
    judging += [nn.Conv2d(96, 96, 4, groups=96, bias=False), nn.Flatten(), nn.Linear(96, 1, bias=False)]
    return Drawing(*drawing, conv1(48, 3, bias=False)), Judging(*judging)


# Losses, of logits of real and drawn pictures


def kernel(a, b):
    """Rational quadratic kernels and a dot product. Shape: N×codes, M×codes → N×M."""
    products = a @ b.T
    distances = (a.square().sum(1, keepdim=True) + b.square().sum(1) - 2 * products).relu()
    return products + sum((1 + distances * (0.5 / power)) ** -power for power in (0.1, 1.0, 10.0))


def discrepancy(a, b):
    """The squared mean discrepancy; what a code has in common with itself does not count."""
    within = sum(found.sum() - found.trace() for found in (kernel(a, a), kernel(b, b)))
    return within / (len(a) * (len(a) - 1)) - 2 * kernel(a, b).mean()


class Loss(NamedTuple):
    discriminator: Callable
    generator: Callable
    compares: bool = False  # whether the generator's needs real logits, too


BCE = Loss(lambda r, f: F.softplus(-r).mean() + F.softplus(f).mean(), lambda r, f: F.softplus(-f).mean())
HINGE = Loss(lambda r, f: (1 - r).relu().mean() + (1 + f).relu().mean(), lambda r, f: -f.mean())
SQUARES = Loss(
    lambda r, f: 0.5 * (r - 1).square().mean() + 0.5 * f.square().mean(), lambda r, f: 0.5 * (f - 1).square().mean()
)
WASSERSTEIN = Loss(lambda r, f: f.mean() - r.mean(), lambda r, f: -f.mean())
RELATIVISTIC = Loss(lambda r, f: F.softplus(f - r).mean(), lambda r, f: F.softplus(r - f).mean(), True)
MMD = Loss(lambda r, f: -discrepancy(r, f), discrepancy, True)

# Recipes


class Recipe(NamedTuple):
    networks: Callable
    loss: Loss
    batch: int
    optimizer: Callable
    latent: int = 100
    is_uniform: bool = False  # latents between −1 and 1
    critics: int = 1  # discriminator's turns to one of the generator's
    slope: float = 0.0  # weight of the gradient penalty
    drift: float = 0.0  # weight of real logits' squares
    gamma: float = 0.0  # γ of R1 …
    interval: int = 1  # … and turns from one to the next
    punishes_fake: bool = False  # R2, too
    clip: float = 0.0  # the discriminator's largest weight
    naming: float = 0.0  # weight of classes in the generator's loss
    picture: tuple = (3, 32, 32)


def adam(rate, *betas):
    return partial(torch.optim.Adam, lr=rate, betas=betas, fused=True)


RMSPROP = partial(torch.optim.RMSprop, lr=5e-5, alpha=0.99, foreach=True)
BOTH_NORMED, SPECTRAL = partial(dcgan, judging_norm=nn.BatchNorm2d), partial(dcgan, ClassNorm, form=spectral_norm)
RECIPES = {
    "dcgan": Recipe(BOTH_NORMED, BCE, 128, adam(2e-4, 0.5, 0.999), is_uniform=True),
    "acgan": Recipe(SPECTRAL, HINGE, 128, adam(2e-4, 0.5, 0.999), naming=0.1),
    "wgan": Recipe(BOTH_NORMED, WASSERSTEIN, 64, RMSPROP, critics=5, clip=0.01),
    "wgan-gp": Recipe(dcgan, WASSERSTEIN, 64, adam(1e-4, 0.5, 0.9), critics=5, slope=10, drift=0.001),
    "lsgan": Recipe(BOTH_NORMED, SQUARES, 128, adam(2e-4, 0.5, 0.999)),
    "mmd-gan": Recipe(partial(dcgan, outputs=16), MMD, 64, adam(1e-4, 0.5, 0.9), critics=5, slope=1),
    "sngan": Recipe(resnet, HINGE, 64, adam(2e-4, 0.0, 0.9), 128, critics=2),
    "progan": Recipe(progan, WASSERSTEIN, 64, adam(1e-3, 0.0, 0.99), 128, slope=10, drift=0.001),
    "stylegan2": Recipe(stylegan2, BCE, 64, adam(2.5e-3, 0.0, 0.99), 128, gamma=0.01, interval=16),
    "r3gan": Recipe(r3gan, RELATIVISTIC, 64, adam(2e-4, 0.0, 0.9), 64, gamma=0.05, punishes_fake=True),
    "mlp-gan": Recipe(mlp, BCE, 128, adam(2e-4, 0.5, 0.999), picture=(1, 28, 28)),
}


class Game:
    """Both players of a recipe, and a batch of pictures that stays the same."""

    def __init__(self, recipe, batch, is_short=False, compiles=False):
        self.recipe, self.batch, self.turns = recipe, batch, 0
        self.short = partial(torch.autocast, "cpu", dtype=torch.bfloat16, enabled=is_short)
        self.g, self.d = (network.to(memory_format=torch.channels_last) for network in recipe.networks())
        self.head = nn.Linear(self.d.last.in_features, CLASSES) if recipe.naming else nn.Identity()
        self.g_weights, self.d_weights = list(self.g.parameters()), [*self.d.parameters(), *self.head.parameters()]
        self.g_optimizer, self.d_optimizer = recipe.optimizer(self.g_weights), recipe.optimizer(self.d_weights)
        if compiles:
            self.g, self.d = torch.compile(self.g), torch.compile(self.d)
        self.real = (torch.rand(batch, *recipe.picture) * 2 - 1).contiguous(memory_format=torch.channels_last)
        self.labels = torch.randint(CLASSES, (batch,))

    def drawn(self):
        shape = self.batch, self.recipe.latent
        z = torch.rand(shape) * 2 - 1 if self.recipe.is_uniform else torch.randn(shape)
        with self.short():
            return self.g(z, self.labels)

    def look(self, *pictures):
        """Features and logits of each, in float32; weights are converted once for all."""
        with self.short():
            seen = [self.d(x, self.labels) for x in pictures]
        return [(features.float(), logits.float()) for features, logits in seen]

    def discriminator_turn(self):
        recipe, real = self.recipe, self.real
        with torch.no_grad():
            fake = self.drawn()
        is_due = recipe.gamma > 0 and self.turns % recipe.interval == 0
        self.turns += 1
        if is_due:
            real, fake = real.detach().requires_grad_(), fake.requires_grad_(recipe.punishes_fake)
        between = []
        if recipe.slope:
            between = [(fake + (real - fake) * torch.rand(self.batch, 1, 1, 1)).requires_grad_()]
        (features, on_real), (_, on_fake), *others = self.look(real, fake, *between)
        loss = recipe.loss.discriminator(on_real, on_fake)
        if recipe.naming:
            loss = loss + F.cross_entropy(self.head(features), self.labels)
        for x, (_, answer) in zip(between, others, strict=True):
            witness = answer
            if recipe.loss is MMD:
                witness = kernel(answer, on_real).mean(1) - kernel(answer, on_fake).mean(1)
            length = (squared_slope(witness, x) + 1e-12).sqrt()
            loss = loss + recipe.slope * (length - 1).square().mean()
        if recipe.drift:
            loss = loss + recipe.drift * on_real.square().mean()
        if is_due:
            for logits, x in [(on_real, real), (on_fake, fake)][: 1 + recipe.punishes_fake]:
                loss = loss + recipe.gamma / 2 * recipe.interval * squared_slope(logits, x).mean()
        learn(self.d_optimizer, loss, self.d_weights)
        if recipe.clip:
            with torch.no_grad():
                for weight in self.d_weights:
                    weight.clamp_(-recipe.clip, recipe.clip)
        return loss.item()

    def generator_turn(self):
        [(features, on_fake)], on_real = self.look(self.drawn()), None
        if self.recipe.loss.compares:
            with torch.no_grad():
                [(_, on_real)] = self.look(self.real)
        loss = self.recipe.loss.generator(on_real, on_fake)
        if self.recipe.naming:
            loss = loss + self.recipe.naming * F.cross_entropy(self.head(features), self.labels)
        learn(self.g_optimizer, loss, self.g_weights)
        return loss.item()

    def step(self):
        """A whole step. Returns the losses of all its turns."""
        return [self.discriminator_turn() for _ in range(self.recipe.critics)] + [self.generator_turn()]


def squared_slope(logits, pictures):
    """The squared length of each picture's gradient, itself to be differentiated. Shape: N."""
    slope = torch.autograd.grad(logits.sum(), pictures, create_graph=True)[0]
    return slope.float().square().sum((1, 2, 3))


def learn(optimizer, loss, weights):
    """One step of the optimizer; nothing is computed for the other player's weights."""
    optimizer.zero_grad(set_to_none=True)
    loss.backward(inputs=weights)
    optimizer.step()


def timed(args):
    """The line of JSON."""
    recipe = RECIPES[args.recipe]
    batch = args.batch or recipe.batch
    peer = f"torch {torch.__version__} {args.precision}{' compile' if args.compile else ''}"
    line = {"peer": peer, "recipe": args.recipe, "work": "train step", "precision": args.precision, "batch": batch}
    seconds, losses = [], []
    try:
        game = Game(recipe, batch, args.precision == "bfloat16", args.compile)
        for _ in range(NOT_TIMED + args.steps):
            start = time.perf_counter()
            losses += game.step()
            seconds.append(time.perf_counter() - start)
    except Exception as error:  # torch.compile raises errors of many types
        if not args.compile:
            raise
        return line | {"error": f"{type(error).__name__}: {str(error).strip().splitlines()[0]}"}
    if not all(map(math.isfinite, losses)):
        sys.exit(f"families_pytorch.py: error: the losses of {args.recipe} are {losses}")
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10  # of the peak: macOS counts bytes, Linux KiB
    return line | {
        "images_per_second": round(batch * recipe.critics / statistics.median(seconds[NOT_TIMED:]), 1),
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // unit,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--recipe", choices=RECIPES)
    parser.add_argument("--precision", choices=["float32", "bfloat16"], default="float32")
    parser.add_argument("--batch", type=int, help="default: the recipe's")
    parser.add_argument("--steps", type=int, default=6, help=f"timed steps, after {NOT_TIMED} others; default: 6")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--compile", action="store_true", help="torch.compile of both networks")
    parser.add_argument("--check", action="store_true", help="count parameters; without --recipe of all recipes")
    args = parser.parse_args()
    if not args.recipe and not args.check:
        parser.error("--recipe is needed")
    torch.set_num_threads(args.threads)
    if not args.check:
        return print(json.dumps(timed(args)))
    for name in [args.recipe] if args.recipe else RECIPES:
        game = Game(RECIPES[name], batch=2)
        counts = {
            player: sum(weight.numel() for weight in network.parameters())
            for player, network in [("generator", game.g), ("discriminator", game.d), ("head", game.head)]
        }
        print(json.dumps({"recipe": name, **counts}))
    return None


if __name__ == "__main__":
    main()
