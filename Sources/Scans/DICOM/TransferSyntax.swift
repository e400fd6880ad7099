/// How the elements and pixels of a DICOM file are written.
///
/// Source: DICOM PS3.5, section 10 and annex A.
struct TransferSyntax: Sendable, Equatable {
    /// How the pixels are written.
    enum Pixels: Sendable, Equatable {
        /// One after the other.
        case plain
        /// In runs of equal bytes, which are read here.
        case runs
        /// By a method that a program of its own reads.
        case packed
    }

    /// Its registered number.
    let number: String
    /// Whether each element names its kind.
    let isExplicit: Bool
    /// Whether the high byte comes first.
    let isBig: Bool
    /// How the pixels are written.
    let pixels: Pixels
    /// Whether all elements after the first group are deflated.
    let isDeflated: Bool

    private init(
        _ number: String,
        isExplicit: Bool = true,
        isBig: Bool = false,
        pixels: Pixels = .plain,
        isDeflated: Bool = false
    ) {
        (self.number, self.isExplicit, self.isBig) = (number, isExplicit, isBig)
        (self.pixels, self.isDeflated) = (pixels, isDeflated)
    }

    /// The lower byte first, without kinds.
    static let implicit = TransferSyntax("1.2.840.10008.1.2", isExplicit: false)
    /// The lower byte first, with kinds: what is written.
    static let explicit = TransferSyntax("1.2.840.10008.1.2.1")
    /// The high byte first, with kinds.
    static let big = TransferSyntax("1.2.840.10008.1.2.2", isBig: true)

    /// The syntax of a registered number; nothing for one that is not known to hold pictures.
    init?(number: String) {
        switch number {
        case TransferSyntax.implicit.number: self = .implicit
        case TransferSyntax.explicit.number: self = .explicit
        case TransferSyntax.big.number: self = .big
        case "1.2.840.10008.1.2.1.99": self.init(number, isDeflated: true)
        case "1.2.840.10008.1.2.5": self.init(number, pixels: .runs)
        case _ where TransferSyntax.name(number) != nil: self.init(number, pixels: .packed)
        default: return nil
        }
    }

    /// The method that packed the pixels, in words; nothing for numbers that are not known.
    static func name(_ number: String) -> String? {
        switch number {
        case "1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.51": "JPEG"
        case "1.2.840.10008.1.2.4.57", "1.2.840.10008.1.2.4.70": "lossless JPEG"
        case "1.2.840.10008.1.2.4.80", "1.2.840.10008.1.2.4.81": "JPEG-LS"
        case "1.2.840.10008.1.2.4.90", "1.2.840.10008.1.2.4.91": "JPEG 2000"
        default: nil
        }
    }
}
