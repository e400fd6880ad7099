import Imaging

extension Picture {
    /// The picture in grey, and red where a coarse map is strong.
    ///
    /// - Precondition: RGB of eight bits, and a map with a row.
    func lit(by map: [[Double]], most: Double) -> Picture {
        var samples = samples
        for y in 0..<height {
            for x in 0..<width {
                let cell = map[y * map.count / height][x * map[0].count / width]
                let share = most > 0 ? min(cell / most, 1) : 0
                let place = (y * width + x) * 3
                let light =
                    (Double(samples[place]) + Double(samples[place + 1])
                        + Double(samples[place + 2])) / 3
                let (dim, red) = (light * 0.6 + 90, [214.0, 40, 20])
                for channel in 0..<3 {
                    samples[place + channel] = UInt8(dim * (1 - share) + red[channel] * share)
                }
            }
        }
        return Picture(width: width, height: height, channels: 3, samples: samples)
    }
}
