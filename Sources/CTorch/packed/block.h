// A piece of a product: some neighbouring tiles for some rows.
#pragma once

#include "rows.h"

namespace ctorch::packed {

struct Block {
    const uint8_t *tiles;  // the first of the tiles
    int64_t tile;          // bytes from one to the next
    const Rows &x;
    int64_t row;      // the first of the rows
    float *y;         // of the first row and tile
    int64_t outputs;  // from one row's results to the next's

    int64_t groups() const { return x.inputs / group; }
    int64_t place(int64_t r) const { return (row + r) * x.inputs; }
    int64_t part(int64_t r) const { return (row + r) * groups(); }
};

}  // namespace ctorch::packed
