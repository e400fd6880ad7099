import Torch

extension OperationTable {
    /// Products of matrices and what is made of them.
    static let algebra: [String: Use] = [
        "matmul": { $0.input.multiplied(by: $0.other) },
        "bmm": { $0.input.multiplied(by: $0.other) },
        "linear": { $0.input.linear(weight: $0["weight"], bias: $0["bias"]) },
        "inverse": { $0.input.inverse() },
        "det": { $0.input.determinant() },
        "solve": { $0.input.solving($0.other) },
        "svd_values": { $0.input.singularValues().values },
        "cholesky_of_symmetric_part": { $0.input.symmetricPart.cholesky() },
        "eigh_values_of_symmetric_part": { $0.input.symmetricPart.symmetricEigenvalues() },
        "eigh_exponential_of_symmetric_part": { given in
            let (values, vectors) = given.input.symmetricPart.symmetricEigen()
            return (vectors * values.exp()).multiplied(by: vectors.transposed())
        },
        "qr_projector": { given in
            let orthogonal = given.input.orthogonalTriangular().orthogonal
            return orthogonal.multiplied(by: orthogonal.transposed())
        },
        "scaled_dot_product_attention": {
            Tensor.attention(
                query: $0["query"],
                key: $0["key"],
                value: $0["value"],
                isCausal: $0.options.flag("is_causal", default: false)
            )
        },
        "scaled_dot_product_attention_masked": {
            Tensor.attention(
                query: $0["query"],
                key: $0["key"],
                value: $0["value"],
                mask: $0["mask"]
            )
        },
    ]
}

extension Tensor {
    fileprivate var symmetricPart: Tensor { (self + transposed()) / 2 }
}
