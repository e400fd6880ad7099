"""The seed DCGAN's train step, or its sampling, in TensorFlow.

usage: dcgan_tensorflow.py [--batch N] [--steps N] [--threads N] [--mode graph|xla|bf16] [--sample]
needs: tensorflow 2.16 or newer. Prints one line of JSON: images per second over the median step and the peak memory
in MiB.

graph  as a tutorial has it, under tf.function
xla    graph, compiled by XLA
bf16   graph, in bfloat16: training in mixed precision, sampling with bfloat16 weights
"""

import argparse
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
parser = argparse.ArgumentParser()
parser.add_argument("--batch", type=int, default=256)
parser.add_argument("--steps", type=int, default=10)
parser.add_argument("--threads", type=int, default=os.cpu_count())
parser.add_argument("--mode", choices=["graph", "xla", "bf16"], default="graph")
parser.add_argument("--sample", action="store_true", help="time generation instead of training")
args = parser.parse_args()

import tensorflow as tf
from tensorflow.keras import layers

from timing import report

tf.config.threading.set_intra_op_parallelism_threads(args.threads)
tf.config.threading.set_inter_op_parallelism_threads(args.threads)
if args.mode == "bf16":
    tf.keras.mixed_precision.set_global_policy("bfloat16" if args.sample else "mixed_bfloat16")
xla = args.mode == "xla"


def generator():
    return tf.keras.Sequential(
        [
            layers.Input((100,)),
            layers.Dense(7 * 7 * 256, use_bias=False),
            layers.BatchNormalization(),
            layers.LeakyReLU(),
            layers.Reshape((7, 7, 256)),
            layers.Conv2DTranspose(128, 5, strides=1, padding="same", use_bias=False),
            layers.BatchNormalization(),
            layers.LeakyReLU(),
            layers.Conv2DTranspose(64, 5, strides=2, padding="same", use_bias=False),
            layers.BatchNormalization(),
            layers.LeakyReLU(),
            layers.Conv2DTranspose(1, 5, strides=2, padding="same", use_bias=False),
            layers.Activation("tanh", dtype="float32"),
        ]
    )


def discriminator():
    return tf.keras.Sequential(
        [
            layers.Input((28, 28, 1)),
            layers.Conv2D(64, 5, strides=2, padding="same"),
            layers.LeakyReLU(),
            layers.Dropout(0.3),
            layers.Conv2D(128, 5, strides=2, padding="same"),
            layers.LeakyReLU(),
            layers.Dropout(0.3),
            layers.Flatten(),
            layers.Dense(1),
            layers.Activation("linear", dtype="float32"),
        ]
    )


def training():
    """A function that takes one train step on pictures that stay the same."""
    g, d = generator(), discriminator()
    bce = tf.keras.losses.BinaryCrossentropy(from_logits=True)
    g_optimizer, d_optimizer = tf.keras.optimizers.Adam(1e-4), tf.keras.optimizers.Adam(1e-4)
    images = tf.random.uniform([args.batch, 28, 28, 1], -1, 1)

    @tf.function(jit_compile=xla)
    def step(images):
        noise = tf.random.normal([args.batch, 100])
        with tf.GradientTape() as g_tape, tf.GradientTape() as d_tape:
            fakes = g(noise, training=True)
            real, fake = d(images, training=True), d(fakes, training=True)
            g_loss = bce(tf.ones_like(fake), fake)
            d_loss = bce(tf.ones_like(real), real) + bce(tf.zeros_like(fake), fake)
        g_optimizer.apply_gradients(
            zip(g_tape.gradient(g_loss, g.trainable_variables), g.trainable_variables, strict=True)
        )
        d_optimizer.apply_gradients(
            zip(d_tape.gradient(d_loss, d.trainable_variables), d.trainable_variables, strict=True)
        )
        return g_loss

    return lambda: step(images).numpy()


def sampling():
    """A function that draws one batch of pictures."""
    g = generator()

    @tf.function(jit_compile=xla)
    def step():
        return g(tf.random.normal([args.batch, 100]), training=False)

    return lambda: step().numpy()


step = sampling() if args.sample else training()
report(f"tensorflow {tf.__version__} {args.mode}", args, step, warm_up=5 if xla else 3)
