/// From where a model of the catalogue is drawn, and the words for it.
package struct FurnitureView: Sendable, Equatable {
    /// What is seen of a thing.
    package enum Aspect: Sendable {
        /// The front and a side: how things are usually shown, so that no word says it.
        case usual
        /// The front.
        case front
        /// A side.
        case side
        /// The back.
        case back
        /// The top.
        case top
    }

    /// A name that no other view has: `front`, `left-high`.
    package let name: String

    /// What is seen.
    package let aspect: Aspect

    /// Where the camera stands.
    package let camera: ModelCamera

    /// All sixteen; the first few are the most telling.
    package static let all: [FurnitureView] = [
        view("usual", .usual, 35, 24),
        view("side", .side, 90, 12),
        view("front", .front, 0, 10),
        view("behind", .back, 200, 16),
        view("above", .top, 0, 78),
        view("usual-left", .usual, -35, 24),
        view("usual-high", .usual, 44, 40),
        view("usual-left-high", .usual, -44, 40),
        view("side-left", .side, -90, 12),
        view("front-high", .front, 0, 32),
        view("behind-left", .back, 150, 16),
        view("usual-round", .usual, 58, 16),
        view("usual-left-round", .usual, -58, 16),
        view("behind-high", .back, 215, 36),
        view("behind-left-high", .back, 140, 36),
        view("above-turned", .top, 30, 66),
    ]

    /// The camera for a thing of this width, height and depth.
    ///
    /// What is flat is seen from higher up, and what is thin less from its edge: a carpet from the
    /// side would be a line.
    package func camera(for size: SIMD3<Float>?) -> ModelCamera {
        guard let size, size.min() > 0, aspect != .top else { return camera }
        var camera = camera
        let flatness = size.y / max(size.x, size.z)
        if flatness < 0.25 {
            camera.elevation += (48 - camera.elevation) * min((0.25 - flatness) / 0.2, 1)
        }
        if aspect == .side {
            let thinness = size.z / max(size.x, size.y)
            if thinness < 0.2 {
                let turn = 32 * min((0.2 - thinness) / 0.15, 1)
                camera.azimuth += camera.azimuth > 0 ? -turn : turn
            }
        }
        return camera
    }

    /// A caption: the name, and what is seen of the thing.
    ///
    /// - Parameters:
    ///   - name: The thing.
    ///   - language: The language of the name, `en` or `zh`.
    /// - Returns: `washbasin from the side`, `侧面的洗脸盆`.
    package func caption(_ name: String, language: String) -> String {
        let isChinese = language == "zh"
        return switch aspect {
        case .usual: name
        case .front: isChinese ? "正面的\(name)" : "\(name) from the front"
        case .side: isChinese ? "侧面的\(name)" : "\(name) from the side"
        case .back: isChinese ? "背面的\(name)" : "\(name) from behind"
        case .top: isChinese ? "俯视的\(name)" : "\(name) from above"
        }
    }

    private static func view(
        _ name: String,
        _ aspect: Aspect,
        _ azimuth: Float,
        _ elevation: Float
    ) -> FurnitureView {
        FurnitureView(
            name: name,
            aspect: aspect,
            camera: ModelCamera(azimuth: azimuth, elevation: elevation)
        )
    }
}
