/// Shares of named things as bars, drawn as SVG.
public struct BarPlot: Sendable, Equatable {
    /// A bar.
    public struct Bar: Sendable, Equatable {
        /// What it stands for.
        public var name: String
        /// How long it is, 0 or more.
        public var value: Double
        /// What it is compared with: a mark on the bar; nothing where it is not.
        public var beside: Double?

        /// A bar.
        public init(_ name: String, _ value: Double, beside: Double? = nil) {
            (self.name, self.value, self.beside) = (name, value, beside)
        }
    }

    /// What is shown.
    public var title: String
    /// From top to bottom.
    public var bars: [Bar]

    /// Bars under a title.
    public init(_ title: String, _ bars: [Bar]) { (self.title, self.bars) = (title, bars) }

    /// The drawing; nothing without bars.
    public var svg: String? {
        guard !bars.isEmpty else { return nil }
        let (left, right, row) = (120.0, 300.0, 16.0)
        let longest = bars.map { max($0.value, $0.beside ?? 0) }.max() ?? 1
        func length(_ value: Double) -> Double {
            longest > 0 ? max(value, 0) / longest * (right - left) : 0
        }
        let height = 26 + row * Double(bars.count) + 6
        var parts = [
            """
            <svg class="plot" viewBox="0 0 360 \(Int(height))" role="img" \
            aria-label="\(Markup.text(title))">
            """,
            "<text class=\"title\" x=\"4\" y=\"14\">\(Markup.text(title))</text>",
        ]
        for (index, bar) in bars.enumerated() {
            let top = 24 + Double(index) * row
            let name = bar.name.count > 19 ? bar.name.prefix(18) + "…" : bar.name[...]
            parts.append(
                "<text class=\"up\" x=\"\(Int(left) - 6)\" y=\"\(Markup.place(top + 11))\">"
                    + "\(Markup.text(String(name)))</text>"
                    + "<rect x=\"\(Int(left))\" y=\"\(Markup.place(top + 2))\" height=\"12\" "
                    + "width=\"\(Markup.place(length(bar.value)))\" fill=\"\(Palette.color(0))\"/>"
                    + "<text class=\"key\" x=\"\(Int(right) + 6)\" y=\"\(Markup.place(top + 11))\">"
                    + "\(Markup.figure(bar.value))</text>"
            )
            if let beside = bar.beside {
                let place = Markup.place(left + length(beside))
                parts.append(
                    "<line x1=\"\(place)\" x2=\"\(place)\" y1=\"\(Markup.place(top))\" "
                        + "y2=\"\(Markup.place(top + 16))\" stroke=\"\(Palette.color(1))\" "
                        + "stroke-width=\"2\"/>"
                )
            }
        }
        return (parts + ["</svg>"]).joined(separator: "\n")
    }
}
