import Foundation

extension Sound {
    /// Zero crossings of the kernel on either side.
    private static let reach = 12
    /// Places of the kernel's table between two zero crossings.
    private static let fineness = 256

    /// The same sound at another rate.
    ///
    /// Each number is a weighted sum of those around it, by a sine over its argument under a raised cosine; what the new
    /// rate cannot carry is left out before it could fold back.
    ///
    /// Source: Smith, Digital Audio Resampling.
    ///
    /// - Parameter new: The rate.
    /// - Returns: It; a rate that no recording has leaves nothing of the sound.
    public func resampled(to new: Int) -> Sound {
        guard new != rate else { return self }
        guard !samples.isEmpty, rate > 0, Sound.rates.contains(new) else {
            return Sound(samples: [], rate: max(new, 1))
        }
        // Of the lower rate's half a little is left, as the kernel has no sharp edge.
        let share = 0.92 * min(1, Double(new) / Double(rate))
        let radius = Double(Sound.reach) / share
        let table = Sound.kernel
        let step = Double(rate) / Double(new)
        let count = max(Int(Double(samples.count) / step), 1)
        let scale = share * Double(Sound.fineness)
        let result = samples.withUnsafeBufferPointer { old in
            (0..<count).map { index -> Float in
                let centre = Double(index) * step
                let first = max(Int((centre - radius).rounded(.up)), 0)
                let last = min(Int((centre + radius).rounded(.down)), old.count - 1)
                guard first <= last else { return 0 }
                var sum: Float = 0
                for place in first...last {
                    let at = abs(Double(place) - centre) * scale
                    let low = min(Int(at), table.count - 2)
                    let part = Float(at - Double(low))
                    sum += old[place] * (table[low] + part * (table[low + 1] - table[low]))
                }
                return sum * Float(share)
            }
        }
        return Sound(samples: result, rate: new)
    }

    /// Half of the kernel, from its middle outwards.
    private static let kernel: [Float] = (0...reach * fineness + 1).map { place in
        let at = Double(place) / Double(fineness)
        guard at > 0 else { return 1 }
        guard at < Double(reach) else { return 0 }
        let window = 0.5 + 0.5 * cos(.pi * at / Double(reach))
        return Float(sin(.pi * at) / (.pi * at) * window)
    }
}
