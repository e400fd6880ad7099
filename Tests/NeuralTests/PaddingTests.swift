import Foundation
import Neural
import Testing

@Suite struct PaddingTests {
    @Test(arguments: [
        (Padding.same, "\"same\""), (.valid, "\"valid\""), (.explicit(2), "2"),
        (.explicit(Extent(rows: 1, columns: 0)), "[1,0]"),
    ])
    func isOneWordOrSizeInFiles(_ padding: Padding, _ text: String) throws {
        #expect(String(decoding: try JSONEncoder().encode(padding), as: UTF8.self) == text)
        #expect(try JSONDecoder().decode(Padding.self, from: Data(text.utf8)) == padding)
    }

    @Test(arguments: ["\"full\"", "[1]", "[1,2,3]", "{}"])
    func refusesOtherWords(_ text: String) {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(Padding.self, from: Data(text.utf8))
        }
    }
}
