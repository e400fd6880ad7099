import Foundation
import Neural
import Testing

@Suite struct ExtentTests {
    @Test func numbersAreSquares() {
        let square: Extent = 3
        #expect(square == Extent(rows: 3, columns: 3))
        #expect(square.sizes == [3, 3])
        #expect(Extent(rows: 2, columns: 5).area == 10)
    }

    @Test func filesHaveOneNumberForSquares() throws {
        let pairs: [(Extent, String)] = [(4, "4"), (Extent(rows: 2, columns: 3), "[2,3]")]
        for (extent, text) in pairs {
            #expect(String(decoding: try JSONEncoder().encode(extent), as: UTF8.self) == text)
            #expect(try JSONDecoder().decode(Extent.self, from: Data(text.utf8)) == extent)
        }
    }
}
