extension Tensor {
    /// How pixels between pixels are found.
    public enum Interpolation: String, Sendable, Codable, CaseIterable {
        /// The nearest pixel.
        case nearest
        /// Between four pixels.
        case bilinear
        /// Between sixteen pixels.
        case bicubic
    }

    /// A batch of pictures at another size.
    ///
    /// With `alignsCorners` the centres of the corner pixels, not their corners, coincide.
    ///
    /// Shape: N×C×H×W → N×C×size.
    public func resampled(
        size: [Int],
        _ interpolation: Interpolation,
        alignsCorners: Bool = false,
        antialiased: Bool = false
    ) -> Tensor {
        switch interpolation {
        case .nearest:
            return Operators.nearest(.tensor(self), .integers(size), .none, .none)
        case .bilinear:
            let bilinear = antialiased ? Operators.bilinearSmooth : Operators.bilinear
            return bilinear(
                .tensor(self),
                .integers(size),
                .boolean(alignsCorners),
                .none,
                .none
            )
        case .bicubic:
            let bicubic = antialiased ? Operators.bicubicSmooth : Operators.bicubic
            return bicubic(
                .tensor(self),
                .integers(size),
                .boolean(alignsCorners),
                .none,
                .none
            )
        }
    }

    /// Pictures read at the places of a grid, −1 … 1 from edge to edge, bilinearly.
    ///
    /// Shape: N×C×H×W with N×h×w×2 → N×C×h×w.
    public func sampled(at grid: Tensor, padding: GridPadding = .zeros) -> Tensor {
        Operators.gridSample(
            .tensor(self),
            .tensor(grid),
            .integer(0),
            .integer(padding.rawValue),
            .boolean(false)
        )
    }

    /// What lies outside a picture that is read at the places of a grid.
    public enum GridPadding: Int, Sendable {
        /// Zeros stand beyond the edge.
        case zeros = 0
        /// The edge.
        case border = 1
        /// The picture mirrored.
        case reflection = 2
    }

    private enum Operators {
        static let nearest = Operator("upsample_nearest2d")
        static let bilinear = Operator("upsample_bilinear2d")
        static let bilinearSmooth = Operator("_upsample_bilinear2d_aa")
        static let bicubic = Operator("upsample_bicubic2d")
        static let bicubicSmooth = Operator("_upsample_bicubic2d_aa")
        static let gridSample = Operator("grid_sampler")
    }
}
