/// How a picture came to be, in IPTC's words (NewsCodes, digitalsourcetype).
public enum DigitalSourceType: String, Sendable, Codable, CaseIterable {
    /// Made by a model trained on pictures.
    case trainedAlgorithmicMedia
    /// Partly made by such a model: a picture edited with it.
    case compositeWithTrainedAlgorithmicMedia
    /// Changed by an algorithm that learned nothing, such as a filter.
    case algorithmicallyEnhanced

    private static let base = "http://cv.iptc.org/newscodes/digitalsourcetype/"

    /// The address that stands for it.
    public var address: String { DigitalSourceType.base + rawValue }

    /// Reads an address.
    public init?(address: String) {
        guard address.hasPrefix(DigitalSourceType.base) else { return nil }
        self.init(rawValue: String(address.dropFirst(DigitalSourceType.base.count)))
    }
}
