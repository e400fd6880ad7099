import Foundation

/// Where the files are that the emoji set is made from: names and words; a font draws them.
public struct EmojiFiles: Sendable, Equatable {
    /// The sequences with names, groups and subgroups.
    public var sequences: URL

    /// The folder with `annotations` and `annotationsDerived`, a file for each language in each.
    public var annotations: URL

    /// Names the files.
    public init(sequences: URL, annotations: URL) {
        self.sequences = sequences
        self.annotations = annotations
    }

    /// Where Debian's and Ubuntu's packages `unicode-data` and `unicode-cldr-core` put them.
    public static let installed = EmojiFiles(
        sequences: URL(filePath: "/usr/share/unicode/emoji/emoji-test.txt"),
        annotations: URL(filePath: "/usr/share/unicode/cldr/common")
    )

    /// The packages that hold them.
    static let packages = [
        DebianPackage("unicode-data", path: "usr/share/unicode/emoji/emoji-test.txt"),
        DebianPackage("unicode-cldr-core", path: "usr/share/unicode/cldr/common"),
    ]

    /// How to get the packages.
    static let cure = """
        install the packages: apt-get install fonts-noto-color-emoji unicode-data unicode-cldr-core
        """

    /// The files of a language.
    func files(of language: String) -> [URL] {
        ["annotations", "annotationsDerived"].map {
            annotations.appending(path: "\($0)/\(language).xml")
        }
    }
}
