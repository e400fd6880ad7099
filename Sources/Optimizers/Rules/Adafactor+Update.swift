import Foundation
import Torch

extension Adafactor {
    /// What is remembered about a weight, at the start.
    public func memory(for weight: Tensor) -> [(name: String, tensor: Tensor)] {
        guard weight.rank > 1 else { return [("square", weight.zerosLike())] }
        var rows = matrix(of: weight.shape)
        var columns = rows
        rows[rows.count - 1] = 1
        columns[columns.count - 2] = 1
        return [("rows", rows), ("columns", columns)].map { name, shape in
            (name, Tensor.zeros(shape, dtype: weight.dtype, device: weight.device))
        }
    }

    /// Changes weights and memory in place.
    public func update(_ batch: UpdateBatch) {
        let time = Double(batch.step)
        let admitted = pow(time, decayExponent)
        let rate =
            shrinksWithTime ? min(batch.learningRate, 1 / time.squareRoot()) : batch.learningRate
        for index in batch.weights.indices {
            let weight = batch.weights[index]
            let gradient = batch.gradients[index]
            let memory = batch.memory[index]
            let update =
                gradient.rank > 1
                ? factored(gradient, rows: memory[0], columns: memory[1], admitted: admitted)
                : whole(gradient, square: memory[0], admitted: admitted)
            // All factors stay on the device: nothing waits for them.
            let excess = (update.rootMeanSquare() / clippingThreshold).clamped(from: 1)
            var factor = excess.reciprocal() * rate
            if scalesByParameter {
                factor = factor * weight.rootMeanSquare().clamped(from: scaleEpsilon)
            }
            if batch.weightDecay > 0 {
                Foreach.scale([weight], by: 1 - batch.learningRate * batch.weightDecay)
            }
            Foreach.add([update * factor], times: -1, to: [weight])
        }
    }

    /// Sizes of the weight seen as a matrix, or as a stack of matrices.
    private func matrix(of shape: [Int]) -> [Int] {
        switch factoring {
        case .lastTwo: shape
        case .flattened: [shape[0], shape.dropFirst().reduce(1, *)]
        }
    }

    /// The gradient over the root of its mean square, which rows and columns stand for.
    private func factored(
        _ gradient: Tensor,
        rows: Tensor,
        columns: Tensor,
        admitted: Double
    ) -> Tensor {
        let matrix = gradient.reshaped(matrix(of: gradient.shape))
        var rowMeans = matrix.meanSquare(over: -1)
        var columnMeans = matrix.meanSquare(over: -2)
        if form == .paper {
            rowMeans = rowMeans + epsilon
            columnMeans = columnMeans + epsilon
        }
        Foreach.move([rows], towards: [rowMeans], by: admitted)
        Foreach.move([columns], towards: [columnMeans], by: admitted)
        let mean = rows.mean(over: [-2], keepingDimensions: true)
        let update: Tensor
        switch form {
        case .paper:
            // Two roots rather than the root of a product, which could be too small to hold.
            let left = (rows / mean).reciprocalSquareRoot()
            update = matrix * left * columns.reciprocalSquareRoot()
        case .pytorch:
            let square = rows.multiplied(by: columns) / mean.clamped(from: floor(epsilon, gradient))
            update = matrix * rootFloored(square)
        }
        return update.reshaped(gradient.shape)
    }

    /// The gradient over the root of its mean square.
    private func whole(_ gradient: Tensor, square: Tensor, admitted: Double) -> Tensor {
        let new = gradient.squared()
        Foreach.move([square], towards: [form == .paper ? new + epsilon : new], by: admitted)
        switch form {
        case .paper: return gradient * square.reciprocalSquareRoot()
        case .pytorch: return gradient * rootFloored(square)
        }
    }

    private func rootFloored(_ square: Tensor) -> Tensor {
        square.clamped(from: floor(epsilon * epsilon, square)).reciprocalSquareRoot()
    }

    /// The bound, or the least number that the tensor's type can divide by.
    private func floor(_ bound: Double, _ tensor: Tensor) -> Double {
        switch tensor.dtype {
        case .float64: max(bound, Double.leastNormalMagnitude)
        case .float16: max(bound, 0x1p-14)
        default: max(bound, Double(Float.leastNormalMagnitude))
        }
    }
}

extension Tensor {
    /// The root of the mean of the squares, as a single number on the device.
    fileprivate func rootMeanSquare() -> Tensor { norm() / Double(count).squareRoot() }

    /// Means of the squares along a dimension, without a tensor of all squares.
    fileprivate func meanSquare(over dimension: Int) -> Tensor {
        norm(over: [dimension], keepingDimensions: true).squared() / Double(size(dimension))
    }
}
