import Foundation
import Studio
import Testing

/// What anybody may send is read as it is meant, or refused with the place.
@Suite struct JSONReaderTests {
    private func piece(_ depth: Int, _ chance: inout SystemRandomNumberGenerator) -> JSONPiece {
        let texts = [
            "", "a", "é", "長", "😀", "\"\\/\u{8}\u{c}\n\r\t", "\0\u{1f}\u{7f}", "\u{2028}",
            "e\u{301}",
        ]
        func text() -> String {
            (0..<Int.random(in: 0...3, using: &chance)).map { _ in
                texts.randomElement(using: &chance) ?? ""
            }.joined()
        }
        switch Int.random(in: 0..<(depth > 4 ? 4 : 6), using: &chance) {
        case 0: return .null
        case 1: return .flag(Bool.random(using: &chance))
        case 2:
            return .number(
                [
                    "0", "-1", "18446744073709551615", "-9223372036854775808", "1.5", "-0.25",
                    "1e300",
                ]
                .randomElement(using: &chance) ?? "0"
            )
        case 3: return .text(text())
        case 4:
            return .list(
                (0..<Int.random(in: 0...3, using: &chance)).map { _ in piece(depth + 1, &chance) }
            )
        default:
            var table: [String: JSONPiece] = [:]
            for _ in 0..<Int.random(in: 0...3, using: &chance) {
                table[text()] = piece(depth + 1, &chance)
            }
            return .table(table)
        }
    }

    /// Foundation writes numbers in its own way.
    private func same(_ one: JSONPiece, _ other: JSONPiece) -> Bool {
        switch (one, other) {
        case (.number(let a), .number(let b)): a == b || Double(a) == Double(b)
        case (.list(let a), .list(let b)): a.count == b.count && zip(a, b).allSatisfy(same)
        case (.table(let a), .table(let b)):
            a.count == b.count
                && a.allSatisfy { key, value in b[key].map { same(value, $0) } ?? false }
        default: one == other
        }
    }

    @Test func whatIsWrittenIsReadAgain() throws {
        var chance = SystemRandomNumberGenerator()
        for _ in 0..<500 {
            let wanted = piece(0, &chance)
            let data = try JSONEncoder().encode(wanted)
            #expect(
                same(try JSONReader.read(data), wanted),
                "\(String(decoding: data, as: UTF8.self))"
            )
        }
    }

    /// Bytes that are changed anywhere: what is read still is what another reader finds, and what is refused
    /// says where.
    @Test func damageIsFoundOrHarmless() throws {
        var chance = SystemRandomNumberGenerator()
        let text =
            #"{"a":"é\u00e9\ud83d\ude00","b":[1,-2.5e-3,true,null,{"c":{}}],"d":18446744073709551615}"#
        let bytes = Array(text.utf8)
        let marks = Array("{}[]\":,\\u0eE+-.tfn \u{1}".utf8) + [0xFF, 0xC3, 0x80]
        var read = 0
        for _ in 0..<4000 {
            var changed = bytes
            for _ in 0..<Int.random(in: 1...2, using: &chance) {
                let place = Int.random(in: 0..<changed.count, using: &chance)
                switch Int.random(in: 0..<4, using: &chance) {
                case 0: changed.remove(at: place)
                case 1: changed = Array(changed[..<place]) + [0x20]
                case 2: changed.insert(marks.randomElement(using: &chance) ?? 0, at: place)
                default: changed[place] = marks.randomElement(using: &chance) ?? 0
                }
            }
            do {
                let found = try JSONReader.read(Data(changed))
                let other = try JSONEncoder().encode(
                    try JSONDecoder().decode(Other.self, from: Data(changed))
                )
                #expect(same(try JSONReader.read(other), found))
                read += 1
            } catch let error as DecodingError {
                // Numbers that nobody can hold are read as their digits.
                #expect(
                    String(decoding: changed, as: UTF8.self).contains(/[0-9]{19}|[eE]\+?[0-9]{3}/),
                    "\(error)"
                )
            } catch {
                #expect(
                    "\(error)".contains(/line 1, column \d+/) || "\(error)".contains("is empty")
                )
            }
        }
        #expect(read > 100)
    }

    @Test(arguments: [
        ("{\"a\": 1, \"a\": 2}", "twice"), ("{\"a\": \"\\ud800\"}", "half"), ("[1] 2", "the end"),
        ("{'a': 1}", "double quotes"),
        ("", "empty"), ("\u{FEFF} ", "empty"), ("{\"a\": NaN}", "a value"),
        ("{\"a\": 01}", "column 8"),
        ("\"a", "end of a text"),
        ("{\"a\": \"\u{1}\"}", "\\u0001"), (String(repeating: "[", count: 100_000), "deep"),
    ])
    func faults(_ text: String, _ word: String) {
        #expect { try JSONReader.read(Data(text.utf8)) } throws: { "\($0)".contains(word) }
    }

    private indirect enum Other: Codable {
        case null
        case flag(Bool)
        case whole(UInt64)
        case number(Double)
        case text(String)
        case list([Other])
        case table([String: Other])

        init(from decoder: any Decoder) throws {
            let box = try decoder.singleValueContainer()
            if box.decodeNil() {
                self = .null
            } else if let flag = try? box.decode(Bool.self) {
                self = .flag(flag)
            } else if let whole = try? box.decode(UInt64.self) {
                self = .whole(whole)
            } else if let number = try? box.decode(Double.self) {
                self = .number(number)
            } else if let text = try? box.decode(String.self) {
                self = .text(text)
            } else if let list = try? box.decode([Other].self) {
                self = .list(list)
            } else {
                self = .table(try box.decode([String: Other].self))
            }
        }

        func encode(to encoder: any Encoder) throws {
            var box = encoder.singleValueContainer()
            switch self {
            case .null: try box.encodeNil()
            case .flag(let flag): try box.encode(flag)
            case .whole(let whole): try box.encode(whole)
            case .number(let number): try box.encode(number)
            case .text(let text): try box.encode(text)
            case .list(let list): try box.encode(list)
            case .table(let table): try box.encode(table)
            }
        }
    }
}
