import Foundation

/// A number that may change as images are seen: a plain number, or a section that says how.
public struct Scheduled: Sendable, Equatable {
    /// The shape of the change.
    public enum Kind: String, SettingChoice {
        /// A straight line.
        case linear
        /// Half a cosine wave, flat at both ends.
        case cosine
        /// A constant ratio.
        case exponential
        /// All at once, at the end.
        case step
    }

    /// The number before the change.
    public var from: Double
    /// The number after the change.
    public var to: Double
    /// Images at which the change begins.
    public var startImages: Int
    /// Images that the change takes.
    public var overImages: Int
    /// The shape of the change.
    public var kind: Kind

    /// A number that stays.
    public init(_ value: Double) {
        (from, to, startImages, overImages, kind) = (value, value, 0, 0, .linear)
    }

    /// A number that changes.
    public init(
        from: Double,
        to: Double,
        overImages: Int,
        startImages: Int = 0,
        kind: Kind = .linear
    ) {
        (self.from, self.to, self.overImages) = (from, to, overImages)
        (self.startImages, self.kind) = (startImages, kind)
    }

    /// Whether the number never changes.
    public var isConstant: Bool { from == to }

    /// The largest number on the way.
    public var largest: Double { max(from, to) }

    /// The smallest number on the way.
    public var smallest: Double { min(from, to) }

    /// The number after so many images.
    public func value(at images: Int) -> Double {
        let share = max(Double(images - startImages) / Double(max(overImages, 1)), 0)
        guard !isConstant, share < 1 else { return to }
        switch kind {
        case .linear: return from + (to - from) * share
        case .cosine: return to + (from - to) * (1 + cos(.pi * share)) / 2
        case .exponential: return from * pow(to / from, share)
        case .step: return from
        }
    }
}

extension Scheduled: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
    /// A number that stays.
    public init(floatLiteral value: Double) { self.init(value) }

    /// A number that stays.
    public init(integerLiteral value: Int) { self.init(Double(value)) }
}

extension Scheduled: Codable {
    private enum Key: String, CodingKey, CaseIterable {
        case from
        case to
        case startImages = "start-images"
        case overImages = "over-images"
        case kind
    }

    /// Reads a number, or a section with `from`, `to` and `over-images`.
    public init(from decoder: any Decoder) throws {
        if let value = try? decoder.singleValueContainer().decode(Double.self) {
            self.init(value)
            return
        }
        func wrong(_ what: String, _ key: Key? = nil) -> DecodingError {
            let path = decoder.codingPath + (key.map { [$0] } ?? [])
            return .dataCorrupted(.init(codingPath: path, debugDescription: what))
        }
        guard let section = try? decoder.container(keyedBy: Key.self),
            let all = try? SettingValue(from: decoder), case .section(let entries) = all
        else { throw wrong("a number, or a section with from, to and over-images") }
        let known = Set(Key.allCases.map(\.rawValue))
        guard entries.keys.allSatisfy(known.contains) else {
            throw wrong("a section with \(known.sorted().joined(separator: ", "))")
        }
        let from = try section.decode(Double.self, forKey: .from)
        let to = try section.decode(Double.self, forKey: .to)
        let overImages = try section.decode(Int.self, forKey: .overImages)
        let startImages = try section.decodeIfPresent(Int.self, forKey: .startImages) ?? 0
        let kind = try section.decodeIfPresent(Kind.self, forKey: .kind) ?? .linear
        guard overImages > 0 else { throw wrong("1 or more", .overImages) }
        guard startImages >= 0 else { throw wrong("0 or more", .startImages) }
        guard kind != .exponential || from > 0 && to > 0 else {
            throw wrong("numbers above 0 with kind: exponential", .from)
        }
        self.init(from: from, to: to, overImages: overImages, startImages: startImages, kind: kind)
    }

    /// Writes a number where it never changes, a section where it does.
    public func encode(to encoder: any Encoder) throws {
        if isConstant {
            var single = encoder.singleValueContainer()
            try single.encode(to)
            return
        }
        var section = encoder.container(keyedBy: Key.self)
        try section.encode(from, forKey: .from)
        try section.encode(to, forKey: .to)
        try section.encode(startImages, forKey: .startImages)
        try section.encode(overImages, forKey: .overImages)
        try section.encode(kind, forKey: .kind)
    }
}
