import Reports
import Testing

@Suite struct LinePlotTests {
    /// Round numbers stand beside the axes, and points lie between them.
    @Test func pointsLieWhereTheyShould() throws {
        let plot = LinePlot(
            "Loss & <more>",
            across: "x",
            [.init("a", [.init(0, 0), .init(5, 50), .init(10, 100)])]
        )
        let svg = try #require(plot.svg)
        #expect(svg.contains("Loss &amp; &lt;more&gt;"))
        for tick in ["0", "50", "100", "10"] { #expect(svg.contains(">\(tick)</text>")) }
        let places = try #require(svg.firstMatch(of: /points="([^"]*)"/)).1.split(separator: " ")
            .map { $0.split(separator: ",").compactMap { Double($0) } }
        #expect(places.count == 3)
        #expect(abs(places[1][0] - (places[0][0] + places[2][0]) / 2) < 0.11)
        #expect(abs(places[1][1] - (places[0][1] + places[2][1]) / 2) < 0.11)
        // More is up.
        #expect(places[0][1] > places[2][1])
    }

    @Test func whatIsNoNumberIsLeftOut() throws {
        #expect(LinePlot("a", across: "x", []).svg == nil)
        #expect(LinePlot("a", across: "x", [.init("b", [.init(1, .nan)])]).svg == nil)
        let still = LinePlot("a", across: "x", [.init("b", [.init(1, 3), .init(2, 3)])])
        let svg = try #require(still.svg)
        #expect(!svg.contains("nan") && !svg.contains("inf"))
        let single = LinePlot("a", across: "x", [.init("b", [.init(1, 3), .init(2, .infinity)])])
        #expect(try #require(single.svg).contains("<circle"))
    }

    /// Whatever numbers a journal holds, a drawing comes of them, and all of its places are in sight.
    @Test func anyNumbersAreDrawn() throws {
        let numbers = [
            0, -0.0, 1, -1, 5e-324, 1e-310, -2.5e-308, 1e-30, 1e15, 1.5e15, 1e300, -1e300, 1.7e308,
            -1.7e308, .pi,
        ]
        for first in numbers {
            for second in numbers {
                let points: [LinePlot.Point] = [.init(first, second), .init(second, first)]
                let svg = try #require(LinePlot("a", across: "x", [.init("b", points)]).svg)
                #expect(!svg.contains("nan") && !svg.contains("inf"), "\(first), \(second)")
            }
        }
    }

    @Test func manyPointsBecomeFew() throws {
        let points = (0..<5000).map { LinePlot.Point(Double($0), Double($0 % 7)) }
        let svg = try #require(LinePlot("a", across: "x", [.init("b", points)]).svg)
        #expect(svg.utf8.count < 10_000)
    }
}
