extension Tensor {
    /// Product of matrices, the leading dimensions being a batch.
    ///
    /// Shape: …×n×k with …×k×m → …×n×m.
    public func multiplied(by other: Tensor) -> Tensor {
        Operators.matmul(.tensor(self), .tensor(other))
    }

    /// Product of two matrices, plus a matrix times a factor, in one pass.
    ///
    /// Shape: n×k with k×m and n×m → n×m.
    public func multiplied(by other: Tensor, adding addend: Tensor, times factor: Double) -> Tensor
    {
        Operators.addmm(.tensor(addend), .tensor(self), .tensor(other), .real(factor), .real(1))
    }

    /// Rows times the transposed weight, plus the bias.
    ///
    /// Shape: …×inputs with outputs×inputs → …×outputs.
    public func linear(weight: Tensor, bias: Tensor? = nil) -> Tensor {
        Operators.linear(.tensor(self), .tensor(weight), .optional(bias))
    }

    /// Attention: softmax(q·kᵀ·scale + mask)·v.
    ///
    /// Shape: N×heads×n×d with N×heads×m×d, N×heads×m×e → N×heads×n×e.
    public static func attention(
        query: Tensor,
        key: Tensor,
        value: Tensor,
        mask: Tensor? = nil,
        isCausal: Bool = false,
        scale: Double? = nil
    ) -> Tensor {
        Operators.attention(
            .tensor(query),
            .tensor(key),
            .tensor(value),
            .optional(mask),
            .real(0),
            .boolean(isCausal),
            scale.map(OperatorArgument.real) ?? .none
        )
    }

    /// The inverse of square matrices.
    public func inverse() -> Tensor { Operators.inverse(.tensor(self)) }

    /// The lower triangle L with L·Lᵀ the matrix.
    public func cholesky() -> Tensor { Operators.cholesky(.tensor(self)) }

    /// Determinants of square matrices.
    public func determinant() -> Tensor { Operators.determinant(.tensor(self)) }

    /// The solution X of this·X = right.
    public func solving(_ right: Tensor) -> Tensor {
        Operators.solve(.tensor(self), .tensor(right))
    }

    /// Eigenvalues in rising order and eigenvectors, as columns, of symmetric matrices.
    public func symmetricEigen() -> (values: Tensor, vectors: Tensor) {
        let results = Operators.eigen.several(.tensor(self))
        return (results[0], results[1])
    }

    /// Eigenvalues of symmetric matrices in rising order; much quicker alone.
    public func symmetricEigenvalues() -> Tensor { Operators.eigenvalues(.tensor(self)) }

    /// U, the singular values in falling order, and Vᵀ.
    public func singularValues() -> (left: Tensor, values: Tensor, right: Tensor) {
        let results = Operators.svd.several(.tensor(self), .boolean(false))
        return (results[0], results[1], results[2])
    }

    /// Q with orthogonal columns and R an upper triangle, Q·R the matrix.
    public func orthogonalTriangular() -> (orthogonal: Tensor, triangular: Tensor) {
        let results = Operators.qr.several(.tensor(self))
        return (results[0], results[1])
    }

    private enum Operators {
        static let matmul = Operator("matmul")
        static let addmm = Operator("addmm")
        static let linear = Operator("linear")
        static let attention = Operator("scaled_dot_product_attention")
        static let eigenvalues = Operator("linalg_eigvalsh")
        static let inverse = Operator("linalg_inv")
        static let cholesky = Operator("linalg_cholesky")
        static let determinant = Operator("linalg_det")
        static let solve = Operator("linalg_solve")
        static let eigen = Operator("linalg_eigh")
        static let svd = Operator("linalg_svd")
        static let qr = Operator("linalg_qr")
    }
}
