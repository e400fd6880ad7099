import Torch

/// A layer that can take its pictures as cylinders: what lies beyond the right edge is what lies at the left one.
public protocol WrappingLayer: AnyObject {
    /// Takes pictures as cylinders from now on, or as flat ones again.
    func wrapColumns(_ wraps: Bool)
}

extension Module {
    /// Lets all layers take pictures as cylinders, so that what they draw goes on from its right edge to its left one.
    ///
    /// - Parameter wraps: Whether they do, or take them as flat ones again.
    public func wrapColumnsOfLayers(_ wraps: Bool = true) {
        for (_, module) in members.modules { (module as? any WrappingLayer)?.wrapColumns(wraps) }
    }
}

extension Tensor {
    /// Pictures with so many columns of their other end before and after them.
    ///
    /// Shape: N×C×H×W → N×C×H×(before + W + after).
    package func wrapped(before: Int, after: Int) -> Tensor {
        let width = size(3)
        guard before > 0 || after > 0 else { return self }
        var parts: [Tensor] = []
        // A rim can be wider than the picture.
        if before % width > 0 { parts.append(sliced(width - before % width..<width, along: 3)) }
        parts += [Tensor](repeating: self, count: before / width + 1 + after / width)
        if after % width > 0 { parts.append(sliced(0..<after % width, along: 3)) }
        return Tensor.concatenated(parts, along: 3)
    }

    /// What an operation makes of pictures as cylinders.
    ///
    /// It is done on pictures with a rim of their other end, and what became of the rim is cut off.
    ///
    /// - Parameters:
    ///   - rim: Columns added at each end; a multiple of what the operation shrinks by.
    ///   - cut: Columns that the operation makes of a rim.
    ///   - operation: On pictures; beyond the rim it may do what it likes.
    /// - Returns: What it makes of the pictures, without the rim.
    package func asCylinders(
        rim: Int,
        cut: Int,
        _ operation: (Tensor) -> Tensor
    ) -> Tensor {
        let whole = operation(wrapped(before: rim, after: rim))
        let part = whole.sliced(cut..<whole.size(3) - cut, along: 3)
        return whole.isChannelsLast && !whole.isContiguous
            ? part.channelsLast() : part.contiguous()
    }
}
