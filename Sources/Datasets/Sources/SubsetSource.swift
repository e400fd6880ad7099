import Imaging
import Settings

/// Some examples of another source: how a held-out part is taken from a set without one.
public struct SubsetSource: PictureSource {
    /// The name of the whole and the part.
    public let name: String

    /// The files of the whole, and which part this is.
    public let origin: Origin

    /// The defects of this part, and those of the set as a whole.
    public let problems: [Finding]

    /// The source that it is a part of.
    public let whole: any PictureSource
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
        let limit = fraction * 4_294_967_296
        self.init(whole, split: split, rule: "\(fraction)") { record in
            Double(XXHash64.hash(record.identifier) >> 32) < limit
        }
    }

    /// Takes the part of a source to train on, or the part held out, by a rule.
    ///
    /// - Parameters:
    ///   - whole: All examples.
    ///   - split: Which part.
    ///   - rule: What the rule is called; another name for another rule.
    ///   - isHeldOut: Whether an example is held out.
    init(
        _ whole: any PictureSource,
        split: Split,
        rule: String,
        isHeldOut: (ExampleRecord) -> Bool
    ) {
        self.whole = whole
        name = "\(whole.name)-\(split.rawValue)"
        origin = Origin(
            identity: "\(whole.origin.identity)|\(split.rawValue) of \(rule)",
            state: whole.origin.state
        )
        let records = (0..<whole.count).map { whole.record(at: $0) }
        indices = records.indices.filter { isHeldOut(records[$0]) == (split == .test) }
        let kept = Set(indices)
        let others = Set(
            records.indices.lazy.filter { !kept.contains($0) }.map { records[$0].identifier }
        )
        problems = whole.problems.filter { problem in
            !problem.isOfOnePicture || !others.contains(problem.identifier)
        }
    }

    /// How many examples the part has.
    public var count: Int { indices.count }

    /// The class names of the whole.
    public var classNames: [String] { whole.classNames }

    /// As many bits as the whole has.
    public var depth: SampleDepth { whole.depth }

    /// The record of an example of this part.
    public func record(at index: Int) -> ExampleRecord { whole.record(at: indices[index]) }

    /// Decodes a picture of this part.
    public func picture(at index: Int) throws -> Picture { try whole.picture(at: indices[index]) }
}
