import Imaging

/// Labelled pictures in a fixed order, read one by one; every data set is one of these.
///
/// Reading is safe from several threads at once. The order is the same every time it is opened.
public protocol PictureSource: Sendable {
    /// A short name for messages and cache files: `mnist-train`.
    var name: String { get }

    /// How many examples there are.
    var count: Int { get }

    /// The class names; a label is an index into them. Empty where there are no classes.
    var classNames: [String] { get }

    /// What the pictures are made from, for the cache to notice when it has changed.
    var origin: Origin { get }

    /// The labels of all examples, −1 where there is none.
    var labels: [Int] { get }

    /// How many bits of each sample are worth keeping.
    var depth: SampleDepth { get }

    /// Defects noticed while listing, before any picture was decoded.
    var problems: [Finding] { get }

    /// What is known about an example, without decoding it.
    /// - Precondition: `index` is in `0..<count`.
    func record(at index: Int) -> ExampleRecord

    /// Decodes one picture.
    /// - Precondition: `index` is in `0..<count`.
    /// - Throws: `ImagingError` or `DatasetError` that names the file.
    func picture(at index: Int) throws -> Picture
}

extension PictureSource {
    /// No classes.
    public var classNames: [String] { [] }

    /// Eight bits.
    public var depth: SampleDepth { .eight }

    /// No defects.
    public var problems: [Finding] { [] }

    /// One example: record and picture.
    ///
    /// - Precondition: `index` is in `0..<count`.
    /// - Throws: `ImagingError` or `DatasetError` that names the file.
    public func example(at index: Int) throws -> Example {
        Example(picture: try picture(at: index), record: record(at: index))
    }

    /// The labels of all examples, −1 where there is none.
    public var labels: [Int] {
        (0..<count).map { record(at: $0).label ?? -1 }
    }
}
