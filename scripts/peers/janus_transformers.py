#!/usr/bin/env python3
"""Times steps of a Llama body of Janus-Pro-1B's size with random weights in bfloat16, keys and values kept.

needs: torch 2.13, transformers 5.24
"""

import argparse
import json
import statistics
import time

import torch
from transformers import LlamaConfig, LlamaModel


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--steps", type=int, default=64)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--pictures", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    config = LlamaConfig(
        vocab_size=16,
        hidden_size=2048,
        intermediate_size=5632,
        num_hidden_layers=24,
        num_attention_heads=16,
        num_key_value_heads=16,
        rms_norm_eps=1e-6,
    )
    torch.manual_seed(3)
    torch.set_default_dtype(torch.bfloat16)
    body = LlamaModel(config).eval()
    rows = 2 * args.pictures
    seconds = []
    with torch.inference_mode():
        # Places before the first step, as Atelier has them.
        first = max(288 - args.steps // 2, 1)
        kept = body(inputs_embeds=torch.randn(rows, first, 2048), use_cache=True).past_key_values
        for _ in range(args.steps + 1):
            vectors = torch.randn(rows, 1, 2048)
            begun = time.perf_counter()
            kept = body(inputs_embeds=vectors, past_key_values=kept, use_cache=True).past_key_values
            seconds.append(time.perf_counter() - begun)
    print(json.dumps({"step": statistics.median(seconds[1:])}))


if __name__ == "__main__":
    main()
