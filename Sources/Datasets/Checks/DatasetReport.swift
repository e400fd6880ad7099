/// What a check of a data set has found.
public struct DatasetReport: Codable, Sendable, Equatable, CustomStringConvertible {
    /// The smallest and the largest of something.
    public struct Extent: Codable, Sendable, Equatable {
        /// The smallest.
        public var least: Int
        /// The largest.
        public var most: Int
    }

    /// The name of the source.
    public var name: String

    /// How many pictures the source lists.
    public var pictures = 0

    /// How many of them were looked at: all, unless the check was to stop at the first finding.
    public var checked = 0

    /// How many could be decoded.
    public var readable = 0

    /// How many cannot be drawn on this machine (emoji that the font lacks); no defect.
    public var undrawable = 0

    /// The class names.
    public var classNames: [String]

    /// How many pictures each class has.
    public var classCounts: [Int]

    /// How many pictures have no label.
    public var unlabelled = 0

    /// The widths found.
    public var widths: Extent?

    /// The heights found.
    public var heights: Extent?

    /// How many pictures have 1, 2, 3 and 4 channels.
    public var channelCounts = [0, 0, 0, 0]

    /// Everything that is wrong: first what the listing showed, then in the order of the source.
    public var findings: [Finding] = []

    init(name: String, classNames: [String]) {
        self.name = name
        self.classNames = classNames
        classCounts = [Int](repeating: 0, count: classNames.count)
    }

    /// Whether nothing is wrong.
    public var isClean: Bool { findings.isEmpty }

    /// How many findings there are of a kind.
    public func count(of kind: Finding.Kind) -> Int {
        findings.count { $0.kind == kind }
    }

    /// Stops here when anything is wrong: for those who asked to be strict.
    ///
    /// - Throws: `DatasetError` with the numbers and the first finding.
    public func requireClean() throws {
        guard let first = findings.first else { return }
        throw DatasetError(
            .damaged,
            at: name,
            "\(findings.count) findings, the first: \(first)",
            cure: "repair or remove these files, or go on without being strict"
        )
    }

    /// The report in lines for a person; findings beyond the first twenty are counted.
    public var description: String {
        var lines = ["\(name): \(pictures) pictures, \(checked) checked, \(readable) readable"]
        if undrawable > 0 { lines.append("\(undrawable) cannot be drawn here") }
        if let widths, let heights {
            let channels = (1...4).filter { channelCounts[$0 - 1] > 0 }.map(String.init)
            lines.append(
                "width \(widths.least) to \(widths.most), height \(heights.least) to "
                    + "\(heights.most), channels \(channels.joined(separator: ", "))"
            )
        }
        for (name, count) in zip(classNames, classCounts) { lines.append("  \(name): \(count)") }
        if unlabelled > 0 { lines.append("  without a label: \(unlabelled)") }
        for kind in Finding.Kind.allCases where count(of: kind) > 0 {
            lines.append("\(count(of: kind)) \(kind.rawValue)")
        }
        lines += findings.prefix(20).map { "  \($0)" }
        if findings.count > 20 { lines.append("  and \(findings.count - 20) more") }
        return lines.joined(separator: "\n")
    }

    mutating func count(_ label: Int?) {
        guard let label, classCounts.indices.contains(label) else {
            unlabelled += label == nil ? 1 : 0
            return
        }
        classCounts[label] += 1
    }

    mutating func count(width: Int, height: Int, channels: Int) {
        readable += 1
        widths = Self.extended(widths, width)
        heights = Self.extended(heights, height)
        channelCounts[channels - 1] += 1
    }

    private static func extended(_ extent: Extent?, _ value: Int) -> Extent {
        Extent(least: min(extent?.least ?? value, value), most: max(extent?.most ?? value, value))
    }
}
