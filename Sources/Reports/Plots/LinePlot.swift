/// Lines over a common axis, drawn as SVG.
public struct LinePlot: Sendable, Equatable {
    /// A line.
    public struct Series: Sendable, Equatable {
        /// What it shows; said where there are several.
        public var name: String
        /// Its points, from left to right.
        public var points: [Point]
        /// Which colour and dashes it has.
        public var style: Int

        /// A line of points.
        public init(_ name: String, _ points: [Point], style: Int = 0) {
            (self.name, self.points, self.style) = (name, points, style)
        }
    }

    /// A point of a line.
    public struct Point: Sendable, Equatable {
        /// How far across the plot it is.
        public var x: Double
        /// How far up the plot it is.
        public var y: Double

        /// A point.
        public init(_ x: Double, _ y: Double) { (self.x, self.y) = (x, y) }
    }

    /// What is shown.
    public var title: String
    /// What lies across.
    public var across: String
    /// The lines.
    public var series: [Series]

    /// Lines under a title.
    public init(_ title: String, across: String, _ series: [Series]) {
        (self.title, self.across, self.series) = (title, across, series)
    }

    private static let size = (width: 360.0, height: 220.0)
    /// Most points that a line is drawn with.
    private static let most = 300

    /// The drawing; nothing where no line has a point.
    public var svg: String? {
        let shown = series.map { one in
            Series(one.name, LinePlot.thinned(one.points.filter(\.isFinite)), style: one.style)
        }.filter { !$0.points.isEmpty }
        guard !shown.isEmpty else { return nil }
        let all = shown.flatMap(\.points)
        let (width, height) = LinePlot.size
        let bottom = height - 34 - (shown.count > 1 ? 16 : 0)
        let x = PlotScale(of: all.map(\.x), from: 56, to: width - 12, count: 5)
        let y = PlotScale(of: all.map(\.y), from: bottom, to: 26, count: 4)
        var parts = [
            """
            <svg class="plot" viewBox="0 0 \(Int(width)) \(Int(height))" role="img" \
            aria-label="\(Markup.text(title))">
            """,
            "<text class=\"title\" x=\"4\" y=\"14\">\(Markup.text(title))</text>",
        ]
        for tick in y.ticks {
            let place = Markup.place(y.place(tick))
            parts.append(
                "<line class=\"rule\" x1=\"56\" x2=\"\(Int(width) - 12)\" y1=\"\(place)\" y2=\"\(place)\"/>"
                    + "<text class=\"up\" x=\"50\" y=\"\(place)\" dy=\"4\">\(Markup.figure(tick))</text>"
            )
        }
        for tick in x.ticks where tick <= x.ends.upperBound {
            let place = Markup.place(x.place(tick))
            parts.append(
                "<text class=\"across\" x=\"\(place)\" y=\"\(Markup.place(bottom + 15))\">"
                    + "\(Markup.figure(tick))</text>"
            )
        }
        parts.append(
            "<text class=\"name\" x=\"\(Int(width) - 12)\" y=\"\(Markup.place(bottom + 28))\">"
                + "\(Markup.text(across))</text>"
        )
        parts += shown.map { LinePlot.line($0, x, y) }
        if shown.count > 1 { parts.append(LinePlot.legend(shown, height: height)) }
        return (parts + ["</svg>"]).joined(separator: "\n")
    }

    private static func line(_ series: Series, _ x: PlotScale, _ y: PlotScale) -> String {
        let color = Palette.color(series.style)
        let places = series.points.map {
            "\(Markup.place(x.place($0.x))),\(Markup.place(y.place($0.y)))"
        }
        guard places.count > 1 else {
            let point = series.points[0]
            return "<circle cx=\"\(Markup.place(x.place(point.x)))\" "
                + "cy=\"\(Markup.place(y.place(point.y)))\" r=\"3\" fill=\"\(color)\"/>"
        }
        return "<polyline points=\"\(places.joined(separator: " "))\" stroke=\"\(color)\" "
            + "stroke-dasharray=\"\(Palette.dash(series.style))\"><title>"
            + "\(Markup.text(series.name))</title></polyline>"
    }

    /// Names of lines, with a piece of each.
    private static func legend(_ series: [Series], height: Double) -> String {
        let room = (size.width - 16) / Double(series.count)
        return series.enumerated().map { index, one in
            let left = 8 + Double(index) * room
            let most = max(Int(room / 6) - 5, 4)
            let name = one.name.count > most ? "…" + one.name.suffix(most - 1) : one.name
            return "<line x1=\"\(Markup.place(left))\" x2=\"\(Markup.place(left + 20))\" "
                + "y1=\"\(Int(height) - 6)\" y2=\"\(Int(height) - 6)\" class=\"key\" "
                + "stroke=\"\(Palette.color(one.style))\" "
                + "stroke-dasharray=\"\(Palette.dash(one.style))\"/>"
                + "<text class=\"key\" x=\"\(Markup.place(left + 24))\" y=\"\(Int(height) - 2)\">"
                + "\(Markup.text(name))</text>"
        }.joined()
    }

    /// At most so many points: means of neighbours where there are more.
    static func thinned(_ points: [Point]) -> [Point] {
        guard points.count > most else { return points }
        return (0..<most).map { number in
            let part = points[
                number * points.count / most..<(number + 1) * points.count / most
            ]
            let count = Double(part.count)
            return Point(
                part.reduce(0) { $0 + $1.x } / count,
                part.reduce(0) { $0 + $1.y } / count
            )
        }
    }
}

extension LinePlot.Point {
    /// Whether both numbers are.
    fileprivate var isFinite: Bool { x.isFinite && y.isFinite }
}
