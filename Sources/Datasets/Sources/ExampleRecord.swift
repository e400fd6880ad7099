/// Everything known about an example but its pixels.
public struct ExampleRecord: Codable, Sendable, Equatable {
    /// The name of the example within its source: a file name, an entry, a position.
    public let identifier: String

    /// The class, an index into the source's `classNames`; nil where the source says none.
    public let label: Int?

    /// Properties or measurements, in place of a class; nil where the source gives none.
    public let values: [Double]?

    /// What the picture shows; empty where the source says nothing.
    public let captions: [Caption]

    /// Groups the example belongs to, from wide to narrow.
    public let tags: [String]

    /// Makes a record.
    public init(
        identifier: String,
        label: Int? = nil,
        values: [Double]? = nil,
        captions: [Caption] = [],
        tags: [String] = []
    ) {
        self.identifier = identifier
        self.label = label
        self.values = values
        self.captions = captions
        self.tags = tags
    }
}
