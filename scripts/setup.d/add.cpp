// Two tensors are added: proof that libtorch compiles, links, loads and computes.
#include <ATen/ATen.h>

int main() {
    const at::Tensor sum = at::ones({2, 3}) + at::full({2, 3}, 2.0);
    return sum.eq(3.0).all().item<bool>() ? 0 : 1;
}
