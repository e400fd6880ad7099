extension Picture {
    /// The picture with its poles made even: from an eighth of the height on towards the upper and the lower edge each row fades
    /// into its own mean, and the outermost rows are one colour, as a pole is one point.
    ///
    /// - Returns: Another picture of the same size; the same where it is not twice as wide as high.
    public func withEvenPoles() -> Picture {
        guard width == 2 * height, height >= Panorama.smallest else { return self }
        let canvas = StyleCanvas(self)
        let reach = max(height / 8, 1)
        let means = (0..<height).map { row in
            let pixels = canvas.pixels[row * width..<(row + 1) * width]
            return pixels.reduce(SIMD4<Float>.zero, +) / Float(width)
        }
        return canvas.drawn { index, _, y in
            let distance = min(y, height - 1 - y)
            guard distance < reach else { return canvas.pixels[index] }
            let share = 1 - smoothstep(0, Float(reach), Float(distance))
            return means[y] * share + canvas.pixels[index] * (1 - share)
        }.picture(like: self)
    }
}
