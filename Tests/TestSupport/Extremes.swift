import Settings

/// Numbers at the ends of what can be written, put into trees of settings place by place.
public enum Extremes {
    /// The numbers: those beyond a million are out of every range, so that nothing large is built with them.
    public static let numbers: [Double] = [
        0, -1, 0.5, 3, 2_147_483_648, 9_007_199_254_740_992, 4_611_686_018_427_387_904,
        9_223_372_036_854_774_784, -9_223_372_036_854_775_808, 1e308, -1e308, 5e-324,
    ]

    /// A tree of which one place is another.
    public struct Change: Sendable {
        /// Keys down to the place, those of lists in brackets.
        public let path: [String]
        /// What stands there.
        public let value: SettingValue
        /// All of it.
        public let tree: SettingValue
    }

    /// The tree with each number in it replaced by each of the numbers, and with each list empty and very long.
    public static func changes(of tree: SettingValue) -> [Change] {
        places(in: tree).flatMap { place in
            place.values.map {
                Change(
                    path: place.path,
                    value: $0,
                    tree: tree.replaced(at: place.path[...], by: $0)
                )
            }
        }
    }

    private static func places(
        in tree: SettingValue
    ) -> [(path: [String], values: [SettingValue])] {
        switch tree {
        case .number: return [([], numbers.map(SettingValue.number))]
        case .list(let items):
            let long = [SettingValue](repeating: items.first ?? .number(1), count: 300)
            let whole: (path: [String], values: [SettingValue]) = ([], [.list([]), .list(long)])
            return [whole] + items.enumerated().flatMap { below("[\($0)]", $1) }
        case .section(let entries):
            return entries.sorted { $0.key < $1.key }.flatMap { below($0.key, $0.value) }
        case .nothing, .flag, .text: return []
        }
    }

    private static func below(
        _ key: String,
        _ tree: SettingValue
    ) -> [(path: [String], values: [SettingValue])] {
        places(in: tree).map { ([key] + $0.path, $0.values) }
    }
}

extension SettingValue {
    fileprivate func replaced(at path: ArraySlice<String>, by value: SettingValue) -> SettingValue {
        guard let key = path.first else { return value }
        switch self {
        case .list(let items):
            return .list(
                items.enumerated().map {
                    "[\($0)]" == key ? $1.replaced(at: path.dropFirst(), by: value) : $1
                }
            )
        case .section(var entries):
            entries[key] = entries[key]?.replaced(at: path.dropFirst(), by: value)
            return .section(entries)
        case .nothing, .flag, .number, .text: return self
        }
    }
}
