extension DCGAN {
    /// Products for one drawn and one real picture: both networks forward, the generator's
    /// gradients, and the discriminator's on both pictures, where one pass serves both players.
    public static func products(_ settings: Settings, for spec: ImageSpec) -> Int? {
        guard settings.generator.keepsFirst else { return nil }
        var total = 0
        let widths = settings.generator.widths + [spec.channels]
        var height = spec.height / settings.generator.enlargement
        var width = spec.width / settings.generator.enlargement
        // The dense layer needs no gradient of the latents.
        total += 2 * settings.latent * widths[0] * height * width
        for (index, pair) in zip(widths, widths.dropFirst()).enumerated() {
            let stride = index == 0 ? 1 : 2
            (height, width) = (height * stride, width * stride)
            let taps = taps(height, width, settings.generator.kernel, stride)
            total += 3 * pair.0 * pair.1 * taps
        }
        (height, width) = (spec.height, spec.width)
        let channels = [spec.channels] + settings.discriminator.widths
        for (index, pair) in zip(channels, channels.dropFirst()).enumerated() {
            let work = pair.0 * pair.1 * taps(height, width, settings.discriminator.kernel, 2)
            // Real pictures need no gradient of themselves.
            total += index == 0 ? 5 * work : 6 * work
            (height, width) = ((height + 1) / 2, (width + 1) / 2)
        }
        return total + 6 * channels[channels.count - 1] * height * width
    }

    /// Taps of all windows of a 'same' convolution that do not fall on the border.
    package static func taps(_ height: Int, _ width: Int, _ kernel: Int, _ stride: Int) -> Int {
        func line(_ size: Int) -> Int {
            let places = (size + stride - 1) / stride
            let before = max((places - 1) * stride + kernel - size, 0) / 2
            return (0..<places).reduce(0) { sum, place in
                let first = place * stride - before
                return sum + (first..<first + kernel).count { (0..<size).contains($0) }
            }
        }
        return line(height) * line(width)
    }
}
