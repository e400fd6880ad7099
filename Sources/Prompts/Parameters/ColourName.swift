import Foundation

/// A colour as people write it: `#ff8800`, `#f80`, `orange`, `橙色`, or none: `transparent`.
public enum ColourName {
    /// Names of colours with their red, green and blue.
    static let known: [(names: [String], rgb: String)] = [
        (["white", "白色", "白"], "ffffff"), (["black", "黑色", "黑"], "000000"),
        (["grey", "gray", "灰色", "灰"], "8c8e92"), (["red", "红色", "红"], "d62828"),
        (["orange", "橙色", "橙"], "f58220"), (["yellow", "黄色", "黄"], "fad032"),
        (["green", "绿色", "绿"], "46a046"), (["blue", "蓝色", "蓝"], "3478dc"),
        (["purple", "紫色", "紫"], "8a46be"), (["pink", "粉色", "粉"], "f596be"),
        (["brown", "棕色", "棕"], "825230"),
    ]

    /// All names, longer ones before those that they begin with.
    static let words = known.flatMap(\.names).sorted { $0.count > $1.count }

    /// Whether a word, in small letters, names a colour.
    static func isWord(_ word: String) -> Bool { words.contains(word) }

    /// What stands for no colour.
    public static let transparent = "transparent"

    /// The colour as `#rrggbb`, or `transparent`; nil for what names none.
    public static func plain(_ text: String) -> String? {
        let text = text.precomposedStringWithCompatibilityMapping.lowercased()
        if [transparent, "none", "透明"].contains(text) { return transparent }
        if let named = known.first(where: { $0.names.contains(text) }) { return "#" + named.rgb }
        let digits = text.hasPrefix("#") ? String(text.dropFirst()) : text
        guard [3, 6].contains(digits.count),
            digits.allSatisfy({ $0.isASCII && $0.isHexDigit })
        else { return nil }
        return "#" + (digits.count == 6 ? digits : digits.map { "\($0)\($0)" }.joined())
    }
}
