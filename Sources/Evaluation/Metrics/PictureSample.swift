import Torch

/// Pictures that are compared with others.
public struct PictureSample {
    /// What they are called.
    public let name: String
    /// How many there are.
    public let count: Int
    /// The class of each, −1 for none; nothing where classes are not known.
    public let labels: [Int]?
    /// What tells them from all others, where they can come up again.
    public let key: String?
    /// Pictures by their places: N×C×H×W, −1 … 1.
    public let pictures: ([Int]) -> Tensor
    /// What a picture is called.
    public let title: (Int) throws -> String

    /// Some pictures of a data set.
    ///
    /// - Parameters:
    ///   - real: The set.
    ///   - places: Which.
    ///   - labels: The class of each of the set's pictures.
    init(_ real: RealPictures, _ places: Range<Int>, labels: [Int]?) {
        name = real.name
        count = places.count
        self.labels = labels.map { Array($0[places]) }
        key = "\(real.key)-\(places.lowerBound)-\(places.upperBound)"
        pictures = { chosen in real.pictures(chosen.map { $0 + places.lowerBound }) }
        title = { try real.record(at: $0 + places.lowerBound).identifier }
    }

    /// Pictures that lie in memory.
    init(
        _ name: String,
        count: Int,
        labels: [Int]?,
        pictures: @escaping ([Int]) -> Tensor
    ) {
        (self.name, self.count, self.labels) = (name, count, labels)
        (key, self.pictures) = (nil, pictures)
        title = { "drawing \($0)" }
    }

    /// All of them, or so many by chance.
    public func chosen(_ limit: Int, using source: RandomSource) -> [Int] {
        guard count > limit else { return Array(0..<count) }
        let keys = Tensor.uniform([count], dtype: .float64, using: source)
        return keys.sorted(along: 0).places.sliced(0..<limit, along: 0).elements(as: Int.self)
    }
}
