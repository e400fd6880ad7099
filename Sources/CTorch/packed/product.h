// Products of rows with packed weights.
#pragma once

#include "layout.h"
#include "rows.h"

namespace ctorch::packed {

// y[r][o] = Σ x[r][i] · w[o][i], on all threads; each result is the same beside any others, and on any
// number of threads. Weights are read once for up to eight rows. Plainly: without instructions that not every
// processor has.
void multiply(const Rows &x, const Matrix &weight, float *y, bool plainly = false);

}  // namespace ctorch::packed
