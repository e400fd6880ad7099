"""Makes a sheet of drawings small enough for a document: its first row, which only numbers the seeds, is left out."""

import sys

from PIL import Image

source, target = sys.argv[1:]
sheet = Image.open(source).convert("RGB")
cell = sheet.width // 5
sheet = sheet.crop((0, cell, sheet.width, sheet.height))
sheet = sheet.resize((900, sheet.height * 900 // sheet.width), Image.Resampling.LANCZOS)
sheet.quantize(128, dither=Image.Dither.FLOYDSTEINBERG).save(target, optimize=True)
