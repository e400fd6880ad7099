import Foundation
import Torch

/// Numbers in a row that tensors are made of; where they lie is found when they are wanted.
public final class Storage {
    /// The name in the file.
    let key: String
    /// How the numbers are kept; nothing where tensors say so.
    let type: NumberType?
    /// How many there are; bytes where the type is not known.
    let count: Int
    /// Where the bytes are.
    var bytes: (() throws -> Data)?

    init(key: String, type: NumberType?, count: Int) {
        (self.key, self.type, self.count) = (key, type, count)
    }
}

/// A part of a storage.
public struct StorageView {
    let storage: Storage
    /// The first number.
    var offset = 0
    /// How many numbers; nothing for all.
    var count: Int?
}

/// A tensor as a pickle describes it, its numbers not read yet.
public struct PickledTensor {
    let storage: Storage
    /// How its numbers are kept.
    public let type: NumberType
    /// The place of the first number in the storage.
    let offset: Int
    /// Its sizes.
    public let shape: [Int]
    /// Numbers between neighbours, for each dimension.
    let strides: [Int]

    private static let mostDimensions = 16

    /// A tensor whose numbers all lie in the storage.
    ///
    /// - Throws: `WeightsError` where they do not, or would have to be taken several times.
    init(
        _ view: StorageView,
        type: NumberType?,
        offset: Int,
        shape: [Int],
        strides: [Int]
    ) throws(WeightsError) {
        let storage = view.storage
        guard let type = type ?? storage.type else {
            throw WeightsError(.damaged, "a tensor does not say how its numbers are kept")
        }
        func wrong(_ what: String) -> WeightsError {
            WeightsError(.damaged, "a tensor of shape \(shape) \(what)")
        }
        guard shape.count <= Self.mostDimensions, strides.count == shape.count else {
            throw wrong("has \(strides.count) strides")
        }
        // Untyped storages are counted in bytes.
        let held = storage.type == nil ? storage.count / type.byteCount : storage.count
        let (start, overflow) = offset.addingReportingOverflow(view.offset)
        guard offset >= 0, !overflow, start >= 0, shape.allSatisfy({ $0 >= 0 }) else {
            throw wrong("begins at \(offset)")
        }
        var (last, numbers) = (start, 1)
        for (size, stride) in zip(shape, strides) {
            let (product, one) = numbers.multipliedReportingOverflow(by: size)
            let (reach, two) = max(size - 1, 0).multipliedReportingOverflow(by: stride)
            let (sum, three) = last.addingReportingOverflow(reach)
            guard stride >= 0, !one, !two, !three else { throw wrong("has strides \(strides)") }
            (numbers, last) = (product, sum)
        }
        guard numbers == 0 || (last < held && numbers <= held) else {
            throw wrong("needs numbers beyond the \(held) of its storage, or some of them twice")
        }
        (self.storage, self.type, self.offset) = (storage, type, start)
        (self.shape, self.strides) = (shape, strides)
    }

    /// How many numbers there are.
    public var count: Int { shape.reduce(1, *) }

    /// Whether the numbers lie in the order of the tensor.
    private var isContiguous: Bool {
        var expected = 1
        for (size, stride) in zip(shape, strides).reversed() where size != 1 {
            guard stride == expected else { return false }
            expected *= size
        }
        return true
    }

    /// Reads the numbers.
    ///
    /// - Throws: `WeightsError` where the file has fewer than it says.
    public func tensor() throws -> Tensor {
        let width = type.byteCount
        guard count > 0 else { return type.tensor(.init(start: nil, count: 0), shape: shape) }
        guard let find = storage.bytes else {
            throw WeightsError(.damaged, at: "storage \(storage.key)", "is not in the file")
        }
        let data = try find()
        // What the pickle says of its storage may be more than any file has.
        let most = zip(shape, strides).reduce(offset) { $0 + ($1.0 - 1) * $1.1 }
        let held = data.count / width
        guard most < held, count <= held else {
            throw WeightsError(
                .damaged,
                at: "storage \(storage.key)",
                "has \(data.count) bytes, one of its tensors has \(count) numbers up to number \(most), each of \(width) bytes"
            )
        }
        var numbers = [UInt8](repeating: 0, count: count * width)
        numbers.withUnsafeMutableBytes { target in
            data.withUnsafeBytes { source in
                if isContiguous {
                    target.copyMemory(
                        from: .init(rebasing: source[offset * width..<(offset + count) * width])
                    )
                } else {
                    gather(source, into: target)
                }
            }
        }
        return numbers.withUnsafeMutableBytes { type.tensor($0, shape: shape) }
    }

    private func gather(
        _ source: UnsafeRawBufferPointer,
        into target: UnsafeMutableRawBufferPointer
    ) {
        let width = type.byteCount
        var place = [Int](repeating: 0, count: shape.count)
        for number in 0..<count {
            let from = zip(place, strides).reduce(offset) { $0 + $1.0 * $1.1 }
            for byte in 0..<width { target[number * width + byte] = source[from * width + byte] }
            for dimension in shape.indices.reversed() {
                place[dimension] += 1
                if place[dimension] < shape[dimension] { break }
                place[dimension] = 0
            }
        }
    }
}
