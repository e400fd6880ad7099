import Torch

/// The same arithmetic on many tensors in one call of libtorch.
///
/// Names in the imperative change their targets in place; the others make new tensors.
enum Foreach {
    /// Writes the sources' elements into the targets.
    static func copy(_ sources: [Tensor], into targets: [Tensor]) {
        guard !targets.isEmpty else { return }
        _ = Operators.copy.several(.tensors(targets), .tensors(sources))
    }

    /// Multiplies the targets by a number.
    static func scale(_ targets: [Tensor], by factor: Double) {
        _ = Operators.scale.several(.tensors(targets), .real(factor))
    }

    /// The tensors times a single number that stays on its device.
    static func scaled(_ tensors: [Tensor], by factor: Tensor) -> [Tensor] {
        Operators.scaled.several(.tensors(tensors), .tensor(factor), capacity: tensors.count)
    }

    /// Adds a number to the targets.
    static func add(_ number: Double, to targets: [Tensor]) {
        _ = Operators.addNumber.several(.tensors(targets), .real(number))
    }

    /// Adds the others times a factor to the targets.
    static func add(_ others: [Tensor], times factor: Double, to targets: [Tensor]) {
        _ = Operators.add.several(.tensors(targets), .tensors(others), .real(factor))
    }

    /// The tensors plus the others times a factor.
    static func adding(_ others: [Tensor], times factor: Double, to tensors: [Tensor]) -> [Tensor] {
        Operators.adding.several(
            .tensors(tensors),
            .tensors(others),
            .real(factor),
            capacity: tensors.count
        )
    }

    /// Adds the squares times a factor to the targets.
    static func addSquares(of others: [Tensor], times factor: Double, to targets: [Tensor]) {
        _ = Operators.addProducts.several(
            .tensors(targets),
            .tensors(others),
            .tensors(others),
            .real(factor)
        )
    }

    /// The tensors plus the squares times a factor.
    static func addingSquares(
        of others: [Tensor],
        times factor: Double,
        to tensors: [Tensor]
    ) -> [Tensor] {
        Operators.addingProducts.several(
            .tensors(tensors),
            .tensors(others),
            .tensors(others),
            .real(factor),
            capacity: tensors.count
        )
    }

    /// Adds numerators over denominators times a factor to the targets.
    static func addQuotients(
        _ numerators: [Tensor],
        over denominators: [Tensor],
        times factor: Double,
        to targets: [Tensor]
    ) {
        _ = Operators.addQuotients.several(
            .tensors(targets),
            .tensors(numerators),
            .tensors(denominators),
            .real(factor)
        )
    }

    /// Moves the targets that share of the way to the others.
    static func move(_ targets: [Tensor], towards others: [Tensor], by share: Double) {
        guard !targets.isEmpty else { return }
        _ = Operators.lerp.several(.tensors(targets), .tensors(others), .real(share))
    }

    /// Square roots, one by one.
    static func squareRoots(of tensors: [Tensor]) -> [Tensor] {
        Operators.squareRoots.several(.tensors(tensors), capacity: tensors.count)
    }

    /// The Euclidean length of each tensor.
    static func norms(of tensors: [Tensor]) -> [Tensor] {
        Operators.norms.several(.tensors(tensors), .real(2), capacity: tensors.count)
    }

    private enum Operators {
        static let copy = Operator("_foreach_copy_")
        static let scale = Operator("_foreach_mul_", "Scalar")
        static let scaled = Operator("_foreach_mul", "Tensor")
        static let addNumber = Operator("_foreach_add_", "Scalar")
        static let add = Operator("_foreach_add_", "List")
        static let adding = Operator("_foreach_add", "List")
        static let addProducts = Operator("_foreach_addcmul_", "Scalar")
        static let addingProducts = Operator("_foreach_addcmul", "Scalar")
        static let addQuotients = Operator("_foreach_addcdiv_", "Scalar")
        static let lerp = Operator("_foreach_lerp_", "Scalar")
        static let squareRoots = Operator("_foreach_sqrt")
        static let norms = Operator("_foreach_norm", "Scalar")
    }
}
