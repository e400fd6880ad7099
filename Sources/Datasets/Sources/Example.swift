import Imaging

/// One example: a picture and what is known about it.
public struct Example: Sendable, Equatable {
    /// The decoded picture.
    public let picture: Picture

    /// What is known about it.
    public let record: ExampleRecord

    /// Makes an example.
    public init(picture: Picture, record: ExampleRecord) {
        self.picture = picture
        self.record = record
    }

    /// The class, where there is one.
    public var label: Int? { record.label }

    /// What the picture shows.
    public var captions: [Caption] { record.captions }

    /// The name of the example within its source.
    public var identifier: String { record.identifier }
}
