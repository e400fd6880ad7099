import CVips

extension Picture {
    /// Lends the samples to a C function that only reads them.
    func withVipsPixels<Result>(
        _ body: (cvips_pixels) throws -> Result
    ) throws -> Result {
        try Vips.start()
        return try samples.withUnsafeBytes { bytes in
            try body(
                cvips_pixels(
                    data: UnsafeMutableRawPointer(mutating: bytes.baseAddress),
                    bytes: bytes.count,
                    width: Int32(width),
                    height: Int32(height),
                    bands: Int32(channels),
                    bytes_per_sample: Int32(depth.bytes)
                )
            )
        }
    }
}
