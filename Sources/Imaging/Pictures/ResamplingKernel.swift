import CVips

/// How samples are interpolated when a picture changes its size.
public enum ResamplingKernel: String, Sendable, Codable, CaseIterable {
    /// The nearest sample: hard pixels.
    case nearest
    /// Linear between neighbours.
    case linear
    /// Catmull-Rom cubic.
    case cubic
    /// Lanczos with three lobes: the sharpest, with slight ringing.
    case lanczos

    /// The code of libvips' kernel; nil for the nearest sample, which needs no arithmetic.
    var code: Int32? {
        switch self {
        case .nearest: nil
        case .linear: Int32(CVIPS_LINEAR)
        case .cubic: Int32(CVIPS_CUBIC)
        case .lanczos: Int32(CVIPS_LANCZOS)
        }
    }
}
