/// How many bits a sample has.
public enum SampleDepth: Int, Sendable, Codable, CaseIterable {
    /// 0 to 255.
    case eight = 8
    /// 0 to 65,535.
    case sixteen = 16

    /// How many bytes a sample takes.
    public var bytes: Int { rawValue / 8 }

    /// The largest sample: white, or opaque.
    public var maximum: Int { (1 << rawValue) - 1 }
}
