import Imaging

/// Some examples of another source: how a held-out part is taken from a set without one.
public struct SubsetSource: PictureSource {
    /// The name of the whole and the part.
    public let name: String

    /// The files of the whole, and which part this is.
    public let origin: Origin

    private let whole: any PictureSource
    private let indices: [Int]

    /// Takes the part of a source to train on, or the part held out.
    ///
    /// An example's identifier alone decides where it belongs, so that it stays there when others
    /// are added or removed.
    ///
    /// - Parameters:
    ///   - whole: All examples.
    ///   - split: Which part.
    ///   - fraction: The share that is held out, about.
    public init(_ whole: any PictureSource, split: Split, fraction: Double) {
        self.whole = whole
        name = "\(whole.name)-\(split.rawValue)"
        origin = Origin(
            identity: "\(whole.origin.identity)|\(split.rawValue) of \(fraction)",
            state: whole.origin.state
        )
        let limit = fraction * 4_294_967_296
        indices = (0..<whole.count).filter { index in
            let hash = XXHash64.hash(whole.record(at: index).identifier) >> 32
            return (Double(hash) < limit) == (split == .test)
        }
    }

    /// How many examples the part has.
    public var count: Int { indices.count }

    /// The class names of the whole.
    public var classNames: [String] { whole.classNames }

    /// The defects of the whole.
    public var problems: [Finding] { whole.problems }

    /// The record of an example of this part.
    public func record(at index: Int) -> ExampleRecord { whole.record(at: indices[index]) }

    /// Decodes a picture of this part.
    public func picture(at index: Int) throws -> Picture { try whole.picture(at: indices[index]) }
}
