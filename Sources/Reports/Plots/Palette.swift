/// Colours that people tell apart however they see them, and dashes that do so in black and white.
///
/// Source: Okabe and Ito, "Color universal design", 2008.
enum Palette {
    private static let colors = [
        "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000",
    ]
    private static let dashes = ["", "6 3", "2 2", "8 3 2 3", "1 3", "10 4", "4 1"]

    /// The colour of a line by its number.
    static func color(_ index: Int) -> String { colors[index % colors.count] }

    /// The dashes of a line by its number; none for the first.
    static func dash(_ index: Int) -> String {
        dashes[(index + index / colors.count) % dashes.count]
    }
}
