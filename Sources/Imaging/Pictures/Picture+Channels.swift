import Checks
import Settings

extension Picture {
    /// The same picture with another number of channels.
    ///
    /// Grey becomes equal red, green and blue; colour becomes its luma; new alpha is opaque; alpha
    /// that is not wanted is dropped, the colour beneath stays (see `flattened(background:)`).
    ///
    /// - Precondition: 1 to 4 channels.
    public func converted(channels wanted: Int) -> Picture {
        precondition((1...4).contains(wanted), "\(wanted) channels: 1 to 4 are possible")
        guard wanted != channels else { return self }
        switch depth {
        case .eight:
            return Picture(
                width: width,
                height: height,
                channels: wanted,
                samples: converted(samples, to: wanted)
            )
        case .sixteen:
            return Picture(
                width: width,
                height: height,
                channels: wanted,
                sixteenBitSamples: converted(sixteenBitSamples, to: wanted)
            )
        }
    }

    /// The same picture at another depth: times 257, or divided by 257 and rounded.
    public func converted(depth wanted: SampleDepth) -> Picture {
        guard wanted != depth else { return self }
        switch wanted {
        case .sixteen:
            return Picture(
                width: width,
                height: height,
                channels: channels,
                sixteenBitSamples: sixteenBitSamples
            )
        case .eight:
            return Picture(
                width: width,
                height: height,
                channels: channels,
                samples: sixteenBitSamples.map { UInt8((Int($0) + 128) / 257) }
            )
        }
    }

    /// The picture laid over a colour, without alpha; one without alpha comes back as it is.
    public func flattened(background: PictureColor = .white) -> Picture {
        guard hasAlpha else { return self }
        let colors = channels - 1
        let maximum = depth.maximum
        let filling = Picture(
            width: 1,
            height: 1,
            channels: colors,
            depth: depth,
            filledWith: background
        )
        let behind = (0..<colors).map { filling[0, 0, $0] }
        func flat<Sample: FixedWidthInteger>(_ values: [Sample]) -> [Sample] {
            var result: [Sample] = []
            result.reserveCapacity(width * height * colors)
            for start in stride(from: 0, to: values.count, by: channels) {
                let alpha = Int(values[start + colors])
                for color in 0..<colors {
                    let sum =
                        Int(values[start + color]) * alpha + behind[color] * (maximum - alpha)
                    result.append(Sample((sum + maximum / 2) / maximum))
                }
            }
            return result
        }
        switch depth {
        case .eight:
            return Picture(width: width, height: height, channels: colors, samples: flat(samples))
        case .sixteen:
            return Picture(
                width: width,
                height: height,
                channels: colors,
                sixteenBitSamples: flat(sixteenBitSamples)
            )
        }
    }

    private func converted<Sample: FixedWidthInteger>(
        _ values: [Sample],
        to wanted: Int
    ) -> [Sample] {
        var result: [Sample] = []
        result.reserveCapacity(width * height * wanted)
        let wantsAlpha = wanted == 2 || wanted == 4
        for start in stride(from: 0, to: values.count, by: channels) {
            let first = values[start]
            switch (hasColor, wanted >= 3) {
            case (true, true):
                result.append(contentsOf: values[start..<start + 3])
            case (false, true):
                result.append(first)
                result.append(first)
                result.append(first)
            case (true, false):
                result.append(
                    Sample(
                        Luma.grey(
                            red: Int(first),
                            green: Int(values[start + 1]),
                            blue: Int(values[start + 2])
                        )
                    )
                )
            case (false, false):
                result.append(first)
            }
            if wantsAlpha { result.append(hasAlpha ? values[start + channels - 1] : .max) }
        }
        return result
    }
}
