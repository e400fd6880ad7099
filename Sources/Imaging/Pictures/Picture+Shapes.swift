import CVips
import Foundation

extension Picture {
    /// The formats of drawings that are made of shapes and have no size of their own.
    public enum ShapeFormat: Sendable, Equatable {
        /// Scalable Vector Graphics.
        case svg
        /// A page of a PDF file, counted from 0.
        case pdf(page: Int)
    }

    /// Renders a drawing made of shapes, RGBA on nothing.
    ///
    /// - Parameters:
    ///   - data: The file's bytes.
    ///   - format: What they are.
    ///   - side: How many pixels the longer side gets, 1 to 8192.
    ///   - place: The file's name, for messages.
    /// - Returns: The drawing.
    /// - Throws: `ImagingError` where it cannot be read.
    public static func shapes(
        _ data: Data,
        format: ShapeFormat,
        side: Int,
        place: String
    ) throws -> Picture {
        try Vips.start()
        let (kind, page) =
            switch format {
            case .svg: (CVIPS_SVG, 0)
            case .pdf(let page): (CVIPS_PDF, page)
            }
        do {
            return try data.withUnsafeBytes { bytes in
                try VipsCall.picture { target, message in
                    cvips_render(
                        bytes.baseAddress,
                        bytes.count,
                        Int32(kind),
                        Int32(clamping: page),
                        Int32(clamping: min(max(side, 1), 8192)),
                        target,
                        message
                    )
                }
            }.converted(channels: 4).converted(depth: .eight)
        } catch let failure as VipsCall.Failure {
            throw ImagingError.unreadable(name: place, reason: failure.reason)
        }
    }

    /// The smallest part that holds everything visible; nothing where all is transparent.
    ///
    /// - Parameter threshold: The largest alpha of eight bits that counts as nothing.
    /// - Returns: The corner and the sides, in pixels.
    public func visibleBox(above threshold: Int = 8) -> (x: Int, y: Int, width: Int, height: Int)? {
        guard hasAlpha else { return (0, 0, width, height) }
        let shown = depth == .eight ? self : converted(depth: .eight)
        var (left, top, right, bottom) = (width, height, -1, -1)
        shown.samples.withUnsafeBufferPointer { samples in
            for y in 0..<height {
                for x in 0..<width where samples[(y * width + x + 1) * channels - 1] > threshold {
                    left = min(left, x)
                    right = max(right, x)
                    top = min(top, y)
                    bottom = y
                }
            }
        }
        guard right >= left else { return nil }
        return (left, top, right - left + 1, bottom - top + 1)
    }
}
