import Imaging

/// What TensorBoard's projector shows: features, what is known of each, and small pictures.
///
/// Source: `projector_config.proto` of TensorBoard; tables are read without quotes, a head only where a
/// table has more than one column.
public struct ProjectorView: Sendable {
    /// A row for each picture: its features, tabs between them.
    public let vectors: String
    /// A head, and a row for each picture: what it is, its name, its class, its nearest training picture.
    public let metadata: String
    /// All pictures in rows, as many in a row as there are rows at most, without space between them.
    public let sprite: Picture
    /// Which files belong together.
    public let configuration: String

    /// The names of the files that the configuration speaks of.
    public static let files = (
        configuration: "projector_config.pbtxt", vectors: "projector-features.tsv",
        metadata: "projector-metadata.tsv", sprite: "projector-sprite.png"
    )

    /// A picture with its features.
    struct Point {
        var features: [Double]
        var words: [String]
        var picture: Picture
    }

    /// A view of points, all pictures of one size.
    ///
    /// - Precondition: there is one.
    init(_ points: [Point], columns: [String]) {
        vectors = ProjectorView.table(
            points.map { $0.features.map { "\(($0 * 1e6).rounded() / 1e6)" } }
        )
        metadata = ProjectorView.table([columns] + points.map(\.words))
        // Browsers take textures of 8192 pixels a side.
        let across = Int(Double(points.count).squareRoot().rounded(.up))
        let first = points[0].picture
        let most = max(min(64, 8192 / across), 1)
        let longest = max(first.width, first.height)
        let (width, height) =
            longest > most
            ? (max(first.width * most / longest, 1), max(first.height * most / longest, 1))
            : (first.width, first.height)
        sprite = Picture.grid(
            points.map {
                $0.picture.flattened(background: .white).converted(channels: 3)
                    .resized(width: width, height: height)
            },
            columns: across,
            padding: 0
        )
        let names = ProjectorView.files
        configuration = """
            embeddings {
              tensor_name: "features"
              tensor_path: "\(names.vectors)"
              metadata_path: "\(names.metadata)"
              sprite {
                image_path: "\(names.sprite)"
                single_image_dim: \(width)
                single_image_dim: \(height)
              }
            }

            """
    }

    private static func table(_ rows: [[String]]) -> String {
        rows.map { row in
            row.map { String($0.map { $0.isNewline || $0 == "\t" ? " " : $0 }) }
                .joined(separator: "\t")
        }.joined(separator: "\n") + "\n"
    }
}
