import Neural
import Torch

/// Pictures to the maps that codes are chosen from.
public final class VQGANEncoder: Module {
    private let first: Convolution2D
    private let blocks: [[ResidualMaps]]
    private let attention: [[MapAttention]]
    private let halvings: [Convolution2D]
    private let middle: VQGANMiddle
    private let norm: GroupNorm
    private let last: Convolution2D

    init(_ settings: VQGAN.Settings, start: Initializer?, using source: RandomSource) {
        let widths = settings.widths
        first = .keeping(settings.channels, settings.width, start: start, using: source)
        blocks = widths.indices.map { level in
            (0..<settings.blocks).map { number in
                let before = level == 0 ? settings.width : widths[level - 1]
                return .vqgan(
                    number == 0 ? before : widths[level],
                    widths[level],
                    groups: settings.groups,
                    start: start,
                    using: source
                )
            }
        }
        attention = widths.indices.map { level in
            settings.attention.contains(level)
                ? (0..<settings.blocks).map { _ in
                    MapAttention(
                        widths[level],
                        groups: settings.groups,
                        start: start,
                        using: source
                    )
                }
                : []
        }
        halvings = widths.dropLast().map { width in
            // The border lies after the last row and column alone, as with TensorFlow.
            Convolution2D(
                inputs: width,
                outputs: width,
                kernel: 3,
                stride: 2,
                padding: .same,
                initializer: start ?? .glorotUniform,
                using: source
            )
        }
        let deepest = widths[widths.count - 1]
        middle = VQGANMiddle(deepest, settings, start: start, using: source)
        norm = .vqgan(deepest, settings.groups)
        last = .keeping(deepest, settings.depth, start: start, using: source)
    }

    /// The maps.
    ///
    /// Shape: N×C×H×W → N×depth×H/factor×W/factor.
    public func callAsFunction(_ pictures: Tensor) -> Tensor {
        var x = first(pictures)
        for (level, group) in blocks.enumerated() {
            x = x.passed(through: group, attention[level])
            if level < halvings.count { x = halvings[level](x) }
        }
        return last(norm(middle(x)).silu())
    }
}

/// Maps of codes' vectors to pictures.
public final class VQGANDecoder: Module {
    private let first: Convolution2D
    private let middle: VQGANMiddle
    /// From the smallest size on, as pictures grow.
    private let blocks: [[ResidualMaps]]
    private let attention: [[MapAttention]]
    private let doublings: [Convolution2D]
    private let norm: GroupNorm
    private let last: Convolution2D

    init(_ settings: VQGAN.Settings, start: Initializer?, using source: RandomSource) {
        let widths = Array(settings.widths.reversed())
        let count = settings.blocks + 1
        first = .keeping(settings.depth, widths[0], start: start, using: source)
        middle = VQGANMiddle(widths[0], settings, start: start, using: source)
        blocks = widths.indices.map { step in
            (0..<count).map { number in
                .vqgan(
                    number == 0 ? widths[max(step - 1, 0)] : widths[step],
                    widths[step],
                    groups: settings.groups,
                    start: start,
                    using: source
                )
            }
        }
        attention = widths.indices.map { step in
            settings.attention.contains(widths.count - 1 - step)
                ? (0..<count).map { _ in
                    MapAttention(
                        widths[step],
                        groups: settings.groups,
                        start: start,
                        using: source
                    )
                }
                : []
        }
        doublings = widths.dropLast().map { .keeping($0, $0, start: start, using: source) }
        norm = .vqgan(widths[widths.count - 1], settings.groups)
        last = .keeping(widths[widths.count - 1], settings.channels, start: start, using: source)
    }

    /// The pictures.
    ///
    /// Shape: N×depth×rows×columns → N×C×rows · factor×columns · factor.
    public func callAsFunction(_ maps: Tensor) -> Tensor {
        var x = middle(first(maps))
        for (step, group) in blocks.enumerated() {
            x = x.passed(through: group, attention[step])
            if step < doublings.count {
                x = doublings[step](x.resampled(size: [2 * x.size(2), 2 * x.size(3)], .nearest))
            }
        }
        return last(norm(x).silu())
    }
}

/// What both networks do with the smallest maps: a block, attention where there is any, a block.
final class VQGANMiddle: Module {
    private let blocks: [ResidualMaps]
    private let attention: MapAttention?

    init(
        _ width: Int,
        _ settings: VQGAN.Settings,
        start: Initializer?,
        using source: RandomSource
    ) {
        blocks = (0..<2).map { _ in
            .vqgan(width, width, groups: settings.groups, start: start, using: source)
        }
        attention =
            settings.hasMiddleAttention
            ? MapAttention(width, groups: settings.groups, start: start, using: source) : nil
    }

    func callAsFunction(_ maps: Tensor) -> Tensor {
        let x = blocks[0](maps)
        return blocks[1](attention.map { $0(x) } ?? x)
    }
}

extension Tensor {
    /// Maps after blocks, each with its attention where there is any.
    fileprivate func passed(through blocks: [ResidualMaps], _ attention: [MapAttention]) -> Tensor {
        var x = self
        for (number, block) in blocks.enumerated() {
            x = block(x)
            if number < attention.count { x = attention[number](x) }
        }
        return x
    }
}

extension ResidualMaps {
    fileprivate static func vqgan(
        _ inputs: Int,
        _ outputs: Int,
        groups: Int,
        start: Initializer?,
        using source: RandomSource
    ) -> ResidualMaps {
        ResidualMaps(inputs, outputs, norm: { .vqgan($0, groups) }, start: start, using: source)
    }
}

extension GroupNorm {
    /// The norm of all maps of these networks.
    static func vqgan(_ channels: Int, _ groups: Int) -> GroupNorm {
        GroupNorm(channels, groups: groups, epsilon: 1e-6)
    }
}

extension Convolution2D {
    /// A layer that keeps the size of maps, its kernels drawn as usual where nothing is said.
    static func keeping(
        _ inputs: Int,
        _ outputs: Int,
        kernel: Extent = 3,
        start: Initializer?,
        using source: RandomSource
    ) -> Convolution2D {
        Convolution2D(
            inputs: inputs,
            outputs: outputs,
            kernel: kernel,
            padding: .same,
            initializer: start ?? .glorotUniform,
            using: source
        )
    }
}
