/// A model of a catalogue, as its list describes it.
struct FurnitureModel: Sendable {
    /// The model's place in the catalogue, such as `Scopia/bathroom3`.
    let identifier: String

    /// The name in English, as the list has it.
    let name: String

    /// The name in Chinese, where the list has one in Chinese characters.
    let chineseName: String?

    /// The category in English.
    let category: String

    /// The category in Chinese, where the list has one.
    let chineseCategory: String?

    /// Further words in English.
    let tags: [String]

    /// The path of the shape within the archive.
    let path: String

    /// How it is turned and stretched.
    let placement: Mesh.Placement

    /// Who made it.
    let provenance: PictureProvenance
}
