extension Tensor {
    /// Leaky ReLU, then dropout, in one pass: each element is kept with probability `1 − rate`.
    ///
    /// The kept ones are scaled so that the mean stays. The rate is rounded to 1/65,536.
    ///
    /// - Precondition: `0 ≤ rate < 1`, `slope > 0`, elements of type float32, float64 or bfloat16.
    public func leakyDropout(slope: Double, rate: Double, using source: RandomSource) -> Tensor {
        if let group = ProcessGroup.current {
            return sharedLeakyDropout(slope: slope, rate: rate, using: source, group)
        }
        // One block of random words serves eight elements; blocks are drawn in chunks of 32.
        let place = source.advance(blocks: (count + 255) / 256 * 32)
        return Operators.leakyDropout(
            .tensor(self),
            .real(slope),
            .real(rate),
            .integer(Int(bitPattern: UInt(place.seed))),
            .integer(Int(bitPattern: UInt(place.stream))),
            .integer(Int(bitPattern: UInt(place.position)))
        )
    }

    /// The same by the masks that the whole batch has; every process draws them all.
    private func sharedLeakyDropout(
        slope: Double,
        rate: Double,
        using source: RandomSource,
        _ group: ProcessGroup
    ) -> Tensor {
        let mask = withoutGradients {
            var whole = Tensor.ones([group.count * size(0)] + shape.dropFirst(), dtype: dtype)
            if rank == 4, isChannelsLast { whole = whole.channelsLast() }
            let drawn = ProcessGroup.$current.withValue(nil) {
                whole.leakyDropout(slope: slope, rate: rate, using: source)
            }
            return drawn.share(of: group).moved(to: device)
        }
        return leakyRelu(slope: slope) * mask
    }

    private enum Operators {
        static let leakyDropout = Operator("atelier::leaky_dropout")
    }
}
